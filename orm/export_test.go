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

// CompileWith is a statement as an engine with that cache would run it.
func CompileWith(c *dialect.Cache, s SelectStmt) (dialect.Compiled, error) {
	if s.err != nil {
		return dialect.Compiled{}, s.err
	}
	return c.Compile(s.node)
}
