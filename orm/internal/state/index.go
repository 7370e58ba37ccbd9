package state

import "github.com/ormlab/ormlab/orm/internal/mapper"

// index finds states by their keys. Each model has tables of its own, because one
// of integers is several times as fast as one of whole keys.
type index struct {
	tables map[*mapper.Mapper]*table
	list   []*table // in the order in which the session met them
	last   *table   // the one asked last; the next question is mostly for the same
	room   []State  // for states to come
	made   int      // states
}

// table holds the states of one model.
type table struct {
	mapper    *mapper.Mapper
	ints      numbers
	texts     map[string]*State
	blocks    []*rows // objects that were read; nil where the map let all go
	read      int     // room in blocks
	reading   reading // nil while there is none
	singles   []*State
	free      []place  // of singles, to be used again
	snapshots room     // of singles
	tracked   []*State // that have, or had, a snapshot, but for rows
}

func (x *index) table(m *mapper.Mapper) *table {
	if x.last == nil || x.last.mapper != m {
		x.last = x.tables[m]
	}
	return x.last
}

// make returns the table of the model, a new one if there is none.
func (x *index) make(m *mapper.Mapper) *table {
	if t := x.table(m); t != nil {
		return t
	}
	return x.add(m)
}

//go:noinline
func (x *index) add(m *mapper.Mapper) *table {
	t := &table{mapper: m, texts: map[string]*State{}}
	if x.tables == nil {
		x.tables = map[*mapper.Mapper]*table{}
	}
	x.tables[m], x.last = t, t
	x.list = append(x.list, t)
	return t
}

// Expect says that n rows of the model will have keys soon.
func (m *Map) Expect(mp *mapper.Mapper, n int) {
	if t := m.byKey.make(mp.Rows()); t.ints.held == 0 && mp.Generated != nil {
		t.ints.expect(t, n)
	}
}

// get returns the state with that key, or nil.
func (x *index) get(k Key) *State {
	t := x.table(k.mapper)
	if t == nil {
		return nil
	}
	if k.text != "" { // the text of other keys is never empty
		return t.texts[k.text]
	}
	switch at := t.ints.get(t, k.number); {
	case at == 0:
		return nil
	case at&single != 0:
		return t.singles[at&^single]
	default:
		return t.reading.state(t.blocks[at.block()], x, at.row())
	}
}

// set makes the key of s lead to it.
func (x *index) set(s *State) {
	t := x.make(s.Key.mapper)
	if s.Key.text != "" {
		t.texts[s.Key.text] = s
		return
	}
	if s.at == 0 {
		t.single(s)
	}
	t.number(s.Key.number, s.at)
}

// number makes the key lead to what is at a place.
func (t *table) number(number int64, at place) {
	if at&single == 0 {
		r := t.blocks[at.block()]
		if r.numbers == nil {
			r.numbers = make([]int64, r.size)
		}
		r.numbers[at.row()] = number
	}
	t.ints.set(t, number, at)
}

// numberAt is the key that leads to a place.
func (t *table) numberAt(at place) int64 {
	if at&single != 0 {
		return t.singles[at&^single].Key.number
	}
	return t.blocks[at.block()].numbers[at.row()]
}

// single gives a state a place of its own.
func (t *table) single(s *State) {
	if n := len(t.free); n > 0 {
		s.at, t.free = t.free[n-1], t.free[:n-1]
	} else {
		s.at = single | place(len(t.singles))
		t.singles = append(t.singles, nil)
	}
	t.singles[s.at&^single] = s
}

// remove takes the key of s away if it leads to s, and not to another by now.
func (x *index) remove(s *State) {
	k := s.Key
	t := x.table(k.mapper)
	switch {
	case t == nil:
	case k.text != "":
		if t.texts[k.text] == s {
			delete(t.texts, k.text)
		}
	case s.at != 0 && t.ints.get(t, k.number) == s.at:
		t.ints.remove(t, k.number)
	}
}

// leave frees the place of a state that the map lets go.
func (x *index) leave(s *State) {
	x.remove(s)
	t := x.table(s.Mapper.Rows())
	if t == nil || s.at&single == 0 {
		return
	}
	t.singles[s.at&^single] = nil
	t.free = append(t.free, s.at)
	s.at = 0
}
