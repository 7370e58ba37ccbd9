package orm_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm"
)

func TestBits(t *testing.T) {
	golden(t, "bits", []shown{
		{"and, or, xor", each(orm.BitAnd(age, 6), orm.BitOr(age, 6), orm.BitXor(age, 6))},
		{"of expressions", each(orm.BitAndExpr(age, id), orm.BitOrExpr(age, id), orm.BitXorExpr(age, id))},
		{"shifted", each(orm.ShiftLeft(age, 2), orm.ShiftRight(age, 1))},
		{"turned", each(orm.BitNot(age), orm.BitNot(orm.Add(age, 1)), orm.BitAnd(orm.BitNot(age), 255))},
		{"beside others", each(orm.Add(orm.BitAnd(orm.Add(age, 1), 3), 1), orm.BitXor(orm.BitOr(age, 1), 2))},
		{"in a condition", where(orm.BitAnd(age, 1).Eq(1))},
		{"of text", each(orm.BitAnd(people.C("name"), 1))},
		{"turned text", each(orm.BitNot(name))},
	})
}

func TestAggregates(t *testing.T) {
	golden(t, "aggregates", []shown{
		{"strings", orm.Select(orm.StringAgg(name, ", ", name.Desc()))},
		{"strings, each with a quote", orm.Select(orm.StringAgg(name, `'\`, name.Asc()).As("names"))},
		{"strings by team", orm.Select(teamID, orm.StringAgg(name, "+", age.Asc())).GroupBy(teamID).OrderBy(teamID.Asc().NullsFirst())},
		{"strings of a filter", orm.Select(orm.Filter(orm.StringAgg(name, ",", id.Asc()), age.Gt(26)))},
		{"strings of numbers", orm.Select(orm.StringAgg(age, ","))},
		{"strings, without order", orm.Select(orm.StringAgg(name, ",")).Where(id.Eq(1))},
		{"each string once", orm.Select(orm.Distinct(orm.StringAgg(name, ",")))},
		{"each value once", orm.Select(orm.Distinct(orm.Sum(teamID)), orm.Distinct(orm.CountOf(teamID)))},
		{"each value of a column", orm.Select(orm.Distinct(age))},
	})
}

func TestGroupings(t *testing.T) {
	total := orm.Count().As("n")
	byTeam := orm.Select(teamID, admin, total).OrderBy(teamID.Asc().NullsLast(), admin.Asc().NullsLast(), total.Asc())
	golden(t, "groupings", []shown{
		{"rollup", orm.Select(teamID, total).GroupBy(orm.Rollup(teamID)).Where(teamID.IsNotNull())},
		{"rollup of two", orm.Select(teamID, admin, total).GroupBy(orm.Rollup(teamID, admin))},
		{"rollup beside others", orm.Select(teamID, admin, total).GroupBy(teamID, orm.Rollup(admin))},
		{"rollup of a label", orm.Select(orm.FloorDiv(age, 10).As("decade"), total).GroupBy(orm.Rollup(orm.ByName("decade")))},
		{"cube", byTeam.GroupBy(orm.Cube(teamID, admin))},
		{"sets", byTeam.GroupBy(orm.GroupingSets(orm.Set(teamID, admin), orm.Set(teamID), orm.Set()))},
		{"what is grouped", orm.Select(teamID, orm.Func[int64]("grouping", teamID)).GroupBy(orm.Cube(teamID))},
		{"a grouping of nothing", orm.Select(total).GroupBy(orm.Rollup())},
		{"a grouping as a column", orm.Select(orm.Rollup(teamID))},
	})
}

func TestSamples(t *testing.T) {
	boss := Users.As("boss")
	golden(t, "samples", []shown{
		{"bernoulli", each(name).Sample(Users, orm.Bernoulli(100))},
		{"system, repeatable", each(name).Sample(Users, orm.SystemSample(100).Repeatable(7))},
		{"of an alias in a join", orm.Select(name, orm.C(&boss.F.Name)).Join(boss, orm.C(&boss.F.ID).EqExpr(id)).Sample(boss, orm.Bernoulli(100)).OrderBy(id.Asc())},
		{"more than all", each(name).Sample(Users, orm.Bernoulli(101))},
		{"of a table that is not read", each(name).Sample(Teams, orm.Bernoulli(10))},
		{"twice", each(name).Sample(Users, orm.Bernoulli(10)).Sample(Users, orm.Bernoulli(20))},
		{"of a subquery", orm.Select(each(name).Subquery("s")).Sample(each(name).Subquery("s"), orm.Bernoulli(20))},
	})
}
