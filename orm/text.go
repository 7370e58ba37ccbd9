package orm

import (
	"context"
	"fmt"
	"maps"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// TextStmt is SQL that somebody wrote, with named binds. It is immutable.
type TextStmt struct {
	node expr.Text
	err  error
}

// Text returns the SQL as a statement. A :name in it is a bind, whose value
// [TextStmt.Bind] gives; in strings, comments and quoted names it is text, and
// \: is a colon.
func Text(sql string) TextStmt {
	node, err := expr.ParseText(sql)
	if err != nil {
		err = fmt.Errorf("orm: %w", err)
	}
	return TextStmt{node, err}
}

// Bind gives the bind of that name its value; the last one counts. A bind that
// has none, and a value for a bind that is not there, are errors.
func (s TextStmt) Bind(name string, value any) TextStmt {
	binds := maps.Clone(s.node.Binds)
	if binds == nil {
		binds = map[string]expr.Bind{}
	}
	binds[name] = expr.Bind{Value: value, Near: ":" + name}
	s.node.Binds = binds
	return s
}

// Cond makes the text a condition for Where.
func (s TextStmt) Cond() Cond {
	if s.err != nil {
		return Cond{expr.Invalid{Err: s.err}}
	}
	return Cond{s.node}
}

// Compile returns the SQL, with the dialect's placeholders, and the arguments.
// It needs no database.
func (s TextStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// All runs the statement and returns all its rows.
func (s TextStmt) All(ctx context.Context, on Executor) (*Rows, error) {
	return fetch(ctx, on, s.node, s.err)
}

// One runs the statement and returns its only row. The error is [ErrNoRows] or
// [ErrMultipleRows] if there is none or another.
func (s TextStmt) One(ctx context.Context, on Executor) (Row, error) {
	rows, err := s.All(ctx, on)
	return result{rows, err}.one()
}

// Exec runs a statement that returns no rows, and returns the number of rows
// that it inserted, updated or deleted.
func (s TextStmt) Exec(ctx context.Context, on Executor) (int64, error) {
	return run(ctx, on, s.node, s.err)
}
