package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
)

// expr writes e where a value stands.
func (c *compiler) expr(node expr.Expr, least precedence) {
	switch e := node.(type) {
	case expr.Column:
		c.column(e)
	case expr.Bind:
		c.bindOf(node, e)
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
	case expr.Junction, expr.Not, expr.In, expr.Between, expr.Like, expr.IsNull,
		expr.Match, expr.Is, expr.Exists, expr.Quantified, expr.Elements, expr.FullText:
		c.predicate(e, false, least)
	case nil:
		c.fail("an expression is nil")
	default:
		c.value(e, least)
	}
}

// value writes the values that are not used as often.
func (c *compiler) value(e expr.Expr, least precedence) {
	switch e := e.(type) {
	case expr.Neg:
		c.open(precedenceTerm, least)
		c.write("-")
		c.expr(e.Operand, precedencePrimary)
		c.close(precedenceTerm, least)
	case expr.BitNot:
		c.bitNot(e, least)
	case expr.Custom:
		c.custom(e, least)
	case expr.Construct:
		c.construct(e, least)
	case expr.JSONValue:
		c.jsonValue(e)
	case expr.Collate:
		c.open(precedenceTerm, least)
		c.expr(e.Operand, precedencePrimary)
		c.write(" COLLATE ")
		c.name(e.Name)
		c.close(precedenceTerm, least)
	case expr.Cast:
		c.cast(e)
	case expr.Coerce:
		c.expr(e.Operand, least)
	case expr.Case:
		c.caseWhen(e)
	case expr.Extract:
		c.extract(e)
	case expr.Tuple:
		c.tuple(e)
	case expr.Window:
		c.window(e)
	case expr.Scalar:
		c.write("(")
		c.query(e.Query, c.scope)
		c.write(")")
	case expr.Excluded:
		c.excluded(e)
	case expr.Grouping:
		c.fail("%s stands where a value is needed; it belongs into GroupBy", groupingWords[min(int(e.Kind), len(groupingWords)-1)])
	case expr.Name:
		c.fail("%q is the name of a result's column, which only OrderBy and GroupBy know", e.Name)
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
