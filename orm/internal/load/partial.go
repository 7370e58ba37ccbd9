package load

import (
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Partial makes objects of rows that hold other fields than those that a query
// of the model reads by itself. Make one with [NewPartial].
type Partial struct {
	held    *state.Map
	mapper  *mapper.Mapper
	fields  []*mapper.Field // in the order of the columns
	missing []*mapper.Field // plain ones that are not read
	late    []*mapper.Field // deferred ones that are not read
	empty   unsafe.Pointer  // an object without values
}

// NewPartial returns what reads rows of these fields, in the order of the
// columns. The key is among them.
func NewPartial(held *state.Map, m *mapper.Mapper, fields []*mapper.Field) *Partial {
	p := &Partial{held: held, mapper: m, fields: fields, empty: m.New()}
	for _, f := range m.Deferred {
		if !slices.Contains(fields, f) {
			p.late = append(p.late, f)
		}
	}
	for _, f := range m.Loads {
		if !slices.Contains(fields, f) {
			p.missing = append(p.missing, f)
		}
	}
	return p
}

// Row returns the object of the current row. An object that the map holds takes
// from the row what it lacks, or what is expired.
func (p *Partial) Row(rows driver.Rows) (unsafe.Pointer, error) {
	m := p.mapper
	object := p.held.NewObject(m)
	for i, f := range p.fields {
		if err := f.Read(object, rows, i); err != nil {
			p.unused(object)
			return nil, err
		}
	}
	for _, f := range p.missing { // the memory may have been used
		f.Copy(object, p.empty)
	}
	for _, f := range p.late {
		f.Unload(object)
	}
	key := state.KeyOf(m, object)
	if s := p.held.ByKey(key); s != nil {
		p.unused(object)
		return s.Object, p.into(s, rows)
	}
	p.held.Load(m, key)
	if p.missing != nil {
		p.held.Miss(p.held.ByKey(key), p.missing)
	}
	return object, nil
}

// unused gives memory back that nobody has seen.
func (p *Partial) unused(object unsafe.Pointer) {
	for _, f := range p.mapper.Expressions {
		f.Copy(object, p.empty)
	}
}

// into reads the row into an object that is held.
func (p *Partial) into(s *state.State, rows driver.Rows) error {
	if s.Status != state.Persistent {
		return nil
	}
	if s.Expired && s.Partly == nil {
		s.Partly = p.mapper.Loads
		unload(s, p.fields)
	}
	var fields []*mapper.Field
	for i, f := range p.fields {
		if !p.wants(s, f) {
			continue
		}
		fields = append(fields, f)
		if err := f.Read(s.Object, rows, i); err != nil {
			s.Drop(fields) // half of a row would look like a change
			return err
		}
	}
	if fields != nil {
		s.Read(fields)
		p.held.Got(s, fields)
		p.held.NoteRead(s, fields)
	}
	return nil
}

// wants says whether an object takes a field from the row. A change that was
// not flushed stays.
func (p *Partial) wants(s *state.State, f *mapper.Field) bool {
	if p.held.Overwrite || slices.Contains(p.mapper.Expressions, f) {
		return true
	}
	if !f.Holds(s.Object) || p.held.Lacks(s, f) || s.Expired && slices.Contains(s.Partly, f) {
		return f.Equal(s.Object, s.Snapshot)
	}
	return false
}

// unload marks the deferred fields of an object that is read anew, but for
// those in fields. One that the program has set stays.
func unload(s *state.State, fields []*mapper.Field) {
	for _, f := range s.Mapper.Deferred {
		if !slices.Contains(fields, f) && f.Equal(s.Object, s.Snapshot) {
			f.Unload(s.Object)
			f.Unload(s.Snapshot)
		}
	}
}
