package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
)

// Window is the rows that a function sees beside the current one. The zero
// Window is all rows. It is immutable.
//
//	orm.Sum(pop).Over(orm.Window{}.PartitionBy(state).OrderBy(age.Asc()))
type Window struct{ node expr.Window }

// PartitionBy keeps to the rows that have the same values in these.
func (w Window) PartitionBy(columns ...Operand) Window {
	list := w.node.PartitionBy[:len(w.node.PartitionBy):len(w.node.PartitionBy)]
	for _, c := range columns {
		list = append(list, c.operand())
	}
	w.node.PartitionBy = list
	return w
}

// OrderBy sorts the rows, so that the window ends at the current one unless a
// frame says otherwise.
func (w Window) OrderBy(orderings ...Ordering) Window {
	w.node.OrderBy = appendOrder(w.node.OrderBy, orderings)
	return w
}

// Rows is a frame that counts rows.
func (w Window) Rows(start, end Bound) Window { return w.frame(expr.Rows, start, end) }

// Range is a frame that measures the value that the window is sorted by.
func (w Window) Range(start, end Bound) Window { return w.frame(expr.Range, start, end) }

// Groups is a frame that counts groups of rows that are equal in order.
func (w Window) Groups(start, end Bound) Window { return w.frame(expr.Groups, start, end) }

func (w Window) frame(unit expr.FrameUnit, start, end Bound) Window {
	w.node.Frame = &expr.Frame{Unit: unit, Start: start.node, End: end.node}
	return w
}

// Bound is an end of a window's frame.
type Bound struct{ node expr.Bound }

// UnboundedPreceding is the window's first row.
func UnboundedPreceding() Bound { return Bound{expr.Bound{Kind: expr.UnboundedPreceding}} }

// UnboundedFollowing is the window's last row.
func UnboundedFollowing() Bound { return Bound{expr.Bound{Kind: expr.UnboundedFollowing}} }

// CurrentRow is the current row.
func CurrentRow() Bound { return Bound{expr.Bound{Kind: expr.CurrentRow}} }

// Preceding is n before the current row.
func Preceding(n int) Bound {
	return Bound{expr.Bound{Kind: expr.Preceding, Offset: rowCount("Preceding", n)}}
}

// Following is n behind the current row.
func Following(n int) Bound {
	return Bound{expr.Bound{Kind: expr.Following, Offset: rowCount("Following", n)}}
}

// Over lets a function look at the rows of a window beside the current one.
func Over[T any](e Expr[T], w Window) Expr[T] { return Expr[T](term(e).over(w)) }

// Filter gives an aggregate only the rows for which all conditions hold.
func Filter[T any](e Expr[T], conditions ...Cond) Expr[T] {
	return Expr[T](term(e).function("Filter", func(f *expr.Func) { f.Filter = and(f.Filter, conditions) }))
}

// WithinGroup is the order of an ordered-set aggregate, such as
// percentile_cont.
func WithinGroup[T any](e Expr[T], orderings ...Ordering) Expr[T] {
	return Expr[T](term(e).function("WithinGroup", func(f *expr.Func) { f.WithinGroup = appendOrder(f.WithinGroup, orderings) }))
}

// AggregateOrder is the order in which an aggregate, such as array_agg, takes
// its rows.
func AggregateOrder[T any](e Expr[T], orderings ...Ordering) Expr[T] {
	return Expr[T](term(e).function("AggregateOrder", func(f *expr.Func) { f.OrderBy = appendOrder(f.OrderBy, orderings) }))
}

func (t term) over(w Window) term {
	if _, ok := t.node.(expr.Func); !ok {
		return brokenTerm("%s is not a function: only a function can be Over a window", t.called())
	}
	w.node.Func = t.node
	return t.with(w.node)
}

func (t term) function(what string, change func(f *expr.Func)) term {
	f, ok := t.node.(expr.Func)
	if !ok {
		return brokenTerm("%s is not a function, so it has no %s", t.called(), what)
	}
	change(&f)
	return t.with(f)
}

// RowNumber numbers the rows of a window from 1.
func RowNumber() Expr[int64] { return call[int64]("row_number", bigInteger) }

// Rank numbers the rows of a window from 1; equal ones have one number, and the
// next is as much greater.
func Rank() Expr[int64] { return call[int64]("rank", bigInteger) }

// DenseRank is [Rank] without gaps.
func DenseRank() Expr[int64] { return call[int64]("dense_rank", bigInteger) }

// Lag is the value of the row before the current one; NULL for the first.
func Lag[T any](e Expr[T]) Expr[T] { return same("lag", e) }

// Lead is the value of the row behind the current one; NULL for the last.
func Lead[T any](e Expr[T]) Expr[T] { return same("lead", e) }

// FirstValue is the value of the first row of the frame.
func FirstValue[T any](e Expr[T]) Expr[T] { return same("first_value", e) }

// LastValue is the value of the last row of the frame.
func LastValue[T any](e Expr[T]) Expr[T] { return same("last_value", e) }
