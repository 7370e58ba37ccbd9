package mapper

import (
	"errors"
	"fmt"
	"reflect"
)

// Composite is a struct in a model's struct whose fields are columns.
type Composite struct {
	Offset uintptr
	Type   reflect.Type
	Path   string // such as "Vertex.Start"
}

// CompositeAt returns the composite of type t at that offset, and the fields
// in it.
func (m *Mapper) CompositeAt(offset uintptr, t reflect.Type) (c Composite, fields []*Field, ok bool) {
	for _, c := range m.Composites {
		if c.Offset != offset || c.Type != t {
			continue
		}
		for _, f := range m.Fields {
			if f.Offset >= offset && f.Offset < offset+t.Size() {
				fields = append(fields, f)
			}
		}
		return c, fields, true
	}
	return c, nil, false
}

// group is a struct whose fields are to be mapped: the model, or one in it.
type group struct {
	typ    reflect.Type
	path   string // such as "Vertex.Start"
	name   string // path without the names of embedded structs
	offset uintptr
	prefix string // of the names of the columns
}

// inside says whether a field of the group is a group, and which.
func (g group) inside(sf reflect.StructField, tag string, tagged bool) (inner group, isGroup bool, err error) {
	inner = group{typ: sf.Type, path: g.path + "." + sf.Name, name: g.name, offset: g.offset + sf.Offset, prefix: g.prefix}
	if !sf.Anonymous {
		inner.name += "." + sf.Name
	}
	if tagged {
		o, err := parseTag(tag)
		switch {
		case err != nil:
			return inner, false, nil // the field tells
		case !o.embedded && o.prefix != "":
			return inner, false, errors.New("prefix is for the columns of an embedded struct; add embedded")
		case !o.embedded:
			return inner, false, nil
		}
		if err := onlyEmbeds(o, sf.Type); err != nil {
			return inner, false, err
		}
		inner.prefix += o.prefix
		return inner, true, nil
	}
	if !sf.Anonymous {
		return inner, false, nil
	}
	if t := sf.Type; t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && !isColumnType(t.Elem()) {
		return inner, false, fmt.Errorf("it embeds a pointer; embed %s itself", t.Elem())
	}
	return inner, sf.Type.Kind() == reflect.Struct && !isColumnType(sf.Type), nil
}

// onlyEmbeds checks the tag of an embedded struct, and its type.
func onlyEmbeds(o options, t reflect.Type) error {
	switch {
	case o.words > 1 && o.prefix == "" || o.words > 2:
		return errors.New("embedded goes with prefix only; other options belong to the fields of the struct")
	case t.Kind() == reflect.Pointer:
		return fmt.Errorf("embedded is for a struct, not for a pointer, whose nil no column tells; embed %s itself, with fields that may be NULL", t.Elem())
	case t.Kind() != reflect.Struct:
		return fmt.Errorf("embedded is for a struct, not for a Go %s", t)
	case isColumnType(t):
		return fmt.Errorf("a %s is one column; it cannot be embedded", t)
	}
	return nil
}
