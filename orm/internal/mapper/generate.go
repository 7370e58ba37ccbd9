package mapper

import (
	"reflect"
	"slices"
	"unsafe"
)

// inner is the type of a field's value: of Null[T] and Opt[T] it is T.
func (f *Field) inner() reflect.Type {
	if n, ok := reflect.New(f.Type).Interface().(Nullable); ok {
		value, _ := n.NullParts()
		return reflect.TypeOf(value).Elem()
	}
	if f.Type.Kind() == reflect.Pointer {
		return f.Type.Elem()
	}
	return f.Type
}

// fill sets the field to a value of its inner type.
func (f *Field) fill(object unsafe.Pointer, v any) {
	at := reflect.NewAt(f.Type, f.at(object))
	if o, ok := at.Interface().(Optional); ok {
		*o.SetPart() = true
	}
	if n, ok := at.Interface().(Nullable); ok {
		value, valid := n.NullParts()
		*valid = true
		reflect.ValueOf(value).Elem().Set(reflect.ValueOf(v))
		return
	}
	if f.Type.Kind() == reflect.Pointer {
		p := reflect.New(f.Type.Elem())
		p.Elem().Set(reflect.ValueOf(v))
		at.Elem().Set(p)
		return
	}
	at.Elem().Set(reflect.ValueOf(v))
}

// FillGenerated sets the zero fields of a new object that a function makes.
func (m *Mapper) FillGenerated(object unsafe.Pointer) {
	for _, f := range m.Fields {
		if f.maker != nil && f.IsZero(object) {
			f.fill(object, f.maker())
		}
	}
}

// FillUpdated sets the fields that a function makes whenever a row changes,
// but for those in changed, and says whether there are any.
func (m *Mapper) FillUpdated(object unsafe.Pointer, changed []*Field) (filled bool) {
	for _, f := range m.Fields {
		if f.updater != nil && !slices.Contains(changed, f) {
			f.fill(object, f.updater())
			filled = true
		}
	}
	return filled
}
