package orm

import "github.com/ormlab/ormlab/orm/expr"

// Tuple is several expressions side by side, which are compared with rows at
// once.
type Tuple[R any] struct {
	items  []expr.Expr
	values func(R) []expr.Expr
}

// Row2 is a row of two values.
type Row2[A, B any] struct {
	V1 A
	V2 B
}

// MakeRow2 returns a row of two values.
func MakeRow2[A, B any](a A, b B) Row2[A, B] { return Row2[A, B]{a, b} }

// Tuple2 puts two expressions side by side.
//
//	orm.Tuple2(state, sex).In(orm.MakeRow2("Texas", "F"), orm.MakeRow2("Utah", "M"))
func Tuple2[A, B any](a Expr[A], b Expr[B]) Tuple[Row2[A, B]] {
	return Tuple[Row2[A, B]]{
		items:  []expr.Expr{a.operand(), b.operand()},
		values: func(r Row2[A, B]) []expr.Expr { return []expr.Expr{term(a).value(r.V1), term(b).value(r.V2)} },
	}
}

// MakeRow3 returns a row of three values.
func MakeRow3[A, B, C any](a A, b B, c C) Row3[A, B, C] { return Row3[A, B, C]{a, b, c} }

// Tuple3 puts three expressions side by side.
func Tuple3[A, B, C any](a Expr[A], b Expr[B], c Expr[C]) Tuple[Row3[A, B, C]] {
	return Tuple[Row3[A, B, C]]{
		items: []expr.Expr{a.operand(), b.operand(), c.operand()},
		values: func(r Row3[A, B, C]) []expr.Expr {
			return []expr.Expr{term(a).value(r.V1), term(b).value(r.V2), term(c).value(r.V3)}
		},
	}
}

// In is true if the values are those of one of the rows.
func (t Tuple[R]) In(rows ...R) Cond { return Cond{t.in(rows)} }

// NotIn is true if the values are those of none of the rows.
func (t Tuple[R]) NotIn(rows ...R) Cond {
	in := t.in(rows)
	in.Negated = true
	return Cond{in}
}

func (t Tuple[R]) in(rows []R) expr.In {
	in := expr.In{Operand: expr.Tuple{Items: t.items}}
	for _, r := range rows {
		in.List = append(in.List, expr.Tuple{Items: t.values(r)})
	}
	return in
}
