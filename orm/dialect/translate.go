package dialect

import (
	"maps"

	"github.com/ormlab/ormlab/orm/schema"
)

// translated is a dialect that writes other namespaces than the tables have.
type translated struct {
	Dialect
	features Features
}

func (t *translated) Features() *Features { return &t.features }

// Translate returns the dialect with namespaces replaced: a table, sequence or
// view whose namespace is a key of spaces is written with the value instead.
// The empty key is that of tables without one; an empty value writes none.
// Types of their own, of enumerations, count as without one. Text, and SQL in
// checks, views and computed columns, stays as it is. A translated dialect has
// no optional interfaces; those are [Base]'s.
func Translate(d Dialect, spaces map[string]string) Dialect {
	d = Base(d)
	if len(spaces) == 0 {
		return d
	}
	t := &translated{Dialect: d, features: *d.Features()}
	t.features.spaces = maps.Clone(spaces)
	return t
}

// Base returns the dialect that [Translate] was called with, or d itself.
func Base(d Dialect) Dialect {
	if t, ok := d.(*translated); ok {
		return t.Dialect
	}
	return d
}

// Namespace is what a translated dialect writes for a namespace.
func Namespace(d Dialect, space string) string { return d.Features().space(space) }

func (f *Features) space(space string) string {
	if other, ok := f.spaces[space]; ok {
		return other
	}
	return space
}

// attached says whether namespaces are attached databases.
func (c *compiler) attached() bool { return c.features.DDL.AttachedSchemas && c.features.spaces != nil }

// inSpace is the name of a type with the namespace that it is in.
func (c *compiler) inSpace(t schema.Type, name string) (string, error) {
	space := c.features.space("")
	if space == "" || !c.features.DDL.EnumTypes {
		return name, nil
	}
	for t.Kind == schema.Array && t.Detail != nil {
		t = t.Detail.Element
	}
	if t.Kind != schema.Enum || t.Detail == nil || t.Detail.Name == "" {
		return name, nil
	}
	space, err := QuoteName(c.dialect, space)
	return space + "." + name, err
}
