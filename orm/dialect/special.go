package dialect

import (
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// CastWriter is a [Dialect] whose CAST has other names for types than CREATE
// TABLE.
type CastWriter interface {
	CastDDL(t schema.Type) (string, error)
}

// castType is a type as CAST writes it.
func (c *compiler) castType(t schema.Type) string {
	name, err := "", error(nil)
	if w, ok := c.dialect.(CastWriter); ok {
		name, err = w.CastDDL(t)
	} else {
		name, err = c.dialect.TypeDDL(t)
	}
	if err == nil {
		name, err = c.inSpace(t, name)
	}
	if err != nil {
		c.fail("%w", err)
	}
	return name
}

func (c *compiler) cast(e expr.Cast) {
	c.write("CAST(")
	c.typed(e.Operand, precedenceNone)
	c.write(" AS ")
	c.write(c.castType(e.Type))
	c.write(")")
}

func (c *compiler) caseWhen(e expr.Case) {
	if len(e.Whens) == 0 {
		c.fail("a CASE has no WHEN")
		return
	}
	c.write("CASE")
	if e.Operand != nil {
		c.write(" ")
		c.expr(e.Operand, precedenceTerm)
	}
	for _, w := range e.Whens {
		c.write(" WHEN ")
		if e.Operand != nil {
			c.expr(w.Condition, precedenceTerm)
		} else {
			c.write("(")
			c.condition(w.Condition, precedenceNone)
			c.write(")")
		}
		c.write(" THEN ")
		c.expr(w.Result, precedenceNone)
	}
	if e.Else != nil {
		c.write(" ELSE ")
		c.expr(e.Else, precedenceNone)
	}
	c.write(" END")
}

var datePartNames = [...]string{expr.Year: "year", expr.Quarter: "quarter", expr.Month: "month", expr.Week: "week",
	expr.Day: "day", expr.DayOfYear: "doy", expr.DayOfWeek: "dow", expr.Hour: "hour", expr.Minute: "minute",
	expr.Second: "second", expr.Epoch: "epoch"}

// extract writes a part of an instant, by the dialect's own form or by the
// standard's.
func (c *compiler) extract(e expr.Extract) {
	if e.Part == 0 || int(e.Part) >= len(datePartNames) {
		c.fail("there is no part %d of a date", e.Part)
		return
	}
	form, ok := c.features.Extract[e.Part]
	if !ok {
		form = "EXTRACT(" + datePartNames[e.Part] + " FROM {})"
	}
	c.around(form, func() { c.expr(e.Operand, precedencePrimary) })
}

// around writes a form in which {} stands for something.
func (c *compiler) around(form string, something func()) {
	for i, part := range strings.Split(form, "{}") {
		if i > 0 {
			something()
		}
		c.write(part)
	}
}

func (c *compiler) tuple(t expr.Tuple) {
	c.write("(")
	for i, e := range t.Items {
		c.separate(i)
		c.expr(e, precedenceNone)
	}
	c.write(")")
}

// custom writes an operator that nobody knows between parentheses wherever
// something else is near.
func (c *compiler) custom(e expr.Custom, least precedence) {
	if problem := checkOperator(c, e.Op); problem != "" {
		c.fail("%q is not an operator: %s", e.Op, problem)
		return
	}
	c.open(precedenceOr, least)
	c.expr(e.Left, precedencePrimary)
	c.write(" ")
	c.write(e.Op)
	c.write(" ")
	c.expr(e.Right, precedencePrimary)
	c.close(precedenceOr, least)
}

// checkOperator says what is wrong with an operator's text: it is words, or
// one run of symbols.
func checkOperator(c *compiler, op string) string {
	symbols := strings.Trim(op, "+-*/<>=~!@#%^&|?") == ""
	switch {
	case op == "":
		return "it is empty"
	case !symbols && !isWords(op):
		return "it is one or more words, or symbols of + - * / < > = ~ ! @ # % ^ & | ?"
	case strings.Contains(op, "--") || strings.Contains(op, "/*") || strings.Contains(op, "#") && c.features.HashComments:
		return "it begins a comment"
	case strings.Contains(op, "?") && !c.features.NumberedPlaceholders:
		return c.dialect.Name() + " takes ? for an argument"
	}
	return ""
}

func isWords(s string) bool {
	for word := range strings.SplitSeq(s, " ") {
		if !isFunctionName(word) {
			return false
		}
	}
	return true
}
