package orm_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm"
)

func TestGroupsAndWindows(t *testing.T) {
	perTeam := orm.Window{}.PartitionBy(teamID)
	byAge := orm.Window{}.OrderBy(age.Asc())
	golden(t, "groups", []shown{
		{"group and having", orm.Select(teamID, orm.Count().As("n")).GroupBy(teamID).Having(orm.Count().Gt(1))},
		{"by a label", orm.Select(orm.FloorDiv(age, 10).As("decade"), orm.Count().As("n")).GroupBy(orm.FloorDiv(age, 10).As("decade")).OrderBy(orm.FloorDiv(age, 10).As("decade").Desc())},
		{"by the name of a label", orm.Select(orm.FloorDiv(age, 10).As("decade"), orm.Count()).GroupBy(orm.ByName("decade")).OrderBy(orm.ByName("count_1").Desc(), orm.ByName("decade").Asc())},
		{"by a name that is not there", each(name).OrderBy(orm.ByName("zzz").Asc())},
		{"a name in a condition", where(orm.ByName("name").Eq("x"))},
		{"a label in a condition", orm.Select(age.As("years")).Where(age.As("years").Gt(29)).OrderBy(age.As("years").Asc())},
		{"counts", orm.Select(orm.Count(), orm.CountOf(full), orm.Count(), orm.CountDistinct(teamID), orm.Avg(age), orm.Sum(score))},
		{"filter", orm.Select(orm.Filter(orm.Count(), age.Gt(29)), orm.Filter(orm.Sum(age), orm.Truth(admin), age.Gt(1)))},
		{"filter of a column", each(orm.Filter(age, age.Gt(1)))},
		{"within group", orm.Select(orm.WithinGroup(orm.Func[float64]("percentile_cont", 0.5), age.Asc()))},
		{"order in an aggregate", orm.Select(orm.AggregateOrder(orm.Func[string]("group_concat", name), name.Desc()))},
		{"distinct", orm.Select(teamID).Distinct().OrderBy(teamID.Asc())},
		{"distinct on", orm.Select(teamID, name).DistinctOn(teamID).OrderBy(teamID.Asc(), age.Desc())},
		{"nulls first", orm.Select(name).OrderBy(teamID.Desc().NullsFirst(), id.Asc())},
		{"nulls last", orm.Select(name).OrderBy(teamID.Asc().NullsLast(), id.Asc())},
		{"no order any more", each(name).Unordered().Limit(0)},
		{"limit with ties", orm.Select(name).OrderBy(teamID.Asc()).LimitWithTies(1).Offset(1)},
		{"row number", each(name, orm.Over(orm.RowNumber(), perTeam.OrderBy(age.Desc())).As("r"))},
		{"over all", each(orm.Over(orm.Sum(age), orm.Window{}))},
		{"share", each(name, orm.DivExpr(orm.MulExpr(age, orm.Literal(int64(100))), orm.Over(orm.Sum(age), perTeam)).As("share"))},
		{"rank, lag and lead", each(orm.Over(orm.Rank(), byAge), orm.Over(orm.DenseRank(), byAge), orm.Over(orm.Lag(age), byAge), orm.Over(orm.Lead(age), byAge), orm.Over(orm.FirstValue(name), byAge))},
		{"rows", each(orm.Over(orm.Sum(age), orm.Window{}.OrderBy(id.Asc()).Rows(orm.UnboundedPreceding(), orm.CurrentRow())))},
		{"rows around", each(orm.Over(orm.Sum(age), orm.Window{}.OrderBy(id.Asc()).Rows(orm.Preceding(1), orm.Following(1))))},
		{"range", each(orm.Over(orm.Count(), orm.Window{}.OrderBy(age.Asc()).Range(orm.CurrentRow(), orm.UnboundedFollowing())))},
		{"groups", each(orm.Over(orm.Count(), orm.Window{}.OrderBy(age.Asc()).Groups(orm.Preceding(1), orm.CurrentRow())))},
		{"frame that ends before it starts", each(orm.Over(orm.Count(), orm.Window{}.OrderBy(age.Asc()).Rows(orm.Following(1), orm.CurrentRow())))},
		{"window of a column", each(orm.Over(age, byAge))},
		{"filtered window", each(orm.Over(orm.Filter(orm.Count(), age.Gt(26)), perTeam))},
	})
}

func TestLocks(t *testing.T) {
	golden(t, "locks", []shown{
		{"update", each(name).ForUpdate()},
		{"update, no wait", each(name).ForUpdate(orm.NoWait())},
		{"update, skip locked", each(name).ForUpdate(orm.SkipLocked())},
		{"update of a table", orm.Select(name).Join(Addresses).ForUpdate(orm.LockOf(Users))},
		{"update of a table that is not read", orm.Select(name).ForUpdate(orm.LockOf(Teams))},
		{"no key update", each(name).ForUpdate(orm.KeyOnly())},
		{"share", each(name).ForShare()},
		{"key share", each(name).ForShare(orm.KeyOnly())},
		{"query", Teams.Select().ForUpdate()},
	})
}

func TestCompounds(t *testing.T) {
	young, old := orm.Select(id, name).Where(age.Lt(31)), orm.Select(id, name).Where(age.Gt(29))
	golden(t, "compounds", []shown{
		{"union", orm.Union(young, old).OrderBy(id.Asc())},
		{"union all", orm.UnionAll(young, old).OrderBy(name.Desc(), orm.ByName("id").Asc()).Limit(3).Offset(1)},
		{"intersect", orm.Intersect(young, old)},
		{"except", orm.Except(young, old)},
		{"intersect all", orm.IntersectAll(young, old)},
		{"except all", orm.ExceptAll(young, old)},
		{"an operand with a limit", orm.Union(young.OrderBy(id.Desc()).Limit(1), old.Limit(1)).OrderBy(id.Asc())},
		{"one inside another", orm.Union(orm.Except(young, old), orm.Intersect(young, old)).OrderBy(id.Asc())},
		{"as a subquery", orm.Select(orm.Union(young, old).Subquery("u").C("name")).OrderBy(orm.ByName("name").Asc())},
		{"as a list", where(orm.InSelect(id, orm.Union(orm.Select(userID), orm.Select(id).Where(age.Gt(40)))))},
		{"of a CTE", orm.UnionAll(orm.Select(young.CTE("c").C("name")), orm.Select(teamName)).OrderBy(orm.ByName("name").Asc())},
		{"by an expression", orm.Union(young, old).OrderBy(orm.Add(age, 1).Asc())},
		{"by a name that is not there", orm.Union(young, old).OrderBy(orm.ByName("zzz").Asc())},
		{"of other widths", orm.Union(young, orm.Select(id))},
		{"of texts", orm.Union(orm.Text("SELECT 1 AS one"), orm.Text("SELECT :x -- two").Bind("x", 2))},
	})
}

func TestChanges(t *testing.T) {
	n, m := orm.C(&Teams.F.ID), orm.C(&Teams.F.Name)
	red := orm.Insert(Teams, "id", "name").Row(1, "crimson").Row(3, "green")
	old := orm.Select(id, name).Where(age.Gt(26)).CTE("old")
	other := Users.As("other")
	sub := orm.Select(email, userID).Subquery("s")
	golden(t, "changes", []shown{
		{"from select", orm.Insert(Teams, "id", "name").FromSelect(orm.Select(orm.Add(id, 10), name))},
		{"from a union", orm.Insert(Teams, "id", "name").FromSelect(orm.Union(orm.Select(orm.Add(id, 10), name), orm.Select(orm.Add(id, 20), name)))},
		{"from a CTE", orm.Insert(Teams, "id", "name").FromSelect(orm.Select(orm.Add(orm.ColumnOf(old, id), 10), old.C("name")))},
		{"from select of another width", orm.Insert(Teams, "id").FromSelect(orm.Select(id, name))},
		{"expressions", orm.Insert(Teams, "id", "name").Row(orm.ScalarSubquery[int64](orm.Select(orm.Add(orm.Max(id), 10))), orm.Upper(orm.Literal("x"))).Row(8, "y")},
		{"defaults", orm.InsertDefaults(Teams)},
		{"returning", orm.Insert(Teams, "id", "name").Row(7, "x").Row(8, "y").Returning(n, orm.Concat(m, "!").As("loud"))},
		{"returning everything", orm.Insert(Teams, "id", "name").Row(7, "x").Returning(Teams)},
		{"returning nothing", orm.Insert(Teams, "id", "name").Row(7, "x").Returning()},
		{"do nothing", red.OnConflict("id").DoNothing()},
		{"do nothing about any key", red.OnConflict().DoNothing()},
		{"do update", red.OnConflict("id").DoUpdate(m.SetExpr(orm.Excluded(m)))},
		{"do update with both", red.OnConflict("id").DoUpdate(m.SetExpr(orm.ConcatExpr(orm.Concat(m, "/"), orm.Excluded(m)))).Returning(n, m)},
		{"do update where", red.OnConflict("id").DoUpdateWhere(n.Gt(1), m.Set("x"))},
		{"do update of any key", red.OnConflict().DoUpdate(m.Set("x"))},
		{"do replace", red.OnConflict("id").DoReplace()},
		{"on a partial key", red.OnConflict("id").Partial(n.Gt(0)).DoNothing()},
		{"on a constraint", red.OnConstraint("teams_pkey").DoNothing()},
		{"on an unknown column", red.OnConflict("zzz").DoNothing()},
		{"from select, do nothing", orm.Insert(Teams, "id", "name").FromSelect(orm.Select(id, name)).OnConflict("id").DoNothing()},
		{"from a union, do nothing", orm.Insert(Teams, "id", "name").FromSelect(orm.Union(orm.Select(id, name), orm.Select(id, name))).OnConflict("id").DoNothing()},
		{"update from", orm.Update(Users, name.SetExpr(m)).From(Teams).Where(teamID.EqExpr(n))},
		{"update from an alias of itself", orm.Update(Users, age.SetExpr(orm.C(&other.F.Age))).From(other).Where(id.EqExpr(orm.Add(orm.C(&other.F.ID), 1)))},
		{"update from itself", orm.Update(Users, age.Set(1)).From(Users).AllRows()},
		{"update from a subquery", orm.Update(Users, name.SetExpr(orm.ColumnOf(sub, email))).From(sub).Where(id.Eq(1))},
		{"update returning", orm.Update(Users, age.SetExpr(orm.Add(age, 1))).Where(age.Gt(29)).Returning(id, age)},
		{"update from, returning", orm.Update(Users, name.SetExpr(m)).From(Teams).Where(teamID.EqExpr(n)).Returning(id)},
		{"set in order", orm.Update(Users, age.Set(1)).Set(name.Set("x"), score.Set(2)).Where(id.Eq(1))},
		{"set an expression", orm.Update(Users, orm.C(&Users.F.Age).As("x").Set(1)).Where(id.Eq(1))},
		{"delete using", orm.Delete(Addresses).Using(Users).Where(userID.EqExpr(id), name.Eq("ed"))},
		{"delete returning", orm.Delete(Addresses).Where(userID.Eq(1)).Returning(email)},
		{"a change in a CTE", orm.Select(orm.Delete(Addresses).Where(userID.Eq(1)).Returning(email).CTE("gone").C("email"))},
	})
}
