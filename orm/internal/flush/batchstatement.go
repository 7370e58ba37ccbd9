package flush

import (
	"slices"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// insertMany returns the INSERT of n rows, which returns the key and what is
// left to the database if that is asked for.
func (c *Cache) insertMany(d dialect.Dialect, q *batch, n int, returning bool) (*statement, error) {
	m, left, key := q.mapper, q.left, q.key
	k := cacheKey{mapper: m, verb: 'i', fields: left, rows: n}
	if st := c.get(k); st != nil {
		return st, nil
	}
	return c.add(k, d, func(d dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		returning := returning && d.Features().Returning
		ins := expr.Insert{Table: m.Table}
		var out []*mapper.Field
		for i, f := range m.Fields {
			if !left.has(i) {
				ins.Columns = append(ins.Columns, f.Column)
			}
			if returning && (left.has(i) || slices.Contains(m.Key, f)) {
				out = append(out, f)
				ins.Returning = append(ins.Returning, expr.Column{Column: f.Column})
			}
		}
		for range n {
			row := make([]expr.Expr, len(ins.Columns))
			for i, c := range ins.Columns {
				row[i] = slot(c)
			}
			ins.Rows = append(ins.Rows, row)
		}
		if order := d.Features().OrderedRows; order != nil && returning && key {
			ins.Query, ins.Rows = order(ins.Table, ins.Columns, ins.Rows), nil
		}
		return ins, out
	})
}
