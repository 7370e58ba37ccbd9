package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	addressID = orm.C(&Addresses.F.ID)
	email     = orm.C(&Addresses.F.Email)
	userID    = orm.C(&Addresses.F.UserID)
	teamName  = orm.C(&Teams.F.Name)
)

func TestJoins(t *testing.T) {
	boss := Employees.As("boss")
	u, v := people.As("u"), people.As("")
	worker, bossID := orm.C(&Employees.F.Name), orm.N(&Employees.F.ManagerID)
	golden(t, "joins", []shown{
		{"inferred", orm.Select(name).Join(Addresses)},
		{"inferred from the other side", orm.Select(email).Join(Users)},
		{"of a table that is selected too", orm.Select(name, email).Join(Addresses)},
		{"left", orm.Select(name, email).LeftJoin(Addresses).OrderBy(id.Asc(), addressID.Asc())},
		{"right", orm.Select(name, teamName).RightJoin(Teams)},
		{"full", orm.Select(name, teamName).FullJoin(Teams)},
		{"cross", orm.Select(name, teamName).CrossJoin(Teams).OrderBy(name.Asc(), teamName.Asc())},
		{"three tables", orm.Select(email, teamName).From(Addresses).Join(Users).Join(Teams)},
		{"with a condition", orm.Select(name, email).Join(Addresses, id.EqExpr(userID), email.Like("%b.org"))},
		{"two keys", orm.Select(name).Join(Transfers)},
		{"two keys and a condition", orm.Select(name).Join(Transfers, orm.C(&Transfers.F.ToID).EqExpr(id))},
		{"no key", orm.Select(teamName).Join(Employees)},
		{"nothing to join to", orm.Select(orm.Count()).Join(Users)},
		{"itself", orm.Select(worker, orm.C(&boss.F.Name)).From(Employees).LeftJoin(boss, bossID.EqExpr(orm.C(&boss.F.ID)))},
		{"itself without a condition", orm.Select(worker).From(Employees).Join(boss)},
		{"an alias by its key", orm.Select(u.C("name"), email).From(u).Join(Addresses, u.C("id").EqExpr(orm.TypeCoerce[any](userID)))},
		{"a table alias without a name", orm.Select(v.C("name"), v.C("id")).Where(v.C("id").Eq(1))},
		{"two aliases of one name", orm.Select(people.As("u").C("id"), people.As("u").C("name"))},
		{"a table beside its alias", orm.Select(worker, orm.C(&boss.F.Name)).Where(bossID.EqExpr(orm.C(&boss.F.ID)))},
		{"a column of the table that only the alias reads", orm.Select(worker).From(boss)},
		{"all of an alias", orm.Select(boss).Where(orm.C(&boss.F.ID).Eq(1))},
		{"a column of a table that is not read", orm.Select(name, teamName).From(Users)},
		{"a join from several tables", orm.Select(teamName, email).From(Teams, Addresses).Join(Users, id.EqExpr(userID)).Where(orm.C(&Teams.F.ID).EqExpr(orm.TypeCoerce[int64](teamID)))},
		{"the same names", orm.Select(id, addressID, addressID, orm.C(&Teams.F.ID)).From(Users).Join(Addresses).Join(Teams)},
		{"a label that takes a name", orm.Select(id, age.As("id_1"), addressID).Join(Addresses)},
	})
}

func TestQueriesJoin(t *testing.T) {
	ctx := context.Background()
	s := session(t, company(t))
	users, err := Users.Select().Join(Addresses).Where(email.Like("%a.org")).OrderBy(email.Desc()).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, users, 2)
	assert.Equal(t, "wendy", users[0].Name)

	twice, err := Users.Select().Join(Addresses).OrderBy(id.Asc()).All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, twice, 3)
	once, err := Users.Select().Join(Addresses).Distinct().OrderBy(id.Asc()).All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, once, 2)
	assert.Same(t, twice[0], once[0])

	boss := Employees.As("boss")
	bosses, err := boss.Select().Join(Employees, orm.N(&Employees.F.ManagerID).EqExpr(orm.C(&boss.F.ID))).
		OrderBy(orm.C(&boss.F.Name).Asc()).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, bosses, 2)
	assert.Equal(t, "Ann", bosses[0].Name)

	assert.Same(t, boss, Employees.As("boss"))
	_, err = Employees.As("").Select().All(ctx, s)
	assert.ErrorContains(t, err, "the alias of a model needs a name")
}

func TestSubqueries(t *testing.T) {
	sub := orm.Select(userID, orm.Count().As("n")).GroupBy(userID).Subquery("s")
	anon := orm.Select(name, id).Where(age.Gt(26)).Subquery("")
	other := Users.As("other")
	count := orm.Select(orm.CountOf(addressID)).Where(userID.EqExpr(id))
	golden(t, "subqueries", []shown{
		{"from", orm.Select(sub.C("n")).Where(sub.C("n").Gt(1))},
		{"join", orm.Select(name, sub.C("n")).LeftJoin(sub, id.EqExpr(orm.ColumnOf(sub, userID))).OrderBy(id.Asc())},
		{"typed columns", orm.Select(orm.ColumnOf(anon, name)).Where(orm.ColumnOf(anon, id).Lt(3))},
		{"all columns", orm.Select(sub)},
		{"an alias of it", orm.Select(sub.As("t").C("n"))},
		{"unknown column", orm.Select(sub.C("m"))},
		{"column that is not selected", orm.Select(orm.ColumnOf(sub, email))},
		{"columns of one name", orm.Select(age.As("a"), id.As("a")).Subquery("s").As("t").Statement()},
		{"names of functions", orm.Select(orm.Select(orm.Max(age), orm.Count()).Subquery("s").C("count_1"))},
		{"scalar, correlated", each(name, orm.ScalarSubquery[int64](count).As("addresses"))},
		{"scalar, alone", count},
		{"scalar in a condition", where(orm.ScalarSubquery[int64](count).Gt(1))},
		{"scalar compared", where(age.EqExpr(orm.ScalarSubquery[int64](orm.Select(orm.Max(age)))))},
		{"scalar of the same table by an alias", where(age.EqExpr(orm.ScalarSubquery[int64](
			orm.Select(orm.Max(orm.C(&other.F.Age))).Where(orm.C(&other.F.Admin).EqExpr(admin)))))},
		{"scalar of two columns", each(orm.ScalarSubquery[int64](orm.Select(id, age)))},
		{"reads nothing of its own", orm.Select(name, teamName).Join(Teams).Where(orm.Exists(orm.Select(name).Where(teamName.Eq("red"))))},
		{"exists", where(orm.Exists(orm.Select(addressID).Where(userID.EqExpr(id))))},
		{"exists in a table", where(orm.ExistsIn(Addresses, userID.EqExpr(id)))},
		{"not exists", where(orm.And(orm.Not(orm.ExistsIn(Addresses, userID.EqExpr(id))), age.Gt(1)))},
		{"exists two levels up", orm.Select(teamName).Where(orm.ExistsIn(Users, teamID.EqExpr(orm.C(&Teams.F.ID)),
			orm.ExistsIn(Addresses, userID.EqExpr(id), email.LtExpr(orm.Concat(orm.Lower(teamName), "z")))))},
		{"correlate", orm.Select(name).Where(orm.Exists(orm.Select(orm.Literal(1)).From(Addresses).Where(userID.EqExpr(id))))},
		{"in", where(orm.InSelect(id, orm.Select(userID)))},
		{"not in", where(orm.And(orm.NotInSelect(id, orm.Select(userID)), age.Gt(1)))},
		{"in the same table", where(orm.InSelect(id, orm.Select(id).Where(age.Gt(29))))},
		{"in two columns", where(orm.InSelect(id, orm.Select(userID, email)))},
		{"any", where(orm.AnyOf(age, orm.GreaterOrEqual, orm.Select(age)))},
		{"not all", where(orm.Not(orm.AllOf(age, orm.Greater, orm.Select(id))))},
		{"lateral", orm.Select(name).From(Users, orm.Select(email.As("first")).Where(userID.EqExpr(id)).OrderBy(email.Asc()).Limit(1).Lateral("l"))},
		{"a subquery does not see its neighbours", orm.Select(name).From(Users, orm.Select(email).From(Addresses).Where(userID.EqExpr(id)).Subquery("l"))},
		{"a query as a subquery", orm.Select(Users.Select().Where(age.Gt(29)).Subquery("old").C("name"))},
		{"stored", orm.Update(Users, age.SetExpr(orm.ScalarSubquery[int64](orm.Select(orm.CountOf(addressID)).Where(userID.EqExpr(id))))).Where(id.Gt(1))},
		{"deleted", orm.Delete(Users).Where(orm.Not(orm.ExistsIn(Addresses, userID.EqExpr(id))))},
	})
}

func TestCTEs(t *testing.T) {
	old := orm.Select(id, name).Where(age.Gt(26)).CTE("old")
	again := old.As("o")
	numbers := orm.Recursive("r", orm.Select(orm.Literal(int64(1)).As("n")), func(r orm.Derived) orm.SelectStmt {
		n := orm.TypeCoerce[int64](r.C("n"))
		return orm.Select(orm.Add(n, 1)).Where(n.Lt(5))
	})
	top := orm.N(&Employees.F.ManagerID)
	tree := orm.RecursiveDistinct("tree", orm.Select(orm.C(&Employees.F.ID), orm.C(&Employees.F.Name)).Where(top.IsNull()),
		func(r orm.Derived) orm.SelectStmt {
			return orm.Select(orm.C(&Employees.F.ID), orm.C(&Employees.F.Name)).
				Join(r, top.EqExpr(orm.TypeCoerce[int64](r.C("id"))))
		})
	chain := orm.Select(old.C("name")).Where(old.C("id").Lt(3)).CTE("young")
	values := orm.ValuesOf("v", []orm.ColumnDef{orm.Column("n", orm.Integer()), orm.Column("word", orm.String(5))},
		[]any{1, "one"}, []any{2, nil})
	golden(t, "ctes", []shown{
		{"read", orm.Select(old.C("name"))},
		{"joined", orm.Select(email, old.C("name")).Join(old, userID.EqExpr(orm.ColumnOf(old, id)))},
		{"read twice", orm.Select(old.C("name"), again.C("name")).Where(old.C("id").LtExpr(again.C("id")))},
		{"recursive", orm.Select(numbers.C("n"))},
		{"recursive tree", orm.Select(tree.C("name"))},
		{"one that reads another", orm.Select(chain.C("name"))},
		{"one that reads another, and that one", orm.Select(chain.C("name"), old.C("id")).Where(chain.C("name").EqExpr(old.C("name")))},
		{"inside a subquery", where(orm.InSelect(id, orm.Select(old.C("id"))))},
		{"of one name", orm.Select(old.C("name"), orm.Select(email).CTE("old").C("email"))},
		{"without a name", orm.Select(orm.Select(id).CTE("").C("id"))},
		{"materialized", orm.Select(old.Materialized().C("id"))},
		{"before an update", orm.Update(Users, age.Set(1)).Where(orm.InSelect(id, orm.Select(old.C("id"))))},
		{"before a delete", orm.Delete(Addresses).Where(orm.InSelect(userID, orm.Select(old.C("id"))))},
		{"arguments in order", orm.Select(old.C("name"), orm.Literal("x").As("x")).Where(old.C("id").Gt(0)).Limit(7)},
		{"values", orm.Select(values.C("n"), values.C("word")).OrderBy(values.C("n").Desc())},
		{"values joined", orm.Select(name, values.C("word")).Join(values, orm.TypeCoerce[any](id).EqExpr(values.C("n")))},
		{"values of another width", orm.Select(orm.ValuesOf("v", []orm.ColumnDef{orm.Column("n", orm.Integer())}, []any{1, 2}).C("n"))},
		{"values of another type", orm.Select(orm.ValuesOf("v", []orm.ColumnDef{orm.Column("n", orm.Integer())}, []any{"x"}).C("n"))},
		{"a function as a table", orm.Select(orm.TableFunc("j", "json_each", []orm.ColumnDef{orm.Column("value", orm.Integer())}, "[3,4]").C("value"))},
	})
}

func TestMadeNamesAreNotThoseOfTables(t *testing.T) {
	other := orm.NewTable("users_1", orm.Column("id", orm.Integer()))
	u := people.As("")
	sql, _, err := orm.Select(u.C("id")).From(u, other).Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Equal(t, "SELECT users_2.id FROM users AS users_2, users_1", sql)
}
