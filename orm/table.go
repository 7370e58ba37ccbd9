package orm

import (
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Table is a table without a model: its columns are reached by name, with [C].
// It is safe for use by several goroutines.
type Table struct {
	table *schema.Table
	err   error
}

// NewTable describes a table. If the description is wrong everything that uses
// the table fails and says why.
//
//	census := orm.NewTable("census",
//		orm.Column("state", orm.String(30)),
//		orm.Column("pop2000", orm.Integer()))
func NewTable(name string, columns ...ColumnDef) *Table {
	list := make([]*schema.Column, len(columns))
	for i, c := range columns {
		list[i] = c.build()
	}
	t, err := schema.NewTable(name, list...)
	if err != nil {
		err = fmt.Errorf("orm: %w", err)
	}
	return &Table{table: t, err: err}
}

// C returns the column of that name. Its comparisons take any value, and check
// it against the column's type when the statement is compiled.
func (t *Table) C(name string) Expr[any] {
	if t.err != nil {
		return columnExpr[any](nil, nil, t.err)
	}
	c := t.table.Column(name)
	if c == nil {
		names := make([]string, len(t.table.Columns))
		for i, c := range t.table.Columns {
			names[i] = c.Name
		}
		return columnExpr[any](nil, nil, fmt.Errorf("orm: table %s has no column %q; it has %s",
			t.table.Name, name, strings.Join(names, ", ")))
	}
	return columnExpr[any](c, nil, nil)
}

func (t *Table) mapped() (*schema.Table, error) { return t.table, t.err }

func (t *Table) columns() []expr.Expr {
	if t.err != nil {
		return []expr.Expr{expr.Invalid{Err: t.err}}
	}
	return tableColumns(t.table)
}

// ColumnDef describes a column of a [Table]. Its methods return it changed.
type ColumnDef struct{ column schema.Column }

// Type is the type of a column.
type Type = schema.Type

// Column describes a column, which may hold NULL unless NotNull or PrimaryKey
// is called.
func Column(name string, t Type) ColumnDef {
	return ColumnDef{schema.Column{Name: name, Type: t, Nullable: true}}
}

func (d ColumnDef) build() *schema.Column {
	c := d.column
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

// References makes the column a foreign key.
func (d ColumnDef) References(table, column string) ColumnDef {
	d.column.References = &schema.Reference{Table: table, Column: column}
	return d
}

// SmallInteger is a type of 16-bit integers.
func SmallInteger() Type { return Type{Kind: schema.SmallInteger} }

// Integer is a type of integers: 32 bits on PostgreSQL and MySQL.
func Integer() Type { return Type{Kind: schema.Integer} }

// BigInteger is a type of 64-bit integers.
func BigInteger() Type { return Type{Kind: schema.BigInteger} }

// Boolean is a type of truth values.
func Boolean() Type { return Type{Kind: schema.Boolean} }

// Float is a type of 64-bit floating-point numbers.
func Float() Type { return Type{Kind: schema.Float} }

// String is a type of text of at most size characters; 0 is no limit, which
// MySQL does not have.
func String(size int) Type { return Type{Kind: schema.String, Size: size} }

// LongText is a type of text of any length.
func LongText() Type { return Type{Kind: schema.Text} }

// LargeBinary is a type of bytes.
func LargeBinary() Type { return Type{Kind: schema.LargeBinary} }

// DateTime is a type of instants, kept in UTC to the microsecond.
func DateTime() Type { return Type{Kind: schema.DateTime} }
