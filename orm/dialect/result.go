package dialect

import (
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
)

// results writes the columns of the current query's result.
func (c *compiler) results(columns []expr.Expr) {
	for i, e := range columns {
		c.separate(i)
		c.resultColumn(i, e)
	}
}

// resultColumn writes an expression of the result with its name, unless the
// database calls it the same by itself.
func (c *compiler) resultColumn(i int, e expr.Expr) {
	name := ""
	if label, ok := e.(expr.Label); ok {
		e, name = label.Operand, label.Name
	} else if c.scope.names != nil {
		if name = c.scope.names[i]; name == columnName(e) {
			name = ""
		}
	}
	c.expr(e, precedenceNone)
	if name != "" {
		c.write(" AS ")
		c.name(name)
	}
}

// columnName is the name of e as databases give it; empty if they differ.
func columnName(e expr.Expr) string {
	if coerced, ok := e.(expr.Coerce); ok {
		e = coerced.Operand
	}
	if c, ok := e.(expr.Column); ok && c.Column != nil {
		return c.Name
	}
	return ""
}

// namesOf returns the names of the result's columns, or nil if each has one of
// its own, which is the usual case.
func namesOf(columns []expr.Expr) []string {
	if len(columns) > 16 {
		return expr.ResultNames(columns)
	}
	for i, e := range columns {
		name := columnName(unlabelled(e))
		label, labelled := e.(expr.Label)
		if labelled {
			name = label.Name
		}
		if _, text := e.(expr.Text); name == "" && !text {
			return expr.ResultNames(columns)
		}
		if name != "" && !labelled && slices.ContainsFunc(columns[:i], func(other expr.Expr) bool { return resultName(other) == name }) {
			return expr.ResultNames(columns)
		}
		if labelled && slices.ContainsFunc(columns[:i], func(other expr.Expr) bool { return columnName(other) == name }) {
			return expr.ResultNames(columns)
		}
	}
	return nil
}

func resultName(e expr.Expr) string {
	if l, ok := e.(expr.Label); ok {
		return l.Name
	}
	return columnName(e)
}
