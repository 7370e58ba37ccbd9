package mapper

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Tags is what a program says of fields beside the tags in the struct.
// [Tagging] has it; an interface leaves it out of programs that say nothing.
type Tags interface {
	// retag gives a field of a group in the model the tag that it is to have.
	retag(model, group string, sf reflect.StructField) reflect.StructField
}

// Tagging is the [Tags].
type Tagging struct {
	// Fields are tags by the names of their fields, such as "Name" or "Start.X".
	Fields map[string]string
	// ColumnName makes the names of columns from those of fields; nil is
	// [SnakeCase].
	ColumnName func(field string) string
	used       map[string]bool
}

func (t *Tagging) retag(model, in string, sf reflect.StructField) reflect.StructField {
	name := strings.TrimPrefix(in+"."+sf.Name, model+".")
	tag, tagged := sf.Tag.Lookup("orm")
	if other, ok := t.Fields[name]; ok && (sf.IsExported() || sf.Anonymous) {
		if t.used == nil {
			t.used = map[string]bool{}
		}
		t.used[name] = true
		tag, tagged = other, true
		sf.Tag = reflect.StructTag("orm:" + strconv.Quote(tag))
	}
	malformed := !tagged && strings.Contains(string(sf.Tag), "orm:")
	if t.ColumnName == nil || tag == "-" || malformed || sf.Type.Implements(relatedType) {
		return sf
	}
	_, isGroup, err := group{}.inside(sf, tag, tagged)
	o, wrong := parseTag(tag)
	if err == nil && wrong == nil && !isGroup && o.name == "" {
		sf.Tag = reflect.StructTag("orm:" + strconv.Quote(tag+",name:'"+strings.ReplaceAll(t.ColumnName(sf.Name), "'", "''")+"'"))
	}
	return sf
}

// Unused tells which tags are for fields that are not there.
func (t *Tagging) Unused(model string) (errs []error) {
	for _, name := range slices.Sorted(maps.Keys(t.Fields)) {
		if !t.used[name] {
			errs = append(errs, fmt.Errorf("Field(%q): %s has no exported field %s", name, model, name))
		}
	}
	return errs
}

// CheckTags reports the tags of a definition that are for no field, once.
func CheckTags(d *Definition) {
	if t, ok := d.mapper.tags.(*Tagging); ok {
		for _, err := range t.Unused(d.mapper.Name) {
			d.Fail("%w", err)
		}
		t.Fields = nil
	}
}

// NameTable names the table of a model that has no name.
func NameTable(d *Definition, name func(model string) string) {
	if d.Name == "" {
		d.Name = name(d.mapper.Name)
	}
}
