package state

import (
	"slices"
	"unsafe"
)

// order is all that a map holds, in the order in which it came: states of
// objects that the program made, and rows that were read, which need none.
type order struct {
	states []*State
	spells []spell
	rows   int // in spells
	pages  map[uintptr][]*rows
	paged  int // spells whose blocks are in pages
}

// spell is some rows of a block that came one after the other.
type spell struct {
	*rows
	from, to int
	before   int // states that came before
}

func (o *order) len() int { return len(o.states) + o.rows }

// came notes that a row of a block has come.
func (m *Map) came(r *rows, i int) {
	o := &m.order
	o.rows++
	if n := len(o.spells); n > 0 {
		if last := &o.spells[n-1]; last.rows == r && last.to == i && last.before == len(o.states) {
			last.to++
			return
		}
	}
	o.spells = append(o.spells, spell{r, i, i + 1, len(o.states)})
}

// append adds a state. The list doubles when it is full: append would copy it
// more often.
func (o *order) append(s *State) {
	if n := len(o.states); n == cap(o.states) {
		o.states = slices.Grow(o.states, n+leastBlock)
	}
	o.states = append(o.states, s)
}

// walk calls state and row with all that came, also what left.
func (o *order) walk(state func(*State), row func(r *rows, i int)) {
	at := 0
	for _, p := range o.spells {
		for ; at < p.before; at++ {
			state(o.states[at])
		}
		for i := p.from; i < p.to; i++ {
			row(p.rows, i)
		}
	}
	for ; at < len(o.states); at++ {
		state(o.states[at])
	}
}

// find returns the block and the row of an object that was read; nil if none
// was there.
func (o *order) find(object unsafe.Pointer) (*rows, int) {
	for ; o.paged < len(o.spells); o.paged++ {
		r := o.spells[o.paged].rows
		if o.spells[o.paged].from > 0 {
			continue // it has another spell
		}
		if o.pages == nil {
			o.pages = map[uintptr][]*rows{}
		}
		(&block{start: uintptr(r.objects), end: uintptr(r.objects) + uintptr(r.size)*r.mapper.Size}).pages(func(p uintptr) {
			o.pages[p] = append(o.pages[p], r)
		})
	}
	at := uintptr(object)
	var found *rows
	row := -1
	(&block{start: at, end: at + 1}).pages(func(p uintptr) {
		for _, r := range o.pages[p] {
			if i := r.find(at); i >= 0 {
				found, row = r, i
			}
		}
	})
	return found, row
}

// compact leaves out the states that the map let go and the blocks of which
// nothing is left, and returns how many states it kept of the first n.
func (o *order) compact(n int) (kept int) {
	before := make([]int, len(o.states)+1) // states that are kept before each
	states := o.states[:0]
	for i, s := range o.states {
		before[i] = len(states)
		if s.Status != Detached {
			states = append(states, s)
		}
	}
	before[len(o.states)] = len(states)
	clear(o.states[len(states):])
	spells := o.spells
	*o = order{states: states}
	for _, p := range spells {
		if !p.left() {
			p.before = before[p.before]
			o.spells = append(o.spells, p)
			o.rows += p.to - p.from
		}
	}
	return before[n]
}
