package orm

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// Model maps the struct T to a table. Make one with [Declare], once, as a
// package variable; it is safe for use by several goroutines.
type Model[T any] struct {
	// F is the prototype: the addresses of its fields name the columns, as in
	// C(&Pets.F.Name). Its values mean nothing.
	F      T
	mapper *mapper.Mapper
	err    error
}

// Declare maps the struct T to the table of that name. If the mapping is wrong
// everything that uses the model fails with [Model.Err], which lists all that
// is wrong.
func Declare[T any](table string, options ...TableOption) *Model[T] {
	m := &Model[T]{}
	m.mapper, m.err = declare(m, unsafe.Pointer(&m.F), reflect.TypeFor[T](), table, allocOf[T](), options)
	return m
}

// allocOf makes and copies structs of the type T.
func allocOf[T any]() mapper.Alloc {
	return mapper.Alloc{
		New:  func() unsafe.Pointer { return unsafe.Pointer(new(T)) },
		Many: func(n int) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(make([]T, n))) },
		Copy: func(dst, src unsafe.Pointer) { *(*T)(dst) = *(*T)(src) },
	}
}

// declare maps the struct t to a table of its own. The model has its prototype
// at f.
func declare(model any, f unsafe.Pointer, t reflect.Type, table string, alloc mapper.Alloc, options []TableOption) (*mapper.Mapper, error) {
	defs, tags := definitions(options)
	m, err := mapper.New(t, table, alloc, tags, defs...)
	err = registered(m, err)
	known(model, f, t, m, err)
	return m, err
}

// known makes the prototype of a model known.
func known(model any, f unsafe.Pointer, t reflect.Type, m *mapper.Mapper, err error) {
	addPrototype(prototype{start: uintptr(f), end: uintptr(f) + t.Size(), mapper: m, err: err, keep: model})
}

// registered makes a mapper known, unless its mapping is wrong.
func registered(m *mapper.Mapper, err error) error {
	if err != nil {
		return fmt.Errorf("orm: %w", err)
	}
	mapper.Register(m)
	return nil
}

// Err tells what is wrong with the mapping; nil if nothing is.
func (m *Model[T]) Err() error { return usable(m.mapper, m.err) }

// usable says why a model cannot be used: because of its own mapping, or
// because of the relationships that it is a part of.
func usable(m *mapper.Mapper, err error) error {
	if err != nil {
		return err
	}
	if m.Failure != nil {
		return m.Failure
	}
	if err := m.Resolve(); err != nil {
		return fmt.Errorf("orm: %w", err)
	}
	return nil
}

// ConfigureMappers checks the relationships of all declared models, which is
// otherwise done when a model is first used. The error lists all that is wrong.
func ConfigureMappers() error {
	var errs []error
	for _, m := range mapper.All() {
		if err := usable(m, nil); err != nil && !told(errs, err) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Table is the table that the model is mapped to; nil if the mapping is wrong.
func (m *Model[T]) Table() *schema.Table {
	if m.err != nil {
		return nil
	}
	return m.mapper.Table
}

// New returns a new object whose fields have the defaults of their columns.
func (m *Model[T]) New() *T {
	object := new(T)
	if m.err == nil {
		fillNew(m.mapper, unsafe.Pointer(object))
	}
	return object
}

// fillNew gives a new object its defaults, and binds its relationships.
func fillNew(m *mapper.Mapper, object unsafe.Pointer) {
	m.FillDefaults(object)
	m.Mark(object)
	state.BindNew(m, object)
}

// Select returns the query for all objects of the model.
func (m *Model[T]) Select() Query[T] { return Query[T]{model: m} }

// Get returns the object with that primary key, of several values if the key
// has several columns. An object that the session holds, and that has not
// expired, is returned without SQL. If there is no such row the error is
// [ErrNoRows].
func (m *Model[T]) Get(ctx context.Context, s *Session, key ...any) (*T, error) {
	object, err := s.getBy(ctx, m.mapper, m.err, key)
	return (*T)(object), err
}

// getBy is what Get does.
func (s *Session) getBy(ctx context.Context, m *mapper.Mapper, err error, key []any) (unsafe.Pointer, error) {
	if err := usable(m, err); err != nil {
		return nil, err
	}
	var room [2]driver.Value // so that an object that is held costs no memory
	values, err := keyValues(m, key, room[:0])
	if err != nil {
		return nil, err
	}
	object, err := s.getOne(ctx, m, values)
	return object, gotten(m, key, err)
}

// gotten says what was being got when it failed.
func gotten(m *mapper.Mapper, key []any, err error) error {
	if err != nil {
		return fmt.Errorf("getting the %s with key %v: %w", m.Name, append([]any(nil), key...), err) // a copy, so that key need not be on the heap
	}
	return nil
}

// keyValues checks the values of a primary key, and appends them to values.
func keyValues(m *mapper.Mapper, key []any, values []driver.Value) ([]driver.Value, error) {
	fields := m.Key
	if len(key) != len(fields) {
		return nil, fmt.Errorf("orm: getting a %s: its primary key has %d columns, got %d values", m.Name, len(fields), len(key))
	}
	for i, f := range fields {
		v, err := dialect.Value(f.Column.Type, key[i])
		if err != nil {
			return nil, fmt.Errorf("orm: getting a %s by %s: %w", m.Name, f.Path, err)
		}
		if v.IsNull() {
			return nil, fmt.Errorf("orm: getting a %s by %s: a primary key is never NULL", m.Name, f.Path)
		}
		values = append(values, v)
	}
	return values, nil
}

// Mapped is what maps to a table: a [Model] or a [Table].
type Mapped interface {
	Source
	mapped() (*schema.Table, *mapper.Mapper, error) // no mapper of a table without a model
}

func (m *Model[T]) mapped() (*schema.Table, *mapper.Mapper, error) { return m.Table(), m.mapper, m.err }

func (m *Model[T]) columns() []expr.Expr {
	return modelColumns(m.mapper, m.err)
}

func modelColumns(m *mapper.Mapper, err error) []expr.Expr {
	if err != nil {
		return []expr.Expr{expr.Invalid{Err: err}}
	}
	return allColumns(m, nil)
}

// columnsRead are what a query reads into fields of a model from a source; nil
// is the model's table.
func columnsRead(fields []*mapper.Field, of expr.Source) []expr.Expr {
	list := make([]expr.Expr, len(fields))
	for i, f := range fields {
		if f.Expr == nil {
			list[i] = expr.Column{Column: f.Column, Of: of}
		} else {
			list[i] = expr.Label{Name: f.Column.Name, Operand: f.Expr(of)}
		}
	}
	return list
}

func tableColumns(t *schema.Table) []expr.Expr {
	list := make([]expr.Expr, len(t.Columns))
	for i, c := range t.Columns {
		list[i] = expr.Column{Column: c}
	}
	return list
}
