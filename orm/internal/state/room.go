package state

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Most states, snapshots and loaded objects live as long as their session, so
// they are made many at a time: a block of each is half as large as what there is.

const (
	leastBlock = 4
	mostBlock  = 256
)

func blockSize(held int) int { return min(max(held/2, leastBlock), mostBlock) }

// newState returns a state with memory of the map's.
func (x *index) newState() *State {
	if len(x.room) == 0 {
		x.room = make([]State, blockSize(x.made))
		x.made += len(x.room)
	}
	s := &x.room[0]
	x.room = x.room[1:]
	return s
}

// room is memory for snapshots of one model.
type room struct {
	next unsafe.Pointer
	left int
	made int
}

// take returns a zero struct.
func (r *room) take(m *mapper.Mapper) (s unsafe.Pointer) {
	if r.left == 0 {
		r.left = blockSize(r.made)
		r.made += r.left
		r.next = m.NewBlock(r.left)
	}
	s = r.next
	if r.left--; r.left > 0 { // a pointer behind the end would keep other memory
		r.next = unsafe.Add(s, m.Size)
	}
	return s
}

// snapshot returns a copy of the object that later changes do not reach.
func (m *Map) snapshot(mp *mapper.Mapper, object unsafe.Pointer) unsafe.Pointer {
	s := m.byKey.make(mp).snapshots.take(mp)
	mp.CopyAll(s, object)
	return s
}
