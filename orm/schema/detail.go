package schema

import "slices"

// Detail is what only some types have.
type Detail struct {
	// Name is what a Native type is called in the database, and the name of an
	// Enum's own type there.
	Name string
	// Values are those of an Enum, in order.
	Values []string
	// Element is the type of an Array's elements.
	Element Type
	// Variants are the types that stand in for this one, by dialect.
	Variants map[string]Type
}

// On is the type on a dialect: its variant if there is one.
func (t Type) On(dialect string) Type {
	if t.Detail != nil {
		if v, ok := t.Detail.Variants[dialect]; ok {
			return v
		}
	}
	return t
}

// With returns the type with another one on a dialect.
func (t Type) With(dialect string, other Type) Type {
	d := Detail{}
	if t.Detail != nil {
		d = *t.Detail
	}
	variants := map[string]Type{dialect: other}
	for name, v := range d.Variants {
		if name != dialect {
			variants[name] = v
		}
	}
	d.Variants = variants
	t.Detail = &d
	return t
}

// Equal says whether two types are the same in all that they hold.
func (t Type) Equal(u Type) bool {
	if t.Kind != u.Kind || t.Size != u.Size || t.Scale != u.Scale {
		return false
	}
	a, b := Detail{}, Detail{}
	if t.Detail != nil {
		a = *t.Detail
	}
	if u.Detail != nil {
		b = *u.Detail
	}
	if a.Name != b.Name || !slices.Equal(a.Values, b.Values) || len(a.Variants) != len(b.Variants) {
		return false
	}
	for name, v := range a.Variants {
		if w, ok := b.Variants[name]; !ok || !v.Equal(w) {
			return false
		}
	}
	return t.Kind != Array || a.Element.Equal(b.Element)
}

// EnumOf returns the type of an enumeration. With a name it is a type of its
// own on a database that has such.
func EnumOf(name string, values ...string) Type {
	return Type{Kind: Enum, Detail: &Detail{Name: name, Values: values}}
}

// ArrayOf returns the type of arrays of the elements' type.
func ArrayOf(element Type) Type { return Type{Kind: Array, Detail: &Detail{Element: element}} }

// NativeOf returns a type that is written as it stands, such as "CITEXT".
func NativeOf(sql string) Type { return Type{Kind: Native, Detail: &Detail{Name: sql}} }
