// Package mapper joins a Go struct and a table: which field is which column,
// and how a field is read from a row, written as an argument, compared and
// copied without reflection.
package mapper

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// Mapper is the mapping of one struct type to one table.
type Mapper struct {
	// Name is the name of the struct type, such as "Pet".
	Name   string
	Type   reflect.Type // the struct
	Size   uintptr      // of the struct
	Table  *schema.Table
	Fields []*Field // in the order of the struct
	Key    []*Field // those of the primary key
	// Loads are the fields that a query reads unless it says otherwise: those
	// of columns that are not deferred, then those of Expressions that the model
	// fills itself.
	Loads []*Field
	// Deferred are those of Fields that are read only when somebody asks.
	Deferred []*Field
	// Expressions are fields that are no columns: queries fill them.
	Expressions []*Field
	// KeyIndex is the place in Loads of the first of Key.
	KeyIndex int
	// Generated is the field whose value the database makes when it is zero;
	// nil if there is none.
	Generated *Field
	// Relations are the relationships, in the order of the struct.
	Relations []*Relation
	// Machinery is the code for them; nil if there are none.
	Machinery Machinery

	// Composites are the structs in the struct whose fields are columns.
	Composites []Composite
	// Version is the field that counts the changes of a row; nil if none does.
	Version *Field
	// Hooks are called around the life of objects.
	Hooks Hooks
	// Inherited is what a class of a hierarchy has besides; nil for others.
	*Inherited
	// Check checks single fields; nil if there is nothing to check. See Validate.
	Check func(object, snapshot unsafe.Pointer) error
	// Loaded are called when an object was made of its row, Refreshed when fields
	// of one were read anew, with the session that did it.
	Loaded    []func(session any, object unsafe.Pointer)
	Refreshed []func(session any, object unsafe.Pointer, fields []*Field)

	// Failure is what was found wrong after the declaration; nil if nothing was.
	Failure error

	tags  Tags // nil if those of the struct are all
	alloc Alloc
	flat  bool // no mapped field holds bytes or a pointer, whose target may change
	// wrongFields are those that are not mapped because of a mistake.
	wrongFields map[string]bool
	wrongKey    bool // a field that is wrong was to be part of the key
	resolution  resolution
}

// Alloc makes and copies structs of the mapped type; only a caller that knows
// the type can.
type Alloc struct {
	New  func() unsafe.Pointer
	Many func(n int) unsafe.Pointer // an array of n structs
	Copy func(dst, src unsafe.Pointer)
}

// Field is one mapped field.
type Field struct {
	// Path is the Go name, such as "Pet.Name".
	Path     string
	Column   *schema.Column
	Type     reflect.Type
	Offset   uintptr
	promoted string // Path without the names of embedded structs
	// Group is the group of deferred columns that are read together.
	Group string
	// Expr is what the model fills a field of Expressions from, as read from a
	// source; nil if only queries say.
	Expr func(of expr.Source) expr.Expr
	// ReadOnly says that nothing writes the column.
	ReadOnly bool
	// OmitZero says that the zero value means unset: an INSERT leaves the
	// column out and reads back what the database put in.
	OmitZero bool
	// def is the default as a value of the field; nil if there is none.
	def     any
	maker   func() any // gives new objects their value; nil if none does
	updater func() any // gives the value whenever the row changes; nil if none does
	options options
	codec   codec
}

// New maps the struct type t to the table named table. The error lists all
// that is wrong, each with the path of its field. tags may be nil.
func New(t reflect.Type, table string, alloc Alloc, tags Tags, more ...Option) (*Mapper, error) {
	m := &Mapper{wrongFields: map[string]bool{}, Name: t.Name(), Type: t, alloc: alloc, Size: t.Size(), flat: true, tags: tags}
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("model %s: a model is a struct, not %s", t, t.Kind())
	}
	errs := m.addFields(group{typ: t, path: t.Name(), name: t.Name()})
	wrong := len(errs) // a field that is wrong has its say; what follows from it is noise
	columns := make([]*schema.Column, len(m.Fields))
	for i, f := range m.Fields {
		columns[i] = f.Column
		m.flat = m.flat && f.codec.unshare == nil
		if f.options.version {
			if err := m.setVersion(f); err != nil {
				errs = append(errs, err)
			}
		}
		if f.Column.PrimaryKey {
			m.Key = append(m.Key, f)
		}
	}
	m.setLoads()
	if len(m.Key) == 0 && !m.wrongKey {
		errs = append(errs, fmt.Errorf("%s: no field has the tag primary_key; a model needs a primary key", t.Name()))
	}
	var done func(ok bool)
	if len(columns) > 0 || wrong == 0 {
		d := &Definition{Table: schema.Table{Name: table, Columns: columns}, mapper: m, resolve: m.resolve}
		var wrongs []error
		m.Table, wrongs = d.finish(append([]Option{(*Definition).fromTags}, more...))
		errs = append(errs, wrongs...)
		done = d.done
	}
	if errs == nil {
		if c := m.Table.GeneratedKey(); c != nil {
			m.Generated = m.FieldOf(c)
		}
	}
	if done != nil {
		done(errs == nil)
	}
	if errs != nil {
		return nil, fmt.Errorf("model %s:\n\t%w", t.Name(), indented(errs))
	}
	return m, nil
}

// resolve finds the column of the field of that name, or the column itself.
func (m *Mapper) resolve(name string) *schema.Column {
	if f := m.named(name); f != nil {
		return f.Column
	}
	for _, f := range m.Fields {
		if f.Column.Name == name {
			return f.Column
		}
	}
	return nil
}

// indented joins errors, one a line.
func indented(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	lines := make([]string, len(errs))
	for i, err := range errs {
		lines[i] = err.Error()
	}
	return errors.New(strings.Join(lines, "\n\t"))
}

// addFields maps the fields of a group, and goes into the groups inside.
func (m *Mapper) addFields(g group) (errs []error) {
	for i := range g.typ.NumField() {
		sf := g.typ.Field(i)
		if m.tags != nil {
			sf = m.tags.retag(m.Name, g.name, sf)
		}
		tag, tagged := sf.Tag.Lookup("orm")
		if tag == "-" || !sf.IsExported() && !sf.Anonymous {
			continue
		}
		at := g.path + "." + sf.Name
		if !tagged && strings.Contains(string(sf.Tag), "orm:") {
			errs = append(errs, fmt.Errorf("%s: the tag %s cannot be read: a tag is orm:\"…\", with both quotes and no space", at, sf.Tag))
			continue
		}
		inner, isGroup, err := g.inside(sf, tag, tagged)
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: %w", at, err))
			continue
		case isGroup:
			if !sf.Anonymous {
				m.Composites = append(m.Composites, Composite{inner.offset, inner.typ, inner.path})
			}
			errs = append(errs, m.addFields(inner)...)
			continue
		case !sf.IsExported():
			continue
		}
		offset := g.offset + sf.Offset
		if sf.Type.Implements(relatedType) {
			m.Machinery = machineryOf(sf.Type)
			if err := m.Machinery.relate(m, sf, strings.TrimPrefix(at, m.Name+"."), offset, tag); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", at, err))
			}
			continue
		}
		f, err := newField(sf, at, offset, tag)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", at, err))
			m.wrongFields[strings.TrimPrefix(at, m.Name+".")] = true
			m.wrongKey = m.wrongKey || strings.Contains(tag, "primary_key")
			continue
		}
		f.promoted = g.name + "." + sf.Name
		f.Column.Name = g.prefix + f.Column.Name
		if f.options.expression {
			m.Expressions = append(m.Expressions, f)
			continue
		}
		if f.codec.late != nil {
			m.Deferred = append(m.Deferred, f)
		}
		m.Fields = append(m.Fields, f)
	}
	return errs
}

// newField maps one struct field.
func newField(sf reflect.StructField, path string, offset uintptr, tag string) (*Field, error) {
	opts, err := parseTag(tag)
	if err != nil {
		return nil, err
	}
	if opts.expression {
		if err := opts.checkExpression(); err != nil {
			return nil, err
		}
	}
	cd, err := codecOf(sf.Type)
	if err != nil && sf.Type.Kind() == reflect.Struct && !isColumnType(sf.Type) {
		err = fmt.Errorf("a Go %s has no column type; if its fields are columns, add the tag embedded", sf.Type)
	}
	if err != nil {
		return nil, err
	}
	c := &schema.Column{
		Name: opts.name, Type: cd.typ, Nullable: cd.nullable, PrimaryKey: opts.primaryKey,
		Autoincrement: opts.autoincrement, Unique: opts.unique, References: opts.references,
	}
	if c.Name == "" {
		c.Name = SnakeCase(sf.Name)
	}
	if opts.computed != "" || opts.readOnly {
		// What is never written has no changes.
		cd.equal = func(a, b unsafe.Pointer) bool { return true }
	}
	f := &Field{Path: path, Column: c, Type: sf.Type, Offset: offset, OmitZero: opts.omitZero,
		ReadOnly: opts.computed != "" || opts.readOnly, codec: cd, options: opts}
	if err := f.apply(opts); err != nil {
		return nil, err
	}
	return f, f.checkDeferred()
}

// holds says whether the field keeps a default as it is, which a small integer
// may not.
func (f *Field) holds(def any) bool {
	n, isInt := def.(int64)
	if !isInt {
		return true
	}
	sample := reflect.New(f.Type).UnsafePointer()
	f.codec.set(sample, def)
	return f.codec.value(sample).Int() == n
}

// FieldOf returns the field of that column, or nil.
func (m *Mapper) FieldOf(c *schema.Column) *Field {
	for _, f := range m.Fields {
		if f.Column == c {
			return f
		}
	}
	return nil
}

// FieldNamed returns the field of that name, or of the column of that name; nil
// if there is none.
func (m *Mapper) FieldNamed(name string) *Field {
	if c := m.resolve(name); c != nil {
		return m.FieldOf(c)
	}
	return nil
}

// FieldAt returns the field of type t at that offset, or nil.
func (m *Mapper) FieldAt(offset uintptr, t reflect.Type) *Field {
	for _, f := range m.Fields {
		if f.Offset == offset && f.Type == t {
			return f
		}
	}
	return nil
}

// New returns a new zero struct.
func (m *Mapper) New() unsafe.Pointer { return m.alloc.New() }

// FillDefaults sets the fields that have a default to it.
func (m *Mapper) FillDefaults(object unsafe.Pointer) {
	for _, f := range m.Fields {
		if f.def != nil {
			f.codec.set(f.at(object), f.def)
		}
	}
	m.FillGenerated(object)
}

// NewBlock returns n zero structs, one behind the other.
func (m *Mapper) NewBlock(n int) unsafe.Pointer { return m.alloc.Many(n) }

// CopyAll copies the whole struct, bytes included.
func (m *Mapper) CopyAll(dst, src unsafe.Pointer) {
	m.alloc.Copy(dst, src)
	for _, f := range m.Fields {
		if f.codec.unshare != nil {
			f.codec.unshare(f.at(dst))
		}
	}
}

// Same says that no mapped field differs, by one look at the memory of the two
// structs; false means that one may.
func (m *Mapper) Same(a, b unsafe.Pointer) bool { return m.SameBlock(a, b, 1) }

// SameBlock is [Mapper.Same] for n structs that lie one behind the other. A
// program's own objects may do so although each was allocated by itself. All of
// them are alive, and nothing is read behind the last, but the checks of -race
// know only of single allocations.
//
//go:nocheckptr
func (m *Mapper) SameBlock(a, b unsafe.Pointer, n int) bool {
	size := uintptr(n) * m.Size
	return m.flat && unsafe.String((*byte)(a), size) == unsafe.String((*byte)(b), size)
}

// CopyColumns copies the mapped fields only.
func (m *Mapper) CopyColumns(dst, src unsafe.Pointer) {
	for _, f := range m.Fields {
		f.Copy(dst, src)
	}
}

func (f *Field) at(object unsafe.Pointer) unsafe.Pointer { return unsafe.Add(object, f.Offset) }

// Copy copies the field from one struct to another.
func (f *Field) Copy(dst, src unsafe.Pointer) {
	f.codec.copy(f.at(dst), f.at(src))
	if f.codec.unshare != nil {
		f.codec.unshare(f.at(dst))
	}
}

// Arg returns the field as an argument, or why its value cannot be one.
func (f *Field) Arg(object unsafe.Pointer) (driver.Value, error) {
	v, err := f.codec.arg(f.at(object))
	if err == nil && v.Kind() == driver.Text {
		err = f.fits(v.Text())
	}
	if err != nil {
		return v, fmt.Errorf("%s: %w", f.Path, err)
	}
	return v, nil
}

// fits checks a decimal number against its column.
func (f *Field) fits(text string) error {
	if t := f.Column.Type; t.Kind == schema.Numeric {
		return textform.FitDecimal(text, t.Size, int(t.Scale))
	}
	return nil
}

// Value returns the field as an argument; a value that cannot be one is a text
// that says so.
func (f *Field) Value(object unsafe.Pointer) driver.Value { return f.codec.value(f.at(object)) }

// IsZero says whether the field has its zero value.
func (f *Field) IsZero(object unsafe.Pointer) bool { return f.codec.zero(f.at(object)) }

// Equal says whether two structs have the same value in the field.
func (f *Field) Equal(a, b unsafe.Pointer) bool { return f.codec.equal(f.at(a), f.at(b)) }

// Read sets the field from column i of the current row.
func (f *Field) Read(object unsafe.Pointer, rows driver.Rows, i int) error {
	if err := f.codec.read(f.at(object), rows, i); err != nil {
		return fmt.Errorf("column %s into %s: %w", rows.Columns()[i].Name, f.Path, err)
	}
	return nil
}

// SetInt sets an integer field.
func (f *Field) SetInt(object unsafe.Pointer, i int64) { f.codec.set(f.at(object), i) }
