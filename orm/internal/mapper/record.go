package mapper

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/ormlab/ormlab/orm/schema"
)

// records are those of all types that were asked for.
var records sync.Map // reflect.Type -> *Record

// Record is how rows are read into values of a type that is mapped to no table:
// a struct, or a single value.
type Record struct {
	// Name is the name of the type, such as "Report".
	Name string
	// Fields are the fields of the struct; one for a single value.
	Fields []*Field
	// Single says that the type is a single value, not a struct.
	Single bool
	// Type is the type itself.
	Type reflect.Type
}

// RecordOf returns the record of a type. A field of a struct is read from the
// column that a model with that field would have.
func RecordOf(t reflect.Type) (*Record, error) {
	if r, ok := records.Load(t); ok {
		return r.(*Record), nil
	}
	r := &Record{Name: t.String(), Type: t}
	if t.Kind() == reflect.Struct && !isColumnType(t) {
		m := &Mapper{Name: t.Name(), wrongFields: map[string]bool{}}
		if errs := m.addFields(group{typ: t, path: t.Name(), name: t.Name()}); errs != nil {
			return nil, fmt.Errorf("reading rows into %s: %w", t, indented(errs))
		}
		if r.Fields = append(m.Fields, m.Expressions...); len(r.Fields) == 0 {
			return nil, fmt.Errorf("reading rows into %s: it has no fields", t)
		}
	} else {
		cd, err := codecOf(t)
		if err != nil {
			return nil, fmt.Errorf("reading rows: %w", err)
		}
		r.Single = true
		r.Fields = []*Field{{Path: t.String(), Column: &schema.Column{}, Type: t, codec: cd}}
	}
	records.Store(t, r)
	return r, nil
}
