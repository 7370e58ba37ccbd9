package ormtest

import (
	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

func expressions() []statement {
	return []statement{
		{name: "arithmetic", stmt: each(orm.Mul(orm.Add(age, 1), 2), orm.SubExpr(age, orm.Sub(id, 3)), orm.Neg(orm.Neg(age))),
			want: "(62, 32, 30) (52, 26, 25) (84, 41, 41)"},
		{name: "division keeps the fraction", stmt: each(orm.Cast[float64](orm.Div(age, 4))), want: "(7.5) (6.25) (10.25)"},
		{name: "division of floats", stmt: each(orm.Div(score, 2)), want: "(0.75) (1.125) (-1.5)"},
		{name: "whole division", stmt: each(orm.FloorDiv(age, 4), orm.Mod(age, 4)), want: "(7, 2) (6, 1) (10, 1)"},
		{name: "joined text", stmt: each(orm.ConcatExpr(orm.Concat(name, "-"), name)), want: "('ed-ed') ('wendy-wendy') ('jack-jack')"},
		{name: "joined NULL", stmt: each(orm.Concat(full, "!")), want: "('Ed Jones!') (NULL) ('Jack_100%!')"},
		{name: "case", stmt: each(orm.Case(age.Gt(29), "a").When(age.Lt(26), "b").Else("z")), want: "('a') ('b') ('a')"},
		{name: "case of a value", stmt: each(orm.CaseOf(name, "ed", int64(1)).Is("jack", 3).Else(0)), want: "(1) (0) (3)"},
		{name: "case without else", stmt: each(orm.Case(orm.Truth(admin), int64(1)).End()), want: "(1) (NULL) (NULL)"},
		{name: "casts", stmt: each(orm.Cast[string](age), orm.Cast[int64](orm.Cast[string](age)), orm.Cast[float64](age)),
			want: "('30', 30, 30) ('25', 25, 25) ('41', 41, 41)"},
		{name: "coalesce", stmt: each(orm.CoalesceTo(full, "none"), orm.Coalesce(full, name)),
			want: "('Ed Jones', 'Ed Jones') ('none', 'wendy') ('Jack_100%', 'Jack_100%')"},
		{name: "null if", stmt: each(orm.NullIf(name, "ed")), want: "(NULL) ('wendy') ('jack')"},
		{name: "functions of text", stmt: each(orm.Upper(name), orm.Lower(full), orm.Length(name)),
			want: "('ED', 'ed jones', 2) ('WENDY', NULL, 5) ('JACK', 'jack_100%', 4)"},
		{name: "functions of numbers", stmt: each(orm.Abs(score), orm.Greatest(age, id), orm.Least(age, id)),
			want: "(1.5, 30, 1) (2.25, 25, 2) (3, 41, 3)"},
		{name: "a date's parts", stmt: each(orm.Extract(orm.Year, joined), orm.Extract(orm.Month, joined), orm.Extract(orm.Day, joined)),
			want: "(2024, 2, 3) (2024, 12, 31) (2025, 1, 1)"},
		{name: "a time's parts", stmt: each(orm.Extract(orm.Hour, joined), orm.Extract(orm.Minute, joined), orm.Extract(orm.Second, joined)),
			want: "(4, 5, 6) (23, 5, 6) (0, 5, 6)"},
		{name: "parts of the calendar", stmt: each(orm.Extract(orm.Quarter, joined), orm.Extract(orm.Week, joined),
			orm.Extract(orm.DayOfYear, joined), orm.Extract(orm.DayOfWeek, joined)),
			want: "(1, 5, 34, 6) (4, 1, 366, 2) (1, 1, 1, 3)"},
		{name: "seconds since 1970", stmt: each(orm.Extract(orm.Epoch, joined)), want: "(1706933106) (1735686306) (1735689906)"},
		{name: "values alone", stmt: orm.Select(orm.Literal("x"), orm.Add(orm.Literal(int64(1)), 2), orm.NullOf[int64]()), want: "('x', 3, NULL)"},
		{name: "a condition as a value", stmt: each(orm.BoolExpr(age.Gt(29))), want: "(true) (false) (true)"},
		{name: "a user's own operator", stmt: each(orm.Op[int64](age, "%", 7)), want: "(2) (4) (6)"},
		{name: "any function", stmt: each(orm.Func[string]("trim", orm.Concat(name, "  "))), want: "('ed') ('wendy') ('jack')"},
	}
}

func orders() []statement {
	return []statement{
		{name: "two orders", stmt: orm.Select(id).OrderBy(admin.Desc(), name.Desc()), want: "(1) (2) (3)"},
		{name: "by a label", stmt: orm.Select(orm.Neg(age).As("a")).OrderBy(orm.ByName("a").Asc()), want: "(-41) (-30) (-25)"},
		{name: "nulls first", stmt: orm.Select(id).OrderBy(teamID.Desc().NullsFirst(), id.Asc()), want: "(3) (1) (2)"},
		{name: "nulls last", stmt: orm.Select(id).OrderBy(teamID.Asc().NullsLast(), id.Asc()), want: "(1) (2) (3)"},
		{name: "nulls last, descending", stmt: orm.Select(id).OrderBy(teamID.Desc().NullsLast(), id.Asc()), want: "(1) (2) (3)"},
		{name: "limit", stmt: each(id).Limit(2), want: "(1) (2)"},
		{name: "limit and offset", stmt: each(id).Limit(1).Offset(1), want: "(2)"},
		{name: "offset", stmt: each(id).Offset(1), want: "(2) (3)"},
		{name: "limit of none", stmt: each(id).Limit(0), want: ""},
		{name: "offset beyond the end", stmt: each(id).Offset(9), want: ""},
		{name: "distinct", stmt: orm.Select(teamID).Distinct().OrderBy(teamID.Asc().NullsFirst()), want: "(NULL) (1)"},
		{name: "distinct on", stmt: orm.Select(teamID, name).DistinctOn(teamID).OrderBy(teamID.Asc(), age.Desc()), want: "(1, 'ed') (NULL, 'jack')",
			has: func(f *dialect.Features) bool { return f.DistinctOn }, lacks: "DISTINCT ON"},
		{name: "limit with ties", stmt: orm.Select(id).OrderBy(admin.Asc()).LimitWithTies(1), want: "any order: (2) (3)",
			has: func(f *dialect.Features) bool { return f.WithTies }, lacks: "LIMIT with ties"},
	}
}

func groupings() []statement {
	return []statement{
		{name: "aggregates", stmt: orm.Select(orm.Count(), orm.CountOf(full), orm.CountDistinct(teamID), orm.Sum(age), orm.Avg(age), orm.Min(age), orm.Max(name), orm.Sum(score)),
			want: "(3, 2, 1, 96, 32, 25, 'wendy', 0.75)"},
		{name: "aggregates of nothing", stmt: orm.Select(orm.Count(), orm.Sum(age), orm.Avg(age), orm.Max(joined)).Where(id.Eq(9)), want: "(0, NULL, NULL, NULL)"},
		{name: "group and having", stmt: orm.Select(teamID, orm.Count()).GroupBy(teamID).Having(orm.Count().Gt(1)), want: "(1, 2)"},
		{name: "group by a label", stmt: orm.Select(orm.FloorDiv(age, 10).As("decade"), orm.Count()).GroupBy(orm.ByName("decade")).OrderBy(orm.ByName("decade").Asc()),
			want: "(2, 1) (3, 1) (4, 1)"},
		{name: "filter", stmt: orm.Select(orm.Filter(orm.Count(), age.Gt(29)), orm.Filter(orm.Sum(age), orm.Truth(admin))), want: "(2, 30)",
			has: func(f *dialect.Features) bool { return f.AggregateFilter }, lacks: "FILTER for an aggregate"},
		{name: "within group", stmt: orm.Select(orm.WithinGroup(orm.Func[float64]("percentile_cont", 0.5), age.Asc())), want: "(30)",
			has: func(f *dialect.Features) bool { return f.WithinGroup }, lacks: "WITHIN GROUP"},
	}
}

func windows() []statement {
	byAge := orm.Window{}.OrderBy(age.Asc())
	byID := orm.Window{}.OrderBy(id.Asc())
	return []statement{
		{name: "row number", stmt: each(orm.Over(orm.RowNumber(), orm.Window{}.PartitionBy(teamID).OrderBy(age.Desc()))), want: "(1) (2) (1)"},
		{name: "over all", stmt: each(orm.Over(orm.Sum(age), orm.Window{})), want: "(96) (96) (96)"},
		{name: "ranks and neighbours", stmt: each(orm.Over(orm.Rank(), byAge), orm.Over(orm.DenseRank(), byAge), orm.Over(orm.Lag(age), byAge), orm.Over(orm.Lead(age), byAge), orm.Over(orm.FirstValue(name), byAge)),
			want: "(2, 2, 25, 41, 'wendy') (1, 1, NULL, 30, 'wendy') (3, 3, 30, NULL, 'wendy')"},
		{name: "rows", stmt: each(orm.Over(orm.Sum(age), byID.Rows(orm.UnboundedPreceding(), orm.CurrentRow()))), want: "(30) (55) (96)"},
		{name: "rows around", stmt: each(orm.Over(orm.Sum(age), byID.Rows(orm.Preceding(1), orm.Following(1)))), want: "(55) (96) (66)"},
		{name: "range", stmt: each(orm.Over(orm.Count(), byAge.Range(orm.CurrentRow(), orm.UnboundedFollowing()))), want: "(2) (3) (1)"},
		{name: "groups", stmt: each(orm.Over(orm.Count(), byAge.Groups(orm.Preceding(1), orm.CurrentRow()))), want: "(2) (1) (2)",
			has: func(f *dialect.Features) bool { return f.FrameGroups }, lacks: "GROUPS"},
		{name: "a filtered window", stmt: each(orm.Over(orm.Filter(orm.Count(), age.Gt(26)), orm.Window{}.PartitionBy(teamID))), want: "(1) (1) (1)",
			has: func(f *dialect.Features) bool { return f.AggregateFilter }, lacks: "FILTER for an aggregate"},
	}
}
