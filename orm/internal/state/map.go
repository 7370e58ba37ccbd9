package state

import (
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Map is the identity map of one session: one row, one object. It keeps what
// it holds alive.
type Map struct {
	byKey    index
	byObject map[unsafe.Pointer]*State // of the first indexed states of order
	indexed  int
	order    order
	gone     int  // of order that left
	settling bool // order stays as it is
	// Session is the session whose map it is.
	Session any

	// Moved is called when an object has come from one status to another, where 0
	// is transient, or detached if it has departed; nil if nobody wants to know.
	Moved func(s *State, from, to Status)

	// Overwrite says that rows go into objects that have not expired, too.
	Overwrite bool

	unwritten []*State                // pending or deleting, and some that no longer are
	owner     *owner                  // the mark on the objects held
	levels    []level                 // of savepoints
	relinked  []*Node                 // whose relationships have changed, and some that are written
	related   machinery               // nil while no object with relationships has come
	missing   lacking                 // nil while every object has all fields
	lost      map[unsafe.Pointer]bool // objects that a rollback lets go, while it does
	// Halves are objects that were read as ones of a base class, in whose rows
	// fields of their own were missing; the statement that is running reads them.
	Halves []*State
}

// NewMap returns an empty map.
func NewMap() *Map { return &Map{byObject: map[unsafe.Pointer]*State{}} }

// Len is the number of objects that the map holds, or a little more.
func (m *Map) Len() int { return m.order.len() }

// Since returns the states that came after the map had that length.
func (m *Map) Since(length int) (states []*State) {
	m.order.walk(func(s *State) {
		if length--; length < 0 {
			states = append(states, s)
		}
	}, func(r *rows, i int) {
		if length--; length < 0 {
			states = append(states, r.state(&m.byKey, i))
		}
	})
	return states
}

// ByKey returns the state of the row with that key, or nil.
func (m *Map) ByKey(k Key) *State { return m.byKey.get(k) }

// ByObject returns the state of that object, or nil. Objects are indexed when
// somebody asks, because most programs only read most of them.
func (m *Map) ByObject(object unsafe.Pointer) *State {
	for ; m.indexed < len(m.order.states); m.indexed++ {
		if s := m.order.states[m.indexed]; s.Status != Detached {
			m.byObject[s.Object] = s
		}
	}
	if s := m.byObject[object]; s != nil {
		return s
	}
	if r, i := m.order.find(object); r != nil {
		if s := r.state(&m.byKey, i); s.Status != Detached {
			return s
		}
	}
	return nil
}

// Add takes in a new object, to be inserted at the next flush.
func (m *Map) Add(mp *mapper.Mapper, object unsafe.Pointer) *State {
	s := m.byKey.newState()
	m.touch(s)
	mp.Mark(object)
	s.Mapper, s.Object, s.Status = mp, object, Pending
	if x := machineryOf(mp); x != nil {
		m.related = x
		s.Node = x.bind(mp, object)
		s.Node.state, s.Node.Home = s, m
	}
	m.order.append(s)
	m.list(s)
	m.moved(s, 0) // before it is claimed, which makes it one that has not departed
	m.claim(object)
	return s
}

// Delete notes that the persistent object's row is to go at the next flush.
func (m *Map) Delete(s *State) {
	m.touch(s)
	s.Status = Deleting
	m.list(s)
}

// Keep takes Delete back.
func (m *Map) Keep(s *State) {
	m.touch(s)
	s.Status = Persistent
}

// sync makes the snapshot what the object holds now, and keeps the one from
// before the transaction. The snapshot stays where it is: see tracked.
func (m *Map) sync(s *State) {
	if s.Snapshot == nil {
		s.Snapshot = m.snapshot(s.Mapper, s.Object)
		return
	}
	if m.missing != nil {
		m.missing.wrote(s)
	}
	if s.Committed == nil && !s.Fresh {
		s.Committed = m.snapshot(s.Mapper, s.Snapshot)
	}
	s.Mapper.CopyAll(s.Snapshot, s.Object)
}

// Inserted notes that the pending object has its row now. It fails when the
// map holds another object for the same row.
func (m *Map) Inserted(s *State) error {
	key := KeyOf(s.Mapper, s.Object)
	if other := m.byKey.get(key); other != nil && other != s && other.Status != Deleted {
		return fmt.Errorf("two %s objects in the session have the same primary key", s.Mapper.Name)
	}
	m.touch(s)
	s.Key, s.Status, s.Fresh = key, Persistent, true
	m.moved(s, Pending)
	if s.Node != nil {
		m.related.inserted(s.Node)
	}
	m.sync(s)
	m.byKey.set(s)
	m.track(s)
	return nil
}

// Updated notes that the row has the object's values now.
func (m *Map) Updated(s *State) {
	m.touch(s)
	m.sync(s)
	if key := KeyOf(s.Mapper, s.Object); key != s.Key {
		m.rekey(s, key)
	}
}

// Overwritten notes that a statement of the program set fields of the row to
// what row holds. A field that the program has changed meanwhile keeps that.
func (m *Map) Overwritten(s *State, fields []*mapper.Field, row unsafe.Pointer) {
	m.touch(s)
	if s.Committed == nil && !s.Fresh {
		s.Committed = m.snapshot(s.Mapper, s.Snapshot)
	}
	for _, f := range fields {
		same := f.Equal(s.Object, s.Snapshot)
		f.Copy(s.Snapshot, row)
		if same {
			f.Copy(s.Object, row)
		}
	}
	if key := KeyOf(s.Mapper, s.Snapshot); key != s.Key {
		m.rekey(s, key)
	}
}

// rekey makes key the one that leads to s. The old one may lead to another
// object by now.
func (m *Map) rekey(s *State, key Key) {
	m.byKey.remove(s)
	s.Key = key
	m.byKey.set(s)
}

// Removed notes that the object's row is gone.
func (m *Map) Removed(s *State) {
	m.touch(s)
	was := s.Status
	s.Status = Deleted
	m.byKey.remove(s)
	m.moved(s, was)
}

// Switch gives the row of an object that is to be deleted to a pending one,
// which has the same key.
func (m *Map) Switch(old, s *State) {
	m.Removed(old)
	m.touch(s)
	s.Snapshot = m.snapshot(s.Mapper, old.Snapshot)
	s.Key, s.Status, s.Fresh = old.Key, Persistent, true
	m.moved(s, Pending)
	m.byKey.set(s)
	m.track(s)
}

// Forget lets an object go.
func (m *Map) Forget(s *State) { m.forget(s, s.Status != Pending) }

// forget lets an object go that leaves a row behind, or had one, or none.
func (m *Map) forget(s *State, hadRow bool) {
	was := s.Status
	s.Status = Detached
	if m.Moved != nil {
		m.left(s, was, hadRow)
	}
	if s.Node != nil && !hadRow {
		m.related.leaves(s.Node)
	}
	if m.lost != nil {
		m.lost[s.Object] = true
	}
	if m.missing != nil {
		m.missing.leave(s)
	}
	s.release()
	delete(m.byObject, s.Object)
	m.byKey.leave(s)
	m.disclaim(s.Object, hadRow)
	m.gone++
	m.compact()
}

// compact leaves those that were let go out of order, once they are many.
func (m *Map) compact() {
	if m.settling || m.gone <= 32 || m.gone <= m.Len()/2 {
		return
	}
	m.indexed, m.gone = m.order.compact(m.indexed), 0
	for _, t := range m.byKey.list {
		t.tracked = slices.DeleteFunc(t.tracked, func(s *State) bool { return s.Status == Detached })
		for i, r := range t.blocks {
			if r != nil && r.left() {
				t.blocks[i] = nil
			}
		}
	}
}

// Each calls f with every state held, in the order in which they came. It must
// not change what the map holds.
func (m *Map) Each(f func(*State)) {
	m.order.walk(func(s *State) {
		if s.Status != Detached {
			f(s)
		}
	}, func(r *rows, i int) {
		if s := r.state(&m.byKey, i); s.Status != Detached {
			f(s)
		}
	})
}

// made calls f with the states held that there are, not of rows without one.
func (m *Map) made(f func(*State)) {
	m.order.walk(func(s *State) {
		if s.Status != Detached {
			f(s)
		}
	}, func(r *rows, i int) {
		if s := r.peek(i); s != nil && s.Status != Detached {
			f(s)
		}
	})
}

// untouched calls f with the nodes of the rows without a state.
func (m *Map) untouched(f func(*Node)) {
	for _, t := range m.byKey.list {
		for _, r := range t.blocks {
			if r == nil {
				continue
			}
			for i := range r.nodes[:min(r.count, len(r.nodes))] {
				if n := &r.nodes[i]; n.rows != nil {
					f(n)
				}
			}
		}
	}
}

// settle calls f, which may let go of states, with every state held that there
// is. The rows without one expire.
func (m *Map) settle(f func(*State)) {
	m.settling = true
	m.made(f)
	for _, t := range m.byKey.list {
		for _, r := range t.blocks {
			if r != nil {
				r.expire(&m.byKey)
			}
		}
	}
	m.settling = false
	m.compact()
}

// Committed makes all objects what a committed transaction leaves: those
// deleted are let go, the others are expired.
func (m *Map) Committed() {
	m.levels = nil
	m.untouched(func(n *Node) { m.related.committed(n) })
	m.settle(func(s *State) {
		if s.Node != nil {
			m.related.committed(s.Node)
		}
		s.Fresh, s.Committed, s.Expired, s.Partly = false, nil, true, nil
		if s.Status == Deleted {
			m.Forget(s)
		}
	})
}

// RolledBack makes all objects what a rolled-back transaction leaves: those
// added are let go, those deleted are back, and the fields of the others have
// the values of before the transaction again and are expired.
func (m *Map) RolledBack() {
	m.levels = nil
	m.loses()
	m.Differing(func(*State) {}) // so that what was changed has a state, by which it is undone
	m.untouched(func(n *Node) { m.related.rolledBack(n) })
	m.settle(func(s *State) {
		if s.Status == Pending || s.Fresh {
			m.forget(s, false)
			return
		}
		if s.Committed != nil || s.Status == Deleted || !s.Mapper.Same(s.Object, s.Snapshot) {
			m.undo(s)
		}
		if s.Node != nil {
			m.related.rolledBack(s.Node)
		}
		was := s.Status
		s.Status, s.Expired, s.Partly = Persistent, true, nil
		m.moved(s, was)
	})
	if m.related != nil {
		m.related.restored(m, nil)
	}
}

// undo gives an object the values of before the transaction, and its key.
func (m *Map) undo(s *State) {
	if s.Committed != nil {
		s.Mapper.CopyAll(s.Snapshot, s.Committed)
		s.Committed = nil
	}
	s.Mapper.CopyColumns(s.Object, s.Snapshot)
	if key := KeyOf(s.Mapper, s.Object); s.Status == Deleted || key != s.Key {
		m.rekey(s, key)
	}
}

// loses begins to note which objects a rollback lets go.
func (m *Map) loses() {
	if m.related != nil {
		m.lost = map[unsafe.Pointer]bool{}
	}
}

// Close lets all objects go.
func (m *Map) Close() {
	if m.Moved != nil {
		m.Each(func(s *State) { m.left(s, s.Status, s.Status != Pending) })
	}
	m.made(func(s *State) {
		s.Status = Detached
		if m.missing != nil {
			m.missing.leave(s)
		}
		s.release()
	})
	m.untouched((*Node).release)
	m.Release()
}

// release cuts the object's handles off from the session.
func (s *State) release() {
	if s.Node != nil && s.Node.state == s {
		s.Node.release()
	}
}
