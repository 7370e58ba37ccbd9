// Package schema describes what the database will hold: tables, their columns,
// types, keys, constraints, indexes and views, as plain data that does not know
// any SQL.
//
// Most users declare models with package orm and never need it; it is for code
// that looks at tables, such as a dialect or a tool.
package schema

// Table is one table. Do not change it after [NewTable] or [Define].
type Table struct {
	// Schema is the database's namespace that the table is in; empty for the
	// connection's own.
	Schema  string
	Name    string
	Columns []*Column
	// KeyName is the name of the primary key's constraint; empty for the
	// database's own.
	KeyName string
	// Uniques are those with a name or several columns; see [Column.Unique].
	Uniques []*Unique
	Checks  []*Check
	// ForeignKeys are those of several columns; see [Column.References] and
	// [Table.AllForeignKeys].
	ForeignKeys []*ForeignKey
	Indexes     []*Index
	Comment     string
	byName      map[string]*Column
	named       bool // a convention has given the names
}

// NewTable returns a table with those columns, in that order. It fails when a
// name is empty or used twice, or when two columns ask for autoincrement; the
// error lists all that is wrong.
func NewTable(name string, columns ...*Column) (*Table, error) {
	t := &Table{Name: name, Columns: columns}
	if err := Define(t); err != nil {
		return nil, err
	}
	return t, nil
}

// Column returns the column with that name, or nil.
func (t *Table) Column(name string) *Column { return t.byName[name] }

// FullName is the name with its schema, such as "shop.orders".
func (t *Table) FullName() string { return join(t.Schema, t.Name) }

func join(schema, name string) string {
	if schema == "" {
		return name
	}
	return schema + "." + name
}

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
// INSERT leaves it out: the one declared autoincrement or identity, or else the
// only column of the primary key if it is an integer without a default, a
// computation or a sequence and refers to no other table. It returns nil if
// there is none.
func (t *Table) GeneratedKey() *Column {
	for _, c := range t.Columns {
		if c.Autoincrement || c.Identity != nil {
			return c
		}
	}
	key := t.PrimaryKey()
	if len(key) == 1 && key[0].Type.IsInteger() && key[0].isPlain() && !t.refers(key[0]) {
		return key[0]
	}
	return nil
}

func (t *Table) refers(c *Column) bool {
	for _, k := range t.AllForeignKeys() {
		if len(k.Columns) == 1 && k.Columns[0] == c.Name {
			return true
		}
	}
	return false
}
