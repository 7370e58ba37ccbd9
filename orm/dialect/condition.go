package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// precedence says how tightly an expression holds together. An expression
// stands without parentheses where its own precedence is not below the one
// that its place asks for.
type precedence uint8

const (
	precedenceNone precedence = iota // a place of its own, such as a list
	precedenceOr
	precedenceAnd
	precedenceNot
	precedenceCompare
	precedenceOperand // a side of a comparison: arithmetic stands bare
	precedenceTerm    // a side of an operator
	precedencePrimary // beside what binds as tightly as a sign
)

// open writes a parenthesis if own is below least, and close the other one.
func (c *compiler) open(own, least precedence) {
	if own < least {
		c.write("(")
	}
}

func (c *compiler) close(own, least precedence) {
	if own < least {
		c.write(")")
	}
}

// condition writes e where a condition stands.
func (c *compiler) condition(e expr.Expr, least precedence) { c.predicate(e, false, least) }

// predicate writes a condition or its negation. It pushes the negation in: in
// three-valued logic too, NOT a = b is a != b.
func (c *compiler) predicate(e expr.Expr, negated bool, least precedence) {
	switch e := e.(type) {
	case expr.Not:
		c.predicate(e.Operand, !negated, least)
	case expr.Label:
		c.predicate(e.Operand, negated, least)
	case expr.Bool:
		c.truth(e.Value != negated, least)
	case expr.Junction:
		c.junction(e, negated, least)
	case expr.In:
		c.in(e, negated, least)
	case expr.Between:
		c.between(e, negated, least)
	case expr.Like:
		c.like(e, negated, least)
	case expr.IsNull:
		c.isNull(e.Operand, e.Negated != negated, least)
	case expr.Column:
		c.booleanColumn(e, negated, least)
	case expr.Is:
		c.is(e, negated, least)
	case expr.Match:
		c.match(e, negated, least)
	case expr.Exists:
		c.exists(e, negated, least)
	case expr.Quantified:
		c.quantified(e, negated, least)
	case expr.Elements:
		c.elements(e, negated, least)
	case expr.FullText:
		c.fullText(e, negated, least)
	case expr.Coerce:
		c.predicate(e.Operand, negated, least)
	default:
		if b, ok := e.(expr.Binary); ok && isComparison(b.Op) {
			c.comparison(b, negated, least)
		} else if negated {
			c.not(e, least)
		} else {
			c.expr(e, least)
		}
	}
}

func (c *compiler) not(e expr.Expr, least precedence) {
	c.open(precedenceNot, least)
	c.write("NOT ")
	c.expr(e, precedenceTerm)
	c.close(precedenceNot, least)
}

// truth writes a condition that always holds, or never.
func (c *compiler) truth(value bool, least precedence) {
	if c.features.BooleanLiterals {
		c.write(booleanLiteral(c.features, value))
		return
	}
	c.open(precedenceCompare, least)
	if value {
		c.write("1 = 1")
	} else {
		c.write("0 = 1")
	}
	c.close(precedenceCompare, least)
}

func (c *compiler) booleanColumn(e expr.Column, negated bool, least precedence) {
	if e.Column == nil || e.Type.Kind != schema.Boolean || c.features.BooleanConditions {
		if negated {
			c.not(e, least)
		} else {
			c.expr(e, least)
		}
		return
	}
	c.open(precedenceCompare, least)
	c.column(e)
	if negated {
		c.write(" = 0")
	} else {
		c.write(" = 1")
	}
	c.close(precedenceCompare, least)
}

// junction writes AND or OR without the operands that do not matter.
func (c *compiler) junction(j expr.Junction, negated bool, least precedence) {
	if value, ok := constant(j); ok {
		c.checkValid(j)
		c.truth(value != negated, least)
		return
	}
	rest, last := 0, expr.Expr(nil)
	for _, e := range j.Operands {
		if _, ok := constant(e); !ok {
			rest, last = rest+1, e
		}
	}
	switch {
	case rest == 1:
		c.predicate(last, negated, least)
	case negated:
		c.open(precedenceNot, least)
		c.write("NOT (")
		c.operands(j)
		c.write(")")
		c.close(precedenceNot, least)
	default:
		own := junctionPrecedence(j)
		c.open(own, least)
		c.operands(j)
		c.close(own, least)
	}
}

func junctionPrecedence(j expr.Junction) precedence {
	if j.Or {
		return precedenceOr
	}
	return precedenceAnd
}

func (c *compiler) operands(j expr.Junction) {
	word, own := " AND ", junctionPrecedence(j)
	if j.Or {
		word = " OR "
	}
	first := true
	for _, e := range j.Operands {
		if _, ok := constant(e); ok {
			continue
		}
		if !first {
			c.write(word)
		}
		first = false
		c.condition(e, own)
	}
}

// constant says whether a condition has the same truth value for every row.
func constant(e expr.Expr) (value, ok bool) {
	switch e := e.(type) {
	case expr.Bool:
		return e.Value, true
	case expr.Label:
		return constant(e.Operand)
	case expr.Not:
		value, ok = constant(e.Operand)
		return !value, ok
	case expr.Junction:
		ok = true
		for _, operand := range e.Operands {
			switch value, known := constant(operand); {
			case !known:
				ok = false
			case value == e.Or:
				return value, true
			}
		}
		return !e.Or, ok
	}
	return false, false
}
