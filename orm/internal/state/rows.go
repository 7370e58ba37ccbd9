package state

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// rows are objects that were read, one behind the other, and their snapshots in
// the same order. Most of them are never changed, and then a [State] for each
// would cost more than all the rest; so an object gets its state when somebody
// asks for it. Until then it is persistent, was not inserted in this
// transaction, and its key is the one in its snapshot.
type rows struct {
	mapper             *mapper.Mapper
	first              place // of the first object
	objects, snapshots unsafe.Pointer
	count, size        int
	expired            bool     // all that have no state
	numbers            []int64  // the keys, if they are integers
	states             []*State // nil while none has one
	nodes              []Node   // if the model has relationships
}

// reading is what the map needs of the code for rows. Only filling reaches it,
// so that the linker leaves it out of programs that read no objects.
type reading interface {
	state(r *rows, x *index, i int) *State
	differing(r *rows, x *index, visit func(*State) bool) bool
}

// readRows is that code.
type readRows struct{}

func (readRows) state(r *rows, x *index, i int) *State { return r.state(x, i) }

func (readRows) differing(r *rows, x *index, visit func(*State) bool) bool {
	return r.differing(x, visit)
}

// place is where an object of a table is: a row in a block, or a state that the
// program made the object of.
type place uint32

const (
	// mostObjects is the size of a block: objects may outlive their session, and
	// a block stays as long as one of them does.
	mostObjects = 1 << placeBits
	placeBits   = 5
	// single marks a place among table.singles.
	single place = 1 << 31
)

// block is the number of the block, and row that of the object in it. A place
// is never 0, so the blocks begin at 1.
func (p place) block() int { return int(p>>placeBits) - 1 }
func (p place) row() int   { return int(p & (mostObjects - 1)) }

func (r *rows) object(i int) unsafe.Pointer {
	return unsafe.Add(r.objects, uintptr(i)*r.mapper.Size)
}

func (r *rows) snapshot(i int) unsafe.Pointer {
	return unsafe.Add(r.snapshots, uintptr(i)*r.mapper.Size)
}

// peek returns the state of an object; nil if it has none yet.
func (r *rows) peek(i int) *State {
	if r.states == nil {
		return nil
	}
	return r.states[i]
}

// state returns the state of an object, and makes it if it has none.
func (r *rows) state(x *index, i int) *State {
	if s := r.peek(i); s != nil {
		return s
	}
	if r.states == nil {
		r.states = make([]*State, r.size)
	}
	s := x.newState()
	*s = State{Mapper: r.mapper, Object: r.object(i), Snapshot: r.snapshot(i), Status: Persistent,
		Expired: r.expired, at: r.first + place(i), tracked: true}
	s.Key = KeyOf(r.mapper, s.Snapshot)
	if r.nodes != nil {
		s.Node = &r.nodes[i]
		s.Node.state, s.Node.rows = s, nil
	}
	r.states[i] = s
	return s
}

// find returns the number of the object at an address; -1 if none begins there.
func (r *rows) find(at uintptr) int {
	past := at - uintptr(r.objects)
	if at < uintptr(r.objects) || past >= uintptr(r.count)*r.mapper.Size || past%r.mapper.Size != 0 {
		return -1
	}
	return int(past / r.mapper.Size)
}

// differing calls visit with the persistent objects that are not the same as
// their snapshots, until it returns false.
func (r *rows) differing(x *index, visit func(*State) bool) bool {
	if r.mapper.SameBlock(r.objects, r.snapshots, r.count) {
		return true
	}
	for i := range r.count {
		if r.mapper.Same(r.object(i), r.snapshot(i)) {
			continue
		}
		if s := r.state(x, i); s.Status == Persistent && !visit(s) {
			return false
		}
	}
	return true
}

// expire marks all objects without a state. A block that is not full gets more
// objects, which are not expired.
func (r *rows) expire(x *index) {
	if r.count == r.size {
		r.expired = true
		return
	}
	for i := range r.count {
		if r.peek(i) == nil {
			r.state(x, i).Expired = true
		}
	}
}

// left says whether the map let all objects go, and no more will come.
func (r *rows) left() bool {
	if r.count < r.size {
		return false
	}
	for i := range r.count {
		if s := r.peek(i); s == nil || s.Status != Detached {
			return false
		}
	}
	return true
}

// filling returns the block that gets the next object of the table.
func (m *Map) filling(t *table) *rows {
	if n := len(t.blocks); n > 0 && t.blocks[n-1] != nil && t.blocks[n-1].count < t.blocks[n-1].size {
		return t.blocks[n-1]
	}
	size := min(blockSize(t.read), mostObjects)
	t.read += size
	t.reading = readRows{}
	r := &rows{mapper: t.mapper, first: place(len(t.blocks)+1) << placeBits, size: size}
	r.objects, r.snapshots = t.mapper.NewBlock(size), t.mapper.NewBlock(size)
	t.blocks = append(t.blocks, r)
	m.claimBlock(r.objects, size, t.mapper.Size)
	return r
}

// NewObject returns an object of the model, to be loaded. What it holds is left
// from a row that was not. Until then it is the same object.
func (m *Map) NewObject(mp *mapper.Mapper) unsafe.Pointer {
	r := m.filling(m.byKey.make(mp))
	return r.object(r.count)
}

// Load takes in the object of NewObject, which was just read from its row.
func (m *Map) Load(mp *mapper.Mapper, key Key) {
	t := m.byKey.make(mp)
	r := m.filling(t)
	i := r.count
	object := r.object(i)
	mp.Mark(object)
	if x := machineryOf(mp); x != nil { // before the snapshot, so that the two look the same
		m.related = x
		if r.nodes == nil {
			r.nodes = make([]Node, r.size)
		}
		n := &r.nodes[i]
		x.bindNew(n, mp, object)
		n.Home, n.rows, n.Stored = m, r, true
	}
	mp.CopyAll(r.snapshot(i), object)
	r.count++
	m.came(r, i)
	if key.text == "" && key.mapper == mp {
		t.number(key.number, r.first+place(i))
	} else {
		s := r.state(&m.byKey, i)
		s.at = 0 // the key is in the table of the root class, or not an integer
		m.byKey.set(s)
	}
	if len(m.levels) > 0 {
		m.noteRead(r.state(&m.byKey, i))
	}
	if m.Moved != nil {
		m.moved(r.state(&m.byKey, i), 0)
	}
	for _, f := range mp.Loaded {
		f(m.Session, object)
	}
}

// Clean returns the object of a row that is held and not expired, without a
// state for it; nil if it takes more to say.
func (m *Map) Clean(k Key) unsafe.Pointer {
	t := m.byKey.table(k.mapper)
	if t == nil || k.text != "" {
		return nil
	}
	at := t.ints.get(t, k.number)
	if at == 0 || at&single != 0 {
		return nil
	}
	if r := t.blocks[at.block()]; r.peek(at.row()) == nil && !r.expired {
		return r.object(at.row())
	}
	return nil
}
