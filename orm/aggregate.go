package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// StringAgg joins the texts that are not NULL, with the separator between
// them, in the order given; without any it is NULL. On MySQL and MariaDB it is
// group_concat, which cuts the result at the variable group_concat_max_len.
func StringAgg[T any](e Expr[T], separator string, order ...Ordering) Expr[string] {
	return Expr[string](term(e).stringAgg(separator, order))
}

func (t term) stringAgg(separator string, order []Ordering) term {
	if t.typ.Kind != schema.Unknown && !t.typ.IsText() {
		return brokenTerm("%s is of type %s: StringAgg is for text; Cast it", t.called(), t.typ)
	}
	text := schema.Type{Kind: schema.Text}
	node := expr.Func{Name: "string_agg", Type: text, OrderBy: appendOrder(nil, order),
		Args: []expr.Expr{t.operand(), expr.Bind{Value: separator, Type: text, Near: "the separator"}}}
	return term{node: node, typ: text, near: "string_agg"}
}

// Distinct gives an aggregate each value once, as in
// Distinct(Sum(amount)).
func Distinct[T any](e Expr[T]) Expr[T] {
	return Expr[T](term(e).function("Distinct", func(f *expr.Func) { f.Distinct = true }))
}
