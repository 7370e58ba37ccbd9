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
	node   expr.Stmt
	insert *InsertStmt // that node is made of; nil if it is no INSERT
	follow follower    // of an UPDATE or DELETE
	err    error
}

// Returning returns columns of the rows that are inserted. Many rows take
// several INSERTs, which [ReturningStmt.All] runs in one transaction. SQLite
// and PostgreSQL return them in the order in which they were given, though
// neither promises it.
func (s InsertStmt) Returning(columns ...Selectable) ReturningStmt {
	if err := s.check(); err != nil {
		return ReturningStmt{err: err}
	}
	s.returning = resultOf(columns)
	r := returning(nil, columns)
	r.insert = &s
	return r
}

// Returning returns columns of the rows that are changed, with the new values.
// Objects that a session holds follow: see [UpdateStmt.SynchronizeSession].
func (s UpdateStmt) Returning(columns ...Selectable) ReturningStmt {
	s.node.Returning = resultOf(columns)
	r := returning(s.filled(), columns)
	r.follow = synchronizing(r.node, s.sync)
	r.err = errors.Join(s.err, r.err)
	return r
}

// Returning returns columns of the rows that are deleted. Objects that a session
// holds follow: see [DeleteStmt.SynchronizeSession].
func (s DeleteStmt) Returning(columns ...Selectable) ReturningStmt {
	s.node.Returning = resultOf(columns)
	r := returning(s.node, columns)
	r.follow = synchronizing(r.node, s.sync)
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

func (s ReturningStmt) rowStmt() (expr.Stmt, error) {
	if s.insert != nil && s.err == nil {
		filled := s.insert.filled()
		return filled.statement(filled.rows), nil
	}
	return s.node, s.err
}

// CTE puts the statement before another one that reads what it returns. Only
// PostgreSQL has it.
func (s ReturningStmt) CTE(name string) Derived { return cte(s, name) }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s ReturningStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	node, err := s.rowStmt()
	return compilePublic(d, node, err)
}

// All runs the statement and returns what it returns.
func (s ReturningStmt) All(ctx context.Context, on Executor) (*Rows, error) {
	if s.insert != nil && s.err == nil {
		return s.insert.filled().allReturned(ctx, on)
	}
	if s.follow == nil || s.err != nil {
		return fetch(ctx, on, s.node, s.err)
	}
	var rows *Rows
	err := s.follow(ctx, on, func() (err error) {
		rows, err = fetch(ctx, on, s.node, nil)
		return err
	})
	return rows, err
}

// followerOf is that of a statement; nil if it has none.
func followerOf(s RowStmt) follower {
	if r, ok := s.(ReturningStmt); ok {
		return r.follow
	}
	return nil
}

// One runs the statement and returns the only row that it returns. The error is
// [ErrNoRows] or [ErrMultipleRows] if there is none or another; the change is
// made nevertheless.
func (s ReturningStmt) One(ctx context.Context, on Executor) (Row, error) {
	rows, err := s.All(ctx, on)
	return result{rows, err}.one()
}
