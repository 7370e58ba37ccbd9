package orm

import (
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// TableOption adds to what [Declare] and [NewTable] make: constraints, indexes,
// comments. Where it names columns, a model's are named by their Go fields, as
// in UniqueTogether("FirstName", "LastName"), or by the columns' own names.
type TableOption interface {
	TablePart
	define(*mapper.Definition)
}

// TablePart is what a table is made of: a [ColumnDef] or a [TableOption].
type TablePart interface{ part() }

// optionFunc is an option without methods of its own.
type optionFunc func(*mapper.Definition)

func (optionFunc) part()                         {}
func (f optionFunc) define(d *mapper.Definition) { f(d) }

// definitions are the options as the mapper takes them, and what they say of
// fields. It is compiled once, not into all that call it.
//
//go:noinline
func definitions(options []TableOption) (list []mapper.Option, tags mapper.Tags) {
	var late []mapper.Option
	for _, o := range options {
		define := o.define
		switch o := o.(type) {
		case earlyOption:
			list = append([]mapper.Option{define}, list...)
			continue
		case lateOption:
			late = append(late, define)
			continue
		case tagger:
			tags = o.tags(tags)
		}
		list = append(list, define)
	}
	return append(list, late...), tags
}

// earlyOption is applied before the others: what a model inherits.
type earlyOption struct{ optionFunc }

// tagger is an option that says something of fields. It is an interface so that
// the linker leaves [FieldOption] out of programs that have none.
type tagger interface {
	tags(mapper.Tags) mapper.Tags
}

// lateOption is applied behind the others: naming conventions.
type lateOption struct{ optionFunc }

// UniqueOption says that no two rows have the same values in some columns.
type UniqueOption struct {
	columns []string
	name    string
}

// UniqueTogether says that no two rows have the same values in all of these
// columns.
func UniqueTogether(columns ...string) UniqueOption { return UniqueOption{columns: columns} }

// Named gives the constraint a name.
func (o UniqueOption) Named(name string) UniqueOption { o.name = name; return o }

func (UniqueOption) part() {}
func (o UniqueOption) define(d *mapper.Definition) {
	what := fmt.Sprintf("UniqueTogether(%s)", quoted(o.columns))
	d.Uniques = append(d.Uniques, &schema.Unique{Name: o.name, Columns: d.Names(what, o.columns)})
}

func quoted(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return `"` + strings.Join(names, `", "`) + `"`
}

// CheckOption is a condition that every row fulfils.
type CheckOption struct{ check schema.Check }

// Check is a condition on the columns' own names, as in Check("price >= 0"),
// that the database holds every row to.
func Check(sql schema.SQL) CheckOption { return CheckOption{schema.Check{SQL: sql}} }

// Named gives the constraint a name; a naming convention completes it.
func (o CheckOption) Named(name string) CheckOption { o.check.Name = name; return o }

func (CheckOption) part() {}
func (o CheckOption) define(d *mapper.Definition) {
	check := o.check
	d.Checks = append(d.Checks, &check)
}

// KeyOption is a foreign key of several columns.
type KeyOption struct {
	columns []string
	key     schema.ForeignKey
}

// ForeignKey makes some columns together refer to a row of another table, as
// in ForeignKey("Shop", "Number").References("offers", "shop", "number").
func ForeignKey(columns ...string) KeyOption { return KeyOption{columns: columns} }

// References names the other table, and the columns there.
func (o KeyOption) References(table string, columns ...string) KeyOption {
	o.key.Table, o.key.Targets = table, columns
	if space, name, ok := strings.Cut(table, "."); ok {
		o.key.Schema, o.key.Table = space, name
	}
	return o
}

// Named gives the constraint a name.
func (o KeyOption) Named(name string) KeyOption { o.key.Name = name; return o }

// OnDelete says what happens when the row referred to goes.
func (o KeyOption) OnDelete(a schema.Action) KeyOption { o.key.OnDelete = a; return o }

// OnUpdate says what happens when the row referred to changes its key.
func (o KeyOption) OnUpdate(a schema.Action) KeyOption { o.key.OnUpdate = a; return o }

// Deferrable says when the key is checked.
func (o KeyOption) Deferrable(when schema.Deferrable) KeyOption { o.key.Deferrable = when; return o }

func (KeyOption) part() {}
func (o KeyOption) define(d *mapper.Definition) {
	key := o.key
	key.Columns = d.Names(fmt.Sprintf("ForeignKey(%s)", quoted(o.columns)), o.columns)
	d.ForeignKeys = append(d.ForeignKeys, &key)
}

// InSchema puts the table into a namespace of the database.
func InSchema(name string) TableOption {
	return optionFunc(func(d *mapper.Definition) { d.Schema = name })
}

// TableComment says in the database what the table is for.
func TableComment(text string) TableOption {
	return optionFunc(func(d *mapper.Definition) { d.Comment = text })
}

// WithNaming gives names to the constraints and indexes that have none, as in
// WithNaming(schema.DefaultNaming).
func WithNaming(n schema.Naming) TableOption {
	return lateOption{func(d *mapper.Definition) { d.Naming = &n }}
}

// DefaultFunc makes the value of a field of each new object: when an object
// whose field is zero is inserted. An [Insert] that does not name the column
// calls it for each row, unless the rows come from a SELECT.
func DefaultFunc[T any](field string, f func() T) TableOption {
	return optionFunc(func(d *mapper.Definition) {
		d.Generate(fmt.Sprintf("DefaultFunc(%q)", field), field, false, func() any { return f() })
	})
}

// OnUpdateFunc makes the value of a field whenever a changed object is written
// whose field has not been changed itself. An [Update] that does not set the
// column calls it once.
func OnUpdateFunc[T any](field string, f func() T) TableOption {
	return optionFunc(func(d *mapper.Definition) {
		d.Generate(fmt.Sprintf("OnUpdateFunc(%q)", field), field, true, func() any { return f() })
	})
}
