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
	// mostObjects is less, because objects may outlive their session, and a block
	// stays as long as one of them does.
	mostObjects = 32
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

// room is memory for structs of one model.
type room struct {
	next unsafe.Pointer
	left int
	made int
	back unsafe.Pointer // taken and given back; nil if none was
}

// take returns a zero struct, and how many lie from there to the end of a block
// that this call made; 0 if it made none.
func (r *room) take(m *mapper.Mapper, most int) (s unsafe.Pointer, made int) {
	if s = r.back; s != nil {
		r.back = nil
		return s, 0
	}
	if r.left == 0 {
		r.left = min(blockSize(r.made), most)
		made = r.left
		r.made += r.left
		r.next = m.NewBlock(r.left)
	}
	s = r.next
	if r.left--; r.left > 0 { // a pointer behind the end would keep other memory
		r.next = unsafe.Add(s, m.Size)
	}
	return s, made
}

// snapshot returns a copy of the object that later changes do not reach.
func (m *Map) snapshot(mp *mapper.Mapper, object unsafe.Pointer) unsafe.Pointer {
	s, _ := m.byKey.make(mp).snapshots.take(mp, mostBlock)
	mp.CopyAll(s, object)
	return s
}

// NewObject returns a zero object of the model, to be loaded.
func (m *Map) NewObject(mp *mapper.Mapper) unsafe.Pointer {
	object, made := m.byKey.make(mp).objects.take(mp, mostObjects)
	if made > 0 {
		m.claimBlock(object, uintptr(made)*mp.Size)
	}
	return object
}

// Unused takes an object of NewObject back that nobody else has seen.
func (m *Map) Unused(mp *mapper.Mapper, object unsafe.Pointer) {
	m.byKey.make(mp).objects.back = object
}
