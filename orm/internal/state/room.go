package state

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Most states and snapshots live as long as their session, so they are made
// many at a time: a block of each is half as large as what there is.

const (
	leastBlock = 4
	mostBlock  = 256
)

func blockSize(held int) int { return min(max(held/2, leastBlock), mostBlock) }

// newState returns a state with memory of the map's.
func (m *Map) newState() *State {
	if len(m.room) == 0 {
		m.room = make([]State, blockSize(len(m.order)))
	}
	s := &m.room[0]
	m.room = m.room[1:]
	return s
}

// snapshots is memory for structs of one model.
type snapshots struct {
	next unsafe.Pointer
	left int
	made int
}

// take returns a copy of the object that later changes do not reach.
func (r *snapshots) take(m *mapper.Mapper, object unsafe.Pointer) unsafe.Pointer {
	if r.left == 0 {
		r.left = blockSize(r.made)
		r.made += r.left
		r.next = m.NewBlock(r.left)
	}
	s := r.next
	if r.left--; r.left > 0 { // a pointer behind the end would keep other memory
		r.next = unsafe.Add(s, m.Size)
	}
	m.CopyAll(s, object)
	return s
}
