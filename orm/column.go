package orm

import (
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
)

// Expr is an SQL expression whose values are of type T. Its comparisons take a
// T, so that a wrong one does not compile. An Expr[any], which a [Table] gives,
// checks its values when the statement is compiled.
//
// What few statements need, such as arithmetic, is a function: [Add], [Lower],
// [Over].
type Expr[T any] term

// C returns the column that a field of a model's prototype names, as in
// C(&Pets.F.Name). Any other pointer makes a statement that does not compile
// to SQL and says why.
func C[T any](field *T) Expr[T] { return Expr[T](fieldTerm(field)) }

// N is [C] for a field of type [Null]: its comparisons take the value itself,
// as in N(&Pets.F.Species).Eq("Cat").
func N[T any, F interface{ element() T }](field *F) Expr[T] { return Expr[T](fieldTerm(field)) }

// Eq is e = v, or e IS NULL if v is NULL: nil, or a Null without a value.
func (e Expr[T]) Eq(v T) Cond { return term(e).eq(v) }

// Ne is e != v, or e IS NOT NULL if v is NULL. Like SQL's it is not true for a
// NULL e.
func (e Expr[T]) Ne(v T) Cond { return term(e).ne(v) }

// Lt is e < v.
func (e Expr[T]) Lt(v T) Cond { return term(e).sized(expr.Lt, v) }

// Le is e <= v.
func (e Expr[T]) Le(v T) Cond { return term(e).sized(expr.Le, v) }

// Gt is e > v.
func (e Expr[T]) Gt(v T) Cond { return term(e).sized(expr.Gt, v) }

// Ge is e >= v.
func (e Expr[T]) Ge(v T) Cond { return term(e).sized(expr.Ge, v) }

// In is true if e is one of the values; of none it is false.
func (e Expr[T]) In(values ...T) Cond { return term(e).in(values, false) }

// NotIn is true if e is none of the values; of none it is true.
func (e Expr[T]) NotIn(values ...T) Cond { return term(e).in(values, true) }

// Between is low <= e AND e <= high.
func (e Expr[T]) Between(low, high T) Cond { return term(e).between(low, high) }

// IsNull is e IS NULL.
func (e Expr[T]) IsNull() Cond { return term(e).isNull(false) }

// IsNotNull is e IS NOT NULL.
func (e Expr[T]) IsNotNull() Cond { return term(e).isNull(true) }

// Asc sorts by e, the smallest first.
func (e Expr[T]) Asc() Ordering { return term(e).order(false) }

// Desc sorts by e, the greatest first.
func (e Expr[T]) Desc() Ordering { return term(e).order(true) }

// As gives the expression a name in the result.
func (e Expr[T]) As(name string) Expr[T] { return Expr[T](term(e).as(name)) }

func (e Expr[T]) operand() expr.Expr { return term(e).operand() }

func (e Expr[T]) columns() []expr.Expr { return []expr.Expr{term(e).operand()} }

// sized is compare with an order, in which NULL has no place.
func (t term) sized(op expr.BinaryOp, v any) Cond {
	if isNull(v) {
		return Cond{brokenTerm("%s: NULL is neither less nor greater than a value; use IsNull", t.called()).node}
	}
	return t.compare(op, v)
}

func (t term) eq(v any) Cond {
	if isNull(v) {
		return t.isNull(false)
	}
	return t.compare(expr.Eq, v)
}

func (t term) ne(v any) Cond {
	if isNull(v) {
		return t.isNull(true)
	}
	return t.compare(expr.Ne, v)
}

func (t term) isNull(negated bool) Cond {
	return Cond{expr.IsNull{Operand: t.operand(), Negated: negated}}
}

func (t term) order(descending bool) Ordering {
	return Ordering{expr.Order{Operand: t.operand(), Descending: descending}}
}

// Ordering is something to sort by.
type Ordering struct{ node expr.Expr }

// isNull says whether a Go value stands for NULL.
func isNull(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case interface{ NullAny() (any, bool) }:
		_, valid := v.NullAny()
		return !valid
	}
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}
