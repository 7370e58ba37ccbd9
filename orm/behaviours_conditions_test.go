package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
)

var conditionBehaviours = []numbered{
	{1, "NULL in comparisons", func(t *testing.T) {
		var nobody orm.Null[int64]
		condition(t, orm.C(&Users.F.TeamID).Eq(nobody), "users.team_id IS NULL")
		condition(t, teamID.IsNull(), "users.team_id IS NULL")
		condition(t, orm.C(&Users.F.TeamID).Ne(nobody), "users.team_id IS NOT NULL")
		condition(t, teamID.Ne(1), "users.team_id != ? <- (1)")
		writes(t, orm.Select(people.C("id")).Where(people.C("team_id").Eq(nil)), "SELECT users.id FROM users WHERE users.team_id IS NULL")
		engine := company(t)
		assert.Equal(t, []string{"('jack')"}, rowsOf(t, engine, where(full.Ne("Ed Jones"))), "a NULL is not unequal")
	}},
	{2, "IS DISTINCT FROM", func(t *testing.T) {
		condition(t, orm.IsDistinctFrom(name, "ed"), "users.name IS NOT ? <- ('ed')", "users.name IS DISTINCT FROM ? <- ('ed')", "NOT (users.name <=> ?) <- ('ed')")
		condition(t, orm.IsNotDistinctFrom(name, "ed"), "users.name IS ? <- ('ed')", "users.name IS NOT DISTINCT FROM ? <- ('ed')", "users.name <=> ? <- ('ed')")
		assert.Equal(t, []string{"('wendy')", "('jack')"}, rowsOf(t, company(t), where(orm.IsDistinctFrom(full, "Ed Jones"))), "NULL is distinct")
	}},
	{3, "where and where", func(t *testing.T) {
		const both = "SELECT users.id FROM users WHERE users.id > ? AND users.name = ? <- (1, 'x')"
		writes(t, orm.Select(id).Where(id.Gt(1)).Where(name.Eq("x")), both)
		writes(t, orm.Select(id).Where(id.Gt(1), name.Eq("x")), both)
		writes(t, orm.Select(id).Where(orm.Or(id.Eq(1), id.Eq(2))).Where(name.Eq("x")),
			"SELECT users.id FROM users WHERE (users.id = ? OR users.id = ?) AND users.name = ? <- (1, 2, 'x')")
		writes(t, orm.Select(id).WhereIf(false, id.Gt(1)).WhereIf(true, name.Eq("x")), "SELECT users.id FROM users WHERE users.name = ? <- ('x')")
	}},
	{4, "few parentheses", func(t *testing.T) {
		a, b, c := id.Eq(1), id.Eq(2), id.Eq(3)
		condition(t, orm.And(a, orm.Or(b, c)), "users.id = ? AND (users.id = ? OR users.id = ?) <- (1, 2, 3)")
		condition(t, orm.Or(orm.And(a, b), c), "users.id = ? AND users.id = ? OR users.id = ? <- (1, 2, 3)")
		condition(t, orm.And(orm.Or(a)), "users.id = ? <- (1)")
		condition(t, orm.Or(orm.And(a)), "users.id = ? <- (1)")
	}},
	{5, "negations", func(t *testing.T) {
		condition(t, orm.Not(id.Eq(1)), "users.id != ? <- (1)")
		condition(t, orm.Not(id.Lt(1)), "users.id >= ? <- (1)")
		condition(t, orm.Not(id.In(1, 2)), "(users.id NOT IN (?, ?)) <- (1, 2)")
		condition(t, orm.Not(name.Like("e%")), "users.name NOT LIKE ? <- ('e%')")
		condition(t, orm.Not(id.Between(1, 2)), "users.id NOT BETWEEN ? AND ? <- (1, 2)")
		condition(t, orm.Not(teamID.IsNull()), "users.team_id IS NOT NULL")
		condition(t, orm.Not(orm.Not(id.Eq(1))), "users.id = ? <- (1)")
		condition(t, orm.Not(orm.And(id.Eq(1), id.Eq(2))), "NOT (users.id = ? AND users.id = ?) <- (1, 2)")
		condition(t, orm.Not(orm.Or(id.Eq(1), id.Eq(2))), "NOT (users.id = ? OR users.id = ?) <- (1, 2)")
		condition(t, orm.Not(orm.ExistsIn(Addresses, userID.EqExpr(id))), "NOT (EXISTS (SELECT * FROM addresses WHERE addresses.user_id = users.id))")
	}},
	{6, "constants", func(t *testing.T) {
		x := id.Eq(1)
		condition(t, orm.And(orm.True(), x), "users.id = ? <- (1)")
		condition(t, orm.And(orm.False(), x), "0 = 1", "false", "false")
		condition(t, orm.Or(orm.True(), x), "1 = 1", "true", "true")
		condition(t, orm.Or(orm.False(), x), "users.id = ? <- (1)")
		// Port: And of none is true and Or of none false, so that a list of
		// filters needs no seed; SQLAlchemy warns and writes nothing.
		condition(t, orm.And(orm.Or(), x), "0 = 1", "false", "false")
		condition(t, orm.Or(), "0 = 1", "false", "false")
		condition(t, orm.Not(orm.Or()), "1 = 1", "true", "true")
		condition(t, orm.Not(orm.And()), "0 = 1", "false", "false")
		writes(t, orm.Select(id).Where(orm.And()), "SELECT users.id FROM users")
		// A condition that holds for every row is none where one is asked for.
		for _, always := range []orm.Cond{orm.And(), orm.And(orm.True()), orm.True(), orm.Not(orm.Or()), orm.Or(orm.And(), x), orm.Not(orm.And(orm.False(), x))} {
			writes(t, orm.Delete(Users).Where(always), "error: without Where it removes all rows of the table; say so with AllRows()")
			writes(t, orm.Update(Users, age.Set(1)).Where(always), "error: without Where it changes all rows of the table; say so with AllRows()")
			writes(t, orm.Update(Users, age.Set(1)).Where(always, x), "UPDATE users SET age=? WHERE users.id = ? <- (1, 1)")
		}
		writes(t, orm.Delete(Users).Where(orm.Or()), "DELETE FROM users WHERE 0 = 1", "DELETE FROM users WHERE false", "DELETE FROM users WHERE false")
	}},
	{7, "IN", func(t *testing.T) {
		condition(t, id.In(1, 2, 3), "users.id IN (?, ?, ?) <- (1, 2, 3)")
		condition(t, orm.InSelect(id, orm.Select(userID)), "users.id IN (SELECT addresses.user_id FROM addresses)")
		condition(t, orm.NotInSelect(id, orm.Select(userID)), "(users.id NOT IN (SELECT addresses.user_id FROM addresses))")
		// Port: the compiler refuses id.In("abc") (TestWrongComparisonsDoNotCompile);
		// a column without a Go type does when the statement is compiled.
		writes(t, orm.Select(people.C("id")).Where(people.C("id").In("abc")), `error: users.id is an Integer column: it cannot be compared with "abc" (string)`)
	}},
	{8, "IN of nothing", func(t *testing.T) {
		condition(t, id.In(), "users.id IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)", "users.id IN (NULL) AND (1 != 1)", "users.id IN (NULL) AND (1 != 1)")
		engine := company(t)
		assert.Empty(t, rowsOf(t, engine, where(id.In())))
		assert.Empty(t, rowsOf(t, engine, where(teamID.In())), "NULL is not in it either")
	}},
	{9, "NOT IN of nothing", func(t *testing.T) {
		condition(t, id.NotIn(), "(users.id NOT IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1))",
			"(users.id NOT IN (NULL) OR (1 = 1))", "(users.id NOT IN (NULL) OR (1 = 1))")
		condition(t, orm.And(id.NotIn(), id.Eq(1)), "(users.id NOT IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)) AND users.id = ? <- (1)",
			"(users.id NOT IN (NULL) OR (1 = 1)) AND users.id = ? <- (1)", "(users.id NOT IN (NULL) OR (1 = 1)) AND users.id = ? <- (1)")
		assert.Len(t, rowsOf(t, company(t), where(teamID.NotIn())), 3, "NULL is not in it either")
	}},
	{10, "IN with NULL", func(t *testing.T) {
		// Port: SQLAlchemy binds None, which matches no row.
		const refused = "error: a list for IN holds NULL, which no row equals; use IsNull for it, joined with Or"
		writes(t, orm.Select(people.C("id")).Where(people.C("team_id").In(1, nil)), refused)
		condition(t, orm.C(&Users.F.TeamID).NotIn(orm.Some(int64(1)), orm.None[int64]()), refused)
		_, err := orm.Text("SELECT id FROM users WHERE team_id IN :ids").Bind("ids", []any{1, nil}).All(context.Background(), company(t))
		assert.ErrorContains(t, err, ":ids: a list holds NULL, which no row equals; leave it out and ask with IS NULL")
	}},
	{11, "tuples", func(t *testing.T) {
		both := orm.Tuple2(id, name)
		condition(t, both.In(orm.MakeRow2(int64(1), "x"), orm.MakeRow2(int64(2), "y")),
			"(users.id, users.name) IN (VALUES (?, ?), (?, ?)) <- (1, 'x', 2, 'y')",
			"(users.id, users.name) IN ((?, ?), (?, ?)) <- (1, 'x', 2, 'y')",
			"(users.id, users.name) IN ((?, ?), (?, ?)) <- (1, 'x', 2, 'y')")
		assert.Equal(t, []string{"('ed')"}, rowsOf(t, company(t), where(both.In(orm.MakeRow2(int64(1), "ed"), orm.MakeRow2(int64(2), "jack")))))
	}},
	{12, "boolean columns", func(t *testing.T) {
		condition(t, orm.Truth(admin), "users.admin = 1", "users.admin", "users.admin = 1")
		condition(t, orm.Not(orm.Truth(admin)), "users.admin = 0", "NOT users.admin", "users.admin = 0")
		condition(t, orm.IsTrue(admin), "users.admin IS 1", "users.admin IS true", "users.admin IS true")
		condition(t, orm.IsFalse(admin), "users.admin IS 0", "users.admin IS false", "users.admin IS false")
		assert.Equal(t, []string{"('wendy')", "('jack')"}, rowsOf(t, company(t), where(orm.Not(orm.Truth(admin)))))
	}},
}
