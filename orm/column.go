package orm

import (
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Expr is an SQL expression whose values are of type T. Its comparisons take a
// T, so that a wrong one does not compile. An Expr[any], which a [Table] gives,
// checks its values when the statement is compiled.
type Expr[T any] struct {
	node expr.Expr
	typ  schema.Type
	near string // what messages call it, such as "census.sex"
}

// C returns the column that a field of a model's prototype names, as in
// C(&Pets.F.Name). Any other pointer makes a statement that does not compile
// to SQL and says why.
func C[T any](field *T) Expr[T] {
	c, of, err := columnAt(reflect.ValueOf(field).UnsafePointer(), reflect.TypeFor[T]())
	return columnExpr[T](c, of, err)
}

// N is [C] for a field of type [Null]: its comparisons take the value itself,
// as in N(&Pets.F.Species).Eq("Cat").
func N[T any, F interface{ element() T }](field *F) Expr[T] {
	c, of, err := columnAt(reflect.ValueOf(field).UnsafePointer(), reflect.TypeFor[F]())
	return columnExpr[T](c, of, err)
}

// columnExpr is a column of its own table, or of another source.
func columnExpr[T any](c *schema.Column, of expr.Source, err error) Expr[T] {
	if err != nil {
		return Expr[T]{node: expr.Invalid{Err: err}}
	}
	return Expr[T]{node: expr.Column{Column: c, Of: of}, typ: c.Type, near: nameOf(c, of) + "." + c.Name}
}

// nameOf is how messages call what a column belongs to.
func nameOf(c *schema.Column, of expr.Source) string {
	switch s := of.(type) {
	case *expr.Alias:
		return s.Name
	case *expr.Subquery:
		return s.Name
	case *expr.CTE:
		return s.Name
	case *expr.CTEAlias:
		return s.Name
	case *expr.Values:
		return s.Name
	case *expr.TableFunc:
		return s.Name
	}
	return c.Table.Name
}

// value makes the operand for a Go value that meets e.
func (e Expr[T]) value(v T) expr.Expr { return expr.Bind{Value: v, Type: e.typ, Near: e.near} }

func (e Expr[T]) values(list []T) []expr.Expr {
	out := make([]expr.Expr, len(list))
	for i, v := range list {
		out[i] = e.value(v)
	}
	return out
}

func (e Expr[T]) compare(op expr.BinaryOp, v T) Cond {
	return Cond{expr.Binary{Op: op, Left: e.operand(), Right: e.value(v)}}
}

// sized is compare with an order, in which NULL has no place.
func (e Expr[T]) sized(op expr.BinaryOp, v T) Cond {
	if isNull(v) {
		return Cond{broken[T]("%s: NULL is neither less nor greater than a value; use IsNull", e.called()).node}
	}
	return e.compare(op, v)
}

// Eq is e = v, or e IS NULL if v is NULL: nil, or a Null without a value.
func (e Expr[T]) Eq(v T) Cond {
	if isNull(v) {
		return e.IsNull()
	}
	return e.compare(expr.Eq, v)
}

// Ne is e != v, or e IS NOT NULL if v is NULL. Like SQL's it is not true for a
// NULL e.
func (e Expr[T]) Ne(v T) Cond {
	if isNull(v) {
		return e.IsNotNull()
	}
	return e.compare(expr.Ne, v)
}

// Lt is e < v.
func (e Expr[T]) Lt(v T) Cond { return e.sized(expr.Lt, v) }

// Le is e <= v.
func (e Expr[T]) Le(v T) Cond { return e.sized(expr.Le, v) }

// Gt is e > v.
func (e Expr[T]) Gt(v T) Cond { return e.sized(expr.Gt, v) }

// Ge is e >= v.
func (e Expr[T]) Ge(v T) Cond { return e.sized(expr.Ge, v) }

// In is true if e is one of the values; of none it is false.
func (e Expr[T]) In(values ...T) Cond {
	return Cond{expr.In{Operand: e.operand(), List: e.values(values)}}
}

// NotIn is true if e is none of the values; of none it is true.
func (e Expr[T]) NotIn(values ...T) Cond {
	return Cond{expr.In{Operand: e.operand(), List: e.values(values), Negated: true}}
}

// Between is low <= e AND e <= high.
func (e Expr[T]) Between(low, high T) Cond {
	return Cond{expr.Between{Operand: e.operand(), Low: e.value(low), High: e.value(high)}}
}

// IsNull is e IS NULL.
func (e Expr[T]) IsNull() Cond { return Cond{expr.IsNull{Operand: e.operand()}} }

// IsNotNull is e IS NOT NULL.
func (e Expr[T]) IsNotNull() Cond { return Cond{expr.IsNull{Operand: e.operand(), Negated: true}} }

// Asc sorts by e, the smallest first.
func (e Expr[T]) Asc() Ordering { return Ordering{expr.Order{Operand: e.operand()}} }

// Desc sorts by e, the greatest first.
func (e Expr[T]) Desc() Ordering { return Ordering{expr.Order{Operand: e.operand(), Descending: true}} }

// As gives the expression a name in the result.
func (e Expr[T]) As(name string) Expr[T] {
	e.node = expr.Label{Name: name, Operand: e.operand()}
	return e
}

func (e Expr[T]) columns() []expr.Expr { return []expr.Expr{e.operand()} }

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
