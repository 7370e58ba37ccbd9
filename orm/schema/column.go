package schema

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
	// Identity asks for a key that the database makes as the SQL standard says;
	// nil if it does not.
	Identity *Identity
	Unique   bool
	// Default is what the database puts in when an INSERT leaves the column
	// out: an int64, float64, bool, string or [SQL]; nil if there is none.
	Default any
	// Sequence is the sequence that gives the column its default; nil if none
	// does.
	Sequence *Sequence
	// Computed is the expression that the column's value always has; nil if it
	// is not computed.
	Computed *Computed
	// OnUpdate is what an UPDATE that leaves the column out sets it to: an
	// int64, float64, bool, string or [SQL]; nil if it keeps its value.
	OnUpdate any
	// Made and Remade give the values that an INSERT and an UPDATE put in where
	// they leave the column out; nil if no function of the program does. See
	// [Column.Default] and [Column.OnUpdate] for what the database does.
	Made, Remade *Maker
	// References is the column that this one refers to; nil if none.
	References *Reference
	// Collation names the rules by which the database compares the column's
	// text; empty for its own.
	Collation string
	Comment   string
	// Table is the table that the column is in.
	Table *Table
}

// Maker makes the values of a column in the program.
type Maker struct{ Make func() any }

// isPlain says whether nothing says what the column's value is.
func (c *Column) isPlain() bool {
	return c.Default == nil && c.Sequence == nil && c.Computed == nil && c.References == nil
}

// SQL is an SQL expression that is used as it stands, such as
// "CURRENT_TIMESTAMP" for a default. It must not come from a user.
type SQL string

// Identity says how the database counts a key. The zero value counts from 1
// by 1 and lets an INSERT give a value of its own.
type Identity struct {
	// Always refuses a value that an INSERT gives.
	Always bool
	// Start and Increment are 1 if they are 0.
	Start, Increment int64
}

// Computed is GENERATED ALWAYS AS.
type Computed struct {
	SQL SQL
	// Stored keeps the value in the row; otherwise it is computed when it is
	// read.
	Stored bool
}

// Sequence is a counter of the database.
type Sequence struct {
	Schema, Name string
	// Start and Increment are 1 if they are 0.
	Start, Increment int64
}

// FullName is the name with its schema.
func (s *Sequence) FullName() string { return join(s.Schema, s.Name) }

// Reference is the foreign key of one column. It names its target, because the
// other table may be declared later.
type Reference struct {
	Table, Column string
	// Schema is the namespace of the other table; empty for that of this one.
	Schema string
	Actions
}
