//go:build !js && !wasip1

package orm_test

import (
	"sort"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
)

// notHere are cases that a server cannot run although they compile: the
// function, operator or collation is SQLite's, or the statement breaks a
// constraint on purpose.
var notHere = map[string]bool{
	"operator as a condition": true, "operator that is a placeholder": true, "collate": true,
	"order in an aggregate": true, "a function as a table": true, "defaults": true,
	"greatest instant": true, "with a question mark": true,
}

// otherwise are cases whose values differ, by rounding, from SQLite's.
var otherwise = map[string]bool{"cast": true, "share": true, "true division by a column": true}

// goldenOnServers runs the statements that compile for the databases that
// answer: they must be valid there, and give the rows that SQLite gives.
func goldenOnServers(t *testing.T, cases []shown) {
	lite := company(t)
	for _, p := range testdb.Servers {
		t.Run(p.Name, func(t *testing.T) {
			engine := companyAt(t, p.URL(t))
			for _, c := range cases {
				if _, _, err := c.stmt.Compile(engine.Dialect()); err != nil || notHere[c.name] {
					continue
				}
				got, err := try(t, engine, c)
				assert.NoError(t, err, c.name)
				if want := outcome(t, lite, c); strings.Contains(want, "(") && !otherwise[c.name] {
					assert.Equal(t, sortedLines(want), sortedLines(got), c.name)
				}
			}
		})
	}
}

// sortedLines is for rows that come in any order.
func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}
