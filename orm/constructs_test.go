package orm_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm"
)

var (
	// biggest has another name on each database, and any number of operands.
	biggest = orm.NewConstruct("biggest", "x...").Default("greatest(:x)").On("sqlite", "max(:x)")
	// between is no call, so it stands between parentheses.
	between = orm.NewConstruct("between", "x", "low", "high").Default(":x >= :low AND :x < :high")
	// shout has a string and an operator.
	shout = orm.NewConstruct("shout", "x").Default("concat(upper(:x), ':x!')").On("sqlite", "upper(:x) || ':x!'")
	// seniority is an aggregate that only one database has.
	seniority = orm.NewConstruct("seniority", "x").On("postgresql", "percentile_cont(0.5) WITHIN GROUP (ORDER BY :x)")
)

func TestConstructs(t *testing.T) {
	golden(t, "constructs", []shown{
		{"another name", each(orm.ConstructOf[int64](biggest, age, id, 26), orm.Add(orm.ConstructOf[int64](biggest, age, 1), 1))},
		{"an operand twice", where(orm.Truth(orm.ConstructOf[bool](between, age, 20, 31)))},
		{"beside others", where(orm.Or(orm.Not(orm.Truth(orm.ConstructOf[bool](between, orm.Add(age, 1), 20, 31))), id.Eq(1)))},
		{"a string in it", each(orm.ConstructOf[string](shout, name).As("loud"), orm.Length(orm.ConstructOf[string](shout, name)))},
		{"on one database", orm.Select(orm.ConstructOf[float64](seniority, age))},
		{"of too few", each(orm.ConstructOf[bool](between, age, 1))},
		{"of too many", each(orm.ConstructOf[bool](between, age, 1, 2, 3))},
		{"of none", each(orm.ConstructOf[int64](biggest))},
		{"with an unknown name", each(orm.ConstructOf[int64](orm.NewConstruct("odd", "x").Default("odd(:y)"), age))},
		{"with a quote that does not end", each(orm.ConstructOf[int64](orm.NewConstruct("odd", "x").Default("odd(:x, ')"), age))},
		{"with a comment", each(orm.Add(orm.ConstructOf[int64](orm.NewConstruct("same", "x").Default(":x -- the same"), age), 1))},
		{"with a question mark", each(orm.ConstructOf[bool](orm.NewConstruct("has", "x").Default(":x ? 'a'"), age))},
		{"without a name", each(orm.ConstructOf[int64](orm.NewConstruct(""), age))},
		{"changed later", each(orm.ConstructOf[int64](biggest.Default("least(:x)").On("sqlite", "min(:x)"), age, 26))},
	})
}

func TestJSONPaths(t *testing.T) {
	documents := orm.ValuesOf("d", []orm.ColumnDef{orm.Column("n", orm.Integer()), orm.Column("doc", orm.JSONType())},
		[]any{1, orm.JSONOf(map[string]any{"a": map[string]any{"b": []any{"x", 2}}, "n": 7, "f": 1.5, "t": true, "z": nil, "a b": "it's", "s": "null"})},
		[]any{2, orm.JSONOf(map[string]any{"n": -1, "f": 2, "t": false, "s": "\"q\"\\"})})
	doc, n := documents.C("doc"), documents.C("n")
	of := func(columns ...orm.Selectable) orm.SelectStmt { return orm.Select(columns...).OrderBy(n.Asc()) }
	golden(t, "jsonpaths", []shown{
		{"text", of(orm.JSONAt[string](doc, "s"), orm.JSONAt[string](doc, "a b"))},
		{"a number", of(orm.JSONAt[int64](doc, "n"), orm.Add(orm.JSONAt[int64](doc, "n"), 1), orm.JSONAt[float64](doc, "f"))},
		{"a truth value", of(orm.JSONAt[bool](doc, "t"), orm.JSONAt[bool](doc, "z"))},
		{"null, and nothing", of(orm.JSONAt[string](doc, "z"), orm.JSONAt[int64](doc, "z"), orm.JSONAt[string](doc, "gone", 3))},
		{"deep", of(orm.JSONAt[string](doc, "a", "b", 0), orm.JSONAt[int64](doc, "a", "b", 1), orm.JSONAt[string](doc, "a", "b", 2))},
		{"a document", orm.Select(orm.JSONAt[int64](orm.JSONAt[orm.JSON[any]](doc, "a"), "b", 1)).Where(n.Eq(1))},
		{"no document", of(orm.BoolExpr(orm.JSONAt[orm.JSON[any]](doc, "z").IsNull()))},
		{"in a condition", of(n).Where(orm.JSONAt[int64](doc, "n").Gt(0), orm.Truth(orm.JSONAt[bool](doc, "t")))},
		{"without a path", of(orm.JSONAt[string](doc))},
		{"a negative index", of(orm.JSONAt[string](doc, "a", -1))},
		{"an odd step", of(orm.JSONAt[string](doc, 1.5))},
		{"a key with a quote", of(orm.JSONAt[string](doc, `a"b`).As("q"))},
		{"of a number", of(orm.JSONAt[string](n, "a"))},
		{"as anything", of(orm.JSONAt[any](doc, "a"))},
	})
}
