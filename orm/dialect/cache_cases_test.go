package dialect_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// cacheCases are statements in which the SQL depends on more than its nodes,
// and random ones.
func cacheCases() []testCase {
	touched := table("touched", key("id"), column("name", text),
		&schema.Column{Name: "at", Type: instant, OnUpdate: schema.SQL("now()")}, &schema.Column{Name: "n", Type: integer, OnUpdate: int64(3)})
	name, score := col(users, "name"), col(users, "score")
	a, b := &expr.Alias{Of: users}, &expr.Alias{Of: users}
	cte := &expr.CTE{Name: "w", Query: where(eq(name, "x")), Columns: []*schema.Column{users.Column("id")}}
	second := &expr.CTEAlias{Of: cte, Name: "w2"}
	sub := &expr.Subquery{Query: where(in(name, "a", "b")), Columns: []*schema.Column{users.Column("id")}}
	id := func(of expr.Source) expr.Column { return expr.Column{Column: users.Column("id"), Of: of} }
	rows := &expr.Values{Name: "v", Columns: []*schema.Column{users.Column("id")}, Rows: [][]expr.Expr{{bind(1)}, {bind(2)}}}
	later, standalone := val(name, nil), bind("x")
	standalone.Standalone = true
	list := []testCase{
		{"on update", expr.Update{Table: touched, Set: []expr.Assignment{{Column: touched.Column("name"), Value: bind("x")}}, AllRows: true}},
		{"aliases", expr.Select{Columns: []expr.Expr{id(a), id(b), id(a)}, Where: op(expr.Eq, id(a), id(b))}},
		{"a CTE twice", expr.Select{Columns: []expr.Expr{id(cte), id(second)}, Where: op(expr.Eq, id(cte), bind(2))}},
		{"a subquery", expr.Select{Columns: []expr.Expr{id(sub)}, From: []expr.Source{sub}, Where: eq(id(sub), 3)}},
		{"joins", expr.Select{Columns: []expr.Expr{id(a)}, From: []expr.Source{&expr.Join{Kind: expr.LeftJoin, Left: a,
			Right: &expr.Join{Left: b, Right: sub, On: op(expr.Eq, id(b), id(sub))}, On: and(op(expr.Eq, id(a), id(b)), eq(id(b), 5))}}}},
		{"values", expr.Select{Columns: []expr.Expr{id(rows)}, From: []expr.Source{rows}}},
		{"later", where(op(expr.Eq, name, later))},
		{"standalone", expr.Select{Columns: []expr.Expr{standalone, expr.Cast{Operand: standalone, Type: text}}}},
		{"division", expr.Select{Columns: []expr.Expr{op(expr.Div, col(users, "id"), bind(2)), op(expr.Div, score, bind(2))}}},
		{"constants", where(and(expr.Bool{Value: true}, or(eq(name, "x"), expr.Bool{}), not(or())))},
		{"offset alone", expr.Select{Columns: []expr.Expr{name}, Where: eq(name, "x"), Offset: bind(int64(2))}},
		{"frame", expr.Select{Columns: []expr.Expr{expr.Window{Func: expr.Func{Name: "sum", Args: []expr.Expr{score}}, OrderBy: []expr.Expr{name},
			Frame: &expr.Frame{Start: expr.Bound{Kind: expr.Preceding, Offset: bind(int64(2))}, End: expr.Bound{Kind: expr.CurrentRow}}}}}},
		{"nulls", expr.Select{Columns: []expr.Expr{name}, OrderBy: []expr.Expr{expr.Order{Operand: expr.Func{Name: "coalesce", Args: []expr.Expr{name, bind("x")}}, Nulls: expr.NullsLast}}}},
		{"a list of a query", where(expr.In{Operand: col(users, "id"), Query: where(in(name, "a"))})},
		{"tuples", where(expr.In{Operand: expr.Tuple{Items: []expr.Expr{name, score}}, List: []expr.Expr{expr.Tuple{Items: []expr.Expr{bind("a"), bind(1.5)}}}})},
		{"texts", expr.Select{Columns: []expr.Expr{name}, Where: and(parsed("name IN (:names) OR name = :name", "names", []string{"a", "b"}, "name", "c"), parsed("score > :name OR score < :name", "name", 1))}},
		{"string_agg", expr.Select{Columns: []expr.Expr{expr.Func{Name: "string_agg", Args: []expr.Expr{name, bind(", ")}}}, Where: eq(name, "x")}},
		{"samples", expr.Select{Columns: []expr.Expr{name}, From: []expr.Source{expr.Table{Table: users}},
			Samples: []expr.Sample{{Of: expr.Table{Table: users}, Method: "BERNOULLI", Percent: bind(5.0), Seed: bind(int64(1))}}}},
		{"groupings", expr.Select{Columns: []expr.Expr{name}, GroupBy: []expr.Expr{expr.Grouping{Kind: expr.Rollup, Sets: [][]expr.Expr{{name}, {score}}}}}},
		{"bits", where(op(expr.Eq, op(expr.BitXor, col(users, "id"), expr.BitNot{Operand: bind(3)}), bind(4)))},
		{"elements", where(expr.Elements{Op: expr.Eq, Left: name, Array: bind("{a,b}")})},
		{"construct", where(op(expr.Eq, expr.Construct{Name: "most", Parameters: []string{"x", "y..."}, Operands: []expr.Expr{name, bind("a"), bind("b")},
			Forms: []expr.Form{{Text: parsed("greatest(:x, :y, :x)")}, {Dialect: "sqlite", Text: parsed("max(:x, :y)")}}}, bind("c")))},
		{"JSON", where(op(expr.Eq, expr.JSONValue{Operand: bind("{}"), Type: text, Path: []expr.JSONStep{{Key: "a"}, {Index: 2, IsIndex: true}}}, bind("c")))},
		{"full text", where(expr.FullText{Operand: name, Query: bind("a & b")})},
		{"compound", expr.Compound{Operands: []expr.Stmt{where(eq(name, "a")), where(in(name, "b", "c"))}, OrderBy: []expr.Expr{expr.Name{Name: "id"}}, Limit: bind(int64(3))}},
		{"upsert", expr.Insert{Table: users, Columns: []*schema.Column{users.Column("id"), users.Column("name")}, Rows: [][]expr.Expr{{bind(1), bind("x")}},
			Conflict: &expr.Conflict{Columns: []*schema.Column{users.Column("id")}}}},
		{"insert from", expr.Insert{Table: users, Columns: []*schema.Column{users.Column("id")}, Query: where(eq(name, "q"))}},
		{"delete", expr.Delete{Table: users, Where: in(name, "a", "b"), Returning: []expr.Expr{name}}},
		{"lock", expr.Select{Columns: []expr.Expr{name}, Where: eq(name, "x"), Lock: &expr.Lock{Of: []expr.Source{expr.Table{Table: users}}, Wait: expr.SkipLocked}}},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 12 {
		list = append(list, testCase{fmt.Sprint("random ", i), grower{random}.query(3)})
	}
	return list
}

// grower makes random statements.
type grower struct{ *rand.Rand }

func (g grower) query(depth int) expr.Stmt {
	of := expr.Source(expr.Table{Table: users})
	switch g.IntN(4) {
	case 0:
		of = &expr.Alias{Of: users}
	case 1:
		of = &expr.Alias{Of: users, Name: "u"}
	case 2:
		if depth > 0 {
			of = &expr.Subquery{Query: where(eq(col(users, "name"), "deep")), Columns: users.Columns}
		}
	}
	s := expr.Select{Columns: []expr.Expr{g.value(of, depth)}, From: []expr.Source{of}, Distinct: g.IntN(4) == 0}
	if g.IntN(4) > 0 {
		s.Where = g.condition(of, depth)
	}
	if g.IntN(3) == 0 {
		e := g.value(of, depth)
		s.GroupBy, s.OrderBy = []expr.Expr{e}, []expr.Expr{expr.Order{Operand: e, Descending: g.IntN(2) == 0}}
	}
	if g.IntN(3) == 0 {
		s.Limit = bind(int64(g.IntN(9)))
	}
	return s
}

func (g grower) value(of expr.Source, depth int) expr.Expr {
	column := expr.Column{Column: users.Columns[g.IntN(len(users.Columns))], Of: of}
	if depth == 0 {
		return column
	}
	switch g.IntN(8) {
	case 0:
		return expr.Func{Name: "coalesce", Args: []expr.Expr{column, val(column, nil)}}
	case 1:
		return expr.Case{Whens: []expr.When{{Condition: g.condition(of, depth-1), Result: bind(g.IntN(5))}}, Else: bind("else")}
	case 2:
		return expr.Binary{Op: expr.BinaryOp(g.IntN(9) + 7), Left: g.value(of, depth-1), Right: bind(g.Float64())}
	case 3:
		return expr.Scalar{Query: g.query(depth - 1)}
	case 4:
		return expr.Label{Name: "l", Operand: g.value(of, depth-1)}
	}
	return column
}

func (g grower) condition(of expr.Source, depth int) expr.Expr {
	name := expr.Column{Column: users.Column("name"), Of: of}
	if depth == 0 {
		return eq(name, "leaf")
	}
	switch g.IntN(9) {
	case 0:
		return and(g.condition(of, depth-1), g.condition(of, depth-1))
	case 1:
		return or(g.condition(of, depth-1), g.condition(of, depth-1), expr.Bool{Value: g.IntN(2) == 0})
	case 2:
		return not(g.condition(of, depth-1))
	case 3:
		return in(name, []any{"a", "b", "c"}[:g.IntN(4)]...)
	case 4:
		return expr.Between{Operand: name, Low: val(name, "a"), High: g.value(of, depth-1)}
	case 5:
		return expr.Exists{Query: g.query(depth - 1), Negated: g.IntN(2) == 0}
	case 6:
		return eq(name, []any{"x", (*string)(nil), 5}[g.IntN(3)])
	case 7:
		return expr.Like{Operand: name, Pattern: val(name, "a%"), FoldCase: g.IntN(2) == 0}
	}
	return expr.Binary{Op: expr.Distinct, Left: g.value(of, depth-1), Right: bind("d")}
}
