package orm

import (
	"context"
	"sync"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/schema"
)

// enter notes that the session is at work, until leave. It fails if the
// session is at work already: then two goroutines use it at once.
func (s *Session) enter() error {
	if !s.busy.CompareAndSwap(false, true) {
		return ErrConcurrentUse
	}
	return nil
}

func (s *Session) leave() {
	s.release()
	if len(s.news) > 0 && !s.flushing && !s.delivering {
		s.deliver()
	}
}

// release lets the program use the session.
func (s *Session) release() { s.busy.Store(false) }

// deliver calls what waits. The functions may use the session; what they cause
// waits until those before it are done.
func (s *Session) deliver() {
	s.delivering = true
	defer func() { s.delivering = false }()
	for len(s.news) > 0 {
		f := s.news[0]
		s.news = s.news[1:]
		f()
	}
}

// deliverOutside is deliver for a method that is at work, and has an error to
// report or none.
func (s *Session) deliverOutside(err error) error {
	if len(s.news) == 0 || s.delivering {
		return err
	}
	return s.outside(func() error { s.deliver(); return err })
}

// tables are those that a statement reads, as far as a session has to know
// before it runs.
type tables struct {
	stmt expr.Stmt
	all  bool // no matter what the statement says
}

var (
	everyTable = tables{all: true}
	noTable    = tables{}
)

// few is the number of objects that are compared faster than it is found out
// which tables a statement reads.
const few = 64

// stale says whether the statement would miss a change that is not flushed. An
// object that is new or to be deleted is such a change, whatever the statement
// reads, because rows of other tables may come or go with it.
func (s *Session) stale(r tables) bool {
	if len(s.identity.Unwritten()) > 0 || len(s.identity.Relinked()) > 0 {
		return true
	}
	if !r.all && r.stmt == nil {
		return false
	}
	all := func(*schema.Table) bool { return true }
	if r.all || s.identity.Len() <= few && !s.identity.Changed(all) {
		return r.all && s.identity.Changed(all)
	}
	var list []*schema.Table
	if !expr.Tables(r.stmt, func(t *schema.Table) { list = append(list, t) }) {
		return s.identity.Changed(all)
	}
	for _, t := range list {
		if !written(t) {
			return s.identity.Changed(all)
		}
	}
	return s.identity.Changed(func(t *schema.Table) bool {
		for _, read := range list {
			if sameTable(t, read) || follows(read, t) {
				return true
			}
		}
		return false
	})
}

func sameTable(a, b *schema.Table) bool {
	return a == b || a.Name == b.Name && a.Schema == b.Schema
}

// follows says whether rows of t change with those of target, by a foreign key.
func follows(t, target *schema.Table) bool {
	for _, k := range t.AllForeignKeys() {
		if k.OnUpdate != schema.NoAction && k.OnUpdate != schema.Restrict && k.Table == target.Name {
			return true
		}
	}
	return false
}

// views are the names of all views that a [Metadata] has.
var views struct {
	sync.Mutex
	names map[string]bool
}

func knowView(name string) {
	views.Lock()
	defer views.Unlock()
	if views.names == nil {
		views.names = map[string]bool{}
	}
	views.names[name] = true
}

func isView(t *schema.Table) bool {
	views.Lock()
	defer views.Unlock()
	return views.names[t.FullName()]
}

// written says whether only changes of its own objects reach the table: it is
// the table of a model, and no view.
func written(t *schema.Table) bool {
	if list := prototypes.list.Load(); list != nil {
		for _, p := range *list {
			if p.mapper != nil && sameTable(p.mapper.Table, t) {
				return !isView(t)
			}
		}
	}
	return false
}

// lend flushes if the statement needs it, begins, and lends the session's
// connection. Call settle when the statement is done.
func (s *Session) lend(ctx context.Context, r tables) (*exec.Conn, error) {
	if err := s.usable(); err != nil {
		return nil, err
	}
	if s.rejected != nil {
		return nil, s.rejected
	}
	if !s.flushing && !s.quiet && s.stale(r) {
		if err := s.flush(ctx); err != nil {
			return nil, err
		}
	}
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	return s.conn, nil
}

// borrow flushes, begins, and lends the session's connection.
func (s *Session) borrow(ctx context.Context) (*exec.Conn, func(), error) {
	return s.borrowBefore(ctx, everyTable)
}

func (s *Session) borrowFor(ctx context.Context, stmt expr.Stmt) (*exec.Conn, func(), error) {
	return s.borrowBefore(ctx, tables{stmt: stmt})
}

func (s *Session) borrowBefore(ctx context.Context, r tables) (*exec.Conn, func(), error) {
	if err := s.enter(); err != nil {
		return nil, nil, err
	}
	defer s.leave()
	conn, err := s.lend(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	return conn, s.settle, nil
}

// borrowFor borrows a connection for a statement, before which a session
// flushes only what the statement may read. It does not name the type Session, so
// that programs without sessions do not link them.
func borrowFor(ctx context.Context, on Executor, stmt expr.Stmt) (*exec.Conn, func(), error) {
	if b, ok := on.(interface {
		borrowFor(ctx context.Context, stmt expr.Stmt) (*exec.Conn, func(), error)
	}); ok {
		return b.borrowFor(ctx, stmt)
	}
	return on.borrow(ctx)
}

// entered is a session that the caller has entered.
type entered struct{ *Session }

func (s entered) borrowFor(ctx context.Context, stmt expr.Stmt) (*exec.Conn, func(), error) {
	conn, err := s.lend(ctx, tables{stmt: stmt})
	return conn, s.settle, err
}

func (s entered) borrow(ctx context.Context) (*exec.Conn, func(), error) {
	conn, err := s.lend(ctx, everyTable)
	return conn, s.settle, err
}

// NoAutoflush runs f without a flush before its queries: they see the rows as
// they are, not as the session's objects would make them. Flush and Commit
// inside f work as always.
func (s *Session) NoAutoflush(f func() error) error {
	before := s.quiet
	s.quiet = true
	defer func() { s.quiet = before }()
	return f()
}
