// Package schema describes what the database will hold: tables, their columns,
// types, keys and defaults, as plain data that does not know any SQL.
//
// Most users declare models with package orm and never need it; it is for code
// that looks at tables, such as a dialect or a tool.
package schema

import (
	"fmt"
	"strings"
)

// Table is one table. Do not change it after [NewTable].
type Table struct {
	Name    string
	Columns []*Column
	byName  map[string]*Column
}

// NewTable returns a table with those columns, in that order. It fails when a
// name is empty or used twice, or when two columns ask for autoincrement; the
// error lists all that is wrong.
func NewTable(name string, columns ...*Column) (*Table, error) {
	t := &Table{Name: name, Columns: columns, byName: make(map[string]*Column, len(columns))}
	var wrong []string
	if name == "" {
		wrong = append(wrong, "the table has no name")
	}
	if len(columns) == 0 {
		wrong = append(wrong, "it has no columns")
	}
	auto := 0
	for i, c := range columns {
		switch {
		case c.Name == "":
			wrong = append(wrong, fmt.Sprintf("column %d has no name", i+1))
		case t.byName[c.Name] != nil:
			wrong = append(wrong, fmt.Sprintf("column %s is there twice", c.Name))
		case c.Type.Kind == Unknown:
			wrong = append(wrong, fmt.Sprintf("column %s has no type", c.Name))
		}
		if c.Autoincrement {
			auto++
		}
		c.Table = t
		t.byName[c.Name] = c
	}
	if auto > 1 {
		wrong = append(wrong, "two columns are autoincrement; a table can have one")
	}
	if wrong != nil {
		return nil, fmt.Errorf("table %s: %s", name, strings.Join(wrong, "; "))
	}
	return t, nil
}

// Column returns the column with that name, or nil.
func (t *Table) Column(name string) *Column { return t.byName[name] }

// PrimaryKey returns the columns of the primary key, in the table's order.
func (t *Table) PrimaryKey() []*Column {
	var key []*Column
	for _, c := range t.Columns {
		if c.PrimaryKey {
			key = append(key, c)
		}
	}
	return key
}

// GeneratedKey returns the column whose value the database makes when an
// INSERT leaves it out: the one declared autoincrement, or else the only
// column of the primary key if it is an integer without a default and refers
// to no other table. It returns nil if there is none.
func (t *Table) GeneratedKey() *Column {
	for _, c := range t.Columns {
		if c.Autoincrement {
			return c
		}
	}
	key := t.PrimaryKey()
	if len(key) == 1 && key[0].Type.IsInteger() && key[0].Default == nil && key[0].References == nil {
		return key[0]
	}
	return nil
}

// Column is one column of a table.
type Column struct {
	Name string
	Type Type
	// Nullable says that the column may hold NULL. A column of the primary key
	// never may.
	Nullable   bool
	PrimaryKey bool
	// Autoincrement asks for a key that the database makes and never uses
	// again. See [Table.GeneratedKey] for keys that need not ask.
	Autoincrement bool
	Unique        bool
	// Default is what the database puts in when an INSERT leaves the column
	// out: an int64, float64, bool, string or [SQL]; nil if there is none.
	Default any
	// References is the column that this one refers to; nil if none.
	References *Reference
	// Table is the table that the column is in.
	Table *Table
}

// SQL is an SQL expression that is used as it stands, such as
// "CURRENT_TIMESTAMP" for a default. It must not come from a user.
type SQL string

// Reference names the column that a foreign key refers to, by name, because
// the other table may be declared later.
type Reference struct{ Table, Column string }
