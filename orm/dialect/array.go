package dialect

import (
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
)

// elements writes a comparison with all elements of an array, or with any.
func (c *compiler) elements(e expr.Elements, negated bool, least precedence) {
	switch {
	case !c.features.ArrayElements:
		c.lacks("arrays; use In")
	case negated:
		c.not(e, least)
	default:
		c.anyOrAll(e.Op, e.Left, e.All, least, func() { c.expr(e.Array, precedenceNone) })
	}
}

// fullText writes a search in text.
func (c *compiler) fullText(e expr.FullText, negated bool, least precedence) {
	if e.Negated != negated {
		e.Negated = false
		c.open(precedenceNot, least)
		c.write("NOT (")
		c.fullText(e, false, precedenceNone)
		c.write(")")
		c.close(precedenceNot, least)
		return
	}
	before, rest, ok := strings.Cut(c.features.FullText, "{}")
	if !ok {
		c.lacks("full-text search")
		return
	}
	between, after, _ := strings.Cut(rest, "{}")
	c.open(precedenceCompare, least)
	c.write(before)
	c.expr(e.Operand, precedenceOperand)
	c.write(between)
	c.expr(e.Query, precedenceNone)
	c.write(after)
	c.close(precedenceCompare, least)
}
