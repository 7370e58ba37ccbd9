package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// CreateView returns the CREATE VIEW of a statement. A view has no arguments, so
// the statement must hold no Go values: write constants with [TextExpr]. Read
// the view as a [NewTable] of its columns.
func CreateView(name string, s RowStmt) DDLStmt {
	node, err := s.rowStmt()
	return DDLStmt{expr.CreateViewOf{Name: name, Query: node}, err}
}

// DropView returns the DROP VIEW of that name.
func DropView(name string) DDLStmt {
	return DDLStmt{node: expr.DropView{View: &schema.View{Name: name}}}
}

// CreateTableAs returns the statement that makes a table of the rows of
// another, CREATE TABLE … AS. The table has no keys or constraints.
func CreateTableAs(name string, s RowStmt) DDLStmt {
	node, err := s.rowStmt()
	return DDLStmt{expr.CreateTableOf{Name: name, Query: node}, err}
}

// CreateTemporaryTableAs is [CreateTableAs] for a table that only the
// connection has, until it ends.
func CreateTemporaryTableAs(name string, s RowStmt) DDLStmt {
	node, err := s.rowStmt()
	return DDLStmt{expr.CreateTableOf{Name: name, Query: node, Temporary: true}, err}
}
