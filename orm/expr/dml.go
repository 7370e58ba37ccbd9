package expr

import "github.com/ormlab/ormlab/orm/schema"

// Insert adds rows: those in Rows, where every row has one expression for each
// column, or those of Query. With no columns and one empty row it adds a row of
// defaults.
type Insert struct {
	Table     *schema.Table
	Columns   []*schema.Column
	Rows      [][]Expr
	Query     Stmt
	Conflict  *Conflict
	Returning []Expr
}

// Conflict is what an [Insert] does about rows that are there already.
type Conflict struct {
	// Columns are those of the key that is in the way; none for any key.
	Columns []*schema.Column
	// Constraint names the key instead.
	Constraint string
	// Partial is the condition of a partial index.
	Partial Expr
	// Set changes the row that is there; none leaves it as it is.
	Set []Assignment
	// Where is the condition for the change.
	Where Expr
}

// Update changes rows. Without Where it changes all of them only if AllRows
// says so.
type Update struct {
	Table *schema.Table
	Set   []Assignment
	// From are other sources that Set and Where read.
	From      []Source
	Where     Expr
	AllRows   bool
	Returning []Expr
}

// Assignment sets one column.
type Assignment struct {
	Column *schema.Column
	Value  Expr
}

// Delete removes rows. Without Where it removes all of them only if AllRows
// says so.
type Delete struct {
	Table *schema.Table
	// Using are other sources that Where reads.
	Using     []Source
	Where     Expr
	AllRows   bool
	Returning []Expr
}

func (Insert) stmtNode() {}
func (Update) stmtNode() {}
func (Delete) stmtNode() {}
