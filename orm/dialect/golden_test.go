package dialect_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/expr"
)

var update = flag.Bool("update", false, "write the goldens anew")

var dialects = []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect, mysql.MariaDB}

// testCase is a statement whose SQL for each database is a golden.
type testCase struct {
	name string
	stmt expr.Stmt
}

// groups are the cases by the name of their golden.
var groups = map[string][]testCase{
	"create":     createCases,
	"changes":    changeCases,
	"select":     selectCases,
	"conditions": conditionCases,
	"text":       textCases,
}

func TestGoldens(t *testing.T) {
	for group, cases := range groups {
		t.Run(group, func(t *testing.T) {
			var got strings.Builder
			for _, c := range cases {
				fmt.Fprintf(&got, "# %s\n%s\n", c.name, describe(c.stmt))
			}
			path := filepath.Join("testdata", group+".txt")
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got.String()), 0o666))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			compareCases(t, string(want), got.String())
		})
	}
}

// compareCases compares two goldens case by case, so that a failure names the
// case and is short.
func compareCases(t *testing.T, want, got string) {
	wanted, gotten := split(want), split(got)
	for name, text := range gotten {
		assert.Equal(t, wanted[name], text, name)
	}
	assert.Equal(t, len(wanted), len(gotten), "cases")
}

// split returns the cases of a golden by name.
func split(golden string) map[string]string {
	cases := map[string]string{}
	for part := range strings.SplitSeq("\n"+golden, "\n# ") {
		name, text, _ := strings.Cut(part, "\n")
		cases[name] = text
	}
	return cases
}

// describe is the SQL and the arguments of a statement, or the error, for each
// database; those that agree share a line.
func describe(s expr.Stmt) string {
	var b strings.Builder
	var names []string
	last := ""
	for i := 0; i <= len(dialects); i++ {
		text := ""
		if i < len(dialects) {
			text = outcome(dialects[i], s)
		}
		if i > 0 && text != last {
			fmt.Fprintf(&b, "%s:\n%s", short(names), last)
			names = nil
		}
		if last = text; i < len(dialects) {
			names = append(names, dialects[i].Name())
		}
	}
	return b.String()
}

// short leaves out MariaDB where it agrees with MySQL.
func short(names []string) string {
	list := strings.Join(names, ", ")
	return strings.ReplaceAll(list, "mysql, mariadb", "mysql")
}

func outcome(d dialect.Dialect, s expr.Stmt) string {
	c, err := dialect.Compile(d, s)
	if err != nil {
		return "    error: " + strings.ReplaceAll(err.Error(), d.Name(), "{database}") + "\n"
	}
	text := "    " + strings.ReplaceAll(c.SQL, "\n", "\n    ") + "\n"
	if len(c.Args) > 0 {
		text += fmt.Sprintf("    args %v\n", c.Args)
	}
	return text
}

// compile gives the SQL of a statement that must compile.
func compile(t testing.TB, d dialect.Dialect, s expr.Stmt) *dialect.Compiled {
	t.Helper()
	c, err := dialect.Compile(d, s)
	require.NoError(t, err)
	return c
}
