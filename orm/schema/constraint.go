package schema

// Unique says that no two rows have the same values in some columns.
type Unique struct {
	Name    string
	Columns []string
}

// Check is a condition that every row fulfils.
type Check struct {
	Name string
	SQL  SQL
}

// ForeignKey says that some columns have the values of a row of another table.
type ForeignKey struct {
	Columns []string
	// Schema is the namespace of the other table; empty for that of this one.
	Schema  string
	Table   string
	Targets []string // the columns there, one for each of Columns
	Actions
}

// Actions is what a foreign key of one or several columns is besides.
type Actions struct {
	// Name is the name of the constraint; empty for the database's own.
	Name               string
	OnDelete, OnUpdate Action
	Deferrable         Deferrable
}

// Action is what a foreign key does when the row that it refers to goes or
// changes its key.
type Action string

// The actions. NoAction is the zero value.
const (
	NoAction   Action = ""
	Restrict   Action = "RESTRICT"
	Cascade    Action = "CASCADE"
	SetNull    Action = "SET NULL"
	SetDefault Action = "SET DEFAULT"
)

// Deferrable is when a foreign key is checked.
type Deferrable uint8

// The times. At the end of each statement is the zero value.
const (
	NotDeferrable      Deferrable = iota
	InitiallyImmediate            // at each statement, unless the transaction says otherwise
	InitiallyDeferred             // at the end of the transaction
)

// AllForeignKeys returns the foreign keys of the columns and of the table.
func (t *Table) AllForeignKeys() []*ForeignKey {
	var keys []*ForeignKey
	for _, c := range t.Columns {
		if r := c.References; r != nil {
			keys = append(keys, &ForeignKey{Columns: []string{c.Name}, Schema: r.Schema, Table: r.Table,
				Targets: []string{r.Column}, Actions: r.Actions})
		}
	}
	return append(keys, t.ForeignKeys...)
}

// TargetOf is the full name of the table that a foreign key of t refers to.
func (t *Table) TargetOf(k *ForeignKey) string {
	if k.Schema == "" {
		return join(t.Schema, k.Table)
	}
	return join(k.Schema, k.Table)
}
