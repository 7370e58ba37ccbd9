package mapper

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/ormlab/ormlab/orm/schema"
)

// Over maps the struct type t to a table that is there. Each field needs a
// column of its name that takes what it holds; the table may have others. The
// error lists all that does not fit.
func Over(t reflect.Type, table *schema.Table, alloc Alloc, tags *Tagging) (*Mapper, error) {
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("model %s: a model is a struct, not %s", t, t.Kind())
	}
	m := &Mapper{wrongFields: map[string]bool{}, Name: t.Name(), Type: t, alloc: alloc, Size: t.Size(), flat: true, tags: tags, Table: table}
	errs := m.addFields(group{typ: t, path: t.Name(), name: t.Name()})
	errs = append(errs, tags.Unused(t.Name())...)
	errs = append(errs, m.lie()...)
	if errs != nil {
		return nil, fmt.Errorf("model %s over the table %s:\n\t%w", t.Name(), table.FullName(), indented(errs))
	}
	m.setLoads()
	if c := table.GeneratedKey(); c != nil {
		m.Generated = m.FieldOf(c)
	}
	return m, nil
}

// lie gives the fields the columns of the table.
func (m *Mapper) lie() (errs []error) {
	key, taken := m.Table.PrimaryKey(), map[*schema.Column]*Field{}
	for _, f := range m.Fields {
		c := m.Table.Column(f.Column.Name)
		isKey := c != nil && (c.PrimaryKey || len(key) == 0 && f.options.primaryKey)
		if isKey {
			m.Key = append(m.Key, f)
		}
		err := m.fitsColumn(f, c, isKey)
		if other := taken[c]; err == nil && other != nil {
			err = fmt.Errorf("the column %s is that of %s already", c.Name, other.Path)
		}
		if c != nil {
			taken[c] = f
		}
		if err == nil {
			err = m.lieOver(f, c)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.Path, err))
		}
	}
	for _, c := range key {
		if taken[c] == nil {
			errs = append(errs, fmt.Errorf("%s: no field is for the column %s, which is part of the primary key", m.Name, c.Name))
		}
	}
	if len(key) == 0 && len(m.Key) == 0 && !m.wrongKey {
		errs = append(errs, fmt.Errorf("%s: the table %s has no primary key; name the columns that together tell its rows apart by the tag primary_key, or by orm.Field(…, \"primary_key\")",
			m.Name, m.Table.FullName()))
	}
	return errs
}

// fitsColumn says why the field cannot be the column's; nil if it can.
func (m *Mapper) fitsColumn(f *Field, c *schema.Column, isKey bool) error {
	if c == nil {
		return fmt.Errorf("the table has no column %s; it has %s; name another by the tag name:…, or leave the field out by the tag -",
			f.Column.Name, columnList(m.Table.Columns))
	}
	switch {
	case !mayHold(c.Type, f.Column.Type):
		return fmt.Errorf("the column %s is %s, which a Go %s does not hold", c.Name, c.Type, f.Type)
	case isKey && f.Column.Nullable:
		return errors.New("a primary key cannot be NULL; use the plain type")
	case f.codec.late != nil && (isKey || m.refers(c)):
		return errors.New("a key cannot be deferred: each object needs it; use the plain type")
	case c.Nullable && !isKey && !f.codec.nullable:
		return fmt.Errorf("the column %s may be NULL, which a plain %s cannot hold; use orm.Null[%s] or *%s", c.Name, f.Type, f.Type, f.Type)
	case f.options.primaryKey && !isKey:
		return fmt.Errorf("it has the tag primary_key, but the primary key of the table is %s", columnList(m.Table.PrimaryKey()))
	}
	return nil
}

func (m *Mapper) refers(c *schema.Column) bool {
	return slices.ContainsFunc(m.Table.AllForeignKeys(), func(k *schema.ForeignKey) bool { return slices.Contains(k.Columns, c.Name) })
}

// mayHold says whether a column takes what a field whose own type is field
// holds. Databases keep documents, days and the like as text where they have
// no type for them, and then do not tell.
func mayHold(column, field schema.Type) bool {
	switch {
	case column.Kind == schema.Unknown, column.Kind == schema.Native, field.Kind == schema.Native:
		return true
	case column.Kind == schema.Enum, field.Kind == schema.Enum:
		return column.Kind == field.Kind || column.IsText() || field.IsText()
	}
	return compatible(column, field) || compatible(field, column)
}

// lieOver makes the column that of the field.
func (m *Mapper) lieOver(f *Field, c *schema.Column) error {
	text := f.Column.Type.IsText()
	f.Column = c
	if c.Type.Kind == schema.Enum && c.Type.Detail != nil && text && f.codec.late == nil {
		f.codec = f.codec.limit(c.Type)
	}
	if c.Computed != nil {
		f.ReadOnly = true
		f.codec.equal = func(a, b unsafe.Pointer) bool { return true } // what is never written has no changes
	}
	m.flat = m.flat && f.codec.unshare == nil
	if f.options.version {
		return m.setVersion(f)
	}
	return nil
}

func columnList(columns []*schema.Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}
