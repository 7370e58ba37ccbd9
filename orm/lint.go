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

// warn tells observers of the statement's warnings, or refuses it.
func warn(conn *exec.Conn, compiled *dialect.Compiled) error {
	if err := conn.Warn(compiled.Warnings); err != nil {
		return fmt.Errorf("orm: refusing to run %q: %w", compiled.SQL, err)
	}
	return nil
}
