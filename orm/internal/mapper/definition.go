package mapper

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

// Definition is a table before it is one: what options add to what columns, or
// the fields of a model, say.
type Definition struct {
	schema.Table
	// Naming gives names to what has none; nil for the database's own.
	Naming *schema.Naming
	// resolve finds the column that a name in an option means; nil if there is
	// none.
	resolve func(name string) *schema.Column
	mapper  *Mapper // nil for a table without a model
	wrong   []error
	checked map[*schema.Check]string // the columns of the checks in tags
	done    func(ok bool)            // called at the end, with whether nothing is wrong; nil for nothing
}

// Option changes a definition.
type Option func(*Definition)

// NewTable defines a table without a model.
func NewTable(name string, columns []*schema.Column, options []Option) (*schema.Table, error) {
	d := &Definition{Table: schema.Table{Name: name, Columns: columns}}
	d.resolve = func(name string) *schema.Column {
		i := slices.IndexFunc(columns, func(c *schema.Column) bool { return c.Name == name })
		if i < 0 {
			return nil
		}
		return columns[i]
	}
	t, errs := d.finish(options)
	if errs != nil {
		return nil, indented(errs)
	}
	return t, nil
}

// finish applies the options and makes the table ready.
func (d *Definition) finish(options []Option) (*schema.Table, []error) {
	for _, o := range options {
		o(d)
	}
	if d.Naming != nil {
		for _, c := range d.Checks {
			if c.Name == "" {
				c.Name = d.checked[c]
			}
		}
		d.Naming.Apply(&d.Table)
	}
	t := d.Table
	if err := schema.Define(&t); err != nil {
		d.wrong = append(d.wrong, err)
	}
	if d.wrong != nil {
		return nil, d.wrong
	}
	return &t, nil
}

// Fail adds something that is wrong.
func (d *Definition) Fail(format string, args ...any) {
	d.wrong = append(d.wrong, fmt.Errorf(format, args...))
}

// OfModel says whether the table is that of a model.
func (d *Definition) OfModel() bool { return d.mapper != nil }

// Names returns the names of the columns that names mean, for the option
// called what.
func (d *Definition) Names(what string, names []string) []string {
	columns := make([]string, 0, len(names))
	for _, name := range names {
		if c := d.resolve(name); c != nil {
			columns = append(columns, c.Name)
			continue
		}
		if d.mapper != nil && d.mapper.wrongFields[name] {
			continue // the field has its say
		}
		d.Fail("%s: %s", what, d.unknown(name))
	}
	return columns
}

func (d *Definition) unknown(name string) string {
	if d.mapper != nil {
		return fmt.Sprintf("%s has no mapped field %s", d.mapper.Name, name)
	}
	known := make([]string, len(d.Table.Columns))
	for i, c := range d.Table.Columns {
		known[i] = c.Name
	}
	return fmt.Sprintf("there is no column %s; there are %s", name, strings.Join(known, ", "))
}

// Generate sets what fills a field, or a column of a table without a model: on
// new objects, or whenever a row changes.
func (d *Definition) Generate(what, name string, onUpdate bool, f func() any) {
	if d.mapper == nil {
		if c := d.resolve(name); c != nil {
			generated(c, onUpdate, f)
			return
		}
		d.Names(what, []string{name})
		return
	}
	field := d.mapper.named(name)
	if field == nil {
		d.Names(what, []string{name})
		return
	}
	if err := field.generate(onUpdate, f); err != nil {
		d.Fail("%s: %s: %w", what, field.Path, err)
	}
}

// generate checks a generator by a first value.
func (f *Field) generate(onUpdate bool, make func() any) error {
	if f.codec.late != nil {
		return errors.New("a deferred column takes no function")
	}
	v := reflect.ValueOf(make())
	if !v.IsValid() || !v.Type().AssignableTo(f.inner()) {
		return fmt.Errorf("the function gives %v values, the field holds %s", v.Kind(), f.inner())
	}
	if onUpdate {
		f.updater = make
	} else {
		f.maker = make
	}
	generated(f.Column, onUpdate, make)
	return nil
}

// generated says that a function gives the values of a column.
func generated(c *schema.Column, onUpdate bool, make func() any) {
	if onUpdate {
		c.Remade = &schema.Maker{Make: make}
	} else {
		c.Made = &schema.Maker{Make: make}
	}
}

// named returns the field whose path is that name behind the model's, or behind
// that of a model that it inherits from.
func (m *Mapper) named(name string) *Field {
	path := m.Name + "." + name
	for _, f := range m.Fields {
		if f.Path == path {
			return f
		}
	}
	for _, f := range m.Fields {
		if f.promoted == path { // as Go finds it, if nothing nearer has the name
			return f
		}
	}
	if m.Inherited != nil && m.Base != nil {
		return m.Base.named(name)
	}
	return nil
}

// fromTags adds what the tags of the fields say of the table.
func (d *Definition) fromTags() {
	groups := map[string]*schema.Unique{}
	indexes := map[string]*schema.Index{}
	d.checked = map[*schema.Check]string{}
	for _, f := range d.mapper.Fields {
		if m := d.mapper; m.Inherited != nil && m.Base != nil && f.Offset < m.Base.Size {
			continue // the base has said it
		}
		o, column := f.options, f.Column.Name
		for _, group := range o.uniqueGroups {
			if groups[group] == nil {
				groups[group] = &schema.Unique{Name: group}
				d.Uniques = append(d.Uniques, groups[group])
			}
			groups[group].Columns = append(groups[group].Columns, column)
		}
		for _, name := range o.indexes {
			index := indexes[name]
			if index == nil || name == "" {
				index = &schema.Index{Name: name}
				indexes[name] = index
				d.Indexes = append(d.Indexes, index)
			}
			index.Parts = append(index.Parts, schema.IndexPart{Column: column})
		}
		if o.check != "" {
			check := &schema.Check{SQL: schema.SQL(o.check)}
			d.Checks = append(d.Checks, check)
			d.checked[check] = column
		}
	}
}
