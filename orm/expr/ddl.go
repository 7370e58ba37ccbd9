package expr

import "github.com/ormlab/ormlab/orm/schema"

// CreateTable makes a table.
type CreateTable struct {
	Table       *schema.Table
	IfNotExists bool
	// Later are the foreign keys that are made when the tables that they refer
	// to are there; see [AddForeignKey].
	Later []*schema.ForeignKey
}

// DropTable removes a table.
type DropTable struct {
	Table    *schema.Table
	IfExists bool
}

// AddForeignKey gives a table one of its foreign keys.
type AddForeignKey struct {
	Table *schema.Table
	Key   *schema.ForeignKey
}

// DropForeignKey takes a foreign key, which must have a name, from a table.
type DropForeignKey struct {
	Table *schema.Table
	Key   *schema.ForeignKey
}

// CreateIndex makes an index.
type CreateIndex struct {
	Table *schema.Table
	Index *schema.Index
}

// DropIndex removes an index.
type DropIndex struct {
	Table    *schema.Table
	Index    *schema.Index
	IfExists bool
}

// SetComment says what a table, or one of its columns, is for.
type SetComment struct {
	Table  *schema.Table
	Column *schema.Column // nil for the table
}

// CreateType makes the database's own type for an enumeration.
type CreateType struct{ Type schema.Type }

// DropType removes it.
type DropType struct{ Type schema.Type }

// CreateSequence makes a sequence.
type CreateSequence struct {
	Sequence    *schema.Sequence
	IfNotExists bool
}

// DropSequence removes a sequence.
type DropSequence struct {
	Sequence *schema.Sequence
	IfExists bool
}

// CreateView makes a view.
type CreateView struct{ View *schema.View }

// CreateViewOf makes a view of a query, which holds no values: a view has no
// arguments.
type CreateViewOf struct {
	Schema, Name string
	Query        Stmt
}

// CreateTableOf makes a table of a query's rows.
type CreateTableOf struct {
	Schema, Name string
	Query        Stmt
	Temporary    bool // until the connection ends
}

// DropView removes a view.
type DropView struct {
	View     *schema.View
	IfExists bool
}

// CreateSchema makes a namespace for tables.
type CreateSchema struct {
	Name        string
	IfNotExists bool
}

func (CreateTable) stmtNode()    {}
func (DropTable) stmtNode()      {}
func (AddForeignKey) stmtNode()  {}
func (DropForeignKey) stmtNode() {}
func (CreateIndex) stmtNode()    {}
func (DropIndex) stmtNode()      {}
func (SetComment) stmtNode()     {}
func (CreateType) stmtNode()     {}
func (DropType) stmtNode()       {}
func (CreateSequence) stmtNode() {}
func (DropSequence) stmtNode()   {}
func (CreateView) stmtNode()     {}
func (CreateViewOf) stmtNode()   {}
func (CreateTableOf) stmtNode()  {}
func (DropView) stmtNode()       {}
func (CreateSchema) stmtNode()   {}
