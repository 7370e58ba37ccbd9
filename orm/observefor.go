package orm

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/exec"
)

var errOwnDatabase = errors.New("it was made for its own database only")

// CompileFor returns the SQL that the same call would send to another kind of
// database, with that database's placeholders. It needs no connection.
//
//	orm.ObserveAll(orm.Observer{Before: func(_ context.Context, s *orm.Statement) {
//		sql, err := s.CompileFor(postgres.Dialect)
//		…
//	}})
//
// What that database lacks is an error which names it. The SQL of a [Text] is
// the program's own, so only its binds differ; BEGIN and the like are the same
// everywhere. What an [Observer]'s Rewrite makes of the statement is left out.
func (s *Statement) CompileFor(d dialect.Dialect) (sql string, err error) {
	if s.control {
		return s.SQL, nil
	}
	var stmt expr.Stmt
	switch tree := s.tree.(type) {
	case exec.Builder:
		stmt = tree.StmtFor(d)
	case expr.Stmt:
		stmt = tree
	default:
		return "", fmt.Errorf("orm: compiling %q for %s: %w", s.SQL, d.Name(), errOwnDatabase)
	}
	compiled, err := compile(d, stmt, nil)
	if err != nil {
		return "", err
	}
	return compiled.SQL, nil
}

// Control says that the statement begins or ends a transaction or savepoint.
func (s *Statement) Control() bool { return s.control }

// IsText says that the SQL is that of a [Text], in the program's own words.
func (s *Statement) IsText() bool {
	_, is := s.tree.(expr.Text)
	return is
}
