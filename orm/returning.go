package orm

import (
	"context"
	"errors"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// ReturningStmt is an INSERT, UPDATE or DELETE that returns columns of the rows
// that it changed. It is immutable.
type ReturningStmt struct {
	node expr.Stmt
	err  error
}

// Returning returns columns of the rows that are inserted.
func (s InsertStmt) Returning(columns ...Selectable) ReturningStmt {
	if err := s.check(); err != nil {
		return ReturningStmt{err: err}
	}
	node := s.statement(s.rows)
	node.Returning = resultOf(columns)
	return returning(node, columns)
}

// Returning returns columns of the rows that are changed, with the new values.
func (s UpdateStmt) Returning(columns ...Selectable) ReturningStmt {
	s.node.Returning = resultOf(columns)
	r := returning(s.node, columns)
	r.err = errors.Join(s.err, r.err)
	return r
}

// Returning returns columns of the rows that are deleted.
func (s DeleteStmt) Returning(columns ...Selectable) ReturningStmt {
	s.node.Returning = resultOf(columns)
	r := returning(s.node, columns)
	r.err = errors.Join(s.err, r.err)
	return r
}

func returning(node expr.Stmt, columns []Selectable) ReturningStmt {
	if len(columns) == 0 {
		return ReturningStmt{err: errors.New("orm: Returning needs a table or columns")}
	}
	return ReturningStmt{node: node}
}

func resultOf(columns []Selectable) (list []expr.Expr) {
	for _, c := range columns {
		list = append(list, c.columns()...)
	}
	return list
}

func (s ReturningStmt) rowStmt() (expr.Stmt, error) { return s.node, s.err }

// CTE puts the statement before another one that reads what it returns. Only
// PostgreSQL has it.
func (s ReturningStmt) CTE(name string) Derived { return cte(s, name) }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s ReturningStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// All runs the statement and returns what it returns.
func (s ReturningStmt) All(ctx context.Context, on Executor) (*Rows, error) {
	return fetch(ctx, on, s.node, s.err)
}

// One runs the statement and returns the only row that it returns. The error is
// [ErrNoRows] or [ErrMultipleRows] if there is none or another; the change is
// made nevertheless.
func (s ReturningStmt) One(ctx context.Context, on Executor) (Row, error) {
	rows, err := s.All(ctx, on)
	return result{rows, err}.one()
}
