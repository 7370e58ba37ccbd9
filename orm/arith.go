package orm

import (
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Add is e + v.
func (e Expr[T]) Add(v T) Expr[T] { return e.arithmetic(expr.Add, e.number(v)) }

// AddExpr is e + other.
func (e Expr[T]) AddExpr(other Expr[T]) Expr[T] { return e.arithmetic(expr.Add, other.operand()) }

// Sub is e - v.
func (e Expr[T]) Sub(v T) Expr[T] { return e.arithmetic(expr.Sub, e.number(v)) }

// SubExpr is e - other.
func (e Expr[T]) SubExpr(other Expr[T]) Expr[T] { return e.arithmetic(expr.Sub, other.operand()) }

// Mul is e * v.
func (e Expr[T]) Mul(v T) Expr[T] { return e.arithmetic(expr.Mul, e.number(v)) }

// MulExpr is e * other.
func (e Expr[T]) MulExpr(other Expr[T]) Expr[T] { return e.arithmetic(expr.Mul, other.operand()) }

// Div is e / v with a fraction on every database: 3 / 2 is 1.5.
func (e Expr[T]) Div(v T) Expr[float64] { return quotient(e.arithmetic(expr.Div, e.number(v))) }

// DivExpr is e / other with a fraction on every database.
func (e Expr[T]) DivExpr(other Expr[T]) Expr[float64] {
	return quotient(e.arithmetic(expr.Div, other.operand()))
}

// FloorDiv is e / v as a whole number: 3 / 2 is 1. Databases disagree about
// -3 / 2: it is -1 on SQLite and PostgreSQL, where both are integers, and -2
// elsewhere.
func (e Expr[T]) FloorDiv(v T) Expr[T] { return e.arithmetic(expr.FloorDiv, e.number(v)) }

// FloorDivExpr is [Expr.FloorDiv] with an expression.
func (e Expr[T]) FloorDivExpr(other Expr[T]) Expr[T] {
	return e.arithmetic(expr.FloorDiv, other.operand())
}

// Mod is the remainder of e / v.
func (e Expr[T]) Mod(v T) Expr[T] { return e.arithmetic(expr.Mod, e.number(v)) }

// ModExpr is the remainder of e / other.
func (e Expr[T]) ModExpr(other Expr[T]) Expr[T] { return e.arithmetic(expr.Mod, other.operand()) }

// Neg is -e.
func (e Expr[T]) Neg() Expr[T] {
	if !isNumber(e.typ) {
		return e.notNumber()
	}
	return made[T](expr.Neg{Operand: e.operand()}, e.typ)
}

// Concat is e with the text behind it.
func (e Expr[T]) Concat(text T) Expr[T] { return e.concat(e.value(text)) }

// ConcatExpr is e with other behind it.
func (e Expr[T]) ConcatExpr(other Expr[T]) Expr[T] { return e.concat(other.operand()) }

func (e Expr[T]) concat(right expr.Expr) Expr[T] {
	if e.typ.Kind != schema.Unknown && !e.typ.IsText() {
		return broken[T]("%s is of type %s: Concat is for text", e.called(), e.typ)
	}
	return made[T](expr.Binary{Op: expr.Concat, Left: e.operand(), Right: right}, schema.Type{Kind: schema.Text})
}

func (e Expr[T]) arithmetic(op expr.BinaryOp, right expr.Expr) Expr[T] {
	if !isNumber(e.typ) {
		return e.notNumber()
	}
	node := expr.Binary{Op: op, Left: e.operand(), Right: right}
	return made[T](node, expr.TypeOf(node))
}

func (e Expr[T]) notNumber() Expr[T] {
	if i, ok := e.node.(expr.Invalid); ok {
		return Expr[T]{node: i}
	}
	return broken[T]("%s is of type %s: arithmetic is for numbers", e.called(), e.typ)
}

// isNumber says whether values of the type can be added, as far as is known.
func isNumber(t schema.Type) bool {
	return !t.IsText() && t.Kind != schema.Boolean && t.Kind != schema.LargeBinary && t.Kind != schema.DateTime
}

// number is a value beside an operator. One with a fraction may meet an
// integer there.
func (e Expr[T]) number(v T) expr.Expr {
	if k := reflect.ValueOf(v).Kind(); e.typ.IsInteger() && (k == reflect.Float32 || k == reflect.Float64) {
		return expr.Bind{Value: v, Type: schema.Type{Kind: schema.Float}, Near: e.near, Standalone: true}
	}
	return e.value(v)
}

// quotient is the expression as a floating-point number.
func quotient[T any](e Expr[T]) Expr[float64] {
	return Expr[float64]{node: e.node, typ: schema.Type{Kind: schema.Float}}
}
