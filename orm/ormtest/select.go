package ormtest

import (
	"runtime"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

var selectCases = []testCase{
	{"conditions", func(t *test) { t.world(); t.run(conditions()) }},
	{"expressions", func(t *test) { t.world(); t.run(expressions()) }},
	{"order and limits", func(t *test) { t.world(); t.run(orders()) }},
	{"groups and windows", func(t *test) { t.world(); t.run(groupings()); t.run(windows()) }},
	{"sources", func(t *test) { t.world(); t.run(joins()); t.run(subqueries()); t.run(ctes()) }},
	{"set operations", func(t *test) { t.world(); t.run(compounds()) }},
	{"locks", func(t *test) { t.world(); t.run(locks()) }},
	{"as many arguments as there can be", func(t *test) {
		if runtime.GOARCH == "wasm" {
			t.Skip("so many arguments take long in WebAssembly")
		}
		t.world()
		values := make([]int64, t.features.MaxArgs)
		for i := range values {
			values[i] = int64(i)
		}
		text := orm.Text("SELECT id FROM users WHERE id IN :ids ORDER BY id")
		assert.Equal(t, "(1) (2) (3)", t.rows(t.engine, text.Bind("ids", values)))
		more := append(values, -1)
		_, _, err := text.Bind("ids", more).Compile(t.engine.Dialect())
		require.ErrorContains(t, err, "too many")
		if t.features.ArrayLists {
			assert.Equal(t, "(1) (2) (3)", t.rows(t.engine, who(id.In(more...))))
			assert.Equal(t, "", t.rows(t.engine, who(id.NotIn(more...))))
			return
		}
		assert.Equal(t, "(1) (2) (3)", t.rows(t.engine, who(id.In(values...))))
		_, _, err = who(id.In(more...)).Compile(t.engine.Dialect())
		require.ErrorContains(t, err, "too many")
	}},
}

func conditions() []statement {
	return []statement{
		{name: "equal", stmt: who(name.Eq("ed")), want: "(1)"},
		{name: "not equal", stmt: who(name.Ne("ed")), want: "(2) (3)"},
		{name: "less", stmt: who(age.Lt(30)), want: "(2)"},
		{name: "less or equal", stmt: who(age.Le(30)), want: "(1) (2)"},
		{name: "greater", stmt: who(age.Gt(30)), want: "(3)"},
		{name: "greater or equal", stmt: who(age.Ge(30)), want: "(1) (3)"},
		{name: "columns", stmt: who(age.GtExpr(orm.Mul(id, 14))), want: "(1)"},
		{name: "in", stmt: who(age.In(25, 41, 99)), want: "(2) (3)"},
		{name: "not in", stmt: who(age.NotIn(25, 41)), want: "(1)"},
		{name: "in an empty list", stmt: who(age.In()), want: ""},
		{name: "not in an empty list", stmt: who(age.NotIn()), want: "(1) (2) (3)"},
		{name: "NULL in an empty list", stmt: who(full.In()), want: ""},
		{name: "NULL not in an empty list", stmt: who(full.NotIn()), want: "(1) (2) (3)"},
		{name: "texts in an empty list", stmt: who(orm.Or(name.In(), joined.In(), score.In(), admin.In())), want: ""},
		{name: "tuples", stmt: who(orm.Tuple2(id, name).In(orm.MakeRow2(int64(1), "ed"), orm.MakeRow2(int64(3), "jack"))), want: "(1) (3)"},
		{name: "not tuples", stmt: who(orm.Tuple2(id, name).NotIn(orm.MakeRow2(int64(1), "ed"))), want: "(2) (3)"},
		{name: "tuples in an empty list", stmt: who(orm.Tuple2(id, name).In()), want: ""},
		{name: "between", stmt: who(age.Between(25, 30)), want: "(1) (2)"},
		{name: "NULL", stmt: who(full.IsNull()), want: "(2)"},
		{name: "not NULL", stmt: who(full.IsNotNull()), want: "(1) (3)"},
		{name: "like", stmt: who(name.Like("%e%d%")), want: "(1) (2)"},
		{name: "not like", stmt: who(name.NotLike("%ed%")), want: "(2) (3)"},
		{name: "contains a wildcard", stmt: who(full.Contains("_1")), want: "(3)"},
		{name: "contains a percent sign", stmt: who(full.Contains("%")), want: "(3)"},
		{name: "starts with a wildcard", stmt: who(full.StartsWith("_d")), want: ""},
		{name: "ends with a wildcard", stmt: who(full.EndsWith("0%")), want: "(3)"},
		{name: "contains a backslash", stmt: who(full.Contains(`\`)), want: ""},
		{name: "case folded", stmt: who(orm.ILike(full, "eD%")), want: "(1)"},
		{name: "distinct from a value", stmt: who(orm.IsDistinctFrom(full, "Ed Jones")), want: "(2) (3)"},
		{name: "distinct from NULL", stmt: who(orm.IsDistinctFrom(orm.C(&users.F.Full), orm.None[string]())), want: "(1) (3)"},
		{name: "not distinct from NULL", stmt: who(orm.IsNotDistinctFrom(orm.C(&users.F.Full), orm.None[string]())), want: "(2)"},
		{name: "a boolean", stmt: who(orm.Truth(admin)), want: "(1)"},
		{name: "not a boolean", stmt: who(orm.Not(orm.Truth(admin))), want: "(2) (3)"},
		{name: "is true", stmt: who(orm.IsTrue(admin)), want: "(1)"},
		{name: "is false", stmt: who(orm.IsFalse(admin)), want: "(2) (3)"},
		{name: "equal to true", stmt: who(admin.Eq(true)), want: "(1)"},
		{name: "always", stmt: who(orm.And(orm.True(), age.Gt(29))), want: "(1) (3)"},
		{name: "never", stmt: who(orm.Or(orm.False(), age.Gt(29))), want: "(1) (3)"},
		{name: "and, or, not", stmt: who(orm.And(orm.Or(age.Eq(30), age.Eq(25)), orm.Not(name.Eq("ed")))), want: "(2)"},
		{name: "an instant", stmt: who(joined.Ge(time.Date(2024, 12, 31, 23, 5, 6, 789000, time.UTC))), want: "(2) (3)"},
		{name: "an instant in another zone", stmt: who(joined.Eq(time.Date(2025, 1, 1, 2, 5, 6, 789000, time.FixedZone("x", 7200)))), want: "(3)"},
		{name: "a regular expression", stmt: who(orm.Matches(name, "^[ew]")), want: "(1) (2)",
			has: func(f *dialect.Features) bool { return f.Regexp != "" }, lacks: "regular expressions"},
		{name: "not a regular expression", stmt: who(orm.Not(orm.Matches(name, "^[ew]"))), want: "(3)",
			has: func(f *dialect.Features) bool { return f.NotRegexp != "" }, lacks: "regular expressions"},
		{name: "any of a query", stmt: who(orm.AnyOf(id, orm.Equal, orm.Select(userID))), want: "(1) (2)",
			has: func(f *dialect.Features) bool { return f.Quantified }, lacks: "ANY and ALL"},
		{name: "all of a query", stmt: who(orm.AllOf(id, orm.Greater, orm.Select(userID))), want: "(3)",
			has: func(f *dialect.Features) bool { return f.Quantified }, lacks: "ANY and ALL"},
	}
}
