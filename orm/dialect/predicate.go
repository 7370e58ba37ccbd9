package dialect

import (
	"unicode/utf8"

	"github.com/ormlab/ormlab/orm/expr"
)

// isNull writes whether e is NULL, or is not.
func (c *compiler) isNull(e expr.Expr, negated bool, least precedence) {
	c.open(precedenceCompare, least)
	c.expr(e, precedenceOperand)
	if negated {
		c.write(" IS NOT NULL")
	} else {
		c.write(" IS NULL")
	}
	c.close(precedenceCompare, least)
}

func (c *compiler) between(b expr.Between, negated bool, least precedence) {
	c.open(precedenceCompare, least)
	c.expr(b.Operand, precedenceOperand)
	if b.Negated != negated {
		c.write(" NOT")
	}
	c.write(" BETWEEN ")
	c.expr(b.Low, precedenceOperand)
	c.write(" AND ")
	c.expr(b.High, precedenceOperand)
	c.close(precedenceCompare, least)
}

func (c *compiler) like(l expr.Like, negated bool, least precedence) {
	c.open(precedenceCompare, least)
	fold := l.FoldCase && !c.features.ILike
	c.folded(l.Operand, fold)
	if l.Negated != negated {
		c.write(" NOT")
	}
	if l.FoldCase && c.features.ILike {
		c.write(" ILIKE ")
	} else {
		c.write(" LIKE ")
	}
	c.folded(l.Pattern, fold)
	if l.Escape != 0 {
		if !utf8.ValidRune(l.Escape) {
			c.fail("the escape of a LIKE is not a character")
		}
		c.write(" ESCAPE ")
		c.write(stringLiteral(c.features, string(l.Escape)))
	}
	c.close(precedenceCompare, least)
}

// in writes IN and NOT IN. The latter always has parentheses around it.
func (c *compiler) in(in expr.In, negated bool, least precedence) {
	negated = in.Negated != negated
	tuple, isTuple := in.Operand.(expr.Tuple)
	switch {
	case in.Query != nil:
		c.inQuery(in, negated, least)
		return
	case isTuple:
		c.inTuples(tuple, in.List, negated, least)
		return
	case len(in.List) == 0 && !c.features.EmptyInSelect:
		c.inNothing(in, negated, least)
		return
	case c.isArrayList(in.List):
		c.inArray(in, negated, least)
		return
	}
	if negated {
		least = precedenceTerm
	}
	c.open(precedenceCompare, least)
	c.expr(in.Operand, precedenceOperand)
	if negated {
		c.write(" NOT IN (")
	} else {
		c.write(" IN (")
	}
	if len(in.List) == 0 {
		c.write(c.features.EmptySelect)
	}
	for i, e := range in.List {
		if b, ok := e.(expr.Bind); isNull(e) || ok && b.Value == nil {
			c.nullInList(e)
			return
		}
		c.separate(i)
		c.expr(e, precedenceNone)
	}
	c.write(")")
	c.close(precedenceCompare, least)
}

// inNothing writes IN for an empty list: no value is in it, NULL included.
func (c *compiler) inNothing(in expr.In, negated bool, least precedence) {
	own, word, rest := precedenceAnd, " IN (NULL)", " AND (1 != 1)"
	if negated {
		own, word, rest = precedenceOr, " NOT IN (NULL)", " OR (1 = 1)"
		least = precedenceTerm
	}
	c.open(own, least)
	c.expr(in.Operand, precedenceOperand)
	c.write(word)
	c.write(rest)
	c.close(own, least)
}

// folded writes text, in lower case if it is to be folded.
func (c *compiler) folded(e expr.Expr, fold bool) {
	if !fold {
		c.expr(e, precedenceOperand)
		return
	}
	c.write("lower(")
	c.expr(e, precedenceNone)
	c.write(")")
}

// near is the start of a message about a value.
func near(e expr.Expr) string {
	if b, ok := e.(expr.Bind); ok && b.Near != "" {
		return b.Near + ": "
	}
	return ""
}
