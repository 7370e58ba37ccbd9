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

// BulkUpdate writes fields of rows, found by their keys, by a prepared statement
// for each table. A row that is not there is a [StaleError].
func BulkUpdate(ctx context.Context, c *exec.Conn, d dialect.Dialect, cache *Cache, m *mapper.Mapper, rows []unsafe.Pointer, fields []*mapper.Field) error {
	w := &writer{ctx: ctx, conn: c, dialect: d, cache: cache}
	defer w.release()
	b := bulk{mapper: m, rows: rows}
	if m.Inherited != nil {
		return m.Code.(inheritance).bulkUpdate(w, b, fields)
	}
	return b.update(w, m, fields, nil)
}

// bulk are rows of a model.
type bulk struct {
	mapper *mapper.Mapper
	rows   []unsafe.Pointer
}

// update writes fields to the rows that a mapper has in its table. Class is the
// condition that they are of the model; nil if the table has no others.
func (b bulk) update(w *writer, m *mapper.Mapper, fields []*mapper.Field, class expr.Expr) error {
	st, err := w.cache.bulkUpdate(w.dialect, b.mapper, m, fields, class)
	if err != nil {
		return err
	}
	for _, row := range b.rows {
		w.args = w.args[:0]
		for _, list := range [][]*mapper.Field{fields, m.Key} {
			for _, f := range list {
				if err := w.arg(f, row); err != nil {
					return err
				}
			}
		}
		w.args = append(w.args, st.args[len(w.args):]...) // those of the class
		r, err := w.exec(st)
		if err != nil {
			return err
		}
		if r.RowsAffected != 1 {
			return &StaleError{Model: b.mapper.Name, Verb: "UPDATE", Rows: r.RowsAffected}
		}
	}
	return nil
}

// bulkUpdate returns the UPDATE of those columns of one row that objects of a
// model have by a mapper, whatever its version.
func (c *Cache) bulkUpdate(d dialect.Dialect, model, m *mapper.Mapper, fields []*mapper.Field, class expr.Expr) (*statement, error) {
	k := cacheKey{mapper: model, verb: 'b', table: m.Table, fields: maskOf(m, fields)}
	if st := c.get(k); st != nil {
		return st, nil
	}
	kept := slices.Clone(fields)
	return c.add(k, d, func(dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		up := expr.Update{Table: m.Table, Where: byKey(m)}
		if class != nil {
			up.Where = expr.Junction{Operands: []expr.Expr{up.Where, class}}
		}
		for _, f := range kept {
			up.Set = append(up.Set, expr.Assignment{Column: f.Column, Value: slot(f.Column)})
		}
		return up, nil
	})
}
