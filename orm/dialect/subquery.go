package dialect

import "github.com/ormlab/ormlab/orm/expr"

// inQuery writes IN for the rows of a query.
func (c *compiler) inQuery(in expr.In, negated bool, least precedence) {
	if width := len(expr.ResultColumns(in.Query)); width > 1 {
		if t, ok := in.Operand.(expr.Tuple); !ok || len(t.Items) != width {
			c.fail("the query of an IN has %d columns; it needs as many as there are values before the IN", width)
			return
		}
	}
	if negated {
		least = precedenceTerm
	}
	c.open(precedenceCompare, least)
	c.expr(in.Operand, precedenceOperand)
	if negated {
		c.write(" NOT IN (")
	} else {
		c.write(" IN (")
	}
	c.query(in.Query, c.scope)
	c.write(")")
	c.close(precedenceCompare, least)
}

// inTuples writes IN for several values side by side.
func (c *compiler) inTuples(t expr.Tuple, list []expr.Expr, negated bool, least precedence) {
	if len(list) == 0 {
		c.truth(negated, least)
		return
	}
	for _, e := range list {
		if row, ok := e.(expr.Tuple); !ok || len(row.Items) != len(t.Items) {
			c.fail("a list for IN has a row that is not as wide as the %d values before the IN", len(t.Items))
			return
		}
	}
	if negated {
		least = precedenceTerm
	}
	c.open(precedenceCompare, least)
	c.tuple(t)
	if negated {
		c.write(" NOT IN (")
	} else {
		c.write(" IN (")
	}
	if c.features.TuplesAreValues {
		c.write("VALUES ")
	}
	for i, e := range list {
		c.separate(i)
		c.tuple(e.(expr.Tuple))
	}
	c.write(")")
	c.close(precedenceCompare, least)
}

// exists writes EXISTS. Its negation has parentheses, as SQLAlchemy writes it.
func (c *compiler) exists(e expr.Exists, negated bool, least precedence) {
	negated = e.Negated != negated
	if negated {
		c.open(precedenceNot, least)
		c.write("NOT (")
	}
	c.write("EXISTS (")
	c.query(e.Query, c.scope)
	c.write(")")
	if negated {
		c.write(")")
		c.close(precedenceNot, least)
	}
}

// quantified writes a comparison with all rows of a query, or with any.
func (c *compiler) quantified(q expr.Quantified, negated bool, least precedence) {
	switch {
	case !c.features.Quantified:
		c.lacks("ANY and ALL; compare with the min or max of the query, or use In")
	case negated:
		c.not(q, least)
	default:
		c.anyOrAll(q.Op, q.Left, q.All, least, func() { c.query(q.Query, c.scope) })
	}
}

// anyOrAll writes a comparison with what values writes between the parentheses.
func (c *compiler) anyOrAll(op expr.BinaryOp, left expr.Expr, all bool, least precedence, values func()) {
	if !isComparison(op) || op == expr.Distinct || op == expr.NotDistinct {
		c.fail("ANY and ALL need a comparison")
		return
	}
	c.open(precedenceCompare, least)
	c.expr(left, precedenceOperand)
	c.write(operators[op].sql)
	if all {
		c.write("ALL (")
	} else {
		c.write("ANY (")
	}
	values()
	c.write(")")
	c.close(precedenceCompare, least)
}

// is writes whether a condition is true, or false.
func (c *compiler) is(e expr.Is, negated bool, least precedence) {
	c.open(precedenceCompare, least)
	c.expr(e.Operand, precedenceOperand)
	if e.Negated != negated {
		c.write(" IS NOT ")
	} else {
		c.write(" IS ")
	}
	c.write(booleanLiteral(c.features, e.Value))
	c.close(precedenceCompare, least)
}

// match writes a regular expression's match.
func (c *compiler) match(e expr.Match, negated bool, least precedence) {
	if c.features.Regexp == "" {
		c.lacks("regular expressions")
		return
	}
	op := c.features.Regexp
	if e.Negated != negated {
		op = c.features.NotRegexp
	}
	c.open(precedenceCompare, least)
	c.expr(e.Operand, precedenceOperand)
	c.write(op)
	c.expr(e.Pattern, precedenceOperand)
	c.close(precedenceCompare, least)
}
