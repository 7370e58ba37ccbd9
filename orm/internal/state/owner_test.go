package state

import (
	"runtime"
	"testing"
	"time"
	"unsafe"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// held returns a map with an object that a program made, and one of a block.
func held(t *testing.T) (m *Map, single, loaded unsafe.Pointer) {
	t.Helper()
	mp := thingMapper(t)
	m = NewMap()
	single = unsafe.Pointer(new(thing))
	m.Add(mp, single)
	loaded = m.NewObject(mp)
	m.Load(mp, IntKey(mp, 1))
	return m, single, loaded
}

func owners(objects ...unsafe.Pointer) (list []int64) {
	for _, o := range objects {
		list = append(list, OwnerOf(o))
	}
	return list
}

// Between the end of a map that nobody closed and the clean-up of its marks,
// the marks must not count: the memory may hold other objects by then.
func TestMarksOfAMapThatIsGone(t *testing.T) {
	m, single, loaded := held(t)
	id := m.ID()
	assert.Equal(t, []int64{id, id}, owners(single, loaded))

	registry.Lock()
	h := registry.owners[id]
	alive := h.owner
	h.owner = weak.Pointer[owner]{}
	registry.Unlock()
	assert.Equal(t, []int64{0, 0}, owners(single, loaded))

	registry.Lock()
	h.owner = alive
	registry.Unlock()
	assert.Equal(t, []int64{id, id}, owners(single, loaded))
	m.Release()
	assert.Equal(t, []int64{0, 0}, owners(single, loaded))
}

// The registry must not keep a map alive, and not grow by those that are gone.
func TestMarksAreCleanedUp(t *testing.T) {
	id, at := func() (int64, uintptr) {
		m, single, _ := held(t)
		return m.ID(), uintptr(single)
	}()
	gone := func() bool {
		registry.Lock()
		defer registry.Unlock()
		_, owned := registry.owners[id]
		return !owned && registry.single[at] != id
	}
	for end := time.Now().Add(10 * time.Second); !gone(); runtime.GC() {
		require.True(t, time.Now().Before(end), "the marks of a map that nobody holds are still there")
	}
}

// The registry must not grow by blocks of which the map let all objects go.
func TestBlocksThatAreEmptyLeaveTheRegistry(t *testing.T) {
	mp := thingMapper(t)
	m := NewMap()
	defer m.Release()
	var kept unsafe.Pointer
	for i := range int64(5000) {
		object := unsafe.Pointer(read(m, mp, i, "a"))
		if i == 4000 {
			kept = object
			continue
		}
		m.Forget(m.ByObject(object))
		require.Zero(t, OwnerOf(object))
		require.True(t, Departed(object))
	}
	assert.Equal(t, m.ID(), OwnerOf(kept))
	registry.Lock()
	defer registry.Unlock()
	h := registry.owners[m.owner.id]
	assert.Less(t, len(h.blocks), 100)
	assert.Less(t, len(registry.pages), 200)
}
