// Package load turns rows into objects, through the identity map.
package load

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Row returns the object of the current row, whose columns are those of the
// mapper in order. An object that the map holds stays as it is, unless it is
// expired: then it is refreshed in place.
func Row(held *state.Map, m *mapper.Mapper, rows driver.Rows) (unsafe.Pointer, error) {
	if len(m.Key) == 1 {
		if i := m.KeyIndex; rows.Kind(i) == driver.Int {
			if s := held.ByKey(state.IntKey(m, rows.Int(i))); s != nil {
				return s.Object, refresh(s, rows)
			}
		}
	}
	object := m.New()
	if err := read(m, object, rows); err != nil {
		return nil, err
	}
	key := state.KeyOf(m, object)
	if s := held.ByKey(key); s != nil {
		return s.Object, refresh(s, rows)
	}
	held.Load(m, key, object)
	return object, nil
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
