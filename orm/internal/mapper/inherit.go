package mapper

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

// Hierarchy is what the classes of an inheritance share. A class is a struct
// that embeds the one it inherits from as its first field, so an object has the
// same address as all its bases.
type Hierarchy struct {
	Root *Mapper
	// Discriminator is the field that says of which class a row is.
	Discriminator *Field
	// Code is what other packages need for inheritance. It is reached from here,
	// so that the linker leaves it out of programs without any.
	Code    any
	Classes []*Mapper // in the order of their declarations
	marker  uintptr   // the offset of the Whole
	ints    map[int64]*Mapper
	texts   map[string]*Mapper
}

// Whole is what an object knows of itself: nobody can tell from the address of
// a base in what it is embedded. A copy has the address of the original, by
// which it is told; so Self must be a pointer, which keeps that address taken.
type Whole struct {
	Self  unsafe.Pointer
	Class *Mapper
}

// Inherited is the part that a class of a hierarchy has in its mapper.
type Inherited struct {
	*Hierarchy
	// Base is the class that it inherits from; nil at the root.
	Base *Mapper
	// Identity is the value of the discriminator in its rows; nil if it has none
	// of its own.
	Identity any
	// Parts are the tables that an object has rows in, the root's first: each a
	// mapper of its fields there. Nil if there is only one.
	Parts []*Mapper
	// Wide are the fields that rows of the class are read with: its own, and
	// those of classes below that have them in the same tables.
	Wide []*Field

	views map[*Mapper]*view // how rows of this class are read as others
}

// view is how objects of a class are read from the rows of a base.
type view struct {
	at      []int    // where the row has the fields; -1 if it has not
	missing []*Field // those with -1
}

// RowFields are the fields that rows of the model are read with.
func (m *Mapper) RowFields() []*Field {
	if m.Inherited == nil {
		return m.Fields
	}
	return m.Wide
}

// Is says whether objects of the mapper are also objects of class.
func (m *Mapper) Is(class *Mapper) bool {
	for m != class && m.Inherited != nil && m.Base != nil {
		m = m.Base
	}
	return m == class
}

// Rows is the mapper by which rows are identified: the root of a hierarchy. M may
// be nil.
func (m *Mapper) Rows() *Mapper {
	if m == nil || m.Inherited == nil {
		return m
	}
	return m.Root
}

// IsJoined says whether the objects have rows in several tables.
func (m *Mapper) IsJoined() bool { return m.Inherited != nil && m.Parts != nil }

// Tables calls visit with all tables that objects of the mapper have rows in,
// until it returns true, and says whether it did.
func (m *Mapper) Tables(visit func(*schema.Table) bool) bool {
	if !m.IsJoined() {
		return visit(m.Table)
	}
	return slices.ContainsFunc(m.Parts, func(p *Mapper) bool { return visit(p.Table) })
}

func wholeOf(h *Hierarchy, object unsafe.Pointer) *Whole {
	return (*Whole)(unsafe.Add(object, h.marker))
}

// Class is the class of an object that is known as one of m.
func (m *Mapper) Class(object unsafe.Pointer) *Mapper {
	if m.Inherited == nil {
		return m
	}
	if w := wholeOf(m.Hierarchy, object); w.Self == object && w.Class.Is(m) {
		return w.Class
	}
	return m
}

// Knows says whether an object of m has been marked, and is no copy.
func Knows(m *Mapper, object unsafe.Pointer) bool { return wholeOf(m.Hierarchy, object).Self == object }

// Mark notes in an object of which class it is.
func (m *Mapper) Mark(object unsafe.Pointer) {
	if m.Inherited != nil {
		m.Code.(inheritance).mark(m, object)
	}
}

func (Inheritance) mark(m *Mapper, object unsafe.Pointer) {
	w, d := wholeOf(m.Hierarchy, object), m.Discriminator
	// It may have been taken for one of its base.
	mine := d.IsZero(object) || w.Self == object && d.Value(object).Any() == w.Class.Identity
	if mine && m.Identity != nil {
		d.codec.set(d.at(object), m.Identity)
	}
	*w = Whole{Self: object, Class: m}
}

// inheritance is code that is reached through [Hierarchy.Code]; [Inheritance]
// has it.
type inheritance interface {
	valid(m *Mapper, object, snapshot unsafe.Pointer) error
	mark(m *Mapper, object unsafe.Pointer)
	secondaries(m *Mapper) []*schema.Table
}

// Inheritance is the code for classes.
type Inheritance struct{}

// valid asks the bases, and whether the object says to be of its class.
func (i Inheritance) valid(m *Mapper, object, snapshot unsafe.Pointer) error {
	err := i.misnamed(m, object)
	for base := m.Base; base != nil; base = base.Base {
		if base.Check != nil {
			err = errors.Join(err, base.Check(object, snapshot))
		}
	}
	return err
}

// misnamed says that the discriminator of an object is not that of its class.
func (Inheritance) misnamed(m *Mapper, object unsafe.Pointer) error {
	d := m.Discriminator
	if m.Identity == nil {
		return fmt.Errorf("%s has no identity of its own, so no row can be just one; make an object of %s", m.Name, listed(m, m))
	}
	if v := d.Value(object).Any(); v != m.Identity {
		return fmt.Errorf("%s is %#v in an object of %s, whose identity is %#v; leave the field alone, the session sets it", d.Path, v, m.Name, m.Identity)
	}
	return nil
}

// secondaries are the tables of all classes that share the table of m.
func (Inheritance) secondaries(m *Mapper) (list []*schema.Table) {
	for _, c := range m.Classes {
		if c.Machinery != nil && c.Table == m.Table {
			list = append(list, c.Machinery.secondaries(c)...)
		}
	}
	return list
}

// ClassOf is the class that the discriminator of a row of m names.
func ClassOf(m *Mapper, rows driver.Rows) (*Mapper, error) {
	i := slices.Index(m.Wide, m.Discriminator)
	var class *Mapper
	switch rows.Kind(i) {
	case driver.Text:
		class = m.texts[rows.Text(i)]
	case driver.Int:
		class = m.ints[rows.Int(i)]
	}
	switch {
	case class == nil:
		return nil, fmt.Errorf("%s is %s in a row of %s, which is the identity of no declared class; there are %s",
			m.Discriminator.Path, shown(rows.Value(i)), m.Root.Table.FullName(), listed(m.Root, nil))
	case !class.Is(m):
		return nil, fmt.Errorf("%s is %s in a row of %s, so it is a %s and no %s",
			m.Discriminator.Path, shown(rows.Value(i)), m.Table.FullName(), class.Name, m.Name)
	}
	return class, nil
}

func shown(v driver.Value) string {
	if v.IsNull() {
		return "NULL"
	}
	return fmt.Sprintf("%#v", v.Any())
}

// listed names the classes with an identity below m, but for one.
func listed(m *Mapper, but *Mapper) string {
	list := ""
	for _, c := range m.Classes {
		if c == but || c.Identity == nil || !c.Is(m) {
			continue
		}
		if list != "" {
			list += ", "
		}
		list += fmt.Sprintf("%s (%#v)", c.Name, c.Identity)
	}
	if list == "" {
		return "none"
	}
	return list
}

// inherits says whether a foreign key of a table is the one that joins the
// class to its base.
func inherits(m *Mapper, t *schema.Table, key *schema.ForeignKey) bool {
	if !m.IsJoined() {
		return false
	}
	for i, p := range m.Parts[1:] {
		if p.Table == t && t.TargetOf(key) == m.Parts[i].Table.FullName() && slices.EqualFunc(p.Key, key.Columns, func(f *Field, name string) bool { return f.Column.Name == name }) {
			return true
		}
	}
	return false
}

// Below are the class and those that inherit from it.
func Below(m *Mapper) (list []*Mapper) {
	for _, c := range m.Classes {
		if c.Is(m) {
			list = append(list, c)
		}
	}
	return list
}

// View says where a row of m has the fields of a class below, -1 for those that
// it has not, which are also given by themselves.
func View(m *Mapper, class *Mapper) (at []int, missing []*Field) {
	v := m.views[class]
	return v.at, v.missing
}

// arrange finds out what a row of each class holds: the fields of the class,
// and those of its subclasses that are in the same tables.
func arrange(h *Hierarchy) {
	for _, m := range h.Classes {
		m.Wide = slices.Clip(m.Fields)
		for _, class := range Below(m) {
			for _, f := range class.Fields {
				if m.Tables(func(t *schema.Table) bool { return t == f.Column.Table }) && placeOf(m, f) < 0 {
					m.Wide = append(m.Wide, f)
				}
			}
		}
		m.views = map[*Mapper]*view{}
		for _, class := range Below(m) {
			v := &view{at: make([]int, len(class.Fields))}
			for i, f := range class.Fields {
				if v.at[i] = placeOf(m, f); v.at[i] < 0 {
					v.missing = append(v.missing, f)
				}
			}
			m.views[class] = v
		}
	}
}

// placeOf is the place of a field's column in a row of m; -1 if it has none.
func placeOf(m *Mapper, f *Field) int {
	return slices.IndexFunc(m.Wide, func(other *Field) bool { return other.Column == f.Column })
}

// PolymorphicOn makes the mapper the root of a hierarchy. The marker is the
// type of the embedded struct that holds a Whole.
func PolymorphicOn(d *Definition, field string, identity any, marker reflect.Type, code any) {
	m := d.mapper
	if m == nil {
		d.Fail("PolymorphicOn is for models; a table has no classes")
		return
	}
	h := &Hierarchy{Root: m, Code: code, ints: map[int64]*Mapper{}, texts: map[string]*Mapper{}}
	at := slices.IndexFunc(reflect.VisibleFields(m.Type), func(sf reflect.StructField) bool {
		return sf.Anonymous && sf.Type == marker && len(sf.Index) == 1
	})
	if at < 0 {
		d.Fail("%s: embed %s, by which an object knows its class", m.Name, marker)
	} else {
		h.marker = reflect.VisibleFields(m.Type)[at].Offset
	}
	h.Discriminator = m.FieldNamed(field)
	if h.Discriminator == nil {
		d.Names("PolymorphicOn", []string{field})
		return
	}
	if k := h.Discriminator.Type.Kind(); k != reflect.String && !h.Discriminator.Column.Type.IsInteger() || h.Discriminator.Column.Nullable {
		d.Fail("%s: a discriminator is a string or an integer that is never NULL, not %s", h.Discriminator.Path, h.Discriminator.Type)
		return
	}
	m.Inherited = &Inherited{Hierarchy: h}
	readWhole(d)
	if identity != nil {
		identify(d, h, identity)
	}
	d.done = func(ok bool) {
		if ok {
			addClass(h, m)
		}
	}
}

// identify gives the class its value of the discriminator.
func identify(d *Definition, h *Hierarchy, identity any) {
	m, f := d.mapper, h.Discriminator
	v := reflect.ValueOf(identity)
	var other *Mapper
	switch {
	case f.codec.set == nil:
		d.Fail("%s: a Go %s cannot be a discriminator; use a string or an integer", f.Path, f.Type)
		return
	case v.Kind() == reflect.String && f.Type.Kind() == reflect.String:
		m.Identity = v.String()
		other = h.texts[v.String()]
	case v.CanInt() && f.Column.Type.IsInteger() && f.holds(v.Int()):
		m.Identity = v.Int()
		other = h.ints[v.Int()]
	default:
		d.Fail("%s: the identity %#v does not fit %s, a Go %s", m.Name, identity, f.Path, f.Type)
		return
	}
	if other != nil && other.Type != m.Type {
		d.Fail("%s: the identity %#v is that of %s already", m.Name, identity, other.Name)
	}
}

// addClass makes the class known to the hierarchy, in place of one of the same struct.
func addClass(h *Hierarchy, m *Mapper) {
	switch id := m.Identity.(type) {
	case string:
		h.texts[id] = m
	case int64:
		h.ints[id] = m
	}
	h.Classes = append(slices.DeleteFunc(h.Classes, func(c *Mapper) bool { return c.Type == m.Type }), m)
	arrange(h)
}
