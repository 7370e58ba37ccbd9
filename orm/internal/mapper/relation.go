package mapper

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Anchor is what a relationship's handle holds: for an object that is known,
// its node and the relation; else what was collected so far.
type Anchor struct {
	// Node is the *state.Node of the object if Relation is set, otherwise a
	// *state.Loose, or nil.
	Node     unsafe.Pointer
	Relation *Relation
}

// ToOne is inside a handle of one object, ToMany inside one of several. A
// handle is a struct of a [0]*T, T being the model at the other end, and a
// struct of one of these.
type (
	ToOne  struct{ Anchor }
	ToMany struct{ Anchor }
)

var (
	toOneType  = reflect.TypeFor[ToOne]()
	toManyType = reflect.TypeFor[ToMany]()
)

// Related is a handle's type. It leads to all code that relationships need, so
// that the linker leaves it out of programs without any.
type Related interface{ Relationships() Machinery }

// Machinery is what the mapper needs of that code; [Relationships] has it.
type Machinery interface {
	relate(m *Mapper, sf reflect.StructField, name string, offset uintptr, tag string) error
	resolve(m *Mapper) error
	secondaries(m *Mapper) []*schema.Table
}

// Relationships is the [Machinery].
type Relationships struct{}

func (Relationships) resolve(m *Mapper) error { return m.resolve1() }

func (Relationships) secondaries(m *Mapper) []*schema.Table { return m.secondaryTables() }

// relate maps a field that is a handle.
func (Relationships) relate(m *Mapper, sf reflect.StructField, name string, offset uintptr, tag string) error {
	target, many, ok := handleOf(sf.Type)
	if !ok {
		return fmt.Errorf("a Go %s is not a handle of a relationship; use orm.One or orm.Many", sf.Type)
	}
	return m.addRelation(name, offset, tag, target, many)
}

var relatedType = reflect.TypeFor[Related]()

// machineryOf returns that of a handle's type.
func machineryOf(t reflect.Type) Machinery {
	return reflect.Zero(t).Interface().(Related).Relationships()
}

// Secondaries are the tables that were made for the mapper's relations.
func (m *Mapper) Secondaries() []*schema.Table {
	if m.Inherited != nil {
		return m.Code.(inheritance).secondaries(m)
	}
	if m.Machinery == nil {
		return nil
	}
	return m.Machinery.secondaries(m)
}

// handleOf says whether a type is that of a handle, of what, and whether of
// several.
func handleOf(t reflect.Type) (target reflect.Type, many, ok bool) {
	if t.Kind() != reflect.Struct || t.NumField() != 2 {
		return nil, false, false
	}
	mark, inner := t.Field(0).Type, t.Field(1).Type
	if mark.Kind() != reflect.Array || mark.Elem().Kind() != reflect.Pointer || inner.Kind() != reflect.Struct || inner.NumField() != 1 {
		return nil, false, false
	}
	in := inner.Field(0).Type
	return mark.Elem().Elem(), in == toManyType, in == toManyType || in == toOneType
}

// Direction says where the foreign key of a relation is.
type Direction uint8

// The directions.
const (
	OneToMany  Direction = iota + 1 // the other side has the key; it may be OneToOne
	ManyToOne                       // this side has the key
	ManyToMany                      // a table between them has both
)

// Relation is one relationship of a model, as seen from it.
type Relation struct {
	// Name is the name of the field behind the model's, Path the whole, such as
	// User.Comments.
	Name, Path string
	Owner      *Mapper
	Index      int // in Owner.Relations
	Offset     uintptr
	// Many says that the handle holds several objects.
	Many       bool
	TargetType reflect.Type
	RelationOptions

	// What follows is there once [Mapper.Resolve] has succeeded.

	Direction Direction
	Target    *Mapper
	// Local and Remote are the fields of the two sides that are equal, in pairs.
	// With a secondary table, Local are equal to LocalLink and Remote to
	// RemoteLink.
	Local, Remote         []*Field
	Secondary             *schema.Table
	LocalLink, RemoteLink []*schema.Column
	// Back is the same relationship as seen from the other side; nil if it is
	// not mapped there.
	Back  *Relation
	Order []RelationOrder
	// Position is the field that keeps the place in the collection, from 0; nil
	// if none does.
	Position *Field
	// ByKey says that Remote is the primary key of Target, in order, and that
	// nothing else decides what is at the other end.
	ByKey bool
	// On is what must hold besides; nil if nothing must. There the other end is
	// called OnTarget. OnOwner says that columns of Owner are in it.
	On       expr.Expr
	OnOwner  bool
	OnTarget expr.Source

	// Changed are called when the program has changed what an object's handle
	// holds: what came and what went, each of which may be nil.
	Changed []func(owner, came, went unsafe.Pointer)

	wrong  error
	table  *schema.Table         // the secondary table that the program gave
	join   expr.Expr             // the condition that the program gave
	joined func(*Relation) error // finds the key in it
}

// RelationOrder is a field by which a collection is sorted.
type RelationOrder struct {
	Field      *Field
	Descending bool
}

// Anchor returns the relation's handle in an object.
func (r *Relation) Anchor(object unsafe.Pointer) *Anchor {
	return (*Anchor)(unsafe.Add(object, r.Offset))
}

// addRelation maps a field that is a handle.
func (m *Mapper) addRelation(name string, offset uintptr, tag string, target reflect.Type, many bool) error {
	r := &Relation{Name: name, Path: m.Name + "." + name, Owner: m, Index: len(m.Relations), Offset: offset,
		Many: many, TargetType: target}
	m.Relations = append(m.Relations, r)
	return r.parse(tag)
}

// RelationAt returns the relation of the handle at that offset, or nil.
func (m *Mapper) RelationAt(offset uintptr) *Relation {
	for _, r := range m.Relations {
		if r.Offset == offset {
			return r
		}
	}
	return nil
}

// relation returns the relation of that name, or nil.
func (m *Mapper) relation(name string) *Relation {
	for _, r := range m.Relations {
		if r.Name == name {
			return r
		}
	}
	return nil
}

func (r *Relation) errorf(format string, args ...any) error {
	return fmt.Errorf("%s: %w", r.Path, fmt.Errorf(format, args...))
}

// Tell calls those who want to know of changes.
func (r *Relation) Tell(owner, came, went unsafe.Pointer) {
	for _, f := range r.Changed {
		f(owner, came, went)
	}
}

// Writable says why a relationship cannot be changed; nil if it can.
func (r *Relation) Writable() error {
	if err := r.Owner.Resolve(); err != nil {
		return err
	}
	if r.ViewOnly {
		return r.errorf("it is viewonly; change the relationship that it is a view of")
	}
	return nil
}
