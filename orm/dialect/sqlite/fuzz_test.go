package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// FuzzIdentifiers writes a statement of every kind with a name and a value that
// may be anything, and runs it: names and values come back as they were, and
// nothing else is there than what the statements are about.
func FuzzIdentifiers(f *testing.F) {
	for _, seed := range [][2]string{{"pets", "Fluffy"}, {`a"b`, `it's`}, {"a'b", `a"b`}, {"a`b", "a`b"}, {`"; DROP TABLE canary; --`, `'; DROP TABLE canary; --`},
		{"a]b[", "[x]"}, {"--", "--"}, {"/*", "*/"}, {`\`, `\'`}, {"?", ":x ?1 $1 @a"}, {":a", "\\:a"}, {"a\x00b", "a\x00b"}, {"é猫😀", "é猫😀"}, {"\xff", "\xff"},
		{" ", " "}, {"a\nb", "a\nb"}, {"order", "NULL"}, {"%s", "%s"}, {"1", "1e5"}, {"$$", "$$ x $$"}, {"ORDER", "x' OR '1'='1"}, {"rowid", "0x1"}, {"a.b", "1.0"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		if len(name) > 1000 || len(value) > 10000 || strings.HasPrefix(strings.ToLower(name), "sqlite_") {
			t.Skip("too long for a quick run, or a name that SQLite keeps for itself")
		}
		engine, err := orm.Open("sqlite://", orm.Options{})
		require.NoError(t, err)
		defer engine.Close()
		names(t, engine, "t"+name)
		names(t, engine, name)
		values(t, engine, value)
		texts(t, engine, value)
		savepoint(t, name)
	})
}

var ctx = context.Background()

// canary is a table that no statement is about.
var canary = orm.NewTable("canary", orm.Column("id", orm.Integer()).PrimaryKey())

// names uses a name for a table and all that it has, and for what a query makes.
func names(t *testing.T, engine *orm.Engine, name string) {
	table := orm.NewTable(name, orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column(name+"c", orm.LongText()),
		orm.Check("id > 0").Named(name+"k"), orm.UniqueTogether(name+"c").Named(name+"u"), orm.Index(name+"c").Named(name+"i"))
	m := orm.NewMetadata(canary, table)
	err := m.CreateAll(ctx, engine)
	var refusal *orm.Error
	require.False(t, errors.As(err, &refusal), "the database was asked: %v", err)
	if err != nil {
		require.True(t, name == "" || strings.Contains(name, "\x00") || strings.EqualFold(name, "canary"), "%q: %v", name, err)
		return
	}
	column, alias := table.C(name+"c"), table.As(name+"a")
	cte := orm.Select(column.As(name + "l")).CTE(name + "e")
	must(t, engine, "1", orm.Insert(table, "id", name+"c").Row(1, name))
	must(t, engine, "1", orm.Update(table, column.Set("x"+name)).Where(column.Eq(name)))
	rows, err := orm.Select(column.As(name+"l"), alias.C(name+"c")).From(table).Join(alias, table.C("id").EqExpr(alias.C("id"))).
		OrderBy(orm.ByName(name+"l").Asc(), column.Desc()).All(ctx, engine)
	require.NoError(t, err)
	require.Equal(t, []string{name + "l", name + "c"}, rows.Columns())
	require.Equal(t, [][]any{{"x" + name, "x" + name}}, rows.Values())
	rows, err = orm.Select(cte.C(name+"l")).All(ctx, engine)
	require.NoError(t, err)
	require.Equal(t, [][]any{{"x" + name}}, rows.Values())

	rows, err = orm.Text("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC, name = 'canary' DESC").All(ctx, engine)
	require.NoError(t, err)
	require.Equal(t, [][]any{{"canary"}, {name}, {name + "i"}}, rows.Values(), "what the database holds")
	if utf8.ValidString(name) {
		there, err := orm.Reflect(ctx, engine)
		require.NoError(t, err)
		differences, err := m.Diff(sqlite.Dialect, there)
		require.NoError(t, err)
		require.Empty(t, differences)
	}
	must(t, engine, "1", orm.Delete(table).Where(column.Eq("x"+name)))
	require.NoError(t, m.DropAll(ctx, engine))
}

// values uses a value wherever one can stand, as an argument and as a literal.
func values(t *testing.T, engine *orm.Engine, value string) {
	literals := orm.NewTable("literals", orm.Column("id", orm.Integer()).PrimaryKey().Comment(value), orm.Column("d", orm.LongText()).Default(value),
		orm.Column("e", orm.Enum("", value, value+"2")).Default(value), orm.TableComment(value))
	m := orm.NewMetadata(canary, literals)
	if err := m.CreateAll(ctx, engine); strings.Contains(value, "\x00") {
		require.ErrorContains(t, err, "NUL")
		literals = orm.NewTable("literals", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("d", orm.LongText()), orm.Column("e", orm.LongText()))
		m = orm.NewMetadata(canary, literals)
		require.NoError(t, m.CreateAll(ctx, engine))
		must(t, engine, "1", orm.Insert(literals, "id", "d", "e").Row(1, value, value))
	} else {
		require.NoError(t, err)
		must(t, engine, "1", orm.Insert(literals, "id").Row(1))
	}
	must(t, engine, "1", orm.Insert(literals, "id", "d", "e").Row(2, value+"2", value+"2"))
	d := literals.C("d")
	for _, where := range []orm.Cond{d.Eq(value), d.In(value), orm.Text("d = :v").Bind("v", value).Cond(), orm.Not(d.Ne(value)), orm.And(d.Contains(value), d.EndsWith(value), literals.C("id").Eq(1))} {
		row, err := orm.Select(literals.C("id"), d, literals.C("e"), orm.Literal(value), orm.Func[int64]("count", orm.Literal(value))).Where(where).GroupBy(literals.C("id")).One(ctx, engine)
		if strings.Contains(value, "\x00") && errors.Is(err, orm.ErrNoRows) {
			continue // a pattern of SQLite ends there
		}
		require.NoError(t, err, "%q", value)
		require.Equal(t, []any{int64(1), value, value, value, int64(1)}, row.Values())
	}
	require.NoError(t, m.DropAll(ctx, engine))
}

// texts puts the value into a text's strings, names and comments: there it is
// no bind, whatever it holds.
func texts(t *testing.T, engine *orm.Engine, value string) {
	if strings.Contains(value, "\x00") {
		_, err := orm.Text("SELECT '"+strings.ReplaceAll(value, "'", "''")+"'").All(ctx, engine)
		require.ErrorContains(t, err, "NUL")
		return
	}
	in := func(quote string) string { return quote + strings.ReplaceAll(value, quote, quote+quote) + quote }
	comment := strings.NewReplacer("/", "", "*", "").Replace(value)
	line := strings.NewReplacer("\n", "", "\r", "").Replace(value)
	rows, err := orm.Text("SELECT :a AS a, "+in("'")+" AS "+in(`"`)+" /*"+comment+"*/ --"+line+"\n, :b AS "+in("`")).Bind("a", 1).Bind("b", value).All(ctx, engine)
	require.NoError(t, err, "%q", value)
	require.Equal(t, [][]any{{int64(1), value, value}}, rows.Values())
	require.Equal(t, []string{"a", value, value}, rows.Columns())
}

// savepoint asks the driver, because orm makes the names of its savepoints.
func savepoint(t *testing.T, name string) {
	conn, err := sqlite.Driver().Open(ctx, ":memory:")
	require.NoError(t, err)
	defer conn.Close()
	if err := conn.Savepoint(ctx, name); err != nil {
		require.Contains(t, name, "\x00", "%q: %v", name, err)
		return
	}
	require.NoError(t, conn.RollbackTo(ctx, name))
	require.NoError(t, conn.Release(ctx, name))
	require.Error(t, conn.Release(ctx, name), "there is no such savepoint any more")
}

// must runs a change, which is of so many rows.
func must(t *testing.T, engine *orm.Engine, rows string, stmt interface {
	Exec(context.Context, orm.Executor) (int64, error)
}) {
	t.Helper()
	n, err := stmt.Exec(ctx, engine)
	require.NoError(t, err)
	require.Equal(t, rows, fmt.Sprint(n))
}
