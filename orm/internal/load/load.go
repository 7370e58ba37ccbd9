// Package load turns rows into objects, through the identity map.
package load

import (
	"slices"
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
}

// Row returns the object of the current row, whose columns are those
// that the mapper loads, in order. An object that the map holds stays as it is, unless it is
// expired: then it is refreshed in place.
func (r *Reader) Row(rows driver.Rows) (unsafe.Pointer, error) {
	m := r.Mapper
	if m.Inherited != nil {
		return m.Code.(inheritance).row(r.Held, m, rows)
	}
	var key state.Key
	known := len(m.Key) == 1 && rows.Kind(m.KeyIndex) == driver.Int
	if known {
		key = state.IntKey(m, rows.Int(m.KeyIndex))
		if object := r.Held.Clean(key); object != nil && !r.Held.Overwrite {
			return object, nil
		}
		if s := r.Held.ByKey(key); s != nil {
			return s.Object, refresh(r.Held, s, rows)
		}
	}
	object := r.Held.NewObject(m)
	if err := read(m, object, rows); err != nil {
		return nil, err
	}
	if own := state.KeyOf(m, object); !known || own != key {
		key = own
		if s := r.Held.ByKey(key); s != nil {
			return s.Object, refresh(r.Held, s, rows)
		}
	}
	r.Held.Load(m, key)
	return object, nil
}

func read(m *mapper.Mapper, object unsafe.Pointer, rows driver.Rows) error {
	for i, f := range m.Loads {
		if err := f.Read(object, rows, i); err != nil {
			return err
		}
	}
	for _, f := range m.Deferred {
		f.Unload(object)
	}
	return nil
}

// refresh reads the row into an expired object; one that cannot be read leaves
// the object as it was.
func refresh(held *state.Map, s *state.State, rows driver.Rows) error {
	if err := held.Complete(s, rows); err != nil {
		return err
	}
	if !s.Expired && !held.Overwrite || s.Status != state.Persistent {
		return nil
	}
	if !held.Overwrite && s.Changed() != nil {
		return nil // a flush that reads what a cascade needs has not written it yet
	}
	if held.Overwrite {
		s.Partly = nil
	}
	fields := s.Mapper.Loads
	if s.Partly != nil {
		fields = s.Partly
	}
	for i, f := range s.Mapper.Loads {
		if s.Partly != nil && !slices.Contains(fields, f) {
			continue
		}
		if err := f.Read(s.Object, rows, i); err != nil {
			s.Drop(fields) // half of a row would look like a change
			return err
		}
	}
	if s.Partly == nil {
		unload(s, nil)
	}
	s.Read(fields)
	held.NoteRead(s, fields)
	return nil
}
