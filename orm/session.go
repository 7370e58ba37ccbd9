package orm

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/internal/flush"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Session is a unit of work: it holds objects, one for each row, sees what
// changes in them, and writes the changes when it is flushed. It has at most
// one transaction, which begins with the first statement. A session belongs to
// one goroutine.
//
// A flush that fails, and a context that ends while a statement runs, end the
// transaction; all that follows is [ErrPendingRollback] until Rollback. Other
// failed statements leave it open.
//
// # After Commit
//
// Another program may change a row as soon as the transaction has ended. The
// objects keep the values of their fields but are marked as expired: the next
// Get, Refresh or query that meets the row reads it anew into the same object.
type Session struct {
	engine   *Engine
	identity *state.Map
	conn     *exec.Conn // nil outside a transaction
	host     *Conn      // whose transaction the session joins; nil if it has its own
	begun    int        // transactions so far
	events   []Events
	failed   error // why nothing works until Rollback
	rejected error // of Add; the next flush reports it
	closed   bool
	criteria []Loader // of all queries
	quiet    bool     // no flush before queries
	flushing bool
	busy     atomic.Bool // a method is at work
	// rest is flushRest, once somebody listens.
	rest func(*Session, context.Context) error
	// delivering says that those of news are being called.
	delivering bool
	news       []func() // calls of the program's functions that wait until they can use the session
}

// NewSession returns a session on the engine. It takes no connection until the
// first statement. Close it when done.
func NewSession(e *Engine) *Session {
	s := &Session{engine: e, identity: state.NewMap()}
	s.identity.Session = s
	return s
}

// Add puts new objects into the session, and what their relationships lead to:
// each is inserted at the next flush. To
// add an object that the session holds has no effect, except that one marked
// for deletion stays. Objects are pointers to structs of declared models;
// anything else is reported by the next flush or commit, and by Add itself.
//
// An object belongs to one session at a time. One that another session holds
// is refused until that session lets it go, by Expunge or Close.
func (s *Session) Add(objects ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	for _, o := range objects {
		if err := s.add(o); err != nil {
			return s.reject(fmt.Errorf("orm: adding to the session: %w", err))
		}
	}
	return nil
}

func (s *Session) add(v any) error {
	o, err := objectOf(v)
	if err != nil {
		return err
	}
	owner, mine := s.identity.Owner(o.address)
	if owner == 0 {
		if missing := state.MissingOf(o.address); missing != nil {
			return fmt.Errorf("%s is not loaded; the %s was read by a query of other columns, and cannot be inserted", missing[0].Path, o.name())
		}
		m, err := o.declared()
		if err == nil {
			_, err = s.identity.TakeNew(m, o.address)
		}
		return err
	}
	held := o.in(s.identity)
	switch {
	case held == nil:
		m, err := o.mapper(s.identity)
		if err != nil {
			return err
		}
		if owner != mine {
			return fmt.Errorf("%w: the %s is already attached to session %d (this is %d); Expunge it there first, or Merge it here", ErrAttached, o.name(), owner, mine)
		}
		if _, err := s.identity.Take(m, o.address); err != nil {
			return err
		}
	case held.Status == state.Deleting:
		s.identity.Keep(held)
	case held.Status == state.Deleted:
		return fmt.Errorf("the %s was deleted in this transaction", o.name())
	}
	return nil
}

// reject keeps an error that a caller may not look at, so that the next flush
// reports it.
func (s *Session) reject(err error) error {
	s.rejected = errors.Join(s.rejected, err)
	return err
}

// Delete marks objects whose rows go at the next flush. It fails for an object
// that is not persistent in this session.
func (s *Session) Delete(objects ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	for _, v := range objects {
		o, err := objectOf(v)
		if err != nil {
			return fmt.Errorf("orm: deleting: %w", err)
		}
		held := o.in(s.identity)
		if held == nil || held.Status == state.Pending {
			return fmt.Errorf("orm: deleting: the %s is not in the database, as far as this session knows; load it or flush it first", o.name())
		}
		if held.Status == state.Persistent {
			s.identity.Delete(held)
		}
	}
	return nil
}

// Contains says whether the session holds the object. One whose row a flush has
// deleted is in the state [Deleted]: the session holds it no more, unless a
// rollback brings it back.
func (s *Session) Contains(object any) bool {
	if s.enter() != nil {
		return false
	}
	defer s.leave()
	held, _, err := s.heldObject(object)
	return err == nil && held != nil && held.Status != state.Deleted
}

// Flush writes all changes, within the transaction. Queries, Get and Commit
// call it. If it fails the transaction is rolled back, and the session does
// nothing until [Session.Rollback].
func (s *Session) Flush(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.flush(ctx)
}

func (s *Session) flush(ctx context.Context) (err error) {
	if err := s.usable(); err != nil {
		return err
	}
	if s.rejected != nil {
		return s.rejected
	}
	if s.flushing {
		return errors.New("orm: flushing the session: it is being flushed, and a hook asked for it again")
	}
	s.flushing = true
	defer func() {
		s.flushing = false
		err = s.deliverOutside(err)
	}()
	plan, err := s.plan(ctx)
	if err != nil {
		return err
	}
	if plan.Empty() {
		return nil
	}
	if s.events != nil {
		if err := s.tell(ctx, beforeFlush); err != nil {
			return err
		}
		if plan, err = s.plan(ctx); err != nil {
			return err
		}
	}
	if err := valid(plan); err != nil {
		return err
	}
	if err := s.begin(ctx); err != nil {
		return err
	}
	err = plan.Run(ctx, s.conn, s.engine.dialect, &s.engine.caches.flushed, s.outside)
	if err == nil {
		err = s.tell(ctx, afterFlush)
	}
	if err == nil {
		return nil
	}
	var stale *flush.StaleError
	if errors.As(err, &stale) {
		err = fmt.Errorf("%w: %w", ErrStale, err)
	}
	s.failed = during("flushing the session", err)
	if s.identity.Depth() == 0 || s.conn.Lost() != nil { // otherwise Nested rolls back
		s.end()
	}
	return s.failed
}

// plan looks for all that there is to write.
func (s *Session) plan(ctx context.Context) (*flush.Plan, error) {
	var load flush.Loader
	if x := s.identity.Machinery(); x != nil {
		load = x.(cascading).flushLoader(ctx, s)
	}
	plan, err := flush.NewPlan(s.identity, load)
	if err != nil {
		return nil, fmt.Errorf("orm: flushing the session: %w", err)
	}
	return plan, nil
}

// usable says whether the session can do anything.
func (s *Session) usable() error {
	if s.closed {
		return fmt.Errorf("%w: the session", ErrClosed)
	}
	if s.failed != nil {
		return fmt.Errorf("%w: %w", ErrPendingRollback, s.failed)
	}
	return nil
}

// Commit flushes, and makes all that the transaction did permanent.
func (s *Session) Commit(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if s.identity.Depth() > 0 {
		return errors.New("orm: committing the session: a Nested block is open, which ends before the transaction does")
	}
	if err := s.usable(); err != nil {
		return err
	}
	if err := s.tell(ctx, beforeCommit); err != nil {
		return err
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	if s.rest != nil {
		if err := s.rest(s, ctx); err != nil {
			return err
		}
	}
	if s.conn == nil {
		return nil
	}
	if err := s.commit(ctx); err != nil {
		s.failed = during("committing the session", err)
		s.end()
		return s.failed
	}
	s.identity.Committed()
	return s.tell(ctx, afterCommit)
}

// Rollback undoes all since the last commit, in the database and in the
// objects: the fields of those that the session holds get the values back that
// they had then, and those added since are let go.
func (s *Session) Rollback(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.rollback(ctx)
}

func (s *Session) rollback(ctx context.Context) error {
	if s.closed {
		return fmt.Errorf("%w: the session", ErrClosed)
	}
	begun := s.conn != nil || s.failed != nil
	err := s.undo(ctx)
	s.failed, s.rejected = nil, nil
	s.identity.RolledBack()
	err = s.deliverOutside(err)
	if begun {
		err = errors.Join(err, s.tell(ctx, afterRollback))
	}
	return err
}

// Close ends the session: what was not committed is rolled back, and the
// objects are let go. It has no effect the second time.
func (s *Session) Close() error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if s.closed {
		return nil
	}
	err := s.rollback(context.Background())
	s.closed = true
	s.identity.Close()
	s.identity = state.NewMap()
	return err
}

func (s *Session) sqlDialect() dialect.Dialect { return s.engine.dialect }

func (s *Session) statements() *dialect.Cache { return s.engine.caches.statements }

// settle ends a transaction that its last statement has spoilt.
func (s *Session) settle() {
	if s.conn == nil {
		return
	}
	if lost := s.conn.Lost(); lost != nil {
		s.failed = during("running a statement", lost)
		s.end()
	}
}
