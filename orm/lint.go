package orm

import (
	"github.com/ormlab/ormlab/orm/dialect"
)

// Lint returns what looks like an oversight in a statement, such as tables that
// no condition joins, so that every row of one meets every row of the other. It
// needs no database.
func Lint(s RowStmt, d dialect.Dialect) (warnings []string, err error) {
	node, err := s.rowStmt()
	compiled, err := compile(d, node, err)
	if err != nil {
		return nil, err
	}
	return compiled.Warnings, nil
}
