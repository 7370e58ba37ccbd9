package state

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An object that was read gets its state when somebody asks, and then it is as
// if it had always had it.
func TestStatesAreMadeWhenSomebodyAsks(t *testing.T) {
	mp := thingMapper(t)
	const n = 200 // several blocks, of which the last is not full
	made := func(held *Map) (count int) {
		held.made(func(*State) { count++ })
		return count
	}
	fill := func() (*Map, []*thing) {
		held := NewMap()
		var objects []*thing
		for i := range n {
			objects = append(objects, read(held, mp, int64(i), "a"))
		}
		require.Zero(t, made(held))
		return held, objects
	}

	t.Run("found", func(t *testing.T) {
		held, objects := fill()
		for i, object := range objects {
			require.Equal(t, unsafe.Pointer(object), held.Clean(IntKey(mp, int64(i))))
		}
		assert.Nil(t, held.Clean(IntKey(mp, n)))
		assert.Nil(t, held.ByObject(unsafe.Pointer(&objects[7].Note)), "not where it begins")
		assert.Nil(t, held.ByObject(unsafe.Pointer(new(thing))))
		require.Zero(t, made(held), "a look needs none")

		s := held.ByObject(unsafe.Pointer(objects[7]))
		require.NotNil(t, s)
		assert.Same(t, s, held.ByKey(IntKey(mp, 7)))
		assert.Equal(t, Persistent, s.Status)
		assert.Equal(t, IntKey(mp, 7), s.Key)
		assert.Nil(t, held.Clean(IntKey(mp, 7)), "the state may have more to say")
		assert.Equal(t, 1, made(held))
	})
	t.Run("changed", func(t *testing.T) {
		held, objects := fill()
		objects[150].Note, objects[199].Note = "b", "b"
		var changed []int64
		held.Differing(func(s *State) { changed = append(changed, s.Key.number) })
		assert.Equal(t, []int64{150, 199}, changed)
		assert.Equal(t, 2, made(held))
	})
	t.Run("committed", func(t *testing.T) {
		held, objects := fill()
		held.Committed()
		assert.Less(t, made(held), mostObjects, "full blocks expire as a whole")
		for i := range objects {
			require.Nil(t, held.Clean(IntKey(mp, int64(i))))
		}
		fresh := read(held, mp, n, "a")
		assert.Equal(t, unsafe.Pointer(fresh), held.Clean(IntKey(mp, n)), "read since")
		for i := range objects {
			require.True(t, held.ByKey(IntKey(mp, int64(i))).Expired)
		}
	})
	t.Run("rolled back", func(t *testing.T) {
		held, objects := fill()
		objects[3].Note, objects[199].Note = "b", "b"
		held.RolledBack()
		for i, object := range objects {
			require.Equal(t, thing{int64(i), "a"}, *object)
			require.True(t, held.ByKey(IntKey(mp, int64(i))).Expired)
		}
	})
	t.Run("read in a savepoint", func(t *testing.T) {
		held, objects := fill()
		held.Push()
		read(held, mp, n, "a")
		objects[3].Note = "b"
		held.PopRestoring()
		assert.Equal(t, "a", objects[3].Note)
		assert.True(t, held.ByKey(IntKey(mp, n)).Expired)
		assert.False(t, held.ByKey(IntKey(mp, 4)).Expired)
	})
	t.Run("let go", func(t *testing.T) {
		held, objects := fill()
		for i, object := range objects {
			held.Forget(held.ByObject(unsafe.Pointer(object)))
			require.Nil(t, held.ByKey(IntKey(mp, int64(i))))
			require.Nil(t, held.ByObject(unsafe.Pointer(object)))
		}
		assert.Less(t, held.Len(), n/2)
		again := held.Add(mp, unsafe.Pointer(objects[3]))
		assert.Same(t, again, held.ByObject(unsafe.Pointer(objects[3])))
		require.NoError(t, held.Inserted(again))
		assert.Same(t, again, held.ByKey(IntKey(mp, 3)))
	})
	t.Run("places are used again", func(t *testing.T) {
		held := NewMap()
		for i := range 1000 {
			s := held.Add(mp, unsafe.Pointer(&thing{ID: int64(i)}))
			require.NoError(t, held.Inserted(s))
			held.Forget(s)
		}
		assert.Len(t, held.byKey.table(mp).singles, 1)
	})
}
