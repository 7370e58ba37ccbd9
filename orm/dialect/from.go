package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// collect adds the tables of the columns in e to the statement's, in order of
// their first use.
func (c *compiler) collect(e expr.Expr) {
	switch e := e.(type) {
	case expr.Column:
		if e.Column != nil && e.Table != nil {
			c.addTable(e.Table)
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
	case expr.Func:
		c.collectAll(e.Args)
	case expr.Label:
		c.collect(e.Operand)
	case expr.Order:
		c.collect(e.Operand)
	case expr.Invalid:
		c.invalid(e)
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
	tables := c.tables
	c.collect(e)
	c.tables = tables
}

func (c *compiler) addTable(table *schema.Table) {
	if !c.has(table) {
		c.tables = append(c.tables, table)
	}
}

func (c *compiler) invalid(e expr.Invalid) {
	if e.Err == nil {
		c.fail("an expression is invalid")
		return
	}
	c.fail("%w", e.Err)
}
