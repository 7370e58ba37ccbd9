package state

import (
	"reflect"
	"slices"
	"testing"
	"time"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type thing struct {
	ID   int64 `orm:"primary_key"`
	Note string
}

func thingMapper(t *testing.T) *mapper.Mapper {
	t.Helper()
	m, err := mapper.New(reflect.TypeFor[thing](), "things", mapper.Alloc{
		New:  func() unsafe.Pointer { return unsafe.Pointer(new(thing)) },
		Many: func(n int) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(make([]thing, n))) },
		Copy: func(dst, src unsafe.Pointer) { *(*thing)(dst) = *(*thing)(src) },
	}, nil)
	require.NoError(t, err)
	return m
}

// read loads an object as from a row.
func read(held *Map, mp *mapper.Mapper, id int64, note string) *thing {
	object := held.NewObject(mp)
	*(*thing)(object) = thing{ID: id, Note: note}
	held.Load(mp, IntKey(mp, id))
	return (*thing)(object)
}

// Letting go of many objects must not lose or mix up the others, whatever was
// indexed at that time.
func TestForgettingManyObjects(t *testing.T) {
	mp := thingMapper(t)
	for _, look := range []bool{false, true} {
		held := NewMap()
		var states []*State
		var objects []*thing
		for i := range 1000 {
			var object *thing
			if i%100 < 80 {
				object = read(held, mp, int64(i), "")
			} else { // one that the program made
				object = &thing{ID: int64(i)}
				require.NoError(t, held.Inserted(held.Add(mp, unsafe.Pointer(object))))
			}
			objects = append(objects, object)
			if look && i == 500 {
				held.ByObject(nil)
			}
		}
		for i := range objects {
			states = append(states, held.ByKey(IntKey(mp, int64(i))))
		}
		assert.Equal(t, states, held.Since(0))
		assert.Equal(t, states[995:], held.Since(995))
		for i, s := range states {
			if i%3 != 0 || i >= 100 && i < 600 {
				held.Forget(s)
			}
		}
		assert.Less(t, held.Len(), 700, "those let go do not stay")
		var left []int64
		held.Each(func(s *State) { left = append(left, (*thing)(s.Object).ID) })
		assert.Len(t, left, 168)
		assert.True(t, slices.IsSorted(left), "in order")
		for i := range objects {
			byKey, byObject := held.ByKey(IntKey(mp, int64(i))), held.ByObject(unsafe.Pointer(objects[i]))
			if i%3 == 0 && (i < 100 || i >= 600) {
				assert.Same(t, states[i], byKey)
				assert.Same(t, states[i], byObject)
				assert.Equal(t, *objects[i], *(*thing)(states[i].Snapshot), "each has a snapshot of its own")
			} else {
				assert.Nil(t, byKey)
				assert.Nil(t, byObject)
			}
		}
	}
}

func TestChanged(t *testing.T) {
	mp := thingMapper(t)
	held := NewMap()
	object := read(held, mp, 1, "a")
	s := held.ByKey(IntKey(mp, 1))
	assert.Nil(t, s.Changed())
	object.Note = string([]byte("a")) // equal, in other memory
	assert.Nil(t, s.Changed())
	object.Note = "b"
	require.Len(t, s.Changed(), 1)
	assert.Equal(t, "thing.Note", s.Changed()[0].Path)
}

func TestKeysOfDifferentValuesDiffer(t *testing.T) {
	mp, other := thingMapper(t), thingMapper(t)
	at := time.Unix(1, 2000)
	text := driver.TextValue
	keys := []Key{
		NewKey(mp, driver.IntValue(1)), NewKey(other, driver.IntValue(1)), NewKey(mp, driver.IntValue(-1)),
		NewKey(mp, text("1")), NewKey(mp, text("")), NewKey(mp, driver.BlobValue([]byte("1"))), NewKey(mp, driver.FloatValue(1)),
		NewKey(mp, driver.BoolValue(true)), NewKey(mp, driver.TimeValue(at)), NewKey(mp, driver.TimeValue(at.Add(time.Microsecond))),
		NewKey(mp, text("a"), text("b")), NewKey(mp, text("ab"), text("")), NewKey(mp, text(""), text("ab")), NewKey(mp, text("b"), text("a")),
		NewKey(mp, driver.IntValue(1), driver.IntValue(2)), NewKey(mp, driver.IntValue(2), driver.IntValue(1)), NewKey(mp, text("a\x04\x01b")),
	}
	seen := map[Key]int{}
	for i, k := range keys {
		j, twice := seen[k]
		assert.False(t, twice, "%d is %d", i, j)
		seen[k] = i
	}
	assert.Equal(t, NewKey(mp, driver.TimeValue(at)), NewKey(mp, driver.TimeValue(at.Add(999).In(time.FixedZone("X", 3600)))), "keys are to the microsecond, in UTC")
}
