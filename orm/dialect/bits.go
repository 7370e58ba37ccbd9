package dialect

import "github.com/ormlab/ormlab/orm/expr"

// bits writes an operator on bits. Databases disagree about its precedence, so
// it and its operands have parentheses.
func (c *compiler) bits(b expr.Binary, least precedence) {
	if c.features.BitsUnsigned {
		c.write("CAST(")
		least = precedenceNone
	}
	op := operators[b.Op].sql
	if b.Op == expr.BitXor {
		op = c.features.BitXor
	}
	if op == "" {
		c.xorByHand(b, least)
	} else {
		c.open(precedenceOr, least)
		c.expr(b.Left, precedencePrimary)
		c.write(op)
		c.expr(b.Right, precedencePrimary)
		c.close(precedenceOr, least)
	}
	if c.features.BitsUnsigned {
		c.write(" AS SIGNED INTEGER)")
	}
}

// xorByHand writes the bits that only one operand has as those of one of them
// without those of both.
func (c *compiler) xorByHand(b expr.Binary, least precedence) {
	c.open(precedenceOr, least)
	or, and := b, b
	or.Op, and.Op = expr.BitOr, expr.BitAnd
	c.bits(or, precedencePrimary)
	c.write(" - ")
	c.bits(and, precedencePrimary)
	c.close(precedenceOr, least)
}

func (c *compiler) bitNot(e expr.BitNot, least precedence) {
	if c.features.BitsUnsigned {
		c.write("CAST(~")
		c.expr(e.Operand, precedencePrimary)
		c.write(" AS SIGNED INTEGER)")
		return
	}
	c.open(precedenceTerm, least)
	c.write("~")
	c.expr(e.Operand, precedencePrimary)
	c.close(precedenceTerm, least)
}
