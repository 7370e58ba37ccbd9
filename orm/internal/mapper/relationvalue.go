package mapper

import (
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/schema"
)

// Follow sets a field of a foreign key to the value of the field that it
// refers to, in another object.
func (f *Field) Follow(object unsafe.Pointer, referred *Field, other unsafe.Pointer) error {
	if f.Type == referred.Type {
		f.codec.copy(f.at(object), referred.at(other))
		return nil
	}
	return f.Read(object, oneValue{referred.Value(other).Any()}, 0)
}

// SetNull makes the field NULL, which it must be able to be.
func (f *Field) SetNull(object unsafe.Pointer) error {
	return f.Read(object, oneValue{nil}, 0)
}

// SetPlace sets the field, which is an integer, if it has another value.
func (f *Field) SetPlace(object unsafe.Pointer, place int) error {
	if v := f.Value(object); !v.IsNull() && v.Int() == int64(place) {
		return nil
	}
	return f.Read(object, oneValue{int64(place)}, 0)
}

// MayBeNull says whether NULL can be written to the field.
func (f *Field) MayBeNull() bool { return f.Column.Nullable && !f.Column.PrimaryKey }

// LocalEnd is the field that a column of the secondary table takes its value
// from, on this side; nil if it is the other side's.
func (r *Relation) LocalEnd(c *schema.Column) *Field { return end(c, r.LocalLink, r.Local) }

// RemoteEnd is LocalEnd for the other side.
func (r *Relation) RemoteEnd(c *schema.Column) *Field { return end(c, r.RemoteLink, r.Remote) }

func end(c *schema.Column, columns []*schema.Column, fields []*Field) *Field {
	if i := slices.Index(columns, c); i >= 0 {
		return fields[i]
	}
	return nil
}
