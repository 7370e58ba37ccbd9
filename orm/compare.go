package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (e Expr[T]) compareExpr(op expr.BinaryOp, other Expr[T]) Cond {
	return Cond{expr.Binary{Op: op, Left: e.operand(), Right: other.operand()}}
}

// EqExpr is e = other, for two expressions of one type.
func (e Expr[T]) EqExpr(other Expr[T]) Cond { return e.compareExpr(expr.Eq, other) }

// NeExpr is e != other.
func (e Expr[T]) NeExpr(other Expr[T]) Cond { return e.compareExpr(expr.Ne, other) }

// LtExpr is e < other.
func (e Expr[T]) LtExpr(other Expr[T]) Cond { return e.compareExpr(expr.Lt, other) }

// LeExpr is e <= other.
func (e Expr[T]) LeExpr(other Expr[T]) Cond { return e.compareExpr(expr.Le, other) }

// GtExpr is e > other.
func (e Expr[T]) GtExpr(other Expr[T]) Cond { return e.compareExpr(expr.Gt, other) }

// GeExpr is e >= other.
func (e Expr[T]) GeExpr(other Expr[T]) Cond { return e.compareExpr(expr.Ge, other) }

// BetweenExpr is low <= e AND e <= high.
func (e Expr[T]) BetweenExpr(low, high Expr[T]) Cond {
	return Cond{expr.Between{Operand: e.operand(), Low: low.operand(), High: high.operand()}}
}

// IsDistinctFrom is true if e is not v, where NULL is a value like others: it
// is never NULL itself.
func (e Expr[T]) IsDistinctFrom(v T) Cond { return e.distinct(expr.Distinct, e.orNull(v)) }

// IsDistinctFromExpr is [Expr.IsDistinctFrom] with an expression.
func (e Expr[T]) IsDistinctFromExpr(other Expr[T]) Cond {
	return e.distinct(expr.Distinct, other.operand())
}

// IsNotDistinctFrom is true if e is v, or both are NULL.
func (e Expr[T]) IsNotDistinctFrom(v T) Cond { return e.distinct(expr.NotDistinct, e.orNull(v)) }

// IsNotDistinctFromExpr is [Expr.IsNotDistinctFrom] with an expression.
func (e Expr[T]) IsNotDistinctFromExpr(other Expr[T]) Cond {
	return e.distinct(expr.NotDistinct, other.operand())
}

func (e Expr[T]) distinct(op expr.BinaryOp, right expr.Expr) Cond {
	return Cond{expr.Binary{Op: op, Left: e.operand(), Right: right}}
}

// orNull is the operand for v, which may be NULL.
func (e Expr[T]) orNull(v T) expr.Expr {
	if isNull(v) {
		return expr.Null{}
	}
	return e.value(v)
}

// IsTrue is e IS TRUE: unlike [Expr.Cond] it is false, not NULL, for NULL.
func (e Expr[T]) IsTrue() Cond { return e.is(true) }

// IsFalse is e IS FALSE: it is false, not NULL, for NULL.
func (e Expr[T]) IsFalse() Cond { return e.is(false) }

func (e Expr[T]) is(value bool) Cond {
	if !e.isBoolean() {
		return e.notBoolean()
	}
	return Cond{expr.Is{Operand: e.operand(), Value: value}}
}

// Cond makes a truth value a condition, as in Where(C(&Users.F.Admin).Cond()).
func (e Expr[T]) Cond() Cond {
	if !e.isBoolean() {
		return e.notBoolean()
	}
	return Cond{e.operand()}
}

func (e Expr[T]) isBoolean() bool {
	return e.typ.Kind == schema.Boolean || e.typ.Kind == schema.Unknown
}

func (e Expr[T]) notBoolean() Cond {
	return Cond{broken[T]("%s is of type %s: only a truth value is a condition", e.called(), e.typ).node}
}

// Expr is the condition as an expression, such as for [Select].
func (c Cond) Expr() Expr[bool] {
	node := c.node
	if node == nil {
		node = expr.Bool{Value: true}
	}
	return made[bool](node, schema.Type{Kind: schema.Boolean})
}

// As is the condition as a column of a result, under a name.
func (c Cond) As(name string) Expr[bool] { return c.Expr().As(name) }

// True is the condition that always holds.
func True() Cond { return Cond{expr.Bool{Value: true}} }

// False is the condition that never holds.
func False() Cond { return Cond{expr.Bool{}} }
