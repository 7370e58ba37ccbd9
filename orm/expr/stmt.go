package expr

import "github.com/ormlab/ormlab/orm/schema"

// Stmt is a whole statement. The interface is sealed.
type Stmt interface{ stmtNode() }

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

func (CreateTable) stmtNode() {}
func (DropTable) stmtNode()   {}
func (Text) stmtNode()        {}
