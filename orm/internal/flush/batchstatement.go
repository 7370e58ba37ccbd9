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
	m := q.mapper
	return c.get(cacheKey{mapper: m, verb: 'i', fields: q.left, rows: n}, d, func() (expr.Stmt, []*mapper.Field) {
		ins := expr.Insert{Table: m.Table}
		var out []*mapper.Field
		for i, f := range m.Fields {
			if !q.left.has(i) {
				ins.Columns = append(ins.Columns, f.Column)
			}
			if returning && (q.left.has(i) || slices.Contains(m.Key, f)) {
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
		if order := d.Features().OrderedRows; order != nil && returning && q.key {
			ins.Query, ins.Rows = order(ins.Table, ins.Columns, ins.Rows), nil
		}
		return ins, out
	})
}
