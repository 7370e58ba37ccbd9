package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/internal/exec"
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

// about tells observers how the statement that runs next was compiled and what
// its warnings are, or refuses it.
func about(conn *exec.Conn, q *dialect.Compiled) error {
	if err := conn.About(q); err != nil {
		return fmt.Errorf("orm: refusing to run %q: %w", q.SQL, err)
	}
	return nil
}
