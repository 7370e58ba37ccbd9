package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// CaseExpr is a CASE that is not finished: add branches with When, and end it
// with Else or End. It is immutable.
type CaseExpr[T any] struct {
	node expr.Case
	typ  schema.Type
}

// Case starts a CASE: its value is v where the condition holds.
//
//	orm.Case(hunger.Gt(50), "hungry").When(hunger.Gt(20), "peckish").Else("full")
func Case[T any](condition Cond, v T) CaseExpr[T] {
	return CaseExpr[T]{typ: typeOf[T]()}.When(condition, v)
}

// CaseOf starts a CASE of an expression: its value is that of the branch whose
// key equals the expression.
//
//	orm.CaseOf(sex, map...).Is("M", "male").Is("F", "female").Else("?")
func CaseOf[K, T any](operand Expr[K], key K, v T) SimpleCase[K, T] {
	return SimpleCase[K, T]{of: operand, rest: CaseExpr[T]{node: expr.Case{Operand: operand.operand()}, typ: typeOf[T]()}}.Is(key, v)
}

// SimpleCase is a CASE of an expression that is not finished. It is immutable.
type SimpleCase[K, T any] struct {
	of   Expr[K]
	rest CaseExpr[T]
}

// Is adds a branch: the value is v where the expression is key.
func (c SimpleCase[K, T]) Is(key K, v T) SimpleCase[K, T] {
	if isNull(key) {
		c.rest = c.rest.when(broken[K]("%s: no branch of a CASE is for NULL; use Case with IsNull", term(c.of).called()).node, c.rest.result(v))
		return c
	}
	c.rest = c.rest.when(term(c.of).value(key), c.rest.result(v))
	return c
}

// Else ends the CASE with the value for everything else.
func (c SimpleCase[K, T]) Else(v T) Expr[T] { return c.rest.Else(v) }

// End ends the CASE; for everything else it is NULL.
func (c SimpleCase[K, T]) End() Expr[T] { return c.rest.End() }

// When adds a branch: the value is v where the condition holds and none before
// it does.
func (c CaseExpr[T]) When(condition Cond, v T) CaseExpr[T] {
	return c.when(condition.operand(), c.result(v))
}

// WhenExpr adds a branch whose value is an expression.
func (c CaseExpr[T]) WhenExpr(condition Cond, e Expr[T]) CaseExpr[T] {
	return c.when(condition.operand(), e.operand())
}

func (c CaseExpr[T]) when(condition, result expr.Expr) CaseExpr[T] {
	c.node.Whens = append(c.node.Whens[:len(c.node.Whens):len(c.node.Whens)], expr.When{Condition: condition, Result: result})
	return c
}

func (c CaseExpr[T]) result(v T) expr.Expr {
	if isNull(v) {
		return expr.Null{}
	}
	return expr.Bind{Value: v, Type: c.typ, Standalone: true}
}

// Else ends the CASE with the value for everything else.
func (c CaseExpr[T]) Else(v T) Expr[T] {
	c.node.Else = c.result(v)
	return c.End()
}

// ElseExpr ends the CASE with an expression for everything else.
func (c CaseExpr[T]) ElseExpr(e Expr[T]) Expr[T] {
	c.node.Else = e.operand()
	return c.End()
}

// End ends the CASE; for everything else it is NULL.
func (c CaseExpr[T]) End() Expr[T] { return made[T](c.node, expr.TypeOf(c.node)) }
