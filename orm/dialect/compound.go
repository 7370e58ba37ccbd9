package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
)

var setWords = [...]string{expr.Union: " UNION ", expr.Intersect: " INTERSECT ", expr.Except: " EXCEPT "}

// compound writes the queries with the operator between them.
func (c *compiler) compound(s *expr.Compound, parent *scope) {
	if int(s.Op) >= len(setWords) || len(s.Operands) == 0 {
		c.fail("a compound of queries needs an operator and queries")
		return
	}
	if s.All && s.Op != expr.Union && !c.features.SetOperationsAll {
		c.lacks("INTERSECT ALL and EXCEPT ALL")
		return
	}
	for i, operand := range s.Operands {
		if i > 0 {
			c.write(setWords[s.Op])
			if s.All {
				c.write("ALL ")
			}
		}
		c.checkWidth(s.Operands[0], operand, i)
		c.operand(operand, parent)
	}
	if len(s.OrderBy) == 0 && s.Limit == nil && s.Offset == nil {
		return
	}
	outer := c.enter(parent)
	c.scope.columns = firstColumns(s)
	c.orderByNames(s.OrderBy)
	c.limit(s.Limit, s.Offset)
	c.frame = outer
}

// checkWidth makes sure that the queries have as many columns as the first.
func (c *compiler) checkWidth(first, operand expr.Stmt, i int) {
	a, b := expr.ResultColumns(first), expr.ResultColumns(operand)
	if a != nil && b != nil && len(a) != len(b) {
		c.fail("query %d of the compound has %d columns, the first has %d", i+1, len(b), len(a))
	}
}

// operand writes one of the queries. One with an order or a limit, or a
// compound of its own, must stand apart.
func (c *compiler) operand(s expr.Stmt, parent *scope) {
	if !standsApart(s) {
		c.query(s, parent)
		return
	}
	if c.features.CompoundParentheses {
		c.write("(")
	} else {
		c.write("SELECT * FROM (")
	}
	c.query(s, parent)
	c.write(")")
}

func standsApart(s expr.Stmt) bool {
	switch s := s.(type) {
	case expr.Select:
		return len(s.OrderBy) > 0 || s.Limit != nil || s.Offset != nil || s.Lock != nil
	case expr.Compound, expr.Text:
		return true
	}
	return false
}

// firstColumns are the columns of the first query, whose names are those of
// the result.
func firstColumns(s *expr.Compound) []expr.Expr {
	switch first := s.Operands[0].(type) {
	case expr.Select:
		return first.Columns
	case expr.Compound:
		return firstColumns(&first)
	case expr.Text:
		list := make([]expr.Expr, len(first.Columns))
		for i, column := range first.Columns {
			list[i] = expr.Column{Column: column}
		}
		return list
	}
	return nil
}

// orderByNames sorts by columns of the result: nothing else is left.
func (c *compiler) orderByNames(list []expr.Expr) {
	named := make([]expr.Expr, len(list))
	for i, e := range list {
		order, ok := e.(expr.Order)
		if !ok {
			order.Operand = e
		}
		switch operand := order.Operand.(type) {
		case expr.Label:
			order.Operand = expr.Name{Name: operand.Name}
		case expr.Column:
			if operand.Column != nil {
				order.Operand = expr.Name{Name: operand.Name}
			}
		case expr.Invalid, expr.Name:
		default:
			c.fail("a compound of queries can be sorted by columns of its result only; name one with As")
			return
		}
		named[i] = order
	}
	c.orderBy(named)
}
