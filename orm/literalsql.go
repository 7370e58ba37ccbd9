package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// Compilable is a statement of this package.
type Compilable interface {
	Compile(d dialect.Dialect) (sql string, args []any, err error)
}

// LiteralSQL returns the SQL of a statement with its values written into it,
// each quoted as the database needs it. It is for people, logs and scripts: the
// ORM itself always sends values as arguments, and so should a program. It
// needs no database; see [dialect.CompileLiteral] for the settings it relies on.
func LiteralSQL(s Compilable, d dialect.Dialect) (string, error) {
	node, err := nodeOf(s)
	if err != nil {
		return "", err
	}
	if d == nil {
		return "", fmt.Errorf("orm: compiling a statement: the dialect is nil")
	}
	return dialect.CompileLiteral(d, node)
}

// nodeOf is the tree of a statement.
func nodeOf(s Compilable) (expr.Stmt, error) {
	switch s := s.(type) {
	case RowStmt:
		return s.rowStmt()
	case InsertStmt:
		if err := s.check(); err != nil {
			return nil, err
		}
		return s.statement(s.rows), nil
	case UpdateStmt:
		return s.node, s.err
	case DeleteStmt:
		return s.node, s.err
	case DDLStmt:
		return s.node, s.err
	}
	return nil, fmt.Errorf("orm: %T is not a statement of this package", s)
}
