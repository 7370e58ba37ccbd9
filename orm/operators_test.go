package orm_test

import (
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
)

var (
	id     = orm.C(&Users.F.ID)
	name   = orm.C(&Users.F.Name)
	full   = orm.N(&Users.F.Full)
	age    = orm.C(&Users.F.Age)
	score  = orm.C(&Users.F.Score)
	admin  = orm.C(&Users.F.Admin)
	joined = orm.C(&Users.F.Joined)
	teamID = orm.N(&Users.F.TeamID)
)

// where selects the names of the users for whom the condition holds.
func where(c orm.Cond) orm.SelectStmt { return orm.Select(name).Where(c).OrderBy(id.Asc()) }

func each(columns ...orm.Selectable) orm.SelectStmt { return orm.Select(columns...).OrderBy(id.Asc()) }

func TestArithmetic(t *testing.T) {
	golden(t, "arithmetic", []shown{
		{"sum times", each(orm.Mul(orm.Add(age, 1), 2))},
		{"minus a difference", each(orm.SubExpr(age, orm.Sub(id, 3)))},
		{"minus minus", each(orm.Sub(orm.SubExpr(age, id), 3))},
		{"plus a product", each(orm.AddExpr(age, orm.Mul(id, 3)))},
		{"negative sum", each(orm.Neg(orm.Add(age, 1)))},
		{"negative negative", each(orm.Neg(orm.Neg(age)))},
		{"negative beside others", each(orm.Add(orm.Neg(age), 1), orm.SubExpr(id, orm.Neg(age)))},
		{"true division", each(orm.Div(age, 4))},
		{"true division by a column", each(orm.DivExpr(age, id))},
		{"true division of floats", each(orm.Div(score, 2))},
		{"true division in a product", each(orm.Mul(orm.Div(age, 4), 2), orm.Div(orm.Mul(age, 2), 4))},
		{"floor division", each(orm.FloorDiv(age, 4))},
		{"floor division of floats", each(orm.FloorDiv(score, 2))},
		{"remainder", each(orm.Mod(age, 4), orm.Add(orm.Mod(age, 4), 1))},
		{"in a condition", where(orm.Add(age, 1).Gt(30))},
		{"concatenation", each(orm.Concat(name, "!"), orm.ConcatExpr(orm.Concat(name, "-"), name))},
		{"without a model", orm.Select(orm.Add(people.C("age"), 1), orm.Mul(people.C("age"), 1.5), orm.Div(people.C("score"), 2)).OrderBy(people.C("id").Asc())},
		{"text plus a number", each(orm.Add(people.C("name"), 1))},
		{"number plus a text", each(orm.Add(people.C("age"), "x"))},
		{"number and text joined", each(orm.Concat(people.C("age"), "x"))},
		{"negative text", each(orm.Neg(name))},
		{"stored", orm.Update(Users, age.SetExpr(orm.Add(age, 1))).Where(id.Eq(1))},
	})
}

func TestComparisons(t *testing.T) {
	var nobody orm.Null[string]
	golden(t, "comparisons", []shown{
		{"equal", where(age.EqExpr(id))},
		{"not equal", where(age.NeExpr(id))},
		{"less", where(id.LtExpr(age))},
		{"less or equal", where(id.LeExpr(age))},
		{"greater", where(age.GtExpr(id))},
		{"greater or equal", where(age.GeExpr(id))},
		{"between expressions", where(orm.BetweenExpr(age, id, orm.Add(id, 30)))},
		{"distinct", where(orm.IsDistinctFrom(full, "Ed Jones"))},
		{"distinct from NULL", where(orm.IsDistinctFrom(orm.C(&Users.F.Full), nobody))},
		{"not distinct from NULL", where(orm.IsNotDistinctFrom(orm.C(&Users.F.Full), nobody))},
		{"distinct expressions", where(orm.IsDistinctFromExpr(full, name))},
		{"not distinct negated", where(orm.Not(orm.IsNotDistinctFrom(full, "Ed Jones")))},
		{"distinct in a junction", where(orm.And(orm.IsDistinctFrom(full, "x"), age.Gt(26)))},
		{"less than NULL", where(people.C("age").Lt(nil))},
		{"greater than NULL", where(orm.C(&Users.F.Full).Ge(nobody))},
		{"boolean column", where(orm.Truth(admin))},
		{"not boolean column", where(orm.Not(orm.Truth(admin)))},
		{"is true", where(orm.IsTrue(admin))},
		{"is false", where(orm.IsFalse(admin))},
		{"is not true", where(orm.Not(orm.IsTrue(admin)))},
		{"a number as a condition", where(orm.Truth(people.C("age")))},
		{"a text is true", where(orm.IsTrue(people.C("name")))},
		{"a condition as a column", each(orm.BoolExpr(age.Gt(29)).As("old"), orm.BoolExpr(orm.And(age.Gt(1), orm.Truth(admin))))},
		{"always", where(orm.And(orm.True(), age.Gt(29)))},
		{"never", where(orm.Or(orm.False(), age.Gt(29)))},
		{"case folded", where(orm.ILike(name, "E%"))},
		{"regular expression", where(orm.Matches(name, "^e"))},
		{"operator", each(orm.Op[int64](orm.Add(age, 1), "<<", 2), orm.Add(orm.Op[int64](age, "&", orm.Op[int64](id, "|", 1)), 1))},
		{"operator as a condition", where(orm.And(orm.Truth(orm.Op[bool](name, "GLOB", "e*")), age.Gt(1)))},
		{"operator that is none", where(orm.Truth(orm.Op[bool](name, "= 1; --", "e*")))},
		{"operator that is a comment", where(orm.Truth(orm.Op[bool](name, "--", "e*")))},
		{"operator that is a placeholder", where(orm.Truth(orm.Op[bool](name, "?", "e*")))},
		{"tuples", where(orm.Tuple2(id, name).In(orm.MakeRow2(int64(1), "ed"), orm.MakeRow2(int64(3), "jack")))},
		{"not tuples", where(orm.Tuple2(id, name).NotIn(orm.MakeRow2(int64(1), "ed")))},
		{"no tuples", where(orm.Tuple2(id, name).In())},
	})
}

func TestValuesMadeOfValues(t *testing.T) {
	golden(t, "values", []shown{
		{"searched case", each(orm.Case(age.Gt(29), "a").When(age.Lt(26), "b").Else("z"))},
		{"case without else", each(orm.Case(orm.Truth(admin), int64(1)).End())},
		{"simple case", each(orm.CaseOf(name, "ed", int64(1)).Is("jack", 3).Else(0).As("n"))},
		{"case of expressions", each(orm.Case(full.IsNull(), "?").ElseExpr(full))},
		{"case for NULL", each(orm.CaseOf(people.C("full"), any(nil), int64(1)).End())},
		{"case in arithmetic", each(orm.Mul(orm.Case(orm.Truth(admin), int64(1)).Else(2), 10))},
		{"cast", each(orm.Cast[string](age), orm.Cast[int64](score), orm.Cast[float64](age), orm.Cast[string](age, orm.String(1)))},
		{"cast a value", orm.Select(orm.Cast[int64](orm.Literal("12")))},
		{"cast to any", orm.Select(orm.Cast[any](age))},
		{"coerce", each(orm.TypeCoerce[float64](age))},
		{"coalesce", each(orm.CoalesceTo(full, "none"), orm.Coalesce(full, name))},
		{"null if", each(orm.NullIf(name, "ed"))},
		{"lower and upper", each(orm.Lower(name), orm.Upper(name), orm.Length(name))},
		{"abs and round", each(orm.Abs(score), orm.Round(score))},
		{"greatest", each(orm.Greatest(age, id), orm.Least(age, id))},
		{"any function", each(orm.Func[string]("substr", name, 1, 2), orm.Func[string]("trim", "  x "))},
		{"function with a wrong name", each(orm.Func[string]("trim(name); --"))},
		{"collate", where(orm.Collate(name, "NOCASE").Eq("ED"))},
		{"collate a number", where(orm.Collate(people.C("age"), "NOCASE").Eq(1))},
		{"year and month", each(orm.Extract(orm.Year, joined), orm.Extract(orm.Month, joined), orm.Extract(orm.Day, joined))},
		{"hour to second", each(orm.Extract(orm.Hour, joined), orm.Extract(orm.Minute, joined), orm.Extract(orm.Second, joined))},
		{"parts of the calendar", each(orm.Extract(orm.Quarter, joined), orm.Extract(orm.Week, joined), orm.Extract(orm.DayOfYear, joined), orm.Extract(orm.DayOfWeek, joined))},
		{"epoch", each(orm.BoolExpr(orm.Extract(orm.Epoch, joined).Eq(time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC).Unix())).As("e"))},
		{"extract of a number", each(orm.Extract(orm.Year, age))},
		{"literal", orm.Select(orm.Literal("x"), orm.Add(orm.Literal(int64(1)), 2), orm.NullOf[int64]())},
		{"greatest instant", orm.Select(orm.Max(joined), orm.Min(admin))},
		{"empty expression", orm.Select(orm.Expr[int64]{})},
	})
}
