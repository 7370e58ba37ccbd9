package orm_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLiteralSQL(t *testing.T) {
	at := time.Date(2024, 2, 29, 23, 59, 58, 120000000, time.UTC)
	for name, c := range map[string]struct {
		stmt                              orm.Compilable
		sqlite, postgres, mysql, maria, e string
	}{
		"select": {stmt: where(orm.And(name.Eq("O'Neil \\ :x ?"), age.In(1, -2), orm.Truth(admin))),
			sqlite: `SELECT users.name FROM users WHERE users.name = 'O''Neil \ :x ?' AND users.age IN (1, -2) AND users.admin = 1 ORDER BY users.id`,
			mysql:  `SELECT users.name FROM users WHERE users.name = 'O''Neil \\ :x ?' AND users.age IN (1, -2) AND users.admin = 1 ORDER BY users.id`},
		"numbers": {stmt: orm.Select(orm.Neg(orm.Literal(-5)), orm.Sub(age, -1), orm.Literal(2.0), orm.NullOf[string](), orm.Literal(true)),
			sqlite:   "SELECT -(-5) AS anon_1, users.age - -1 AS anon_2, 2.0 AS anon_3, NULL AS anon_4, 1 AS anon_5 FROM users",
			postgres: "SELECT -CAST(-5 AS BIGINT) AS anon_1, users.age - -1 AS anon_2, CAST(2.0 AS DOUBLE PRECISION) AS anon_3, NULL AS anon_4, CAST(true AS BOOLEAN) AS anon_5 FROM users",
			mysql:    "SELECT -(-5) AS anon_1, users.age - -1 AS anon_2, 2.0e0 AS anon_3, NULL AS anon_4, true AS anon_5 FROM users"},
		"instants and bytes": {stmt: orm.Select(orm.Literal([]byte{0, 255})).Where(joined.Gt(at)),
			sqlite:   "SELECT X'00ff' AS anon_1 FROM users WHERE users.joined > '2024-02-29 23:59:58.120000'",
			postgres: `SELECT CAST(CAST('\x00ff' AS BYTEA) AS BYTEA) AS anon_1 FROM users WHERE users.joined > '2024-02-29 23:59:58.12+00'`},
		"text with a bind twice": {stmt: orm.Text("SELECT :a, :b, :a").Bind("a", "x").Bind("b", []int{1, 2}), postgres: "SELECT 'x', (1, 2), 'x'", sqlite: "SELECT 'x', (1, 2), 'x'"},
		"insert of many":         {stmt: orm.Insert(Teams, "id", "name").Row(1, "a").Row(2, "b"), sqlite: "INSERT INTO teams (id, name) VALUES (1, 'a'), (2, 'b')"},
		"update":                 {stmt: orm.Update(Users, name.Set("x")).Where(id.Eq(1)), sqlite: "UPDATE users SET name='x' WHERE users.id = 1"},
		"delete":                 {stmt: orm.Delete(Users).Where(id.Eq(1)), sqlite: "DELETE FROM users WHERE users.id = 1"},
		"a query of objects":     {stmt: Teams.Select().Limit(3), mysql: "SELECT teams.id, teams.name FROM teams LIMIT 3"},
		"offset":                 {stmt: orm.Select(name).Offset(2), sqlite: "SELECT users.name FROM users LIMIT -1 OFFSET 2"},
		"a table":                {stmt: orm.DropTable(Teams), sqlite: "DROP TABLE teams"},
		"NUL": {stmt: orm.Select(orm.Literal("a\x00'")), sqlite: "SELECT CAST(X'610027' AS TEXT) AS anon_1", mysql: `SELECT 'a\0''' AS anon_1`,
			e: "postgresql has no text with a NUL character"},
		"infinity":   {stmt: orm.Select(orm.Literal(math.Inf(-1))), sqlite: "SELECT -9e999 AS anon_1", postgres: "SELECT CAST(CAST('-Infinity' AS DOUBLE PRECISION) AS DOUBLE PRECISION) AS anon_1", e: "has no number -Inf"},
		"wrong":      {stmt: where(people.C("age").Eq("x")), e: "users.age is an Integer column"},
		"no rows":    {stmt: orm.Insert(Teams, "id"), e: "no rows are given"},
		"not ours":   {stmt: theirs{}, e: "orm_test.theirs is not a statement of this package"},
		"no dialect": {stmt: orm.Select(name), e: "the dialect is nil"},
	} {
		for d, want := range map[dialect.Dialect]string{sqlite.Dialect: c.sqlite, postgres.Dialect: c.postgres, mysql.Dialect: c.mysql} {
			got, err := orm.LiteralSQL(c.stmt, d)
			switch {
			case want != "":
				require.NoError(t, err, name)
				assert.Equal(t, want, got, name)
			case err != nil:
				require.ErrorContains(t, err, c.e, name)
			}
		}
	}
	_, err := orm.LiteralSQL(orm.Select(name), nil)
	require.ErrorContains(t, err, "the dialect is nil")
}

// theirs is a statement of somebody else.
type theirs struct{}

func (theirs) Compile(dialect.Dialect) (string, []any, error) { return "", nil, nil }

// A literal that a database reads is the value again. The dialect of a server
// is proven in TestLiteralsOnServers.
func FuzzLiteralSQL(f *testing.F) {
	for _, s := range []string{"", "'", `\`, `\'`, "''", "\x00", "a\x00b", "\xff", "-- x", "/*", "?", ":x", "$1", "\n", "😀", strings.Repeat("'", 9)} {
		f.Add(s, int64(0), 0.0)
	}
	f.Add("", int64(math.MinInt64), 5e-324)
	f.Add("", int64(math.MaxInt64), math.MaxFloat64)
	f.Add("", int64(-1), -0.1)
	engine, err := orm.Open("sqlite://", orm.Options{})
	require.NoError(f, err)
	f.Cleanup(func() { engine.Close() })
	f.Fuzz(func(t *testing.T, s string, n int64, x float64) {
		stmt := orm.Select(orm.Literal(s), orm.Literal(n), orm.Literal(x), orm.Literal([]byte(s)), orm.Neg(orm.Literal(n)))
		readsBack(t, engine, stmt)
	})
}

// readsBack compares what a statement returns with what it returns when its
// values are written into it.
func readsBack(t *testing.T, engine *orm.Engine, stmt orm.SelectStmt) {
	t.Helper()
	want, err := stmt.One(t.Context(), engine)
	require.NoError(t, err)
	sql, err := orm.LiteralSQL(stmt, engine.Dialect())
	require.NoError(t, err)
	got, err := orm.Text(sql).One(t.Context(), engine)
	require.NoError(t, err, sql)
	require.Equal(t, untyped(want), untyped(got), sql)
}

// untyped are the values of a row as a text, of which nobody told the types,
// may return them: truth values as numbers, bytes as text or the other way
// round.
func untyped(row orm.Row) []any {
	list := row.Values()
	for i, v := range list {
		switch v := v.(type) {
		case bool:
			list[i] = map[bool]int64{true: 1}[v]
		case []byte:
			list[i] = string(v)
		}
	}
	return list
}
