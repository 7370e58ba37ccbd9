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
	byObject map[unsafe.Pointer]*State // of the first indexed entries of order
	indexed  int
	order    []*State // as added or loaded
	gone     int      // entries of order that left
	room     []State  // for states to come
	// Session is the session whose map it is.
	Session any

	// Overwrite says that rows go into objects that have not expired, too.
	Overwrite bool

	unwritten []*State                // pending or deleting, and some that no longer are
	owner     *owner                  // the mark on the objects held
	levels    []level                 // of savepoints
	relinked  []*Node                 // whose relationships have changed, and some that are written
	related   machinery               // nil while no object with relationships has come
	lost      map[unsafe.Pointer]bool // objects that a rollback lets go, while it does
}

// NewMap returns an empty map.
func NewMap() *Map { return &Map{byObject: map[unsafe.Pointer]*State{}} }

// Len is the number of objects that the map holds, or a little more.
func (m *Map) Len() int { return len(m.order) }

// ByKey returns the state of the row with that key, or nil.
func (m *Map) ByKey(k Key) *State { return m.byKey.get(k) }

// ByObject returns the state of that object, or nil. Objects are indexed when
// somebody asks, because most programs only read most of them.
func (m *Map) ByObject(object unsafe.Pointer) *State {
	for ; m.indexed < len(m.order); m.indexed++ {
		if s := m.order[m.indexed]; s.Status != Detached {
			m.byObject[s.Object] = s
		}
	}
	return m.byObject[object]
}

// Add takes in a new object, to be inserted at the next flush.
func (m *Map) Add(mp *mapper.Mapper, object unsafe.Pointer) *State {
	s := m.newState()
	m.touch(s)
	s.Mapper, s.Object, s.Status = mp, object, Pending
	if x := machineryOf(mp); x != nil {
		m.related = x
		s.Node = x.bind(mp, object)
		s.Node.State, s.Node.Home = s, m
	}
	m.order = append(m.order, s)
	m.list(s)
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

// Load takes in an object that was just read from its row.
func (m *Map) Load(mp *mapper.Mapper, key Key, object unsafe.Pointer) *State {
	s := m.newState()
	s.Mapper, s.Object, s.Key, s.Status = mp, object, key, Persistent
	if x := machineryOf(mp); x != nil { // before the snapshot, so that the two look the same
		m.related = x
		s.Node = x.bindNew(mp, object)
		s.Node.State, s.Node.Home, s.Node.Stored = s, m, true
	}
	s.Snapshot = m.snapshot(mp, object)
	m.order = append(m.order, s)
	m.byKey.set(key, s)
	m.track(s)
	m.NoteRead(s)
	return s
}

// sync makes the snapshot what the object holds now, and keeps the one from
// before the transaction. The snapshot stays where it is: see tracked.
func (m *Map) sync(s *State) {
	if s.Snapshot == nil {
		s.Snapshot = m.snapshot(s.Mapper, s.Object)
		return
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
	if s.Node != nil {
		m.related.inserted(s.Node)
	}
	m.sync(s)
	m.byKey.set(key, s)
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

// rekey makes key the one that leads to s. The old one may lead to another
// object by now.
func (m *Map) rekey(s *State, key Key) {
	m.byKey.remove(s.Key, s)
	s.Key = key
	m.byKey.set(key, s)
}

// Removed notes that the object's row is gone.
func (m *Map) Removed(s *State) {
	m.touch(s)
	s.Status = Deleted
	m.byKey.remove(s.Key, s)
}

// Switch gives the row of an object that is to be deleted to a pending one,
// which has the same key.
func (m *Map) Switch(old, s *State) {
	m.Removed(old)
	m.touch(s)
	s.Snapshot = m.snapshot(s.Mapper, old.Snapshot)
	s.Key, s.Status, s.Fresh = old.Key, Persistent, true
	m.byKey.set(s.Key, s)
	m.track(s)
}

// Forget lets an object go.
func (m *Map) Forget(s *State) { m.forget(s, s.Status != Pending) }

// forget lets an object go that leaves a row behind, or had one, or none.
func (m *Map) forget(s *State, hadRow bool) {
	s.Status = Detached
	if s.Node != nil && !hadRow {
		m.related.leaves(s.Node)
	}
	if m.lost != nil {
		m.lost[s.Object] = true
	}
	s.release()
	delete(m.byObject, s.Object)
	m.byKey.remove(s.Key, s)
	m.disclaim(s.Object, hadRow)
	if m.gone++; m.gone > 32 && m.gone > len(m.order)/2 {
		m.compact()
	}
}

func (m *Map) compact() {
	kept, indexed := m.order[:0], 0
	for i, s := range m.order {
		if s.Status == Detached {
			continue
		}
		if i < m.indexed {
			indexed++
		}
		kept = append(kept, s)
	}
	clear(m.order[len(kept):])
	m.order, m.indexed, m.gone = kept, indexed, 0
	for _, t := range m.byKey.list {
		t.tracked.compact(t.mapper)
	}
}

// Each calls f with every state held, in the order in which they came. It must
// not change what the map holds.
func (m *Map) Each(f func(*State)) {
	for _, s := range m.order {
		if s.Status != Detached {
			f(s)
		}
	}
}

// settle calls f, which may let go of states, with every state held.
func (m *Map) settle(f func(*State)) {
	for _, s := range slices.Clone(m.order) {
		if s.Status != Detached {
			f(s)
		}
	}
}

// Committed makes all objects what a committed transaction leaves: those
// deleted are let go, the others are expired.
func (m *Map) Committed() {
	m.levels = nil
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
	m.settle(func(s *State) {
		if s.Status == Pending || s.Fresh {
			m.forget(s, false)
			return
		}
		if s.Committed != nil {
			s.Mapper.CopyAll(s.Snapshot, s.Committed)
			s.Committed = nil
		}
		s.Mapper.CopyColumns(s.Object, s.Snapshot)
		if key := KeyOf(s.Mapper, s.Object); s.Status == Deleted || key != s.Key {
			m.rekey(s, key)
		}
		if s.Node != nil {
			m.related.rolledBack(s.Node)
		}
		s.Status, s.Expired, s.Partly = Persistent, true, nil
	})
	if m.related != nil {
		m.related.restored(m, nil)
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
	for _, s := range m.order {
		s.Status = Detached
		s.release()
	}
	m.Release()
}

// release cuts the object's handles off from the session.
func (s *State) release() {
	if s.Node != nil && s.Node.State == s {
		s.Node.State, s.Node.Home, s.Node.listed = nil, nil, false
	}
}
