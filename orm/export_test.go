package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// FormatArgs is how echo shows arguments.
var FormatArgs = formatArgs

// NodeOf is the tree of a statement.
func NodeOf(s any) (expr.Stmt, error) {
	switch s := s.(type) {
	case RowStmt:
		return s.rowStmt()
	case UpdateStmt:
		return s.node, s.err
	case DeleteStmt:
		return s.node, s.err
	case InsertStmt:
		return s.statement(s.rows), s.check()
	}
	return nil, fmt.Errorf("%T is none of the statements with a tree", s)
}

// Compiled is a statement as the engine would run it.
func Compiled(e *Engine, s any) (dialect.Compiled, error) {
	node, err := NodeOf(s)
	return compiled(e, node, err)
}
