package orm

import (
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// StateEvent is a function that a session calls when an object, which is a
// pointer to a struct of a model, has come from one state to another. The
// function may use the session. All changes are told in their order when the
// method that made them is done; those of a flush behind AfterFlush, those of a
// rollback before AfterRollback, those of a commit behind AfterCommit:
//
//   - transient, or detached, to pending: Add, or a relationship that leads there
//   - pending to persistent: a flush has inserted it
//   - transient to persistent: it was made of its row
//   - persistent to deleted: a flush has deleted its row
//   - deleted to persistent: a rollback has brought the row back
//   - pending or persistent to transient: a rollback has undone its Add
//   - pending to transient: it was expunged, or the session was closed
//   - persistent or deleted to detached: it was expunged, its row was found gone,
//     the deletion was committed, or the session was closed
type StateEvent func(s *Session, object any, from, to ObjectState)

// watch makes the map tell the session, which tells f when it is free.
func (s *Session) watch(f StateEvent) {
	before := s.identity.Moved
	s.identity.Moved = func(held *state.State, from, to state.Status) {
		if before != nil {
			before(held, from, to)
		}
		was, is := stateOf(from), stateOf(to)
		if is == Pending && was == Transient && state.Departed(held.Object) {
			was = Detached
		}
		if was == is {
			return
		}
		object := reflect.NewAt(held.Mapper.Type, held.Object).Interface()
		s.news = append(s.news, func() { f(s, object, was, is) })
	}
}

func stateOf(s state.Status) ObjectState {
	switch s {
	case state.Pending:
		return Pending
	case state.Persistent, state.Deleting:
		return Persistent
	case state.Deleted:
		return Deleted
	case state.Detached:
		return Detached
	}
	return Transient
}

// OnLoad calls f when an object of the model was made of its row, before the
// method that read it returns, and behind eager loaders; in a flush, at its end. An object that the
// session holds already is not made again: see [OnRefresh]. The function may use
// the session, and set fields that are no columns; a column that it sets is a
// change, which the next flush writes. Set it once, as in an init function.
//
//	orm.OnLoad(Users, func(_ *orm.Session, u *User) { u.Initials = initials(u.Name) })
func OnLoad[T any](m *Model[T], f func(s *Session, object *T)) {
	onLoad(m.mapper, func(s *Session, object unsafe.Pointer) { f(s, (*T)(object)) })
}

func onLoad(m *mapper.Mapper, f func(*Session, unsafe.Pointer)) {
	if m == nil { // the mapping is wrong, which all that uses it reports
		return
	}
	m.Loaded = append(m.Loaded, func(session any, object unsafe.Pointer) {
		s := session.(*Session)
		s.news = append(s.news, func() { f(s, object) })
	})
}

// OnRefresh calls f when columns of an object of the model were read anew, by
// Refresh, because it had expired, or because they had not been read, as
// [OnLoad] does. The fields are named as in "User.Name".
func OnRefresh[T any](m *Model[T], f func(s *Session, object *T, fields []string)) {
	onRefresh(m.mapper, func(s *Session, object unsafe.Pointer, fields []string) { f(s, (*T)(object), fields) })
}

func onRefresh(m *mapper.Mapper, f func(*Session, unsafe.Pointer, []string)) {
	if m == nil {
		return
	}
	m.Refreshed = append(m.Refreshed, func(session any, object unsafe.Pointer, fields []*mapper.Field) {
		s, names := session.(*Session), make([]string, len(fields))
		for i, field := range fields {
			names[i] = field.Path
		}
		s.news = append(s.news, func() { f(s, object, names) })
	})
}
