package state

import (
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"unsafe"
	"weak"
)

// owner is what stands for a map in the registry. The registry must not keep a
// map alive that a program forgot to close, nor take an object for owned whose
// memory belonged to such a map before.
type owner struct {
	id   int64
	home *Map // a pointer also because Go puts small memory without any into one piece, whose parts it does not tell apart
}

// registry knows which objects belong to which map. There is no room for a mark
// in a struct of the program's, so they are known by address: objects that a
// program made one by one, those that were loaded by their blocks.
var registry struct {
	sync.Mutex
	last   int64 // number given to a map
	owners map[int64]*holding
	single map[uintptr]int64
	pages  map[uintptr][]*block
	// departed are objects that had rows and were let go.
	departed map[uintptr]weak.Pointer[byte]
	sweep    int // size of departed at which dead entries are dropped
	// missing are the fields that nobody has read of objects that were let go.
	missing      map[uintptr]missing
	sweepMissing int
}

// holding is what one map holds.
type holding struct {
	owner  weak.Pointer[owner]
	single []uintptr // and some that it let go
	gone   int       // of single
	blocks []*block  // and some of which it let all objects go
	empty  int       // of blocks
}

// block is the memory of objects that were loaded together.
type block struct {
	start, end uintptr
	size       uintptr // of an object; there are at most mostObjects
	owner      int64
	left       uint32 // a bit for each object that the map let go
}

// bit is that of the object at an address.
func (b *block) bit(at uintptr) uint32 { return 1 << ((at - b.start) / b.size) }

// isEmpty says whether the map let all objects go.
func (b *block) isEmpty() bool {
	return bits.OnesCount32(b.left) == int((b.end-b.start)/b.size)
}

// unlist takes the block out of the registry.
func (b *block) unlist() {
	b.pages(func(p uintptr) {
		rest := slices.DeleteFunc(registry.pages[p], func(other *block) bool { return other == b })
		if registry.pages[p] = rest; len(rest) == 0 {
			delete(registry.pages, p)
		}
	})
}

// pages calls visit with the number of every part of memory that b is in.
func (b *block) pages(visit func(page uintptr)) {
	const shift = 13
	for p := b.start >> shift; p <= (b.end-1)>>shift; p++ {
		visit(p)
	}
}

// ID is the number of the map among all of the program.
func (m *Map) ID() int64 {
	registry.Lock()
	defer registry.Unlock()
	m.holding()
	return m.owner.id
}

// holding returns what the map holds. The registry is locked.
func (m *Map) holding() *holding {
	if m.owner != nil {
		return registry.owners[m.owner.id]
	}
	if registry.owners == nil {
		registry.owners, registry.single, registry.pages = map[int64]*holding{}, map[uintptr]int64{}, map[uintptr][]*block{}
		registry.departed = map[uintptr]weak.Pointer[byte]{}
	}
	registry.last++
	m.owner = &owner{id: registry.last, home: m}
	h := &holding{owner: weak.Make(m.owner)}
	registry.owners[m.owner.id] = h
	runtime.AddCleanup(m.owner, forgetOwner, m.owner.id)
	return h
}

// claim marks an object.
func (m *Map) claim(object unsafe.Pointer) {
	registry.Lock()
	defer registry.Unlock()
	h := m.holding()
	h.single = append(h.single, uintptr(object))
	registry.single[uintptr(object)] = m.owner.id
	delete(registry.departed, uintptr(object))
}

// depart notes that an object is detached. The registry is locked.
func depart(object unsafe.Pointer) {
	if len(registry.departed) > registry.sweep {
		for at, p := range registry.departed {
			if p.Value() == nil {
				delete(registry.departed, at)
			}
		}
		registry.sweep = 2*len(registry.departed) + 64
	}
	registry.departed[uintptr(object)] = weak.Make((*byte)(object))
}

// Departed says whether an object had a row, and was let go.
func Departed(object unsafe.Pointer) bool {
	registry.Lock()
	defer registry.Unlock()
	return registry.departed[uintptr(object)].Value() != nil
}

// claimBlock marks so many objects of a size that lie one behind the other.
func (m *Map) claimBlock(start unsafe.Pointer, count int, size uintptr) {
	registry.Lock()
	defer registry.Unlock()
	h := m.holding()
	b := &block{start: uintptr(start), end: uintptr(start) + uintptr(count)*size, size: size, owner: m.owner.id}
	h.blocks = append(h.blocks, b)
	b.pages(func(p uintptr) { registry.pages[p] = append(registry.pages[p], b) })
}

// disclaim takes the mark off an object.
func (m *Map) disclaim(object unsafe.Pointer, hadRow bool) {
	registry.Lock()
	defer registry.Unlock()
	at, h := uintptr(object), m.holding()
	if hadRow {
		depart(object)
	}
	if registry.single[at] == m.owner.id {
		delete(registry.single, at)
		if h.gone++; h.gone > 32 && h.gone > len(h.single)/2 {
			h.single = slices.DeleteFunc(h.single, func(at uintptr) bool { return registry.single[at] != m.owner.id })
			h.gone = 0
		}
		return
	}
	b := blockAt(at)
	if b == nil || b.owner != m.owner.id {
		return
	}
	if b.left |= b.bit(at); !b.isEmpty() {
		return
	}
	b.unlist()
	if h.empty++; h.empty > 32 && h.empty > len(h.blocks)/2 {
		h.blocks, h.empty = slices.DeleteFunc(h.blocks, (*block).isEmpty), 0
	}
}

func blockAt(at uintptr) *block {
	var found *block
	(&block{start: at, end: at + 1}).pages(func(p uintptr) {
		for _, b := range registry.pages[p] {
			if b.start <= at && at < b.end && registry.owners[b.owner].owner.Value() != nil {
				found = b
			}
		}
	})
	return found
}

// Owner returns the number of the map that holds the object, 0 if none does,
// and that of m.
func (m *Map) Owner(object unsafe.Pointer) (owner, mine int64) {
	registry.Lock()
	defer registry.Unlock()
	m.holding()
	return ownerAt(uintptr(object)), m.owner.id
}

// OwnerOf returns the number of the map that holds the object; 0 if none does.
func OwnerOf(object unsafe.Pointer) int64 {
	registry.Lock()
	defer registry.Unlock()
	return ownerAt(uintptr(object))
}

// ownerAt is OwnerOf. The registry is locked.
func ownerAt(at uintptr) int64 {
	if id := registry.single[at]; id != 0 && registry.owners[id].owner.Value() != nil {
		return id
	}
	b := blockAt(at)
	if b == nil {
		return 0
	}
	if b.left&b.bit(at) != 0 {
		return 0
	}
	return b.owner
}

// Release takes the map's marks off all objects.
func (m *Map) Release() {
	if m.owner != nil {
		forgetOwner(m.owner.id)
		m.owner = nil
	}
}

func forgetOwner(id int64) {
	registry.Lock()
	defer registry.Unlock()
	h := registry.owners[id]
	if h == nil {
		return
	}
	delete(registry.owners, id)
	for _, at := range h.single {
		if registry.single[at] == id {
			delete(registry.single, at)
		}
	}
	for _, b := range h.blocks {
		b.unlist()
	}
}
