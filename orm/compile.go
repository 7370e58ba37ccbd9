package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// compilePublic is what the Compile methods of statements return.
func compilePublic(d dialect.Dialect, s expr.Stmt, err error) (sql string, args []any, _ error) {
	c, err := compile(d, s, err)
	if err != nil {
		return "", nil, err
	}
	return c.SQL, c.Values, nil
}

// compiled is a statement as the executor's database takes it, by the engine's
// cache, unless building it failed.
func compiled(on Executor, s expr.Stmt, err error) (dialect.Compiled, error) {
	if err != nil {
		return dialect.Compiled{}, err
	}
	return on.statements().Compile(s)
}

// compile turns a statement into SQL, unless building it failed.
func compile(d dialect.Dialect, s expr.Stmt, err error) (*dialect.Compiled, error) {
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, fmt.Errorf("orm: compiling a statement: the dialect is nil")
	}
	return dialect.Compile(d, s)
}
