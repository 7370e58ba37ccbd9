package dialect

import (
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
)

// expr writes e where a value stands.
func (c *compiler) expr(e expr.Expr, least precedence) {
	switch e := e.(type) {
	case expr.Column:
		c.column(e.Column)
	case expr.Bind:
		c.bind(e)
	case expr.Null:
		c.write("NULL")
	case expr.Bool:
		c.write(booleanLiteral(c.features, e.Value))
	case expr.Func:
		c.function(e)
	case expr.Text:
		c.textOperand(e, least)
	case expr.Label:
		c.expr(e.Operand, least)
	case expr.Invalid:
		c.invalid(e)
	case expr.Order:
		c.fail("an order (%s) stands where a value is needed; it belongs into OrderBy", direction(e))
	case expr.Binary:
		if isComparison(e.Op) {
			c.comparison(e, false, least)
		} else {
			c.arithmetic(e, least)
		}
	case expr.Junction, expr.Not, expr.In, expr.Between, expr.Like, expr.IsNull:
		c.predicate(e, false, least)
	case nil:
		c.fail("an expression is nil")
	default:
		c.fail("%T is not an expression; pass one of package expr, by value", e)
	}
}

func direction(o expr.Order) string {
	if o.Descending {
		return "DESC"
	}
	return "ASC"
}

func (c *compiler) function(f expr.Func) {
	for part := range strings.SplitSeq(f.Name, ".") {
		if !isFunctionName(part) {
			c.fail("%q is not a function's name: it takes letters, digits and _, in parts joined by dots", f.Name)
			return
		}
	}
	c.write(f.Name)
	c.write("(")
	if f.Star && len(f.Args) == 0 {
		c.write("*")
	}
	for i, arg := range f.Args {
		c.separate(i)
		c.expr(arg, precedenceNone)
	}
	c.write(")")
}

func isFunctionName(s string) bool {
	return isPlainName(strings.ToLower(s)) && !strings.Contains(s, "$")
}

// stored writes a value that goes into a column: operators get parentheses.
func (c *compiler) stored(e expr.Expr) {
	if c.storing = true; isBinary(e) {
		c.expr(e, precedenceTerm)
	} else {
		c.expr(e, precedenceNone)
	}
	c.storing = false
}

func isBinary(e expr.Expr) bool {
	_, ok := e.(expr.Binary)
	return ok
}
