//go:build !js && !wasip1

package orm_test

import (
	"sort"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notHere are cases that a server cannot run although they compile: the
// function, operator or collation is SQLite's, or the statement breaks a
// constraint on purpose.
var notHere = map[string]bool{
	"operator as a condition": true, "operator that is a placeholder": true, "collate": true,
	"order in an aggregate": true, "a function as a table": true, "defaults": true,
	"greatest instant": true,
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

// The sum of integers is an exact decimal on MariaDB, which comes as text.
func TestSumsAreNumbers(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		engine := companyAt(t, url)
		sum, err := orm.Select2(orm.Sum(age), orm.Avg(age)).One(t.Context(), engine)
		require.NoError(t, err)
		assert.Equal(t, orm.Row2[int64, float64]{V1: 96, V2: 32}, sum)
		row, err := orm.Select(orm.Sum(age), orm.Avg(age)).One(t.Context(), engine)
		require.NoError(t, err)
		assert.Equal(t, []any{int64(96), 32.0}, row.Values())
	})
}
