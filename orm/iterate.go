package orm

import (
	"context"
	"fmt"
	"iter"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

// Iter runs the statement and yields its rows as they come, so that few are in
// memory at once. An error is the last thing that it yields. The statement ends
// when the loop does; until then it has a connection to itself.
//
// A loop that ends early on an engine makes the database stop. In a
// transaction on PostgreSQL, MySQL and MariaDB the rows that are left are read
// and dropped, so put a limit on a statement of which few are wanted.
func (s SelectStmt) Iter(ctx context.Context, on Executor) iter.Seq2[Row, error] {
	return iterate(ctx, on, s)
}

// Iter is [SelectStmt.Iter].
func (s TextStmt) Iter(ctx context.Context, on Executor) iter.Seq2[Row, error] {
	return iterate(ctx, on, s)
}

// Iter is [SelectStmt.Iter].
func (s CompoundStmt) Iter(ctx context.Context, on Executor) iter.Seq2[Row, error] {
	return iterate(ctx, on, s)
}

func iterate(ctx context.Context, on Executor, s RowStmt) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		stopped := false
		node, err := s.rowStmt()
		if err == nil {
			err = eachRow(ctx, on, node, func(row Row) bool {
				stopped = !yield(row, nil)
				return !stopped
			})
		}
		if err != nil && !stopped {
			yield(Row{}, err)
		}
	}
}

func eachRow(ctx context.Context, on Executor, node expr.Stmt, each func(Row) bool) error {
	var head *heading
	start := func(columns []driver.Column) error {
		head = newHeading(columns, node)
		return nil
	}
	return stream(ctx, on, node, start, func(rows driver.Rows) (bool, error) {
		values := make([]any, len(head.names))
		if err := head.read(values, rows); err != nil {
			return false, err
		}
		return each(Row{head, values}), nil
	})
}

// OneOrNone runs the statement and returns its only row, and whether there is
// one. The error is [ErrMultipleRows] if there is another.
func (s SelectStmt) OneOrNone(ctx context.Context, on Executor) (Row, bool, error) {
	row, err := s.One(ctx, on)
	if err == ErrNoRows {
		return Row{}, false, nil
	}
	return row, err == nil, err
}

// Scalar runs a statement of one column and returns the value of its first row;
// nil if there is no row.
func (s SelectStmt) Scalar(ctx context.Context, on Executor) (any, error) {
	if n := len(s.node.Columns); n > 1 {
		return nil, fmt.Errorf("orm: Scalar is for statements of one column, this has %d", n)
	}
	row, err := s.First(ctx, on)
	if err == ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return row.values[0], nil
}
