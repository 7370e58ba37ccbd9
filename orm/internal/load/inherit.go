package load

import (
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// inheritance reads rows of a class into objects of the classes below it. It is
// reached through the mapper, so that the linker leaves it out of programs
// without any; [Inheritance] has it.
type inheritance interface {
	row(held *state.Map, m *mapper.Mapper, rows driver.Rows) (unsafe.Pointer, error)
}

// Inheritance is the code for it.
type Inheritance struct{}

func (Inheritance) row(held *state.Map, m *mapper.Mapper, rows driver.Rows) (unsafe.Pointer, error) {
	class, err := mapper.ClassOf(m, rows)
	if err != nil {
		return nil, err
	}
	var key state.Key
	known := len(m.Key) == 1 && rows.Kind(m.KeyIndex) == driver.Int
	if known {
		key = state.IntKey(m, rows.Int(m.KeyIndex))
		if s := held.ByKey(key); s != nil {
			return s.Object, refreshAs(held, s, m, class, rows)
		}
	}
	at, missing := mapper.View(m, class)
	object := held.NewObject(class)
	for i, f := range class.Fields {
		if at[i] < 0 {
			continue
		}
		if err := f.Read(object, rows, at[i]); err != nil {
			return nil, err
		}
	}
	if own := state.KeyOf(m, object); !known || own != key {
		key = own
		if s := held.ByKey(key); s != nil {
			return s.Object, refreshAs(held, s, m, class, rows)
		}
	}
	held.Load(class, key)
	if missing != nil {
		s := held.ByKey(key)
		s.Expired, s.Partly = true, missing
		held.Halves = append(held.Halves, s)
	}
	return object, nil
}

// refreshAs is refresh from a row of m.
func refreshAs(held *state.Map, s *state.State, m, class *mapper.Mapper, rows driver.Rows) error {
	if s.Mapper != class {
		return fmt.Errorf("the row of a %s in %s says now that it is a %s; Expunge the object to read it as one",
			s.Mapper.Name, m.Root.Table.FullName(), class.Name)
	}
	at, missing := mapper.View(m, class)
	if missing == nil && slices.Equal(m.Wide, class.Fields) {
		return refresh(held, s, rows)
	}
	if !s.Expired && !held.Overwrite || s.Status != state.Persistent || !held.Overwrite && s.Changed() != nil {
		return nil
	}
	if held.Overwrite {
		s.Partly = nil
	}
	var fields []*mapper.Field
	for i, f := range class.Fields {
		if at[i] < 0 || s.Partly != nil && !slices.Contains(s.Partly, f) {
			continue
		}
		fields = append(fields, f)
		if err := f.Read(s.Object, rows, at[i]); err != nil {
			s.Drop(fields)
			return err
		}
	}
	if s.Partly == nil && missing != nil {
		s.Expired, s.Partly = true, class.Fields
	}
	s.Read(fields)
	held.NoteRead(s, fields)
	if s.Partly != nil {
		held.Halves = append(held.Halves, s)
	}
	return nil
}
