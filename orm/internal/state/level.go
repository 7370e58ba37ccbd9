package state

import "github.com/ormlab/ormlab/orm/internal/mapper"

// level is what a savepoint needs to know to bring the objects back.
type level struct {
	saved []saved
	seen  map[*State]bool
	read  []*State // read from their rows since
	links []savedLinks
	nodes map[*Node]bool // those of links
}

// saved is a state as it was.
type saved struct {
	state *State
	was   State
}

// Push sets a savepoint. Nothing may be unwritten.
func (m *Map) Push() { m.levels = append(m.levels, level{seen: map[*State]bool{}}) }

// Depth is the number of savepoints.
func (m *Map) Depth() int { return len(m.levels) }

// touch keeps a state as it is before it changes, once for each savepoint.
func (m *Map) touch(s *State) {
	if len(m.levels) == 0 {
		return
	}
	top := &m.levels[len(m.levels)-1]
	if top.seen[s] {
		return
	}
	top.seen[s] = true
	was := *s
	if s.Snapshot != nil {
		was.Snapshot = m.snapshot(s.Mapper, s.Snapshot)
	}
	top.saved = append(top.saved, saved{s, was})
}

// NoteRead notes that fields of an object were read anew.
func (m *Map) NoteRead(s *State, fields []*mapper.Field) {
	m.noteRead(s)
	for _, f := range s.Mapper.Refreshed {
		f(m.Session, s.Object, fields)
	}
}

// noteRead notes that an object was read from its row.
func (m *Map) noteRead(s *State) {
	if n := len(m.levels); n > 0 {
		m.levels[n-1].read = append(m.levels[n-1].read, s)
	}
}

// pop takes the last savepoint away.
func (m *Map) pop() level {
	n := len(m.levels) - 1
	top := m.levels[n]
	m.levels[n] = level{}
	m.levels = m.levels[:n]
	return top
}

// PopKeeping takes the last savepoint away and keeps what happened since.
func (m *Map) PopKeeping() {
	top := m.pop()
	if len(m.levels) == 0 {
		return
	}
	below := &m.levels[len(m.levels)-1]
	for _, r := range top.saved {
		if !below.seen[r.state] {
			below.seen[r.state] = true
			below.saved = append(below.saved, r)
		}
	}
	below.read = append(below.read, top.read...)
	for _, r := range top.links {
		if !below.nodes[r.node] {
			if below.nodes == nil {
				below.nodes = map[*Node]bool{}
			}
			below.nodes[r.node] = true
			below.links = append(below.links, r)
		}
	}
}

// PopRestoring takes the last savepoint away and brings the objects that
// changed since back to what they were. They and those read since expire.
func (m *Map) PopRestoring() {
	top := m.pop()
	m.loses()
	for i := len(top.saved) - 1; i >= 0; i-- {
		m.restore(top.saved[i])
	}
	if m.related != nil {
		m.related.restored(m, &top)
	}
	m.Differing(func(s *State) { // changed, and not flushed
		if s.Changed() != nil {
			s.Mapper.CopyColumns(s.Object, s.Snapshot)
			s.Expired, s.Partly = true, nil
		}
	})
	for _, s := range top.read {
		if s.Status == Persistent {
			s.Expired, s.Partly = true, nil
		}
	}
}

func (m *Map) restore(r saved) {
	s, was := r.state, r.was
	if s.Status == Detached {
		return
	}
	if was.Status == 0 {
		m.forget(s, false)
		return
	}
	m.byKey.remove(s)
	from := s.Status
	s.Key, s.Status, s.Fresh, s.Committed = was.Key, was.Status, was.Fresh, was.Committed
	m.moved(s, from)
	if was.Snapshot == nil {
		return
	}
	s.Mapper.CopyAll(s.Snapshot, was.Snapshot)
	s.Mapper.CopyColumns(s.Object, s.Snapshot)
	s.Expired, s.Partly = true, nil
	if s.Status != Deleted {
		m.byKey.set(s)
	}
	if s.Status == Deleting {
		m.list(s)
	}
}
