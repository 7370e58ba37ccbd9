package orm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// Sync is how a session's objects follow an UPDATE or DELETE of many rows that
// runs through the session.
type Sync uint8

const (
	// SyncAuto finds the objects in memory if the conditions can be evaluated
	// there and no object of the table has expired; otherwise it asks the
	// database, as SyncFetch does.
	SyncAuto Sync = iota
	// SyncEvaluate finds them in memory, and fails if that is not possible.
	// Objects that have expired are left alone: they are read anew anyway.
	SyncEvaluate
	// SyncFetch finds them by the keys of the changed rows, which the statement
	// returns, or by a SELECT before it where a database cannot return them.
	SyncFetch
	// SyncNone leaves all objects as they are.
	SyncNone
)

// SynchronizeSession says how objects that the session holds follow the
// statement when it runs through a [Session]: SyncAuto if nothing is said. Each
// field that is set gets its new value if that can be told in memory; otherwise
// it is marked as expired, as [Session.Expire] does. A rollback brings the
// values back.
func (s UpdateStmt) SynchronizeSession(how Sync) UpdateStmt { s.sync = how; return s }

// SynchronizeSession says how objects that the session holds follow the
// statement when it runs through a [Session]: SyncAuto if nothing is said. The
// objects of deleted rows leave the session as those of [Session.Delete] do
// when it is flushed; a rollback brings them back. What the database deletes
// because of a foreign key, it does without the session's knowledge.
func (s DeleteStmt) SynchronizeSession(how Sync) DeleteStmt { s.sync = how; return s }

// synchronizer is an [Executor] that holds objects. UPDATE and DELETE reach the
// code below by this interface only, so that programs without sessions, and
// those without such statements, do not link it.
type synchronizer interface {
	synchronized(ctx context.Context, stmt expr.Stmt, how Sync, run func() (int64, error)) (int64, error)
}

// runSynchronized runs an UPDATE or DELETE.
func runSynchronized(ctx context.Context, on Executor, stmt expr.Stmt, how Sync, err error) (int64, error) {
	if x, ok := on.(synchronizer); ok && err == nil && how != SyncNone {
		return x.synchronized(ctx, stmt, how, func() (int64, error) { return run(ctx, on, stmt, nil) })
	}
	return run(ctx, on, stmt, err)
}

// follower runs a statement that returns rows, which run does, and lets the
// objects follow that an executor holds.
type follower func(ctx context.Context, on Executor, run func() error) error

// synchronizing is the follower of an UPDATE or DELETE.
func synchronizing(stmt expr.Stmt, how Sync) follower {
	return func(ctx context.Context, on Executor, run func() error) error {
		x, ok := on.(synchronizer)
		if !ok || how == SyncNone {
			return run()
		}
		_, err := x.synchronized(ctx, stmt, how, func() (int64, error) { return 0, run() })
		return err
	}
}

// synchronized runs a statement, which run does, so that the objects follow.
func (s *Session) synchronized(ctx context.Context, stmt expr.Stmt, how Sync, run func() (int64, error)) (int64, error) {
	c := bulkChange{session: s, stmt: stmt, run: run}
	switch stmt := stmt.(type) {
	case expr.Update:
		c.table, c.set, c.where, c.others = stmt.Table, stmt.Set, stmt.Where, len(stmt.From) > 0
	case expr.Delete:
		c.table, c.where, c.others = stmt.Table, stmt.Where, len(stmt.Using) > 0
	}
	_, release, err := s.borrow(ctx) // flushes, so that objects are as their rows
	if err != nil {
		return 0, err
	}
	release()
	if err := c.meet(); err != nil {
		return 0, err
	}
	if len(c.held) == 0 {
		return run()
	}
	matched, err := c.evaluate()
	if err != nil && how == SyncEvaluate {
		return 0, fmt.Errorf("orm: finding the %s objects that the statement changes: %w; use SyncFetch", c.table.Name, err)
	}
	if how == SyncFetch || err != nil || how == SyncAuto && c.expired {
		return c.fetch(ctx)
	}
	n, err := run()
	if err != nil {
		return 0, err
	}
	return n, c.apply(matched)
}

// bulkChange is an UPDATE or DELETE that objects are to follow.
type bulkChange struct {
	session *Session
	stmt    expr.Stmt
	run     func() (int64, error) // runs stmt as it is
	table   *schema.Table
	set     []expr.Assignment // nil for a DELETE
	where   expr.Expr
	others  bool // it reads other tables

	held    []*state.State // that have rows of the table
	expired bool           // at least one of them
}

// meet collects the objects that the statement may be about. Of several models
// over one table, which are told apart by other keys, the first one's follow.
func (c *bulkChange) meet() error {
	if err := c.session.enter(); err != nil {
		return err
	}
	defer c.session.leave()
	c.session.identity.Each(func(s *state.State) {
		if s.Status != state.Persistent || !s.Mapper.Tables(func(t *schema.Table) bool { return t == c.table }) {
			return
		}
		if len(c.held) > 0 && c.held[0].Mapper.Rows() != s.Mapper.Rows() {
			expire(s)
			return
		}
		c.held = append(c.held, s)
		c.expired = c.expired || s.Expired
	})
	return nil
}

// key are the fields of the primary key in the table, which the objects share.
func (c *bulkChange) key() []*mapper.Field {
	m := c.held[0].Mapper
	if m.IsJoined() {
		for _, part := range m.Parts {
			if part.Table == c.table {
				return part.Key
			}
		}
	}
	return m.Key
}

// evaluate finds the objects whose rows meet the condition, by what the
// database holds of them.
func (c *bulkChange) evaluate() ([]*state.State, error) {
	if c.others {
		return nil, errors.New("it reads other tables")
	}
	var matched []*state.State
	for _, s := range c.held {
		if s.Expired {
			continue
		}
		if c.where != nil {
			v, err := c.evaluator(s).eval(c.where)
			if err != nil {
				return nil, err
			}
			if !truth(v) {
				continue
			}
		}
		matched = append(matched, s)
	}
	return matched, nil
}

func (c *bulkChange) evaluator(s *state.State) evaluator {
	return evaluator{s, c.session.identity, c.session.sqlDialect().Features().TextFoldsCase}
}

// fetch runs the statement and finds the objects by the keys of the rows.
func (c *bulkChange) fetch(ctx context.Context) (int64, error) {
	f, fields := c.session.sqlDialect().Features(), c.key()
	key := make([]expr.Expr, len(fields))
	for i, k := range fields {
		key[i] = expr.Column{Column: k.Column}
	}
	stmt := c.stmt
	if _, others := returningOf(stmt); !others {
		switch node := stmt.(type) {
		case expr.Update:
			// What an UPDATE of the key returns is the new one.
			if node.Returning = key; f.UpdateReturning && !c.setsKey(fields) {
				stmt = node
			}
		case expr.Delete:
			if node.Returning = key; f.DeleteReturning && (len(node.Using) == 0 || f.DeleteUsing != dialect.ChangeTables) {
				stmt = node
			}
		}
		if _, changed := returningOf(stmt); changed {
			matched, n, err := c.keys(ctx, fields, stmt)
			if err != nil {
				return 0, err
			}
			return n, c.apply(matched)
		}
	}
	q := expr.Select{Columns: key, Where: c.where}
	switch node := c.stmt.(type) {
	case expr.Update:
		q.From = append([]expr.Source{expr.Table{Table: c.table}}, node.From...)
	case expr.Delete:
		q.From = append([]expr.Source{expr.Table{Table: c.table}}, node.Using...)
	}
	matched, _, err := c.keys(ctx, fields, q)
	if err != nil {
		return 0, err
	}
	n, err := c.run()
	if err != nil {
		return 0, err
	}
	return n, c.apply(matched)
}

func returningOf(stmt expr.Stmt) ([]expr.Expr, bool) {
	switch node := stmt.(type) {
	case expr.Update:
		return node.Returning, node.Returning != nil
	case expr.Delete:
		return node.Returning, node.Returning != nil
	}
	return nil, false
}

func (c *bulkChange) setsKey(key []*mapper.Field) bool {
	return slices.ContainsFunc(key, func(k *mapper.Field) bool {
		return slices.ContainsFunc(c.set, func(a expr.Assignment) bool { return a.Column == k.Column })
	})
}

// keys runs a statement that returns keys, and finds the objects that have
// them.
func (c *bulkChange) keys(ctx context.Context, fields []*mapper.Field, stmt expr.Stmt) (matched []*state.State, n int64, err error) {
	m := c.held[0].Mapper
	byKey := map[state.Key][]*state.State{}
	for _, s := range c.held {
		key := state.KeyOf(s.Mapper, s.Snapshot)
		byKey[key] = append(byKey[key], s)
	}
	row := m.New()
	err = stream(ctx, c.session, stmt, func([]driver.Column) error { return nil }, func(rows driver.Rows) (bool, error) {
		for i, f := range fields {
			if err := f.Read(row, rows, i); err != nil {
				return false, err
			}
		}
		key := state.KeyOf(m, row)
		matched = append(matched, byKey[key]...)
		delete(byKey, key)
		n++
		return true, nil
	})
	return matched, n, err
}

// apply makes the objects what their rows are now.
func (c *bulkChange) apply(matched []*state.State) error {
	if err := c.session.enter(); err != nil {
		return err
	}
	defer c.session.leave()
	held := c.session.identity
	for _, s := range matched {
		if s.Status != state.Persistent {
			continue
		}
		switch {
		case c.set != nil:
			c.update(s)
		case c.table == s.Mapper.Rows().Table:
			held.Removed(s)
		default: // a part of it is gone; what that leaves, the next read finds out
			expire(s)
		}
	}
	return nil
}

// update gives the fields that were set their values, as far as these can be
// told.
func (c *bulkChange) update(s *state.State) {
	m, row := s.Mapper, s.Mapper.New()
	var known, unknown []*mapper.Field
	for _, a := range c.set {
		f := m.FieldOf(a.Column)
		if f == nil {
			continue
		}
		if f != discriminatorOf(m) && c.value(s, row, f, a.Value) {
			known = append(known, f)
		} else {
			unknown = append(unknown, f)
		}
	}
	for _, f := range m.Fields {
		if f.Column.Table != c.table {
			continue
		}
		if f.ReadOnly || f.Column.OnUpdate != nil && !slices.Contains(known, f) && !slices.Contains(unknown, f) {
			unknown = append(unknown, f)
		}
	}
	c.session.identity.Overwritten(s, known, row)
	c.session.identity.Got(s, known)
	if unknown != nil {
		s.Expire(unknown)
	}
}

// value evaluates what a field is set to, into row.
func (c *bulkChange) value(s *state.State, row unsafe.Pointer, f *mapper.Field, e expr.Expr) bool {
	if s.Expired && readsColumn(e, nil) || readsColumn(e, c.set) || !evaluable(f.Column) {
		return false
	}
	v, err := c.evaluator(s).eval(e)
	return err == nil && f.Take(row, v) == nil
}

// readsColumn says whether an expression reads a column: any, or one that the
// statement sets, of which databases differ in whether it is the old value.
func readsColumn(e expr.Expr, set []expr.Assignment) (found bool) {
	if column, ok := e.(expr.Column); ok {
		if set == nil {
			return true
		}
		sets := func(a expr.Assignment) bool { return a.Column == column.Column }
		return len(set) > 1 && slices.ContainsFunc(set, sets)
	}
	expr.Children(e, func(child expr.Expr) { found = found || readsColumn(child, set) })
	return found
}
