package orm

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// ObjectState is where an object stands in its life.
type ObjectState uint8

// The states. An object that is marked for deletion is persistent until the
// flush; see [Session.Deleted].
const (
	Transient  ObjectState = iota // no session holds it, and none has read or written it
	Pending                       // added, to be inserted at the next flush
	Persistent                    // it has a row
	Deleted                       // its row went in this transaction
	Detached                      // it had a row, and its session let it go
)

// String is the name of the state, such as "pending".
func (s ObjectState) String() string {
	return [...]string{"transient", "pending", "persistent", "deleted", "detached"}[s]
}

// Inspection is what a session knows of an object.
type Inspection struct {
	State ObjectState
	// Expired says that the object's row may have changed since it was read.
	Expired bool
	// Modified says that the next flush has something to write for the object.
	Modified bool
	// Key is the primary key that the object's row has in the database; nil if it
	// has no row.
	Key []any
	// Unloaded are the fields that nobody has read, such as "Pet.Name". A plain
	// one holds its zero value, which is not what the database has.
	Unloaded []string
	// Changes are the fields that differ from what the database holds.
	Changes []FieldChange
}

// FieldChange is a field that was changed and not flushed.
type FieldChange struct {
	Field    string // such as "Pet.Name"
	Column   string // such as "name"
	Old, New any    // as the database takes them: nil is NULL; Old is nil if it is not loaded
}

// Inspect tells what the session knows of an object. An object that another
// session holds is detached or transient to this one. It sends nothing.
func (s *Session) Inspect(object any) (Inspection, error) {
	if err := s.enter(); err != nil {
		return Inspection{}, err
	}
	defer s.leave()
	held, o, err := s.heldObject(object)
	if err != nil {
		return Inspection{}, fmt.Errorf("orm: inspecting: %w", err)
	}
	if held == nil {
		if state.Departed(o.address) {
			return Inspection{State: Detached}, nil
		}
		return Inspection{}, nil
	}
	i := Inspection{State: Persistent, Expired: held.Expired}
	switch held.Status {
	case state.Pending:
		return Inspection{State: Pending, Modified: true}, nil
	case state.Deleted:
		i.State = Deleted
	case state.Deleting:
		i.Modified = true
	}
	for _, v := range keyOf(held.Mapper, held.Snapshot) {
		i.Key = append(i.Key, v.Any())
	}
	for _, f := range held.Mapper.Fields {
		known := f.Holds(held.Snapshot) && !s.identity.Lacks(held, f)
		switch changed := !f.Equal(held.Object, held.Snapshot); {
		case changed && known:
			i.Changes = append(i.Changes, FieldChange{f.Path, f.Column.Name, f.Value(held.Snapshot).Any(), f.Value(held.Object).Any()})
		case changed:
			i.Changes = append(i.Changes, FieldChange{f.Path, f.Column.Name, nil, f.Value(held.Object).Any()})
		case !known:
			i.Unloaded = append(i.Unloaded, f.Path)
		}
	}
	i.Modified = i.Modified || i.Changes != nil
	return i, nil
}

// Change is the history of a field since the last flush.
type Change[T any] struct {
	// Old is the value that the database has, as far as the transaction knows;
	// zero for a pending object.
	Old T
	New T
	// Changed says that the next flush writes the field.
	Changed bool
}

// History returns what became of a field of an object since the last flush.
//
//	h, err := orm.History(session, fluffy, &Pets.F.Name) // h.Old, h.New, h.Changed
func History[T any](s *Session, object any, field *T) (Change[T], error) {
	var c Change[T]
	now, old, changed, err := s.history(object, field)
	if err != nil {
		return c, fmt.Errorf("orm: history: %w", err)
	}
	c.New, c.Changed = *(*T)(now), changed
	if old != nil {
		c.Old = *(*T)(old)
	}
	return c, nil
}

// history returns where the value of a field is now, and where the old one is.
func (s *Session) history(object, field any) (now, old unsafe.Pointer, changed bool, err error) {
	if err := s.enter(); err != nil {
		return nil, nil, false, err
	}
	defer s.leave()
	held, o, err := s.heldObject(object)
	if err != nil {
		return nil, nil, false, err
	}
	if held == nil {
		return nil, nil, false, fmt.Errorf("the %s is not in this session", o.name())
	}
	list, err := fieldsOf(held.Mapper, []any{field})
	if err != nil {
		return nil, nil, false, err
	}
	f := list[0]
	now = unsafe.Add(o.address, f.Offset)
	if held.Snapshot == nil {
		return now, nil, true, nil
	}
	return now, unsafe.Add(held.Snapshot, f.Offset), !f.Equal(held.Object, held.Snapshot), nil
}

// fieldsOf finds the fields that a caller names by the address in a prototype,
// as in &Pets.F.Name, or by the name of the field or the column.
func fieldsOf(m *mapper.Mapper, names []any) ([]*mapper.Field, error) {
	list := make([]*mapper.Field, 0, len(names))
	for _, name := range names {
		if text, ok := name.(string); ok {
			f := m.FieldNamed(text)
			if f == nil {
				return nil, fmt.Errorf("a %s has no field or column %q", m.Name, text)
			}
			list = append(list, f)
			continue
		}
		v := reflect.ValueOf(name)
		if v.Kind() != reflect.Pointer {
			return nil, fmt.Errorf("a field is named by its address in the prototype, as in &Pets.F.Name, or by a text, not by a %T", name)
		}
		f, err := fieldAt(m, v.UnsafePointer(), v.Type().Elem())
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

// New returns the objects that the next flush inserts, in the order of Add.
// Like the other lists it is nil while another goroutine uses the session.
func (s *Session) New() []any { return s.holding(state.Pending, false) }

// Dirty returns the objects that the next flush updates. Unlike SQLAlchemy's,
// the list has no objects whose fields were set to the values that they had.
func (s *Session) Dirty() []any { return s.holding(state.Persistent, true) }

// Deleted returns the objects whose rows the next flush deletes.
func (s *Session) Deleted() []any { return s.holding(state.Deleting, false) }

// Objects returns all objects that have a row, in the order in which they came.
func (s *Session) Objects() []any { return s.holding(state.Persistent, false) }

func (s *Session) holding(status state.Status, changed bool) []any {
	if s.enter() != nil {
		return nil
	}
	defer s.leave()
	var list []any
	s.identity.Each(func(held *state.State) {
		if held.Status == status && (!changed || held.Changed() != nil) {
			list = append(list, reflect.NewAt(held.Mapper.Type, held.Object).Interface())
		}
	})
	return list
}
