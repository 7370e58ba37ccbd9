package orm

import (
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

// ColumnDef describes a column of a [Table]. Its methods return it changed.
type ColumnDef struct{ column schema.Column }

// Type is the type of a column.
type Type = schema.Type

// Column describes a column, which may hold NULL unless NotNull or PrimaryKey
// is called.
func Column(name string, t Type) ColumnDef {
	return ColumnDef{schema.Column{Name: name, Type: t, Nullable: true}}
}

func (ColumnDef) part() {}

func (d ColumnDef) build() *schema.Column {
	c := d.column
	if c.References != nil {
		r := *c.References // a naming convention gives it a name
		c.References = &r
	}
	return &c
}

// NotNull forbids NULL.
func (d ColumnDef) NotNull() ColumnDef { d.column.Nullable = false; return d }

// PrimaryKey makes the column part of the primary key.
func (d ColumnDef) PrimaryKey() ColumnDef {
	d.column.PrimaryKey, d.column.Nullable = true, false
	return d
}

// Autoincrement asks for a key that the database makes and never uses again.
func (d ColumnDef) Autoincrement() ColumnDef { d.column.Autoincrement = true; return d }

// Unique says that no two rows have the same value.
func (d ColumnDef) Unique() ColumnDef { d.column.Unique = true; return d }

// Default is what the database puts in when an INSERT leaves the column out: an
// int64, float64, bool, string or [schema.SQL].
func (d ColumnDef) Default(v any) ColumnDef { d.column.Default = v; return d }

// References makes the column a foreign key, as in References("users", "id").
// A table in a namespace is named with it: "shop.users".
func (d ColumnDef) References(table, column string) ColumnDef {
	d.column.References = &schema.Reference{Table: table, Column: column}
	if space, name, ok := strings.Cut(table, "."); ok {
		d.column.References.Schema, d.column.References.Table = space, name
	}
	return d
}

// OnDelete says what happens to the row when the one that it refers to goes.
// Call it behind References.
func (d ColumnDef) OnDelete(a schema.Action) ColumnDef {
	return d.key(func(r *schema.Reference) { r.OnDelete = a })
}

// OnUpdate says what happens when the row referred to changes its key. Call it
// behind References.
func (d ColumnDef) OnUpdate(a schema.Action) ColumnDef {
	return d.key(func(r *schema.Reference) { r.OnUpdate = a })
}

// Deferrable says when the foreign key is checked. Call it behind References.
func (d ColumnDef) Deferrable(when schema.Deferrable) ColumnDef {
	return d.key(func(r *schema.Reference) { r.Deferrable = when })
}

// key changes the foreign key in a copy: a ColumnDef is a value.
func (d ColumnDef) key(change func(*schema.Reference)) ColumnDef {
	r := schema.Reference{}
	if d.column.References != nil {
		r = *d.column.References
	}
	change(&r)
	d.column.References = &r
	return d
}

// Identity asks for a key that the database counts as the SQL standard says.
func (d ColumnDef) Identity(options schema.Identity) ColumnDef {
	d.column.Identity = &options
	return d
}

// Sequence takes the default from a sequence of the database.
func (d ColumnDef) Sequence(s schema.Sequence) ColumnDef { d.column.Sequence = &s; return d }

// Computed makes the column the value of an expression. With stored it is kept
// in the row; otherwise it is computed when it is read.
func (d ColumnDef) Computed(sql schema.SQL, stored bool) ColumnDef {
	d.column.Computed = &schema.Computed{SQL: sql, Stored: stored}
	return d
}

// SetOnUpdate is what an UPDATE that leaves the column out sets it to: an
// int64, float64, bool, string or [schema.SQL].
func (d ColumnDef) SetOnUpdate(v any) ColumnDef { d.column.OnUpdate = v; return d }

// Collate compares and sorts the column's text by the rules of that name, which
// are the database's own, such as "NOCASE" on SQLite.
func (d ColumnDef) Collate(name string) ColumnDef { d.column.Collation = name; return d }

// Comment says in the database what the column is for.
func (d ColumnDef) Comment(text string) ColumnDef { d.column.Comment = text; return d }
