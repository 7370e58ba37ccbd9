package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// EqExpr is e = other, for two expressions of one type.
func (e Expr[T]) EqExpr(other Expr[T]) Cond { return term(e).versus(expr.Eq, term(other)) }

// NeExpr is e != other.
func (e Expr[T]) NeExpr(other Expr[T]) Cond { return term(e).versus(expr.Ne, term(other)) }

// LtExpr is e < other.
func (e Expr[T]) LtExpr(other Expr[T]) Cond { return term(e).versus(expr.Lt, term(other)) }

// LeExpr is e <= other.
func (e Expr[T]) LeExpr(other Expr[T]) Cond { return term(e).versus(expr.Le, term(other)) }

// GtExpr is e > other.
func (e Expr[T]) GtExpr(other Expr[T]) Cond { return term(e).versus(expr.Gt, term(other)) }

// GeExpr is e >= other.
func (e Expr[T]) GeExpr(other Expr[T]) Cond { return term(e).versus(expr.Ge, term(other)) }

// BetweenExpr is low <= e AND e <= high.
func BetweenExpr[T any](e, low, high Expr[T]) Cond {
	return Cond{expr.Between{Operand: e.operand(), Low: low.operand(), High: high.operand()}}
}

// IsDistinctFrom is true if e is not v, where NULL is a value like others: it
// is never NULL itself.
func IsDistinctFrom[T any](e Expr[T], v T) Cond { return term(e).distinct(expr.Distinct, v) }

// IsDistinctFromExpr is [IsDistinctFrom] with an expression.
func IsDistinctFromExpr[T any](e, other Expr[T]) Cond {
	return term(e).versus(expr.Distinct, term(other))
}

// IsNotDistinctFrom is true if e is v, or both are NULL.
func IsNotDistinctFrom[T any](e Expr[T], v T) Cond { return term(e).distinct(expr.NotDistinct, v) }

// IsNotDistinctFromExpr is [IsNotDistinctFrom] with an expression.
func IsNotDistinctFromExpr[T any](e, other Expr[T]) Cond {
	return term(e).versus(expr.NotDistinct, term(other))
}

// IsTrue is e IS TRUE: unlike [Truth] it is false, not NULL, for NULL.
func IsTrue[T any](e Expr[T]) Cond { return term(e).is(true) }

// IsFalse is e IS FALSE: it is false, not NULL, for NULL.
func IsFalse[T any](e Expr[T]) Cond { return term(e).is(false) }

// Truth makes a truth value a condition, as in Where(Truth(C(&Users.F.Admin))).
func Truth[T any](e Expr[T]) Cond { return term(e).truth() }

func (t term) versus(op expr.BinaryOp, other term) Cond {
	return Cond{expr.Binary{Op: op, Left: t.operand(), Right: other.operand()}}
}

// distinct compares with a value that may be NULL.
func (t term) distinct(op expr.BinaryOp, v any) Cond {
	right := expr.Expr(expr.Null{})
	if !isNull(v) {
		right = t.value(v)
	}
	return Cond{expr.Binary{Op: op, Left: t.operand(), Right: right}}
}

func (t term) is(value bool) Cond {
	if !t.isBoolean() {
		return t.notBoolean()
	}
	return Cond{expr.Is{Operand: t.operand(), Value: value}}
}

func (t term) truth() Cond {
	if !t.isBoolean() {
		return t.notBoolean()
	}
	return Cond{t.operand()}
}

func (t term) isBoolean() bool {
	return t.typ.Kind == schema.Boolean || t.typ.Kind == schema.Unknown
}

func (t term) notBoolean() Cond {
	return Cond{brokenTerm("%s is of type %s: only a truth value is a condition", t.called(), t.typ).node}
}

// BoolExpr is the condition as an expression, such as for [Select].
func BoolExpr(c Cond) Expr[bool] { return Expr[bool](c.term()) }

func (c Cond) term() term {
	node := c.node
	if node == nil {
		node = expr.Bool{Value: true}
	}
	return term{node: node, typ: schema.Type{Kind: schema.Boolean}}
}

// True is the condition that always holds.
func True() Cond { return Cond{expr.Bool{Value: true}} }

// False is the condition that never holds.
func False() Cond { return Cond{expr.Bool{}} }
