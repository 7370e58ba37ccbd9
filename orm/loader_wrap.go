package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// wrap makes a query one that reads it as a subquery, so that joins do not
// change what its limit counts, and returns the subquery.
func wrap(node *expr.Select) expr.Source {
	inner := *node
	inner.Columns = inner.Columns[:len(inner.Columns):len(inner.Columns)]
	visible := len(inner.Columns)
	places := make([]int, len(inner.OrderBy)) // where the subquery has what it is sorted by
	for i, e := range inner.OrderBy {
		operand := e
		if o, ok := e.(expr.Order); ok {
			operand = o.Operand
		}
		if places[i] = columnIndex(inner.Columns, operand); places[i] < 0 {
			places[i] = len(inner.Columns)
			inner.Columns = append(inner.Columns, expr.Label{Name: fmt.Sprintf("order_%d", i+1), Operand: operand})
		}
	}
	sub := subqueryOf(inner)
	outer := expr.Select{From: []expr.Source{sub}}
	outer.Columns = columnsIn(sub, sub.Columns[:visible])
	for i, e := range inner.OrderBy {
		order := expr.Order{Operand: expr.Column{Column: sub.Columns[places[i]], Of: sub}}
		if o, ok := e.(expr.Order); ok {
			order.Descending, order.Nulls = o.Descending, o.Nulls
		}
		outer.OrderBy = append(outer.OrderBy, order)
	}
	*node = outer
	return sub
}

// subqueryOf makes a table of a query.
func subqueryOf(q expr.Select) *expr.Subquery {
	return &expr.Subquery{Query: q, Columns: expr.ResultColumns(q)}
}

// columnIndex is the place of a column among others; -1 if it is not there.
func columnIndex(columns []expr.Expr, e expr.Expr) int {
	wanted, ok := e.(expr.Column)
	if name, is := e.(expr.Name); is {
		for i, result := range expr.ResultNames(columns) {
			if result == name.Name {
				return i
			}
		}
	}
	if !ok {
		return -1
	}
	for i, other := range columns {
		if c, ok := other.(expr.Column); ok && c.Column == wanted.Column && expr.Same(expr.SourceOf(c), expr.SourceOf(wanted)) {
			return i
		}
	}
	return -1
}

// columnsIn are columns as a source has them.
func columnsIn(s expr.Source, columns []*schema.Column) []expr.Expr {
	list := make([]expr.Expr, len(columns))
	for i, c := range columns {
		list[i] = columnAmong(s, c)
	}
	return list
}
