package orm

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// MapImperatively maps the struct T to a table that is described already: that
// [Reflect] found in a database, or that [NewTable] made. Call it once for a
// struct and a table; the model is used like a declared one.
//
//	there, err := orm.Reflect(ctx, engine)
//	users := orm.MapImperatively[User](there.Table("users"))
//
// Each field finds its column by name, and must hold what the column holds,
// NULL included; [Model.Err] lists all that do not fit. Columns without a field
// are left alone: an INSERT leaves them to their defaults. Of the tags, those
// that describe a table mean nothing here; the table stays as it is. If it has
// no primary key, as a view has none, the fields with the tag primary_key are
// taken to tell its rows apart.
func MapImperatively[T any](table *Table, options ...FieldOption) *Model[T] {
	m := &Model[T]{}
	m.mapper, m.err = mapOver(m, unsafe.Pointer(&m.F), reflect.TypeFor[T](), table, allocOf[T](), options)
	return m
}

func mapOver(model any, f unsafe.Pointer, t reflect.Type, table *Table, alloc mapper.Alloc, options []FieldOption) (m *mapper.Mapper, err error) {
	tags := &mapper.Tagging{Fields: map[string]string{}}
	for _, o := range options {
		o.tags(tags)
	}
	switch {
	case table == nil:
		err = fmt.Errorf("orm: model %s: the table is nil", t.Name())
	case table.err != nil:
		err = table.err
	default:
		m, err = mapper.Over(t, table.table, alloc, tags)
		if other := mapper.OfTable(table.table); err == nil && other != nil && other.Type != t {
			err = fmt.Errorf("model %s: the table %s is that of %s already", t.Name(), table.table.FullName(), other.Name)
		}
		err = registered(m, err)
	}
	known(model, f, t, m, err)
	return m, err
}
