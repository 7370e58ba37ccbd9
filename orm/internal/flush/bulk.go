package flush

import (
	"context"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// BulkUpdate writes fields of rows, found by their keys, by one prepared
// statement. A row that is not there is a [StaleError].
func BulkUpdate(ctx context.Context, c *exec.Conn, d dialect.Dialect, cache *Cache, m *mapper.Mapper, rows []unsafe.Pointer, fields []*mapper.Field) error {
	st, err := cache.bulkUpdate(d, m, fields)
	if err != nil {
		return err
	}
	w := &writer{ctx: ctx, conn: c, dialect: d, cache: cache}
	defer w.release()
	for _, row := range rows {
		w.args = w.args[:0]
		for _, f := range fields {
			if err := w.arg(f, row); err != nil {
				return err
			}
		}
		for _, f := range m.Key {
			if err := w.arg(f, row); err != nil {
				return err
			}
		}
		r, err := w.exec(st)
		if err != nil {
			return err
		}
		if r.RowsAffected != 1 {
			return &StaleError{Model: m.Name, Verb: "UPDATE", Rows: r.RowsAffected}
		}
	}
	return nil
}

// bulkUpdate returns the UPDATE of those columns of one row, whatever its
// version.
func (c *Cache) bulkUpdate(d dialect.Dialect, m *mapper.Mapper, fields []*mapper.Field) (*statement, error) {
	k := cacheKey{mapper: m, verb: 'b', fields: maskOf(m, fields)}
	if st := c.get(k); st != nil {
		return st, nil
	}
	kept := slices.Clone(fields)
	return c.add(k, d, func(dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		up := expr.Update{Table: m.Table, Where: byKey(m)}
		for _, f := range kept {
			up.Set = append(up.Set, expr.Assignment{Column: f.Column, Value: slot(f.Column)})
		}
		return up, nil
	})
}
