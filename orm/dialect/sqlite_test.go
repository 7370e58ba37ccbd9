package dialect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// notOnSQLite are cases that are right, but of functions that SQLite has not.
var notOnSQLite = map[string]bool{"functions": true, "not function": true}

// memory opens a database in memory with the tables of the cases.
func memory(t testing.TB) driver.Conn {
	conn, err := sqlite.Driver().Open(t.Context(), ":memory:")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	for _, table := range []*schema.Table{census, users, pets, mixed} {
		run(t, conn, compile(t, sqlite.Dialect, expr.CreateTable{Table: table}).SQL)
	}
	run(t, conn, "CREATE TABLE students (age INTEGER, grade TEXT)")
	return conn
}

func run(t testing.TB, conn driver.Conn, sql string, args ...driver.Value) {
	t.Helper()
	stmt, err := conn.Prepare(t.Context(), sql)
	require.NoError(t, err, sql)
	defer stmt.Close()
	_, err = stmt.Exec(t.Context(), args)
	require.NoError(t, err, sql)
}

// read returns the first column of the rows.
func read(t testing.TB, conn driver.Conn, sql string, args ...driver.Value) (cells []any) {
	t.Helper()
	stmt, err := conn.Prepare(t.Context(), sql)
	require.NoError(t, err, sql)
	defer stmt.Close()
	rows, err := stmt.Query(t.Context(), args)
	require.NoError(t, err, sql)
	defer rows.Close()
	for {
		more, err := rows.Next(t.Context())
		require.NoError(t, err, sql)
		if !more {
			return cells
		}
		cells = append(cells, rows.Value(0).Any())
	}
}

func TestSQLiteTakesTheGoldens(t *testing.T) {
	for group, cases := range groups {
		for _, c := range cases {
			compiled, err := dialect.Compile(sqlite.Dialect, c.stmt)
			if err != nil || notOnSQLite[c.name] {
				continue
			}
			t.Run(group+"/"+c.name, func(t *testing.T) {
				conn := memory(t)
				if s, ok := c.stmt.(expr.CreateTable); ok {
					run(t, conn, compile(t, sqlite.Dialect, expr.DropTable{Table: s.Table, IfExists: true}).SQL)
					run(t, conn, compiled.SQL)
					return
				}
				stmt, err := conn.Prepare(t.Context(), compiled.SQL)
				require.NoError(t, err, compiled.SQL)
				defer stmt.Close()
				assert.Equal(t, stmt.NumParams(), len(compiled.Args))
				assert.Equal(t, len(compiled.Values), len(compiled.Args))
			})
		}
	}
}

func TestHasTable(t *testing.T) {
	conn := memory(t)
	has := func(name string) []any {
		c := compile(t, sqlite.Dialect, sqlite.Dialect.HasTable(name))
		return read(t, conn, c.SQL, c.Args...)
	}
	assert.Equal(t, []any{"pets"}, has("pets"))
	assert.Equal(t, []any{"pets"}, has("PETS"), "SQLite's names have no case")
	assert.Empty(t, has("pet"))
	run(t, conn, "CREATE VIEW cats AS SELECT * FROM pets")
	assert.Equal(t, []any{"cats"}, has("cats"))
	run(t, conn, "CREATE INDEX by_name ON pets (name)")
	assert.Empty(t, has("by_name"))
}

// What the conditions mean matters as much as how they look: those that the
// compiler rewrites must choose the same rows as SQL's own NOT.
func TestNegationChoosesTheOtherRows(t *testing.T) {
	conn := memory(t)
	run(t, conn, "INSERT INTO users (id, name, admin, score, seen, photo, \"full\") VALUES "+
		"(1, 'x', 1, 0, 0, x'', ''), (2, 'Ed', 0, 0, 0, x'', ''), (10, 'E', 1, 0, 0, x'', '')")
	ids := func(e expr.Expr) []any {
		c := compile(t, sqlite.Dialect, where(e))
		return read(t, conn, c.SQL+" ORDER BY 1", c.Args...)
	}
	all := []any{int64(1), int64(2), int64(10)}
	for _, c := range conditionCases {
		s, ok := c.stmt.(expr.Select)
		_, err := dialect.Compile(sqlite.Dialect, c.stmt)
		if !ok || err != nil || notOnSQLite[c.name] || c.name == "equal to a value given later" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			assert.ElementsMatch(t, all, append(ids(s.Where), ids(not(s.Where))...))
		})
	}
	assert.Equal(t, []any{int64(2), int64(10)}, ids(like))
	assert.Equal(t, all[:2], ids(some))
	assert.Equal(t, all, ids(notIn(userID)))
	assert.Empty(t, ids(in(userID)))
}

// A key word that SQLite takes as a name stands without quotes, unless it is
// one of those that only look odd; one that it does not take must have them.
func TestSQLiteReservedWords(t *testing.T) {
	conn := memory(t)
	for _, word := range []string{"abort", "action", "always", "cast", "current", "do", "end", "first", "filter",
		"following", "generated", "groups", "if", "last", "materialized", "name", "no", "nothing", "nulls", "others",
		"over", "partition", "preceding", "range", "recursive", "regexp", "release", "returning", "rows", "savepoint",
		"select", "ties", "unbounded", "window", "with", "without", "year", "order", "group", "true", "left", "cross"} {
		words := table(word, column(word, integer))
		run(t, conn, compile(t, sqlite.Dialect, expr.CreateTable{Table: words}).SQL)
		c := compile(t, sqlite.Dialect, expr.Select{Columns: []expr.Expr{col(words, word), expr.Label{Name: word, Operand: bind(1)}},
			OrderBy: []expr.Expr{expr.Label{Name: word, Operand: bind(1)}}})
		read(t, conn, c.SQL, c.Args...)
		run(t, conn, compile(t, sqlite.Dialect, expr.Update{Table: words, AllRows: true,
			Set: []expr.Assignment{{Column: words.Columns[0], Value: expr.Null{}}}}).SQL)
	}
}
