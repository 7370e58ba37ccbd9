package orm

import (
	"time"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Func calls a function of the database, with values of type T. An argument is
// an expression or a value. Names that the dialect has in another form, such as
// now on SQLite, are translated; all others are written as they are.
func Func[T any](name string, args ...any) Expr[T] {
	return call[T](name, typeOf[T](), arguments(args)...)
}

// call is a call of a function whose type is known.
func call[T any](name string, typ schema.Type, args ...expr.Expr) Expr[T] {
	return Expr[T]{node: expr.Func{Name: name, Args: args, Type: typ}, typ: typ, near: name}
}

var bigInteger = schema.Type{Kind: schema.BigInteger}

// Count is the number of rows: count(*).
func Count() Expr[int64] { return Expr[int64](countRows) }

var countRows = term{node: expr.Func{Name: "count", Star: true, Type: bigInteger}, typ: bigInteger, near: "count(*)"}

// CountOf is the number of rows in which the expression is not NULL.
func CountOf[T any](e Expr[T]) Expr[int64] { return call[int64]("count", bigInteger, e.operand()) }

// CountDistinct is the number of different values that are not NULL.
func CountDistinct[T any](e Expr[T]) Expr[int64] {
	node := expr.Func{Name: "count", Args: []expr.Expr{e.operand()}, Distinct: true, Type: bigInteger}
	return Expr[int64]{node: node, typ: bigInteger, near: "count"}
}

// Sum is the sum of the values that are not NULL; without any it is NULL.
func Sum[T any](e Expr[T]) Expr[T] { return same("sum", e) }

// Min is the smallest of the values that are not NULL; without any it is NULL.
func Min[T any](e Expr[T]) Expr[T] { return same("min", e) }

// Max is the greatest of the values that are not NULL; without any it is NULL.
func Max[T any](e Expr[T]) Expr[T] { return same("max", e) }

// Avg is the mean of the values that are not NULL; without any it is NULL.
func Avg[T any](e Expr[T]) Expr[float64] {
	typ := schema.Type{Kind: schema.Float}
	return Expr[float64]{node: callOf(expr.Func{Name: "avg", Type: typ}, e.operand()), typ: typ, near: "avg"}
}

// Coalesce is the first of the expressions that is not NULL.
func Coalesce[T any](e Expr[T], others ...Expr[T]) Expr[T] {
	return call[T]("coalesce", e.typ, append([]expr.Expr{e.operand()}, operands(others)...)...)
}

// CoalesceTo is e, or v where e is NULL.
func CoalesceTo[T any](e Expr[T], v T) Expr[T] {
	return call[T]("coalesce", e.typ, e.operand(), term(e).value(v))
}

// NullIf is e, or NULL where e is v.
func NullIf[T any](e Expr[T], v T) Expr[T] {
	return call[T]("nullif", e.typ, e.operand(), term(e).value(v))
}

// Lower is text in lower case.
func Lower[T any](e Expr[T]) Expr[T] { return same("lower", e) }

// Upper is text in upper case.
func Upper[T any](e Expr[T]) Expr[T] { return same("upper", e) }

// Length is the number of characters of text.
func Length[T any](e Expr[T]) Expr[int64] {
	return call[int64]("char_length", bigInteger, e.operand())
}

// Abs is a number without its sign.
func Abs[T any](e Expr[T]) Expr[T] { return same("abs", e) }

// Round is the nearest whole number.
func Round[T any](e Expr[T]) Expr[T] { return same("round", e) }

// Greatest is the greatest of several values. If one is NULL the databases
// disagree: PostgreSQL leaves it out, the others give NULL.
func Greatest[T any](e Expr[T], others ...Expr[T]) Expr[T] {
	return call[T]("greatest", e.typ, append([]expr.Expr{e.operand()}, operands(others)...)...)
}

// Least is the least of several values, with the same reservation as
// [Greatest].
func Least[T any](e Expr[T], others ...Expr[T]) Expr[T] {
	return call[T]("least", e.typ, append([]expr.Expr{e.operand()}, operands(others)...)...)
}

// Now is the database's time at the start of the transaction or statement.
func Now() Expr[time.Time] { return call[time.Time]("now", schema.Type{Kind: schema.DateTime}) }

// same calls a function whose values have the type of its argument.
func same[T any](name string, e Expr[T]) Expr[T] {
	return Expr[T]{node: callOf(expr.Func{Name: name, Type: e.typ}, e.operand()), typ: e.typ, near: name}
}
