package ormtest

import (
	"context"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

// change is a text that returns no rows.
type change struct{ text orm.TextStmt }

func (c change) Compile(d dialect.Dialect) (string, []any, error) { return c.text.Compile(d) }
func (c change) Exec(ctx context.Context, on orm.Executor) (int64, error) {
	return c.text.Exec(ctx, on)
}

var textCases = []testCase{
	{"binds", func(t *test) {
		t.world()
		t.run([]statement{
			{name: "in a condition", stmt: orm.Text("SELECT id FROM users WHERE name = :name AND age > :age").Bind("name", "ed").Bind("age", 29), want: "(1)"},
			{name: "one bind twice, and order", stmt: orm.Text("SELECT id FROM users WHERE id = :b OR id = :a OR id + 1 = :b ORDER BY id").Bind("a", 1).Bind("b", 3), want: "(1) (2) (3)"},
			{name: "in a list", stmt: orm.Text("SELECT id FROM users WHERE name IN (:a, :b) ORDER BY id").Bind("a", "ed").Bind("b", "jack"), want: "(1) (3)"},
			{name: "in limits", stmt: orm.Text("SELECT id FROM users ORDER BY id LIMIT :n OFFSET :m").Bind("n", 1).Bind("m", 1), want: "(2)"},
			{name: "among the columns", stmt: orm.Text("SELECT id + :n AS n FROM users WHERE id = 1").Bind("n", 41), want: "(42)"},
			{name: "in a function", stmt: orm.Text("SELECT coalesce(n, :x) FROM (SELECT name AS n FROM users WHERE id = :id) s").Bind("x", "y").Bind("id", 2), want: "('wendy')"},
			{name: "in a subquery", stmt: orm.Text("SELECT name FROM users WHERE id IN (SELECT user_id FROM addresses WHERE email LIKE :p) ORDER BY id").Bind("p", "%a.org"), want: "('ed') ('wendy')"},
			{name: "beside other characters", stmt: orm.Text("SELECT id FROM users WHERE(id=:a)AND(age>:b)AND id<>-:a").Bind("a", 1).Bind("b", 2), want: "(1)"},
			{name: "in an INSERT", stmt: change{orm.Text("INSERT INTO teams (id, name) VALUES (:id, :name)").Bind("id", 5).Bind("name", "it's :x ? $1")}, want: "1 rows",
				after: orm.Select(teamName).Where(teamKey.Eq(5)), then: "('it''s :x ? $1')"},
			{name: "in an UPDATE", stmt: change{orm.Text("UPDATE users SET full_name = :f, age = age + :n WHERE id = :id").Bind("f", nil).Bind("n", 1).Bind("id", 1)}, want: "1 rows",
				after: orm.Select(full, age).Where(id.Eq(1)), then: "(NULL, 31)"},
			{name: "in a DELETE", stmt: change{orm.Text("DELETE FROM addresses WHERE user_id = :id").Bind("id", 1)}, want: "2 rows"},
			{name: "as a condition", stmt: who(orm.And(orm.Text("name = :n OR age > :a").Bind("n", "ed").Bind("a", 40).Cond(), id.Lt(3))), want: "(1)"},
			{name: "of a type", stmt: who(orm.Text("joined < :t").BindAs("t", day(2025, 1, 1), orm.DateTime()).Cond()), want: "(1) (2)"},
		})
	}},
	{"what is no bind", func(t *test) {
		t.world()
		t.run([]statement{
			{name: "in strings", stmt: orm.Text("SELECT ':x', '12:30', 'it''s :y', '?', '$1', '--', '/*' FROM teams WHERE id = :id").Bind("id", 1),
				want: "(':x', '12:30', 'it''s :y', '?', '$1', '--', '/*')"},
			{name: "in comments", stmt: orm.Text("SELECT id -- :x 'y\n/* :z ? $2 'w */ FROM users WHERE id = :id").Bind("id", 1), want: "(1)"},
			{name: "nothing to bind", stmt: orm.Text("SELECT 1 AS one"), want: "(1)"},
		})
	}},
	{"inside other statements", func(t *test) {
		t.world()
		grown := orm.Text("SELECT id, name FROM users WHERE age > :age").Bind("age", 29).Columns(orm.Column("id", orm.Integer()), orm.Column("name", orm.String(30)))
		sub, cte := grown.Subquery("s"), grown.CTE("c")
		t.run([]statement{
			{name: "subquery", stmt: orm.Select(sub.C("name")).Where(sub.C("id").Gt(1)), want: "('jack')"},
			{name: "CTE", stmt: orm.Select(cte.C("name")).OrderBy(cte.C("id").Asc()), want: "('ed') ('jack')"},
			{name: "union", stmt: orm.Union(orm.Text("SELECT 1 AS one"), orm.Text("SELECT id FROM teams WHERE id = :x -- :y").Bind("x", 2)), want: "any order: (1) (2)"},
			{name: "joined", stmt: each(name, sub.C("id")).From(users).LeftJoin(sub, orm.TypeCoerce[any](id).EqExpr(sub.C("id"))), want: "('ed', 1) ('wendy', NULL) ('jack', 3)"},
		})
	}},
	{"values never become SQL", func(t *test) {
		t.world()
		for _, evil := range []string{`x'; DROP TABLE teams; --`, `":a ?`, `\'; DROP TABLE teams; --`, "`", "$1", "*/ OR 1=1 /*"} {
			require.Equal(t, "1 rows", t.rows(t.engine, orm.Update(teams, teamName.Set(evil)).Where(teamKey.Eq(1))))
			for what, where := range map[string]orm.Cond{"Eq": teamName.Eq(evil), "In": teamName.In(evil, "y"), "Contains": teamName.Contains(evil),
				"text": orm.Text("name = :n").Bind("n", evil).Cond()} {
				assert.Equal(t, "(1)", t.rows(t.engine, orm.Select(teamKey).Where(where)), "%s %s", what, evil)
			}
		}
		assert.Equal(t, "(2)", t.rows(t.engine, orm.Select(orm.Count()).From(teams)))
	}},
}
