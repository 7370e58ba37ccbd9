package expr

import "github.com/ormlab/ormlab/orm/schema"

// Stmt is a whole statement. The interface is sealed.
type Stmt interface{ stmtNode() }

// Select reads rows.
type Select struct {
	Distinct bool
	Columns  []Expr
	// From lists the tables; if it is empty they are those of Columns and Where.
	From    []*schema.Table
	Where   Expr // nil for all rows
	GroupBy []Expr
	Having  Expr
	OrderBy []Expr
	Limit   Expr // nil for no limit
	Offset  Expr
}

// Insert adds rows. Every row has one expression for each column. With no
// columns and one empty row it adds a row of defaults.
type Insert struct {
	Table     *schema.Table
	Columns   []*schema.Column
	Rows      [][]Expr
	Returning []Expr
}

// Update changes rows. Without Where it changes all of them only if AllRows
// says so.
type Update struct {
	Table   *schema.Table
	Set     []Assignment
	Where   Expr
	AllRows bool
}

// Assignment sets one column.
type Assignment struct {
	Column *schema.Column
	Value  Expr
}

// Delete removes rows. Without Where it removes all of them only if AllRows
// says so.
type Delete struct {
	Table   *schema.Table
	Where   Expr
	AllRows bool
}

// CreateTable makes a table.
type CreateTable struct {
	Table       *schema.Table
	IfNotExists bool
}

// DropTable removes a table.
type DropTable struct {
	Table    *schema.Table
	IfExists bool
}

func (Select) stmtNode()      {}
func (Insert) stmtNode()      {}
func (Update) stmtNode()      {}
func (Delete) stmtNode()      {}
func (CreateTable) stmtNode() {}
func (DropTable) stmtNode()   {}
func (Text) stmtNode()        {}
