package dialect

import (
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

func (c *compiler) selectStmt(s *expr.Select) {
	if len(s.Columns) == 0 {
		c.fail("there are no columns to select")
		return
	}
	c.sources(s)
	c.labels = s.Columns
	c.write("SELECT ")
	if s.Distinct {
		c.write("DISTINCT ")
	}
	for i, column := range s.Columns {
		c.separate(i)
		c.resultColumn(column)
	}
	for i, table := range c.tables {
		if i == 0 {
			c.write(" FROM ")
		}
		c.separate(i)
		c.name(table.Name)
	}
	c.clause(" WHERE ", s.Where)
	for i, e := range s.GroupBy {
		if i == 0 {
			c.write(" GROUP BY ")
		}
		c.separate(i)
		c.byLabel(e)
	}
	c.clause(" HAVING ", s.Having)
	c.orderBy(s.OrderBy)
	c.limit(s.Limit, s.Offset)
}

// sources finds the tables of the statement.
func (c *compiler) sources(s *expr.Select) {
	for _, table := range s.From {
		if table == nil {
			c.fail("a table in FROM is nil")
			return
		}
		c.addTable(table)
	}
	if len(s.From) == 0 {
		c.collectAll(s.Columns)
		c.collect(s.Where)
	}
}

// separate writes the comma before all members of a list but the first.
func (c *compiler) separate(i int) {
	if i > 0 {
		c.write(", ")
	}
}

// clause writes a condition behind its word; nil is no condition.
func (c *compiler) clause(word string, condition expr.Expr) {
	if condition != nil {
		c.write(word)
		c.condition(condition, precedenceNone)
	}
}

// resultColumn writes an expression of the result with its label.
func (c *compiler) resultColumn(e expr.Expr) {
	label, ok := e.(expr.Label)
	if !ok {
		c.expr(e, precedenceNone)
		return
	}
	c.expr(label.Operand, precedenceNone)
	c.write(" AS ")
	c.name(label.Name)
}

func (c *compiler) orderBy(list []expr.Expr) {
	for i, e := range list {
		if i == 0 {
			c.write(" ORDER BY ")
		}
		c.separate(i)
		order, ok := e.(expr.Order)
		if !ok {
			order.Operand = e
		}
		c.byLabel(order.Operand)
		if order.Descending {
			c.write(" DESC")
		}
	}
}

// byLabel writes a labelled result column by its name, and anything else as it
// is.
func (c *compiler) byLabel(e expr.Expr) {
	if label, ok := e.(expr.Label); ok {
		for _, column := range c.labels {
			if l, ok := column.(expr.Label); ok && l.Name == label.Name {
				c.name(label.Name)
				return
			}
		}
	}
	c.expr(e, precedenceNone)
}

func (c *compiler) limit(limit, offset expr.Expr) {
	switch {
	case limit != nil:
		c.write(" LIMIT ")
		c.count("LIMIT", limit)
		if offset != nil {
			c.write(" OFFSET ")
			c.count("OFFSET", offset)
		}
	case offset != nil:
		c.offsetOnly(offset)
	}
}

func (c *compiler) offsetOnly(offset expr.Expr) {
	switch c.features.OffsetOnly {
	case OffsetLimitMax:
		c.write(" LIMIT ")
		c.count("OFFSET", offset)
		c.write(", 18446744073709551615")
		return
	case OffsetLimitMinus:
		c.write(" LIMIT ")
		c.placeholder(driver.IntValue(-1), -1)
	default:
		c.write(" LIMIT ALL")
	}
	c.write(" OFFSET ")
	c.count("OFFSET", offset)
}

// count writes a number of rows. A negative one means all rows to some
// databases and is an error to others, so it is an error here.
func (c *compiler) count(word string, e expr.Expr) {
	if b, ok := e.(expr.Bind); ok {
		v, err := convert(b.Type, b.Value)
		if err == nil && (v.Kind() != driver.Int || v.Int() < 0) {
			c.fail("%s needs a whole number that is not negative, not %v", word, b.Value)
			return
		}
	}
	c.expr(e, precedenceNone)
}
