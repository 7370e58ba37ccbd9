package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
)

// operators has the SQL of each operator, and the comparison that is its
// negation.
var operators = [...]struct {
	sql      string
	negation expr.BinaryOp
}{
	expr.Eq:     {" = ", expr.Ne},
	expr.Ne:     {" != ", expr.Eq},
	expr.Lt:     {" < ", expr.Ge},
	expr.Le:     {" <= ", expr.Gt},
	expr.Gt:     {" > ", expr.Le},
	expr.Ge:     {" >= ", expr.Lt},
	expr.Add:    {sql: " + "},
	expr.Sub:    {sql: " - "},
	expr.Mul:    {sql: " * "},
	expr.Concat: {sql: " || "},
}

func isComparison(op expr.BinaryOp) bool {
	return int(op) < len(operators) && operators[op].negation != 0
}

// comparison writes a comparison. What equals NULL is written with IS NULL.
func (c *compiler) comparison(b expr.Binary, negated bool, least precedence) {
	op := b.Op
	if negated {
		op = operators[op].negation
	}
	left, right := b.Left, b.Right
	if isNull(left) {
		left, right = right, left
	}
	if isNull(right) {
		if op != expr.Eq && op != expr.Ne {
			c.fail("%sNULL is neither less nor greater than a value; use IsNull", near(right))
			return
		}
		c.isNull(left, op == expr.Ne, least)
		return
	}
	c.open(precedenceCompare, least)
	c.expr(b.Left, precedenceOperand)
	c.write(operators[op].sql)
	c.expr(b.Right, precedenceOperand)
	c.close(precedenceCompare, least)
}

// isNull says whether e is certainly NULL. A bind of nil is not: its value is
// given later.
func isNull(e expr.Expr) bool {
	switch e := e.(type) {
	case expr.Null:
		return true
	case expr.Bind:
		return e.Value != nil && isNullValue(e.Value)
	}
	return false
}

// arithmetic writes an operator with a value.
func (c *compiler) arithmetic(b expr.Binary, least precedence) {
	switch {
	case int(b.Op) >= len(operators) || operators[b.Op].sql == "":
		c.fail("there is no operator %d", b.Op)
	case b.Op == expr.Concat && c.features.ConcatFunction:
		c.write("concat(")
		c.expr(b.Left, precedenceNone)
		c.write(", ")
		c.expr(b.Right, precedenceNone)
		c.write(")")
	default:
		c.open(precedenceOperand, least)
		c.side(b.Left, b.Op, true)
		c.write(operators[b.Op].sql)
		c.side(b.Right, b.Op, false)
		c.close(precedenceOperand, least)
	}
}

// side writes an operand of an operator. Databases disagree about || beside
// arithmetic, and a + (b + c) is not (a + b) + c for floating point, so those
// keep their parentheses.
func (c *compiler) side(e expr.Expr, op expr.BinaryOp, left bool) {
	least := precedenceTerm
	if b, ok := e.(expr.Binary); ok {
		switch {
		case b.Op == op && op != expr.Sub && (left || op == expr.Concat),
			b.Op == expr.Mul && (op == expr.Add || op == expr.Sub):
			least = precedenceOperand
		}
	}
	c.expr(e, least)
}
