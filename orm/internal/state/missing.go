package state

import (
	"slices"
	"sync/atomic"
	"unsafe"
	"weak"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// A query may read some columns only. A plain Go field does not tell that it
// was not read, so that is noted here: by the map while it holds the object,
// and afterwards by address, as in registry.

// lookup finds what an object lacks; nil while none was ever read in part,
// which most programs do not do.
var lookup atomic.Pointer[func(unsafe.Pointer) []*mapper.Field]

// missing are the fields of an object that was let go.
type missing struct {
	object weak.Pointer[byte]
	fields []*mapper.Field
}

// lacking is the code for that. Only Miss makes one, so that the linker leaves
// it out of programs whose queries read whole rows.
type lacking interface {
	of(s *State) []*mapper.Field
	got(s *State, fields []*mapper.Field)
	wrote(s *State)
	leave(s *State)
	complete(m *Map, s *State, rows driver.Rows) error
}

// lacks are the fields that nobody has read of the objects of a map.
type lacks map[*State][]*mapper.Field

// Missing returns the fields of the object that nobody has read; nil if it has
// all. Deferred ones tell for themselves.
func (m *Map) Missing(s *State) []*mapper.Field {
	if m.missing == nil {
		return nil
	}
	return m.missing.of(s)
}

// Miss notes that fields of an object were not read.
func (m *Map) Miss(s *State, fields []*mapper.Field) {
	if len(fields) == 0 {
		return
	}
	if m.missing == nil {
		m.missing = lacks{}
		find := missingOf
		lookup.Store(&find)
	}
	m.missing.(lacks)[s] = fields
}

// Got notes that fields of an object were read, or written.
func (m *Map) Got(s *State, fields []*mapper.Field) {
	if m.missing != nil {
		m.missing.got(s, fields)
	}
}

// Complete reads what an object lacks from a row of all fields that queries of
// its model read.
func (m *Map) Complete(s *State, rows driver.Rows) error {
	if m.missing == nil {
		return nil
	}
	return m.missing.complete(m, s, rows)
}

// Lacks says whether the row has a value in the field that nobody has read.
func (m *Map) Lacks(s *State, f *mapper.Field) bool { return slices.Contains(m.Missing(s), f) }

func (l lacks) of(s *State) []*mapper.Field { return l[s] }

func (l lacks) got(s *State, fields []*mapper.Field) {
	var rest []*mapper.Field // others may have the same list
	for _, f := range l[s] {
		if !slices.Contains(fields, f) {
			rest = append(rest, f)
		}
	}
	if l[s] = rest; rest == nil {
		delete(l, s)
	}
}

// wrote notes that the fields which the program has set are in the database.
func (l lacks) wrote(s *State) {
	if l[s] != nil && s.Snapshot != nil {
		l.got(s, s.Changed())
	}
}

func (l lacks) complete(m *Map, s *State, rows driver.Rows) error {
	var fields []*mapper.Field
	for i, f := range s.Mapper.Loads {
		if m.Lacks(s, f) && f.Equal(s.Object, s.Snapshot) {
			if err := f.Read(s.Object, rows, i); err != nil {
				f.Copy(s.Object, s.Snapshot)
				return err
			}
			f.Copy(s.Snapshot, s.Object)
			fields = append(fields, f)
		}
	}
	l.got(s, fields)
	if fields != nil {
		m.NoteRead(s, fields)
	}
	return nil
}

// leave keeps what is missing of an object that the map lets go.
func (l lacks) leave(s *State) {
	fields := l[s]
	if fields == nil {
		return
	}
	delete(l, s)
	registry.Lock()
	defer registry.Unlock()
	if registry.missing == nil {
		registry.missing = map[uintptr]missing{}
	}
	if len(registry.missing) > registry.sweepMissing {
		for at, w := range registry.missing {
			if w.object.Value() == nil {
				delete(registry.missing, at)
			}
		}
		registry.sweepMissing = 2*len(registry.missing) + 64
	}
	registry.missing[uintptr(s.Object)] = missing{weak.Make((*byte)(s.Object)), fields}
}

// MissingOf returns the fields that nobody has read of an object, whichever map
// holds it or has let it go.
func MissingOf(object unsafe.Pointer) []*mapper.Field {
	if find := lookup.Load(); find != nil {
		return (*find)(object)
	}
	return nil
}

func missingOf(object unsafe.Pointer) []*mapper.Field {
	if home := HomeAt(uintptr(object)); home != nil {
		return home.Missing(home.ByObject(object))
	}
	registry.Lock()
	defer registry.Unlock()
	if w := registry.missing[uintptr(object)]; w.object.Value() == (*byte)(object) {
		return w.fields
	}
	return nil
}

// HomeAt returns the map that holds an object at that address; nil if none
// does. It is not given a pointer, because there may be no object.
func HomeAt(object uintptr) *Map {
	registry.Lock()
	defer registry.Unlock()
	id := ownerAt(object)
	if h := registry.owners[id]; h != nil {
		if o := h.owner.Value(); o != nil {
			return o.home
		}
	}
	return nil
}
