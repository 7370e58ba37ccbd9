package orm

import (
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/load"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// shape is what a query reads of each object of a model. What changes it is in
// the loaders that do, so that the linker leaves it out of other programs.
type shape struct {
	m      *mapper.Mapper
	fields []*mapper.Field // in the order of the columns
	// exprs are what the query fills fields from; the others have columns or an
	// expression of their own.
	exprs  map[*mapper.Field]func(of expr.Source) expr.Expr
	read   func(held *state.Map, rows driver.Rows) (unsafe.Pointer, error)
	wanted map[*mapper.Field]bool
	only   bool // wanted began empty
}

// shapeOf is what a query with those loaders reads.
func shapeOf(m *mapper.Mapper, loaders []Loader) (*shape, error) {
	var reader load.Reader // of one statement
	fields := m.Loads
	if m.Inherited != nil {
		fields = m.Wide
	}
	sh := &shape{m: m, fields: fields, read: func(held *state.Map, rows driver.Rows) (unsafe.Pointer, error) {
		if reader.Held == nil {
			reader = load.Reader{Held: held, Mapper: m}
		}
		return reader.Row(rows)
	}}
	for _, l := range loaders {
		if l.reshape != nil && m.Inherited != nil {
			return nil, fmt.Errorf("orm: %s is a class of an inheritance, whose objects are read whole; leave out the option that says which columns are read", m.Name)
		}
		if l.reshape != nil {
			if err := l.reshape(sh); err != nil {
				return nil, err
			}
		}
	}
	return sh, nil
}

// columns are what the query reads from a source; nil is the model's table.
func (sh *shape) columns(of expr.Source) []expr.Expr {
	if t, ok := of.(expr.Table); ok && t.Table == sh.m.Table {
		of = nil
	}
	if sh.m.Inherited != nil {
		return objectColumns(sh.m, of)
	}
	list := columnsRead(sh.fields, of)
	for i, f := range sh.fields {
		if e := sh.exprs[f]; e != nil {
			list[i] = expr.Label{Name: f.Column.Name, Operand: e(of)}
		}
	}
	return list
}

// query makes a query one of the objects, from the model's own tables.
func (sh *shape) query(q expr.Select) expr.Select {
	q = selectOf(sh.m, q)
	q.Columns = sh.columns(nil)
	return q
}

// index is the place of a field's column.
func (sh *shape) index(f *mapper.Field) int {
	for i, other := range sh.fields {
		if other == f {
			return i
		}
	}
	return -1
}
