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
		{"sum times", each(age.Add(1).Mul(2))},
		{"minus a difference", each(age.SubExpr(id.Sub(3)))},
		{"minus minus", each(age.SubExpr(id).Sub(3))},
		{"plus a product", each(age.AddExpr(id.Mul(3)))},
		{"negative sum", each(age.Add(1).Neg())},
		{"negative negative", each(age.Neg().Neg())},
		{"negative beside others", each(age.Neg().Add(1), id.SubExpr(age.Neg()))},
		{"true division", each(age.Div(4))},
		{"true division by a column", each(age.DivExpr(id))},
		{"true division of floats", each(score.Div(2))},
		{"true division in a product", each(age.Div(4).Mul(2), age.Mul(2).Div(4))},
		{"floor division", each(age.FloorDiv(4))},
		{"floor division of floats", each(score.FloorDiv(2))},
		{"remainder", each(age.Mod(4), age.Mod(4).Add(1))},
		{"in a condition", where(age.Add(1).Gt(30))},
		{"concatenation", each(name.Concat("!"), name.Concat("-").ConcatExpr(name))},
		{"without a model", orm.Select(people.C("age").Add(1), people.C("age").Mul(1.5), people.C("score").Div(2)).OrderBy(people.C("id").Asc())},
		{"text plus a number", each(people.C("name").Add(1))},
		{"number plus a text", each(people.C("age").Add("x"))},
		{"number and text joined", each(people.C("age").Concat("x"))},
		{"negative text", each(name.Neg())},
		{"stored", orm.Update(Users, age.SetExpr(age.Add(1))).Where(id.Eq(1))},
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
		{"between expressions", where(age.BetweenExpr(id, id.Add(30)))},
		{"distinct", where(full.IsDistinctFrom("Ed Jones"))},
		{"distinct from NULL", where(orm.C(&Users.F.Full).IsDistinctFrom(nobody))},
		{"not distinct from NULL", where(orm.C(&Users.F.Full).IsNotDistinctFrom(nobody))},
		{"distinct expressions", where(full.IsDistinctFromExpr(name))},
		{"not distinct negated", where(orm.Not(full.IsNotDistinctFrom("Ed Jones")))},
		{"distinct in a junction", where(orm.And(full.IsDistinctFrom("x"), age.Gt(26)))},
		{"less than NULL", where(people.C("age").Lt(nil))},
		{"greater than NULL", where(orm.C(&Users.F.Full).Ge(nobody))},
		{"boolean column", where(admin.Cond())},
		{"not boolean column", where(orm.Not(admin.Cond()))},
		{"is true", where(admin.IsTrue())},
		{"is false", where(admin.IsFalse())},
		{"is not true", where(orm.Not(admin.IsTrue()))},
		{"a number as a condition", where(people.C("age").Cond())},
		{"a text is true", where(people.C("name").IsTrue())},
		{"a condition as a column", each(age.Gt(29).As("old"), orm.And(age.Gt(1), admin.Cond()).Expr())},
		{"always", where(orm.And(orm.True(), age.Gt(29)))},
		{"never", where(orm.Or(orm.False(), age.Gt(29)))},
		{"case folded", where(name.ILike("E%"))},
		{"regular expression", where(name.Matches("^e"))},
		{"operator", each(orm.Op[int64](age.Add(1), "<<", 2), orm.Op[int64](age, "&", orm.Op[int64](id, "|", 1)).Add(1))},
		{"operator as a condition", where(orm.And(orm.Op[bool](name, "GLOB", "e*").Cond(), age.Gt(1)))},
		{"operator that is none", where(orm.Op[bool](name, "= 1; --", "e*").Cond())},
		{"operator that is a comment", where(orm.Op[bool](name, "--", "e*").Cond())},
		{"operator that is a placeholder", where(orm.Op[bool](name, "?", "e*").Cond())},
		{"tuples", where(orm.Tuple2(id, name).In(orm.MakeRow2(int64(1), "ed"), orm.MakeRow2(int64(3), "jack")))},
		{"not tuples", where(orm.Tuple2(id, name).NotIn(orm.MakeRow2(int64(1), "ed")))},
		{"no tuples", where(orm.Tuple2(id, name).In())},
	})
}

func TestValuesMadeOfValues(t *testing.T) {
	golden(t, "values", []shown{
		{"searched case", each(orm.Case(age.Gt(29), "a").When(age.Lt(26), "b").Else("z"))},
		{"case without else", each(orm.Case(admin.Cond(), int64(1)).End())},
		{"simple case", each(orm.CaseOf(name, "ed", int64(1)).Is("jack", 3).Else(0).As("n"))},
		{"case of expressions", each(orm.Case(full.IsNull(), "?").ElseExpr(full))},
		{"case for NULL", each(orm.CaseOf(people.C("full"), any(nil), int64(1)).End())},
		{"case in arithmetic", each(orm.Case(admin.Cond(), int64(1)).Else(2).Mul(10))},
		{"cast", each(orm.Cast[string](age), orm.Cast[int64](score), orm.Cast[float64](age), orm.Cast[string](age, orm.String(1)))},
		{"cast a value", orm.Select(orm.Cast[int64](orm.Literal("12")))},
		{"cast to any", orm.Select(orm.Cast[any](age))},
		{"coerce", each(orm.TypeCoerce[float64](age))},
		{"coalesce", each(full.Coalesce("none"), orm.Coalesce(full, name))},
		{"null if", each(name.NullIf("ed"))},
		{"lower and upper", each(orm.Lower(name), orm.Upper(name), orm.Length(name))},
		{"abs and round", each(orm.Abs(score), orm.Round(score))},
		{"greatest", each(orm.Greatest(age, id), orm.Least(age, id))},
		{"any function", each(orm.Func[string]("substr", name, 1, 2), orm.Func[string]("trim", "  x "))},
		{"function with a wrong name", each(orm.Func[string]("trim(name); --"))},
		{"collate", where(name.Collate("NOCASE").Eq("ED"))},
		{"collate a number", where(people.C("age").Collate("NOCASE").Eq(1))},
		{"year and month", each(orm.Extract(orm.Year, joined), orm.Extract(orm.Month, joined), orm.Extract(orm.Day, joined))},
		{"hour to second", each(orm.Extract(orm.Hour, joined), orm.Extract(orm.Minute, joined), orm.Extract(orm.Second, joined))},
		{"parts of the calendar", each(orm.Extract(orm.Quarter, joined), orm.Extract(orm.Week, joined), orm.Extract(orm.DayOfYear, joined), orm.Extract(orm.DayOfWeek, joined))},
		{"epoch", each(orm.Extract(orm.Epoch, joined).Eq(time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC).Unix()).As("e"))},
		{"extract of a number", each(orm.Extract(orm.Year, age))},
		{"literal", orm.Select(orm.Literal("x"), orm.Literal(int64(1)).Add(2), orm.NullOf[int64]())},
		{"greatest instant", orm.Select(orm.Max(joined), orm.Min(admin))},
		{"empty expression", orm.Select(orm.Expr[int64]{})},
	})
}
