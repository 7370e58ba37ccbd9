package orm

import (
	"context"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/load"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Refresh reads the object's row anew, and drops changes that were not
// flushed. The error is [ErrNoRows] if the row is gone.
func (s *Session) Refresh(ctx context.Context, object any) error {
	if err := s.usable(); err != nil {
		return err
	}
	o, err := objectOf(object)
	if err != nil {
		return fmt.Errorf("orm: refreshing: %w", err)
	}
	held := o.in(s.identity)
	if held == nil || held.Status != state.Persistent {
		return fmt.Errorf("orm: refreshing: the %s is not in the database, as far as this session knows", o.name())
	}
	m := held.Mapper
	m.CopyColumns(held.Object, held.Snapshot)
	held.Expired = true
	_, err = s.get(ctx, m, keyOf(m, held.Snapshot))
	if err != nil {
		return fmt.Errorf("refreshing a %s: %w", m.Name, err)
	}
	return nil
}

func keyOf(m *mapper.Mapper, object unsafe.Pointer) []driver.Value {
	values := make([]driver.Value, len(m.Key))
	for i, f := range m.Key {
		values[i] = f.Value(object)
	}
	return values
}

// get returns the object with that key: the one that is held if it has not
// expired, otherwise the one that its row gives.
func (s *Session) get(ctx context.Context, m *mapper.Mapper, key []driver.Value) (unsafe.Pointer, error) {
	if err := s.usable(); err != nil {
		return nil, err
	}
	k := state.NewKey(m, key...)
	held := s.identity.ByKey(k)
	if held != nil && held.Status == state.Deleting {
		return nil, ErrNoRows
	}
	if held != nil && !held.Expired && held.Status == state.Persistent {
		return held.Object, nil
	}
	found, err := s.byKey(ctx, m, key)
	if err != nil {
		return nil, err
	}
	if found == nil {
		if held != nil && held.Status == state.Persistent {
			s.identity.Forget(held)
		}
		return nil, ErrNoRows
	}
	return found, nil
}

// byKey reads the object with that key; nil if there is none.
func (s *Session) byKey(ctx context.Context, m *mapper.Mapper, key []driver.Value) (found unsafe.Pointer, err error) {
	if s.criteria != nil {
		where := expr.Junction{}
		for i, f := range m.Key {
			where.Operands = append(where.Operands, expr.Binary{
				Op: expr.Eq, Left: expr.Column{Column: f.Column}, Right: storedBind(key[i], f.Column)})
		}
		objects, err := s.objects(ctx, m, expr.Select{Columns: tableColumns(m.Table), Where: where}, nil)
		if err != nil || len(objects) == 0 {
			return nil, err
		}
		return objects[0], nil
	}
	q, err := s.engine.selectByKey(m)
	if err != nil {
		return nil, err
	}
	q.Args = key
	err = s.load(ctx, m, &q, func(object unsafe.Pointer) { found = object })
	return found, err
}

// selectByKey is the SELECT of one row by its primary key, whose values are the
// arguments. It is compiled once.
func (e *Engine) selectByKey(m *mapper.Mapper) (dialect.Compiled, error) {
	if q, ok := e.caches.selectByKey(m); ok {
		return q, nil
	}
	where := expr.Junction{}
	for _, f := range m.Key {
		where.Operands = append(where.Operands, expr.Binary{
			Op: expr.Eq, Left: expr.Column{Column: f.Column}, Right: bindFor(f.Column, nil)})
	}
	q, err := e.statements().Compile(expr.Select{Columns: tableColumns(m.Table), Where: where})
	if err == nil {
		e.caches.setSelectByKey(m, q)
	}
	return q, err
}

// load runs a SELECT of the columns of a model, and calls each with the object
// of every row.
func (s *Session) load(ctx context.Context, m *mapper.Mapper, q *dialect.Compiled, each func(unsafe.Pointer)) error {
	reader := load.Reader{Held: s.identity, Mapper: m}
	return s.eachRow(ctx, q, func(rows driver.Rows) error {
		object, err := reader.Row(rows)
		if err == nil {
			each(object)
		}
		return err
	})
}

// eachRow runs a query, and calls each at every row.
func (s *Session) eachRow(ctx context.Context, q *dialect.Compiled, each func(driver.Rows) error) (err error) {
	conn, release, err := s.borrow(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := about(conn, q); err != nil {
		return err
	}
	rows, err := conn.Query(ctx, q.SQL, q.Args)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	for {
		ok, err := rows.Next()
		if err != nil || !ok {
			return err
		}
		if err := each(rows.Rows); err != nil {
			return misfit(q.SQL, q.Args, err)
		}
	}
}

// objects runs the query for objects of a model, with what the loaders ask for.
func (s *Session) objects(ctx context.Context, m *mapper.Mapper, node expr.Select, loaders []Loader) ([]unsafe.Pointer, error) {
	for _, options := range [][]Loader{loaders, s.criteria} {
		if len(options) > 0 {
			return options[0].run(ctx, s, m, node, loaders)
		}
	}
	q, err := compiled(s, node, nil)
	if err != nil {
		return nil, err
	}
	var objects []unsafe.Pointer
	err = s.load(ctx, m, &q, func(object unsafe.Pointer) { objects = append(objects, object) })
	if err != nil {
		return nil, err
	}
	return objects, nil
}
