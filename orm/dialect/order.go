package dialect

import (
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

func (c *compiler) orderBy(list []expr.Expr) {
	for i, e := range list {
		if i == 0 {
			c.write(" ORDER BY ")
		}
		c.separate(i)
		c.ordering(e, true)
	}
}

// ordering writes something to sort by. Only ORDER BY of a query knows the
// names of its result.
func (c *compiler) ordering(e expr.Expr, named bool) {
	order, ok := e.(expr.Order)
	if !ok {
		order.Operand = e
	}
	if order.Nulls != expr.NullsAnywhere && !c.features.NullsOrder {
		c.nullsByHand(order, named)
	}
	if named {
		c.byLabel(order.Operand)
	} else {
		c.expr(order.Operand, precedenceNone)
	}
	if order.Descending {
		c.write(" DESC")
	}
	switch {
	case !c.features.NullsOrder:
	case order.Nulls == expr.NullsFirst:
		c.write(" NULLS FIRST")
	case order.Nulls == expr.NullsLast:
		c.write(" NULLS LAST")
	}
}

// nullsByHand sorts by whether the value is NULL before it sorts by the value.
func (c *compiler) nullsByHand(order expr.Order, named bool) {
	c.isNull(unlabelled(order.Operand), false, precedenceNone)
	if order.Nulls == expr.NullsFirst {
		c.write(" DESC")
	}
	c.write(", ")
}

// byLabel writes a labelled result column by its name, and anything else as it
// is.
func (c *compiler) byLabel(e expr.Expr) {
	switch l := e.(type) {
	case expr.Name:
		c.resultByName(l.Name)
		return
	case expr.Label:
		for _, column := range c.scope.columns {
			if other, ok := column.(expr.Label); ok && other.Name == l.Name {
				c.name(l.Name)
				return
			}
		}
	}
	c.expr(e, precedenceNone)
}

// resultByName writes the name of a column of the result, which must be there.
func (c *compiler) resultByName(name string) {
	names := c.scope.names
	if names == nil {
		names = expr.ResultNames(c.scope.columns)
	}
	if !slices.Contains(names, name) {
		c.fail("the result has no column %q; it has %s", name, strings.Join(names, ", "))
		return
	}
	c.name(name)
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
		c.origin.own = true
		c.placeholder(driver.IntValue(-1), -1)
	default:
		c.write(" LIMIT ALL")
	}
	c.write(" OFFSET ")
	c.count("OFFSET", offset)
}

// limitWithTies writes a limit that keeps the equals of the last row.
func (c *compiler) limitWithTies(s *expr.Select) {
	switch {
	case !c.features.WithTies:
		c.lacks("LIMIT with ties")
		return
	case s.Limit == nil || len(s.OrderBy) == 0:
		c.fail("a limit with ties needs a Limit and an OrderBy")
		return
	}
	if s.Offset != nil {
		c.write(" OFFSET ")
		c.count("OFFSET", s.Offset)
		c.write(" ROWS")
	}
	c.write(" FETCH FIRST ")
	c.count("LIMIT", s.Limit)
	c.write(" ROWS WITH TIES")
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
