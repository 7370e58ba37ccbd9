package orm

import (
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Add is e + v.
func Add[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.Add, v)) }

// AddExpr is e + other.
func AddExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.Add, term(other)))
}

// Sub is e - v.
func Sub[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.Sub, v)) }

// SubExpr is e - other.
func SubExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.Sub, term(other)))
}

// Mul is e * v.
func Mul[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.Mul, v)) }

// MulExpr is e * other.
func MulExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.Mul, term(other)))
}

// Div is e / v with a fraction on every database: 3 / 2 is 1.5.
func Div[T any](e Expr[T], v T) Expr[float64] { return Expr[float64](term(e).quotient(v)) }

// DivExpr is e / other with a fraction on every database.
func DivExpr[T any](e, other Expr[T]) Expr[float64] {
	return Expr[float64](term(e).quotient(term(other)))
}

// FloorDiv is e / v as a whole number: 3 / 2 is 1. Databases disagree about
// -3 / 2: it is -1 on SQLite and PostgreSQL, where both are integers, and -2
// elsewhere.
func FloorDiv[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.FloorDiv, v)) }

// FloorDivExpr is [FloorDiv] with an expression.
func FloorDivExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.FloorDiv, term(other)))
}

// Mod is the remainder of e / v.
func Mod[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.Mod, v)) }

// ModExpr is the remainder of e / other.
func ModExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.Mod, term(other)))
}

// Neg is -e.
func Neg[T any](e Expr[T]) Expr[T] { return Expr[T](term(e).neg()) }

// Concat is e with the text behind it.
func Concat[T any](e Expr[T], text T) Expr[T] { return Expr[T](term(e).concat(text)) }

// ConcatExpr is e with other behind it.
func ConcatExpr[T any](e, other Expr[T]) Expr[T] { return Expr[T](term(e).concat(term(other))) }

func (t term) neg() term {
	if !isNumber(t.typ) {
		return t.notNumber()
	}
	return term{node: expr.Neg{Operand: t.operand()}, typ: t.typ}
}

// concat puts a value, or a term, behind t.
func (t term) concat(v any) term {
	if t.typ.Kind != schema.Unknown && !t.typ.IsText() {
		return brokenTerm("%s is of type %s: Concat is for text", t.called(), t.typ)
	}
	right, ok := v.(term)
	if !ok {
		right.node = t.value(v)
	}
	return term{node: expr.Binary{Op: expr.Concat, Left: t.operand(), Right: right.operand()}, typ: schema.Type{Kind: schema.Text}}
}

// arithmetic joins t with a value, or a term.
func (t term) arithmetic(op expr.BinaryOp, v any) term {
	if !isNumber(t.typ) {
		return t.notNumber()
	}
	right, ok := v.(term)
	if !ok {
		right.node = t.number(v)
	}
	node := expr.Binary{Op: op, Left: t.operand(), Right: right.operand()}
	return term{node: node, typ: expr.TypeOf(node)}
}

// quotient is the division as a floating-point number.
func (t term) quotient(v any) term {
	return term{node: t.arithmetic(expr.Div, v).node, typ: schema.Type{Kind: schema.Float}}
}

func (t term) notNumber() term {
	if i, ok := t.node.(expr.Invalid); ok {
		return term{node: i}
	}
	return brokenTerm("%s is of type %s: arithmetic is for numbers", t.called(), t.typ)
}

// isNumber says whether values of the type can be added, as far as is known.
func isNumber(t schema.Type) bool {
	return !t.IsText() && t.Kind != schema.Boolean && t.Kind != schema.LargeBinary && t.Kind != schema.DateTime
}

// number is a value beside an operator. One with a fraction may meet an
// integer there.
func (t term) number(v any) expr.Expr {
	if k := reflect.ValueOf(v).Kind(); t.typ.IsInteger() && (k == reflect.Float32 || k == reflect.Float64) {
		return expr.Bind{Value: v, Type: schema.Type{Kind: schema.Float}, Near: t.near, Standalone: true}
	}
	return t.value(v)
}
