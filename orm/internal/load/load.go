// Package load turns rows into objects, through the identity map.
package load

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Row is [Reader.Row] for a row that comes alone.
func Row(held *state.Map, m *mapper.Mapper, rows driver.Rows) (unsafe.Pointer, error) {
	r := Reader{Held: held, Mapper: m}
	return r.Row(rows)
}

// Reader makes objects of the rows of one statement.
type Reader struct {
	Held   *state.Map
	Mapper *mapper.Mapper
	next   unsafe.Pointer // memory for objects
	left   int            // of them
	block  int            // how many the last block had
}

// mostBlock is how many objects lie in one piece of memory, which stays as long
// as one of them does.
const mostBlock = 32

// Row returns the object of the current row, whose columns are those of the
// mapper in order. An object that the map holds stays as it is, unless it is
// expired: then it is refreshed in place.
func (r *Reader) Row(rows driver.Rows) (unsafe.Pointer, error) {
	m := r.Mapper
	var key state.Key
	known := len(m.Key) == 1 && rows.Kind(m.KeyIndex) == driver.Int
	if known {
		key = state.IntKey(m, rows.Int(m.KeyIndex))
		if s := r.Held.ByKey(key); s != nil {
			return s.Object, refresh(s, rows)
		}
	}
	object := r.object()
	if err := read(m, object, rows); err != nil {
		return nil, err
	}
	if own := state.KeyOf(m, object); !known || own != key {
		key = own
		if s := r.Held.ByKey(key); s != nil {
			return s.Object, refresh(s, rows)
		}
	}
	r.Held.Load(m, key, object)
	return object, nil
}

// object returns memory for one more object.
func (r *Reader) object() unsafe.Pointer {
	if r.left == 0 {
		r.block = min(max(2*r.block, 1), mostBlock)
		r.left = r.block
		if r.left == 1 {
			r.next = r.Mapper.New()
		} else {
			r.next = r.Mapper.NewBlock(r.left)
		}
	}
	object := r.next
	if r.left--; r.left > 0 { // a pointer behind the end would keep other memory
		r.next = unsafe.Add(object, r.Mapper.Size)
	}
	return object
}

func read(m *mapper.Mapper, object unsafe.Pointer, rows driver.Rows) error {
	for i, f := range m.Fields {
		if err := f.Read(object, rows, i); err != nil {
			return err
		}
	}
	return nil
}

// refresh reads the row into an expired object; one that cannot be read leaves
// the object as it was.
func refresh(s *state.State, rows driver.Rows) error {
	if !s.Expired || s.Status != state.Persistent {
		return nil
	}
	if err := read(s.Mapper, s.Object, rows); err != nil {
		s.Mapper.CopyColumns(s.Object, s.Snapshot) // half of a row would look like a change
		return err
	}
	s.Expired = false
	s.Mapper.CopyAll(s.Snapshot, s.Object)
	return nil
}
