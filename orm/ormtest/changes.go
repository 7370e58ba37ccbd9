package ormtest

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

var changeCases = []testCase{
	{"insert", func(t *test) { t.world(); t.run(inserts()) }},
	{"insert of what is there", func(t *test) { t.world(); t.run(upserts()) }},
	{"update and delete", func(t *test) { t.world(); t.run(updates()); t.run(deletes()) }},
	{"a row of defaults", func(t *test) {
		t.create(notes)
		n, err := orm.InsertDefaults(notes).Exec(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, int64(1), n)
		assert.Equal(t, "('new', 7, true, NULL)", t.rows(t.engine, orm.Select(notes.C("state"), notes.C("level"), notes.C("fresh"), notes.C("body"))))
	}},
	{"many rows", func(t *test) {
		t.create(notes)
		insert := orm.Insert(notes, "body")
		for i := range 500 {
			insert = insert.Row(fmt.Sprint("row ", i))
		}
		n, err := insert.Exec(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, int64(500), n)
		assert.Equal(t, "(500, 500)", t.rows(t.engine, orm.Select(orm.Count(), orm.CountDistinct(notes.C("id")))))
		_, err = orm.Insert(teams, "id", "name").Row(1, strings.Repeat("x", 3)).Exec(t.ctx, t.engine)
		t.refused(err, orm.KindSyntax, "there is no such table")
	}},
}

// notes has a default of each kind.
var notes = orm.NewTable("notes",
	orm.Column("id", orm.Integer()).PrimaryKey().Autoincrement(),
	orm.Column("body", orm.String(40)),
	orm.Column("state", orm.String(10)).NotNull().Default("new"),
	orm.Column("level", orm.Integer()).NotNull().Default(7),
	orm.Column("fresh", orm.Boolean()).NotNull().Default(true))

var (
	returning       = func(f *dialect.Features) bool { return f.Returning }
	updateReturning = func(f *dialect.Features) bool { return f.UpdateReturning }
	deleteReturning = func(f *dialect.Features) bool { return f.DeleteReturning }
	allTeams        = orm.Select(teamKey, teamName).OrderBy(teamKey.Asc())
)

func inserts() []statement {
	insert := orm.Insert(teams, "id", "name")
	return []statement{
		{name: "one row", stmt: insert.Row(7, "x"), want: "1 rows", after: allTeams, then: "(1, 'red') (2, 'blue') (7, 'x')"},
		{name: "two rows", stmt: insert.Row(7, "x").Row(8, "y"), want: "2 rows", after: allTeams, then: "(1, 'red') (2, 'blue') (7, 'x') (8, 'y')"},
		{name: "expressions", stmt: insert.Row(orm.Add(orm.Literal(int64(8)), 1), orm.Upper(orm.Literal("x"))), want: "1 rows", after: allTeams, then: "(1, 'red') (2, 'blue') (9, 'X')"},
		{name: "from a query", stmt: insert.FromSelect(orm.Select(orm.Add(id, 10), name)), want: "3 rows", after: allTeams.Offset(2), then: "(11, 'ed') (12, 'wendy') (13, 'jack')"},
		{name: "from a union", stmt: insert.FromSelect(orm.Union(orm.Select(orm.Add(id, 10), name), orm.Select(orm.Add(id, 20), name))), want: "6 rows"},
		{name: "returning", stmt: insert.Row(7, "x").Row(8, "y").Returning(teamKey, orm.Concat(teamName, "!").As("loud")), want: "any order: (7, 'x!') (8, 'y!')",
			has: returning, lacks: "RETURNING"},
		{name: "returning the row", stmt: insert.Row(7, "x").Returning(teams), want: "(7, 'x')", has: returning, lacks: "RETURNING"},
	}
}

func upserts() []statement {
	red := orm.Insert(teams, "id", "name").Row(1, "crimson").Row(3, "green")
	has := func(f *dialect.Features) bool { return f.Conflict != dialect.ConflictNone }
	standard := func(f *dialect.Features) bool { return f.Conflict == dialect.ConflictStandard }
	const lacks = "rows that are there already"
	const none = "condition or constraint for the update of a row that is there"
	list := []statement{
		{name: "do nothing", stmt: red.OnConflict("id").DoNothing(), then: "(1, 'red') (2, 'blue') (3, 'green')"},
		{name: "do nothing about any key", stmt: red.OnConflict().DoNothing(), then: "(1, 'red') (2, 'blue') (3, 'green')"},
		{name: "do update", stmt: red.OnConflict("id").DoUpdate(teamName.SetExpr(orm.Excluded(teamName))), then: "(1, 'crimson') (2, 'blue') (3, 'green')"},
		{name: "do update with both", stmt: red.OnConflict("id").DoUpdate(teamName.SetExpr(orm.ConcatExpr(orm.Concat(teamName, "/"), orm.Excluded(teamName)))), then: "(1, 'red/crimson') (2, 'blue') (3, 'green')"},
		{name: "do replace", stmt: red.OnConflict("id").DoReplace(), then: "(1, 'crimson') (2, 'blue') (3, 'green')"},
		{name: "from a query", stmt: orm.Insert(teams, "id", "name").FromSelect(orm.Select(id, name)).OnConflict("id").DoNothing(), then: "(1, 'red') (2, 'blue') (3, 'jack')"},
		{name: "from a union", stmt: orm.Insert(teams, "id", "name").FromSelect(orm.Union(orm.Select(id, name), orm.Select(id, name))).OnConflict("id").DoNothing(), then: "(1, 'red') (2, 'blue') (3, 'jack')"},
		{name: "from a query, do update", stmt: orm.Insert(teams, "id", "name").FromSelect(orm.Select(id, name).Where(id.Gt(1))).OnConflict("id").DoUpdate(teamName.SetExpr(orm.Excluded(teamName))), then: "(1, 'red') (2, 'wendy') (3, 'jack')"},
		{name: "do update where", stmt: red.OnConflict("id").DoUpdateWhere(teamKey.Gt(1), teamName.Set("x")), then: "(1, 'red') (2, 'blue') (3, 'green')", has: standard, lacks: none},
	}
	for i, s := range list {
		s.want, s.after = "?", allTeams // databases count rows that were there in their own way
		if s.has == nil {
			s.has, s.lacks = has, lacks
		}
		list[i] = s
	}
	return append(list, statement{name: "do update returning", stmt: red.OnConflict("id").DoReplace().Returning(teamKey, teamName), want: "any order: (1, 'crimson') (3, 'green')",
		has: func(f *dialect.Features) bool { return has(f) && f.Returning }, lacks: "has no"},
		statement{name: "on a constraint", stmt: red.OnConstraint("teams_pkey").DoNothing(), want: "?",
			has: func(f *dialect.Features) bool { return f.ConflictConstraint }, lacks: "has no"})
}

func updates() []statement {
	other := users.As("other")
	ages, names := each(age), each(name)
	from := func(f *dialect.Features) bool { return f.UpdateFrom != dialect.ChangeAlone }
	set := orm.Update(users, name.SetExpr(teamName)).From(teams).Where(teamID.EqExpr(teamKey))
	return []statement{
		{name: "update", stmt: orm.Update(users, age.Set(1), name.Set("x")).Where(id.Eq(2)), want: "1 rows", after: each(age, name), then: "(30, 'ed') (1, 'x') (41, 'jack')"},
		{name: "update by an expression", stmt: orm.Update(users, age.SetExpr(orm.Add(age, 1))).AllRows(), want: "3 rows", after: ages, then: "(31) (26) (42)"},
		{name: "update of no row", stmt: orm.Update(users, age.Set(1)).Where(id.Eq(9)), want: "0 rows"},
		{name: "update that changes nothing", stmt: orm.Update(users, age.Set(30)).Where(id.Eq(1)), want: "1 rows"},
		{name: "update by a subquery", stmt: orm.Update(users, age.SetExpr(orm.ScalarSubquery[int64](orm.Select(orm.Count()).From(addresses).Where(userID.EqExpr(id))))).AllRows(), want: "3 rows", after: ages, then: "(2) (1) (0)"},
		{name: "update from", stmt: set, want: "2 rows", after: names, then: "('red') ('red') ('jack')", has: from, lacks: "UPDATE with other tables"},
		{name: "update from itself", stmt: orm.Update(users, age.SetExpr(orm.C(&other.F.Age))).From(other).Where(id.EqExpr(orm.Add(orm.C(&other.F.ID), 1))), want: "2 rows",
			after: ages.Limit(2), then: "(30) (30)", has: from, lacks: "UPDATE with other tables"},
		{name: "update returning", stmt: orm.Update(users, age.SetExpr(orm.Add(age, 1))).Where(age.Gt(29)).Returning(id, age), want: "any order: (1, 31) (3, 42)", has: updateReturning, lacks: "RETURNING for UPDATE"},
		{name: "update from, returning", stmt: set.Returning(id), want: "any order: (1) (2)", has: func(f *dialect.Features) bool { return from(f) && updateReturning(f) }, lacks: "has no"},
	}
}

func deletes() []statement {
	left := orm.Select(addressID).OrderBy(addressID.Asc())
	return []statement{
		{name: "delete", stmt: orm.Delete(addresses).Where(userID.Eq(1)), want: "2 rows", after: left, then: "(3)"},
		{name: "delete all", stmt: orm.Delete(addresses).AllRows(), want: "3 rows", after: left, then: ""},
		{name: "delete by a subquery", stmt: orm.Delete(addresses).Where(orm.ExistsIn(users, userID.EqExpr(id), name.Eq("ed"))), want: "2 rows", after: left, then: "(3)"},
		{name: "delete using", stmt: orm.Delete(addresses).Using(users).Where(userID.EqExpr(id), name.Eq("ed")), want: "2 rows", after: left, then: "(3)",
			has: func(f *dialect.Features) bool { return f.DeleteUsing != dialect.ChangeAlone }, lacks: "DELETE with other tables"},
		{name: "delete returning", stmt: orm.Delete(addresses).Where(userID.Eq(1)).Returning(email), want: "any order: ('ed@a.org') ('ed@b.org')", has: deleteReturning, lacks: "RETURNING for DELETE"},
		{name: "delete using, returning", stmt: orm.Delete(addresses).Using(users).Where(userID.EqExpr(id), name.Eq("ed")).Returning(email), want: "any order: ('ed@a.org') ('ed@b.org')",
			has: func(f *dialect.Features) bool { return deleteReturning(f) && f.DeleteUsing == dialect.ChangeFromList }, lacks: "DELETE with other tables"},
	}
}
