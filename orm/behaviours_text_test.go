package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var textBehaviours = []numbered{
	{43, "one bind twice", func(t *testing.T) {
		twice := orm.Text("SELECT :a, :b, :a").Bind("a", 1).Bind("b", 2)
		sql, args, err := twice.Compile(sqlite.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "SELECT ?, ?, ?", sql)
		assert.Equal(t, []any{1, 2, 1}, args)
		sql, args, err = twice.Compile(postgres.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "SELECT $1, $2, $1", sql)
		assert.Equal(t, []any{1, 2}, args)
		assert.Equal(t, []string{"(1, 2, 1)"}, rowsOf(t, company(t), twice))
	}},
	{44, "colons that are no binds", func(t *testing.T) {
		writes(t, orm.Text(`SELECT \:x, '12:30', arr[1:2], arr[i:j], @x := :v, a::int`).Bind("v", 1), "SELECT :x, '12:30', arr[1:2], arr[i:j], @x := ?, a::int <- (1)")
		// Port: SQLAlchemy does not see the bind before a cast.
		writes(t, orm.Text("SELECT :b::text").Bind("b", 1), "SELECT ?::text <- (1)")
	}},
	{45, "quotes and comments", func(t *testing.T) {
		// Port: SQLAlchemy takes :x in quotes and comments for a bind.
		const inert = "SELECT ':a', \":b\" -- :c\n, /* :d */ $$ :e $$, "
		sql, args, err := orm.Text(inert+":f").Bind("f", 1).Compile(postgres.Dialect)
		require.NoError(t, err)
		assert.Equal(t, inert+"$1", sql)
		assert.Equal(t, []any{1}, args)
		assert.Equal(t, []string{"(':x', 5)"}, rowsOf(t, company(t), orm.Text("SELECT ':x', :x").Bind("x", 5)))
	}},
	{46, "values of binds", func(t *testing.T) {
		writes(t, orm.Text("SELECT :a, :b").Bind("a", 1), "error: the text needs a value for :b")
		// Port: a value too many is an error, whenever it is given.
		writes(t, orm.Text("SELECT :a").Bind("a", 1).Bind("b", 2), "error: the text has no :b; its binds are :a")
		writes(t, orm.Text("SELECT :a").BindAs("a", "x", orm.Integer()), `error: :a is an Integer column: it cannot be compared with "x" (string)`)
		day := orm.Date{Year: 2024, Month: 2, Day: 29}
		assert.Equal(t, []string{"('2024-02-29')"}, rowsOf(t, company(t), orm.Text("SELECT :a").Bind("a", day)), "a value knows its type")
	}},
	{47, "lists", func(t *testing.T) {
		text := orm.Text("SELECT name FROM users WHERE id in :ids")
		writes(t, text.Bind("ids", []int{1, 2}), "SELECT name FROM users WHERE id in (?, ?) <- (1, 2)")
		writes(t, orm.Text("SELECT name FROM users WHERE id in (:ids)").Bind("ids", []int{1, 2}), "SELECT name FROM users WHERE id in (?, ?) <- (1, 2)")
		none := text.Bind("ids", []int{})
		const start = "SELECT name FROM users WHERE id in "
		writes(t, none, start+"(SELECT 1 FROM (SELECT 1) WHERE 1!=1)", start+"(SELECT CAST(NULL AS BIGINT) WHERE 1!=1)",
			start+"(SELECT 1 FROM (SELECT 1) AS nothing WHERE 1!=1)")
		engine := company(t)
		assert.Empty(t, rowsOf(t, engine, none))
		assert.Len(t, rowsOf(t, engine, orm.Text("SELECT name FROM users WHERE id NOT IN :ids").Bind("ids", []int{})), 3)
	}},
	{48, "columns of a text", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		two := orm.Text("SELECT id, name FROM users ORDER BY id").Columns(orm.Column("id", orm.Integer()), orm.Column("name", orm.String(30)))
		x, c := two.Subquery("x"), two.CTE("c")
		writes(t, orm.Select(x.C("id")), "SELECT x.id FROM (SELECT id, name FROM users ORDER BY id) AS x")
		writes(t, orm.Select(c.C("id")), "WITH c AS (SELECT id, name FROM users ORDER BY id) SELECT c.id FROM c")
		assert.Equal(t, []string{"('ed')"}, rowsOf(t, engine, orm.Select(x.C("name")).Where(x.C("id").Eq(1))))
		assert.Equal(t, []string{"('ed')"}, rowsOf(t, engine, orm.Select(c.C("name")).Where(c.C("id").Eq(1))))
		// The types are those of the columns: SQLite itself does not know true.
		yes := orm.Text("SELECT admin FROM users WHERE id = 1")
		assert.Equal(t, []string{"(1)"}, rowsOf(t, engine, yes))
		assert.Equal(t, []string{"(true)"}, rowsOf(t, engine, yes.Columns(orm.Column("admin", orm.Boolean()))))
		const mismatch = "orm: the text's rows have 2 columns (id, name), but Columns tells 1"
		_, err := orm.Text("SELECT id, name FROM users").Columns(orm.Column("id", orm.Integer())).All(ctx, engine)
		assert.ErrorContains(t, err, mismatch)
		for _, err := range orm.Text("SELECT id, name FROM users").Columns(orm.Column("id", orm.Integer())).Iter(ctx, engine) {
			assert.ErrorContains(t, err, mismatch)
		}
		s := session(t, engine)
		ed, err := Users.Get(ctx, s, 1)
		require.NoError(t, err)
		found, err := orm.FromStatement(Users, orm.Text("SELECT * FROM users WHERE name = 'ed'")).One(ctx, s)
		require.NoError(t, err)
		assert.Same(t, ed, found, "through the identity map")
	}},
	{49, "no bare strings", func(t *testing.T) {
		// Port: Where("a = 1"), OrderBy("a") and the like do not compile, see
		// TestWrongComparisonsDoNotCompile; a value that looks like SQL is a value.
		condition(t, name.Eq("1 OR 1=1"), "users.name = ? <- ('1 OR 1=1')")
		expression(t, orm.Literal("users.name").As("x"), "? AS x <- ('users.name')", "CAST(? AS TEXT) AS x <- ('users.name')", "? AS x <- ('users.name')")
		condition(t, orm.Text("users.age = 1").Cond(), "users.age = 1")
	}},
	{50, "texts among conditions", func(t *testing.T) {
		// Port: SQLAlchemy writes a=1 OR b=1 AND c=2, and fails for the negation.
		or := orm.Text("users.age = 30 OR users.age = 41").Cond()
		writes(t, orm.Select(id).Where(or).Where(orm.Text("users.id = 3").Cond()),
			"SELECT users.id FROM users WHERE (users.age = 30 OR users.age = 41) AND (users.id = 3)")
		condition(t, orm.Not(or), "NOT (users.age = 30 OR users.age = 41)")
		condition(t, or, "users.age = 30 OR users.age = 41")
		assert.Equal(t, []string{"('jack')"}, rowsOf(t, company(t), where(orm.And(or, id.Eq(3)))))
	}},
}
