package state

import (
	"reflect"
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
	})
	require.NoError(t, err)
	return m
}

// Letting go of many objects must not lose or mix up the others, whatever was
// indexed at that time.
func TestForgettingManyObjects(t *testing.T) {
	mp := thingMapper(t)
	for _, look := range []bool{false, true} {
		held := NewMap()
		var states []*State
		objects := make([]thing, 1000)
		for i := range objects {
			objects[i].ID = int64(i)
			states = append(states, held.Load(mp, IntKey(mp, int64(i)), unsafe.Pointer(&objects[i])))
			if look && i == 500 {
				held.ByObject(nil)
			}
		}
		for i, s := range states {
			if i%3 != 0 {
				held.Forget(s)
			}
		}
		assert.Less(t, len(held.order), 700, "those let go do not stay")
		count := 0
		held.Each(func(s *State) {
			assert.Equal(t, int64(3*count), (*thing)(s.Object).ID, "in order")
			count++
		})
		assert.Equal(t, 334, count)
		for i := range objects {
			byKey, byObject := held.ByKey(IntKey(mp, int64(i))), held.ByObject(unsafe.Pointer(&objects[i]))
			if i%3 == 0 {
				assert.Same(t, states[i], byKey)
				assert.Same(t, states[i], byObject)
				assert.Equal(t, objects[i], *(*thing)(states[i].Snapshot), "each has a snapshot of its own")
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
	object := &thing{ID: 1, Note: "a"}
	s := held.Load(mp, IntKey(mp, 1), unsafe.Pointer(object))
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
