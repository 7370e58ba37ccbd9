package state

import "github.com/ormlab/ormlab/orm/internal/mapper"

// index finds states by their keys. Each model has maps of its own, because a
// map of integers is several times as fast as one of whole keys.
type index struct {
	tables map[*mapper.Mapper]*table
	list   []*table // in the order in which the session met them
	last   *table   // the one asked last; the next question is mostly for the same
}

// table holds the states of one model.
type table struct {
	mapper    *mapper.Mapper
	ints      map[int64]*State
	texts     map[string]*State
	snapshots room
	objects   room
	tracked   tracked
}

func (x *index) table(m *mapper.Mapper) *table {
	if x.last == nil || x.last.mapper != m {
		x.last = x.tables[m]
	}
	return x.last
}

// make returns the table of the model, a new one if there is none.
func (x *index) make(m *mapper.Mapper) *table {
	t := x.table(m)
	if t == nil {
		t = &table{mapper: m, ints: map[int64]*State{}, texts: map[string]*State{}}
		if x.tables == nil {
			x.tables = map[*mapper.Mapper]*table{}
		}
		x.tables[m], x.last = t, t
		x.list = append(x.list, t)
	}
	return t
}

// get returns the state with that key, or nil.
func (x *index) get(k Key) *State {
	t := x.table(k.mapper)
	switch {
	case t == nil:
		return nil
	case k.text == "": // the text of other keys is never empty
		return t.ints[k.number]
	}
	return t.texts[k.text]
}

// set makes the key lead to s.
func (x *index) set(k Key, s *State) {
	t := x.make(k.mapper)
	if k.text == "" {
		t.ints[k.number] = s
		return
	}
	t.texts[k.text] = s
}

// remove takes the key away if it leads to s, and not to another by now.
func (x *index) remove(k Key, s *State) {
	if x.get(k) != s {
		return
	}
	t := x.table(k.mapper)
	if k.text == "" {
		delete(t.ints, k.number)
		return
	}
	delete(t.texts, k.text)
}
