package orm

import (
	"context"
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/load"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Refresh reads the object's row anew, and drops changes that were not
// flushed. With fields, named as in &Pets.F.Name, it reads these columns only
// and leaves the other fields as they are; a relationship among them is loaded
// anew. Without, relationships expire, and
// what they lead to by the cascade refresh-expire, or all. The error is [ErrNoRows] if the row
// is gone.
func (s *Session) Refresh(ctx context.Context, object any, fields ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if err := s.usable(); err != nil {
		return err
	}
	held, err := s.persistent(object)
	if err != nil {
		return fmt.Errorf("orm: refreshing: %w", err)
	}
	list, links, err := partsOf(held.Mapper, fields)
	if err != nil {
		return fmt.Errorf("orm: refreshing: %w", err)
	}
	if len(fields) == 0 {
		s.expireCascaded(held)
	}
	if len(links) == 0 || len(list) > 0 {
		err = s.refresh(ctx, held, list)
	}
	for _, r := range links {
		if err == nil {
			err = followingOf(held.Mapper).reload(ctx, s, held, r)
		}
	}
	if err != nil {
		return fmt.Errorf("refreshing a %s: %w", held.Mapper.Name, err)
	}
	return nil
}

// refresh reads fields of an object, all if none are given.
func (s *Session) refresh(ctx context.Context, held *state.State, fields []*mapper.Field) error {
	m, found := held.Mapper, false
	if len(fields) == 0 {
		fields = m.Loads
		for _, f := range m.Deferred {
			if f.Holds(held.Object) {
				fields = append(fields[:len(fields):len(fields)], f)
			}
		}
	}
	held.Drop(fields)
	q := expr.Select{Columns: columnsRead(fields, nil), Where: keyCondition(m)}
	if m.IsJoined() {
		q.From = []expr.Source{sourceOf(m)}
	}
	query, err := compiled(s, q, nil)
	if err != nil {
		return err
	}
	query.Args = withKey(query.Args, keyOf(m, held.Snapshot))
	err = s.eachRow(ctx, &query, func(rows driver.Rows) error {
		found = true
		for i, f := range fields {
			if err := f.Read(held.Object, rows, i); err != nil {
				held.Drop(fields)
				return err
			}
		}
		held.Read(fields)
		s.identity.Got(held, fields)
		s.identity.NoteRead(held, fields)
		return nil
	})
	if err == nil && !found {
		s.identity.Forget(held)
		return ErrNoRows
	}
	return err
}

func keyOf(m *mapper.Mapper, object unsafe.Pointer) []driver.Value {
	values := make([]driver.Value, len(m.Key))
	for i, f := range m.Key {
		values[i] = f.Value(object)
	}
	return values
}

// getOne is get for a caller that has not entered the session.
func (s *Session) getOne(ctx context.Context, m *mapper.Mapper, key []driver.Value) (unsafe.Pointer, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	return s.get(ctx, m, key)
}

// get returns the object with that key: the one that is held if it has not
// expired, otherwise the one that its row gives.
func (s *Session) get(ctx context.Context, m *mapper.Mapper, key []driver.Value) (unsafe.Pointer, error) {
	if err := s.usable(); err != nil {
		return nil, err
	}
	k := state.NewKey(m, key...)
	held := s.identity.ByKey(k)
	if held != nil && (held.Status == state.Deleting || !held.Mapper.Is(m)) {
		return nil, ErrNoRows
	}
	if held != nil {
		m = held.Mapper
	}
	if held != nil && !held.Expired && held.Status == state.Persistent && s.identity.Missing(held) == nil {
		return held.Object, nil
	}
	args := append([]driver.Value(nil), key...) // observers may keep them; key itself need not be on the heap
	reads := noTable
	if held != nil && held.Status == state.Persistent && held.Changed() != nil {
		reads = everyTable
	}
	found, err := s.getRow(ctx, m, args, reads)
	if err == nil && found == nil && held == nil && s.stale(everyTable) {
		// An object may have been given this key.
		found, err = s.getRow(ctx, m, args, everyTable)
	}
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

// getRow reads the row with that key. Which row that is does not depend on what
// other objects hold, so only what is new or to be deleted is flushed first,
// and a change of the object itself.
func (s *Session) getRow(ctx context.Context, m *mapper.Mapper, key []driver.Value, reads tables) (found unsafe.Pointer, err error) {
	if s.criteria != nil || m.Inherited != nil {
		objects, err := s.objects(ctx, m, rowOf(m, key), nil)
		if err != nil || len(objects) == 0 {
			return nil, err
		}
		return objects[0], nil
	}
	q, err := s.engine.selectByKey(m)
	if err != nil {
		return nil, err
	}
	q.Args = withKey(q.Args, key)
	err = s.loadAfter(ctx, m, &q, reads, func(object unsafe.Pointer) { found = object })
	return found, err
}

// withKey are the arguments of a SELECT by [keyCondition]: those of the
// expressions that it reads, and the key.
func withKey(args, key []driver.Value) []driver.Value {
	n := len(args) - len(key)
	if n <= 0 {
		return key
	}
	return append(args[:n:n], key...)
}

// rowOf is the SELECT of the row of a model with that key.
func rowOf(m *mapper.Mapper, key []driver.Value) expr.Select {
	where := expr.Junction{}
	for i, f := range m.Key {
		where.Operands = append(where.Operands, expr.Binary{
			Op: expr.Eq, Left: expr.Column{Column: f.Column}, Right: storedBind(key[i], f.Column)})
	}
	return selectOf(m, expr.Select{Where: where})
}

// selectByKey is the SELECT of one row by its primary key, whose values are the
// arguments. It is compiled once.
func (e *Engine) selectByKey(m *mapper.Mapper) (dialect.Compiled, error) {
	if q, ok := e.caches.selectByKey(m); ok {
		return q, nil
	}
	q, err := e.statements().Compile(expr.Select{Columns: columnsRead(m.Loads, nil), Where: keyCondition(m)})
	if err == nil {
		e.caches.setSelectByKey(m, q)
	}
	return q, err
}

// keyCondition is that the primary key has the values of the arguments.
func keyCondition(m *mapper.Mapper) expr.Expr {
	where := expr.Junction{}
	for _, f := range m.Key {
		where.Operands = append(where.Operands, expr.Binary{
			Op: expr.Eq, Left: expr.Column{Column: f.Column}, Right: bindFor(f.Column, nil)})
	}
	return where
}

// load is loadAfter for a statement that may read every table.
func (s *Session) load(ctx context.Context, m *mapper.Mapper, q *dialect.Compiled, each func(unsafe.Pointer)) error {
	return s.loadAfter(ctx, m, q, everyTable, each)
}

// loadAfter runs a SELECT of the columns of a model, after a flush of what it
// may read, and calls each with the object of every row.
func (s *Session) loadAfter(ctx context.Context, m *mapper.Mapper, q *dialect.Compiled, reads tables, each func(unsafe.Pointer)) error {
	reader := load.Reader{Held: s.identity, Mapper: m}
	return s.eachRowAfter(ctx, q, reads, func(rows driver.Rows) error {
		object, err := reader.Row(rows)
		if err == nil {
			each(object)
		}
		return err
	})
}

// eachRow is eachRowAfter for a statement that may read every table.
func (s *Session) eachRow(ctx context.Context, q *dialect.Compiled, each func(driver.Rows) error) error {
	return s.eachRowAfter(ctx, q, everyTable, each)
}

// eachRowAfter runs a query, after a flush of what it may read, and calls each
// at every row.
func (s *Session) eachRowAfter(ctx context.Context, q *dialect.Compiled, reads tables, each func(driver.Rows) error) error {
	err := s.read(ctx, q, reads, each)
	if err == nil && s.identity.Halves != nil {
		err = s.complete(ctx)
	}
	return err
}

// complete reads what was missing in rows of a base class.
func (s *Session) complete(ctx context.Context) error {
	return s.identity.Halves[0].Mapper.Code.(classObjects).complete(ctx, s)
}

func (s *Session) read(ctx context.Context, q *dialect.Compiled, reads tables, each func(driver.Rows) error) (err error) {
	conn, err := s.lend(ctx, reads)
	if err != nil {
		return err
	}
	defer s.settle()
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

// all is objects for a caller that has not entered the session.
func (s *Session) all(ctx context.Context, m *mapper.Mapper, node expr.Select, loaders []Loader, overwrite bool) ([]unsafe.Pointer, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	s.identity.Overwrite = overwrite
	defer func() { s.identity.Overwrite = false }()
	return s.objects(ctx, m, node, loaders)
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
	err = s.loadAfter(ctx, m, &q, tables{stmt: node}, func(object unsafe.Pointer) {
		if n := len(objects); n == cap(objects) { // append would grow it by less, and copy it more often
			objects = slices.Grow(objects, n+1)
		}
		objects = append(objects, object)
	})
	if err != nil {
		return nil, err
	}
	return objects, nil
}
