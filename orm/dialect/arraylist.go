package dialect

import (
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// isArrayLength says whether a list for IN of n values is written as one array,
// if its values can be: two lists that are not fit into one statement.
func (f *Features) isArrayLength(n int) bool { return f.ArrayLists && n > f.MaxArgs/2 }

// isArrayList says whether a list is written as one array: it is long, and of
// values that are arguments and of one type whose arrays compare as its values
// do.
func (c *compiler) isArrayList(list []expr.Expr) bool {
	if !c.features.isArrayLength(len(list)) {
		return false
	}
	var kind schema.Kind
	for i, e := range list {
		b, ok := e.(expr.Bind)
		if i == 0 {
			kind = b.Type.Kind
		}
		if !ok || b.Standalone || b.Type.Kind != kind {
			return false
		}
	}
	switch kind {
	case schema.Numeric, schema.UUID, schema.Date, schema.DateTime:
		return true
	}
	t := schema.Type{Kind: kind}
	return t.IsInteger() || t.IsText()
}

// inArray writes IN for such a list as = ANY of an array, and NOT IN as <> ALL.
func (c *compiler) inArray(in expr.In, negated bool, least precedence) {
	array, ok := c.arrayOf(in.List)
	if !ok {
		return
	}
	if negated {
		least = precedenceTerm
	}
	c.open(precedenceCompare, least)
	c.expr(in.Operand, precedenceOperand)
	if negated {
		c.write(" <> ALL (")
	} else {
		c.write(" = ANY (")
	}
	c.placeholder(array, array.Any())
	c.write(")")
	c.close(precedenceCompare, least)
}

// arrayOf is the array of the values in a list.
func (c *compiler) arrayOf(list []expr.Expr) (driver.Value, bool) {
	texts := make([]string, len(list))
	elements := make([]*string, len(list))
	for i, e := range list {
		b := e.(expr.Bind)
		v, err := convert(b.Type, b.Value)
		switch {
		case err != nil:
			c.fail("%w", c.explain(b, err))
			return v, false
		case v.IsNull():
			c.nullInList(e)
			return v, false
		}
		texts[i] = elementText(v)
		elements[i] = &texts[i]
	}
	return driver.TextValue(textform.FormatArray(elements)), true
}

// nullInList refuses NULL among the values for IN.
func (c *compiler) nullInList(e expr.Expr) {
	c.fail("%sa list for IN holds NULL, which no row equals; use IsNull for it, joined with Or", near(e))
}
