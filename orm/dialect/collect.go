package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
)

// collect adds the sources of the columns in e to the query's, in order of
// their first use. Queries in e look after themselves.
func (c *compiler) collect(e expr.Expr) {
	switch e := e.(type) {
	case expr.Column:
		if s := expr.SourceOf(e); s != nil {
			c.add(s)
		}
	case expr.Binary:
		c.collect(e.Left)
		c.collect(e.Right)
	case expr.Junction:
		c.collectAll(e.Operands)
	case expr.Not:
		c.collect(e.Operand)
	case expr.In:
		c.collect(e.Operand)
		c.collectAll(e.List)
	case expr.Between:
		c.collect(e.Operand)
		c.collect(e.Low)
		c.collect(e.High)
	case expr.Like:
		c.collect(e.Operand)
		c.collect(e.Pattern)
	case expr.IsNull:
		c.collect(e.Operand)
	case expr.Label:
		c.collect(e.Operand)
	case expr.Order:
		c.collect(e.Operand)
	case expr.Invalid:
		c.invalid(e)
	case nil, expr.Bind:
	default:
		expr.Children(e, c.collect)
	}
}

func (c *compiler) collectAll(list []expr.Expr) {
	for _, e := range list {
		c.collect(e)
	}
}

// checkValid finds what is invalid in a condition that is not written because
// its value is known.
func (c *compiler) checkValid(e expr.Expr) {
	sources := c.scope.sources
	c.collect(e)
	c.scope.sources = sources
}

func (c *compiler) invalid(e expr.Invalid) {
	if e.Err == nil {
		c.fail("an expression is invalid")
		return
	}
	c.fail("%w", e.Err)
}
