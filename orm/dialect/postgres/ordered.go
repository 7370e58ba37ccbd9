package postgres

import (
	"strconv"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// orderedRows is rows of values in an order that PostgreSQL keeps when it makes
// their keys. It promises that for INSERT … SELECT … ORDER BY, not for VALUES.
// The first row, which is left out, is there for the types: without it every
// argument would be text, and a cast to the column's type would cut off what is
// too long for it without a word.
func orderedRows(t *schema.Table, columns []*schema.Column, rows [][]expr.Expr) expr.Stmt {
	number := &schema.Column{Name: "row_no", Type: schema.Type{Kind: schema.Integer}}
	for t.Column(number.Name) != nil {
		number.Name += "_"
	}
	values := &expr.Values{Name: "new_rows", Columns: append(columns[:len(columns):len(columns)], number)}
	types := make([]expr.Expr, 0, len(columns)+1)
	q := expr.Select{From: []expr.Source{values}}
	for _, c := range columns {
		none := expr.Select{Columns: []expr.Expr{expr.Column{Column: c}}, Limit: literal(0)}
		types = append(types, expr.Scalar{Query: none})
		q.Columns = append(q.Columns, expr.Column{Column: c, Of: values})
	}
	values.Rows = append(values.Rows, append(types, literal(0)))
	for i, row := range rows {
		values.Rows = append(values.Rows, append(row[:len(row):len(row)], literal(i+1)))
	}
	place := expr.Column{Column: number, Of: values}
	q.Where = expr.Binary{Op: expr.Gt, Left: place, Right: literal(0)}
	q.OrderBy = []expr.Expr{expr.Order{Operand: place}}
	return q
}

// literal is a number in the SQL itself.
func literal(n int) expr.Expr {
	return expr.Text{Parts: []expr.TextPart{{SQL: strconv.Itoa(n)}}}
}
