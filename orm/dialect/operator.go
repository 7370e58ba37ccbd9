package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// operators has the SQL of each operator, and the comparison that is its
// negation.
var operators = [...]struct {
	sql      string
	negation expr.BinaryOp
}{
	expr.Eq:          {" = ", expr.Ne},
	expr.Ne:          {" != ", expr.Eq},
	expr.Lt:          {" < ", expr.Ge},
	expr.Le:          {" <= ", expr.Gt},
	expr.Gt:          {" > ", expr.Le},
	expr.Ge:          {" >= ", expr.Lt},
	expr.Add:         {sql: " + "},
	expr.Sub:         {sql: " - "},
	expr.Mul:         {sql: " * "},
	expr.Concat:      {sql: " || "},
	expr.Div:         {sql: " / "},
	expr.FloorDiv:    {sql: " / "},
	expr.Mod:         {sql: " % "},
	expr.Distinct:    {" IS DISTINCT FROM ", expr.NotDistinct},
	expr.NotDistinct: {" IS NOT DISTINCT FROM ", expr.Distinct},
	expr.BitAnd:      {sql: " & "},
	expr.BitOr:       {sql: " | "},
	expr.BitXor:      {sql: " ^ "},
	expr.ShiftLeft:   {sql: " << "},
	expr.ShiftRight:  {sql: " >> "},
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
	if op == expr.Distinct || op == expr.NotDistinct {
		c.distinctFrom(b, op == expr.NotDistinct, least)
		return
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

// distinctFrom compares values of which NULL is one like others.
func (c *compiler) distinctFrom(b expr.Binary, equal bool, least precedence) {
	const own = precedenceCompare
	var sql string
	switch form := c.features.DistinctFrom; {
	case form == DistinctIs && equal:
		sql = " IS "
	case form == DistinctIs:
		sql = " IS NOT "
	case form == DistinctSpaceship && !equal:
		c.open(precedenceNot, least)
		c.write("NOT (")
		c.distinctFrom(b, true, precedenceNone)
		c.write(")")
		c.close(precedenceNot, least)
		return
	case form == DistinctSpaceship:
		sql = " <=> "
	case equal:
		sql = operators[expr.NotDistinct].sql
	default:
		sql = operators[expr.Distinct].sql
	}
	c.open(own, least)
	c.expr(b.Left, precedenceOperand)
	c.write(sql)
	c.expr(b.Right, precedenceOperand)
	c.close(own, least)
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
	case b.Op >= expr.BitAnd:
		c.bits(b, least)
	case b.Op == expr.Concat && c.features.ConcatFunction:
		c.write("concat(")
		c.expr(b.Left, precedenceNone)
		c.write(", ")
		c.expr(b.Right, precedenceNone)
		c.write(")")
	case b.Op == expr.FloorDiv && (c.features.DivisionKeepsFraction || isFloat(b)):
		c.write("FLOOR(")
		c.plain(b)
		c.write(")")
	case b.Op == expr.Div && c.features.TrueDivisor != "" && !isFloat(b):
		c.open(precedenceOperand, least)
		c.side(b.Left, b.Op, true)
		c.write(" / ")
		c.divisor(b.Right)
		c.close(precedenceOperand, least)
	default:
		c.open(precedenceOperand, least)
		c.plain(b)
		c.close(precedenceOperand, least)
	}
}

// plain writes an operator between its operands.
func (c *compiler) plain(b expr.Binary) {
	c.side(b.Left, b.Op, true)
	c.write(operators[b.Op].sql)
	c.side(b.Right, b.Op, false)
}

// divisor writes what an integer is divided by so that the result has a
// fraction.
func (c *compiler) divisor(e expr.Expr) {
	c.around(c.features.TrueDivisor, func() { c.typed(e, precedenceTerm) })
}

// isFloat says whether an operand is known to have a fraction.
func isFloat(b expr.Binary) bool {
	return expr.TypeOf(b.Left).Kind == schema.Float || expr.TypeOf(b.Right).Kind == schema.Float
}

// side writes an operand of an operator. Databases disagree about || beside
// arithmetic, and a + (b + c) is not (a + b) + c for floating point, so those
// keep their parentheses.
func (c *compiler) side(e expr.Expr, op expr.BinaryOp, left bool) {
	least := precedenceTerm
	if b, ok := e.(expr.Binary); ok {
		switch {
		case b.Op == op && (left && (op == expr.Add || op == expr.Mul) || op == expr.Concat),
			isProduct(b.Op) && (op == expr.Add || op == expr.Sub):
			least = precedenceOperand
		}
	}
	c.expr(e, least)
}

func isProduct(op expr.BinaryOp) bool {
	return op == expr.Mul || op == expr.Div || op == expr.FloorDiv || op == expr.Mod
}
