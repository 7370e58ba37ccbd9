package state

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// tracked are the states of one model that may have changed: those that have,
// or had, a snapshot. Nothing tells when a Go field is set, so a flush compares
// objects with snapshots. Where both lie one behind the other, which is how
// they are loaded, one comparison is for all of them; so a snapshot never moves.
type tracked struct {
	states []*State
	spans  []span
}

// span is a row of objects and the row of their snapshots.
type span struct {
	object, snapshot unsafe.Pointer
	first, count     int // in states
}

func (t *tracked) add(m *mapper.Mapper, s *State) {
	n := len(t.states)
	t.states = append(t.states, s)
	if len(t.spans) > 0 {
		last := &t.spans[len(t.spans)-1]
		if past := uintptr(last.count) * m.Size; uintptr(last.object)+past == uintptr(s.Object) &&
			uintptr(last.snapshot)+past == uintptr(s.Snapshot) {
			last.count++
			return
		}
	}
	t.spans = append(t.spans, span{s.Object, s.Snapshot, n, 1})
}

// differing calls visit with the persistent objects whose memory differs from
// that of their snapshots, until it returns false.
func (t *tracked) differing(m *mapper.Mapper, visit func(*State) bool) bool {
	for _, r := range t.spans {
		if m.SameBlock(r.object, r.snapshot, r.count) {
			continue
		}
		for _, s := range t.states[r.first : r.first+r.count] {
			if s.Status == Persistent && !m.Same(s.Object, s.Snapshot) && !visit(s) {
				return false
			}
		}
	}
	return true
}

// compact leaves out those that the session let go.
func (t *tracked) compact(m *mapper.Mapper) {
	states := t.states
	*t = tracked{}
	for _, s := range states {
		if s.Status != Detached {
			t.add(m, s)
		}
	}
}

// track notes that the object has a row and a snapshot.
func (m *Map) track(s *State) {
	if !s.tracked {
		s.tracked = true
		m.byKey.make(s.Mapper).tracked.add(s.Mapper, s)
	}
}

// list notes that there is something to write.
func (m *Map) list(s *State) {
	if !s.listed {
		s.listed = true
		m.unwritten = append(m.unwritten, s)
	}
}

// Unwritten returns the objects that are pending or deleting, in the order in
// which they came to be so.
func (m *Map) Unwritten() []*State {
	kept := m.unwritten[:0]
	for _, s := range m.unwritten {
		if s.listed = s.Status == Pending || s.Status == Deleting; s.listed {
			kept = append(kept, s)
		}
	}
	clear(m.unwritten[len(kept):])
	m.unwritten = kept
	return kept
}

// Differing calls visit with the persistent objects that may differ from their
// snapshots: those whose memory does.
func (m *Map) Differing(visit func(*State)) {
	for _, t := range m.byKey.list {
		t.tracked.differing(t.mapper, func(s *State) bool { visit(s); return true })
	}
}

// Changed says whether an object differs from its snapshot, of those whose
// table is among the ones asked for.
func (m *Map) Changed(of func(*schema.Table) bool) bool {
	for _, t := range m.byKey.list {
		if !of(t.mapper.Table) {
			continue
		}
		if !t.tracked.differing(t.mapper, func(s *State) bool { return s.Changed() == nil }) {
			return true
		}
	}
	return false
}
