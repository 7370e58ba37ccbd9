package state

import (
	"github.com/ormlab/ormlab/orm/schema"
)

// differing calls visit with those of the states that are persistent and whose
// memory differs from that of their snapshots, until it returns false. Nothing
// tells when a Go field is set, so a flush compares objects with snapshots.
func differing(states []*State, visit func(*State) bool) bool {
	for _, s := range states {
		if s.Status == Persistent && !s.Mapper.Same(s.Object, s.Snapshot) && !visit(s) {
			return false
		}
	}
	return true
}

// track notes that the object has a row and a snapshot.
func (m *Map) track(s *State) {
	if !s.tracked {
		s.tracked = true
		t := m.byKey.make(s.Mapper)
		t.tracked = append(t.tracked, s)
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
		t.differing(&m.byKey, func(s *State) bool { visit(s); return true })
	}
}

// differing calls visit with those of a table, until it returns false.
func (t *table) differing(x *index, visit func(*State) bool) bool {
	for _, r := range t.blocks {
		if r != nil && !t.reading.differing(r, x, visit) {
			return false
		}
	}
	return differing(t.tracked, visit)
}

// Changed says whether an object differs from its snapshot, of those whose
// table is among the ones asked for.
func (m *Map) Changed(of func(*schema.Table) bool) bool {
	for _, t := range m.byKey.list {
		if !t.mapper.Tables(of) {
			continue
		}
		if !t.differing(&m.byKey, func(s *State) bool { return s.Changed() == nil }) {
			return true
		}
	}
	return false
}
