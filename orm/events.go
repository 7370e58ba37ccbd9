package orm

import (
	"context"
	"errors"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/flush"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Events are functions that a session calls; each may be nil. An error ends
// what the session was doing, and is returned by it. The functions may use the
// session. For objects of one model see [OnBeforeInsert] and those beside it.
//
// The order of a commit that inserts is BeforeCommit, BeforeFlush, AfterBegin,
// the model's before and after insert, AfterFlush, StateChanged, AfterCommit.
type Events struct {
	// BeforeFlush is called when there is something to write. What it adds,
	// deletes and changes is part of the flush.
	BeforeFlush SessionEvent
	// AfterFlush is called when all is written. What it adds or changes is
	// written by the next flush; a commit flushes again for it.
	AfterFlush SessionEvent
	// AfterBegin is called when a transaction has begun.
	AfterBegin SessionEvent
	// BeforeCommit is called before the flush of a commit.
	BeforeCommit SessionEvent
	// AfterCommit is called when the transaction is permanent, and the objects
	// have expired. Its error does not change that.
	AfterCommit SessionEvent
	// AfterRollback is called when the transaction is undone, and the objects
	// have their values back.
	AfterRollback SessionEvent
	// StateChanged is called when an object has come from one state to another:
	// see [StateEvent].
	StateChanged StateEvent
}

// SessionEvent is a function that a session calls.
type SessionEvent func(ctx context.Context, s *Session) error

func beforeFlush(e Events) (string, SessionEvent)   { return "BeforeFlush", e.BeforeFlush }
func afterFlush(e Events) (string, SessionEvent)    { return "AfterFlush", e.AfterFlush }
func afterBegin(e Events) (string, SessionEvent)    { return "AfterBegin", e.AfterBegin }
func beforeCommit(e Events) (string, SessionEvent)  { return "BeforeCommit", e.BeforeCommit }
func afterCommit(e Events) (string, SessionEvent)   { return "AfterCommit", e.AfterCommit }
func afterRollback(e Events) (string, SessionEvent) { return "AfterRollback", e.AfterRollback }

// Listen makes the session call the functions, behind those of earlier calls.
func (s *Session) Listen(e Events) {
	s.events, s.rest = append(s.events, e), (*Session).flushRest
	if e.StateChanged != nil {
		s.watch(e.StateChanged)
	}
}

// flushRest writes what events have added to a commit.
func (s *Session) flushRest(ctx context.Context) error {
	for range 100 {
		if !s.stale(everyTable) {
			return nil
		}
		if err := s.flush(ctx); err != nil {
			return err
		}
	}
	return errors.New("orm: committing the session: after 100 flushes there is still something to write, because AfterFlush or StateChanged changes objects each time")
}

// tell calls one function of all events.
func (s *Session) tell(ctx context.Context, which func(Events) (string, SessionEvent)) error {
	for _, e := range s.events {
		name, f := which(e)
		if f == nil {
			continue
		}
		if err := s.outside(func() error { return f(ctx, s) }); err != nil {
			return during(name, err)
		}
	}
	return nil
}

// outside calls a function of the program, which may use the session.
func (s *Session) outside(f func() error) (err error) {
	s.release()
	defer func() { // even if f panics, because the caller leaves
		if busy := s.enter(); busy != nil {
			err = errors.Join(err, busy)
		}
	}()
	return f()
}

// valid asks the objects that are to be written whether they may be. Nothing is
// sent if one may not.
func valid(plan *flush.Plan) error {
	var errs []error
	plan.Each(func(s *state.State) {
		if err := s.Mapper.Validate(s.Object, s.Snapshot); err != nil {
			errs = append(errs, fmt.Errorf("the %s is not valid: %w", s.Mapper.Name, err))
		}
	})
	if errs != nil {
		return fmt.Errorf("orm: flushing the session: %w", errors.Join(errs...))
	}
	return nil
}

// OnBeforeInsert calls f before an object of the model is inserted; it may
// change the object. Hooks of a model are set once, before sessions use it, as
// in an init function. An error fails the flush.
//
//	orm.OnBeforeInsert(Users, func(ctx context.Context, u *User) error {
//		u.Email = strings.ToLower(u.Email)
//		return nil
//	})
//
// A model whose objects have a method Validate() error needs no hook for that:
// each flush calls it before it sends anything, and reports all errors at once.
// Fields that a query left out, by [LoadOnly] or [Defer], are zero then: a method
// that looks at them needs objects that were read as a whole. [ValidateField]
// knows.
func OnBeforeInsert[T any](m *Model[T], f func(context.Context, *T) error) {
	on(m.mapper, mapper.BeforeInsert, hook(f))
}

// OnAfterInsert calls f when an object of the model has its row and its key.
func OnAfterInsert[T any](m *Model[T], f func(context.Context, *T) error) {
	on(m.mapper, mapper.AfterInsert, hook(f))
}

// OnBeforeUpdate calls f before an object of the model is updated; it may
// change the object.
func OnBeforeUpdate[T any](m *Model[T], f func(context.Context, *T) error) {
	on(m.mapper, mapper.BeforeUpdate, hook(f))
}

// OnAfterUpdate calls f when the row of an object has been updated.
func OnAfterUpdate[T any](m *Model[T], f func(context.Context, *T) error) {
	on(m.mapper, mapper.AfterUpdate, hook(f))
}

// OnBeforeDelete calls f before the row of an object is deleted.
func OnBeforeDelete[T any](m *Model[T], f func(context.Context, *T) error) {
	on(m.mapper, mapper.BeforeDelete, hook(f))
}

// OnAfterDelete calls f when the row of an object is gone.
func OnAfterDelete[T any](m *Model[T], f func(context.Context, *T) error) {
	on(m.mapper, mapper.AfterDelete, hook(f))
}

func hook[T any](f func(context.Context, *T) error) mapper.Hook {
	return func(ctx context.Context, object unsafe.Pointer) error { return f(ctx, (*T)(object)) }
}

func on(m *mapper.Mapper, when mapper.Moment, h mapper.Hook) {
	if m != nil { // else the mapping is wrong, which all that uses it reports
		m.Hooks[when] = append(m.Hooks[when], h)
	}
}
