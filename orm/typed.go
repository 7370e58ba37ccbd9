package orm

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// Typed is a statement whose rows are read into values of type R. It is
// immutable.
type Typed[R any] struct{ of reading }

// As reads the rows of a statement into values of type R: a struct, whose
// fields are found by the names of the columns as those of a model are, or a
// single value such as string or Null[int64] for a statement of one column. A
// column without a field, and a field without a column, are errors.
//
//	type Report struct {
//		State  string
//		People int64
//	}
//	reports, err := orm.As[Report](orm.Select(state, orm.Sum(pop).As("people")).GroupBy(state)).All(ctx, engine)
func As[R any](s RowStmt) Typed[R] {
	node, err := s.rowStmt()
	t := typed[R](node, err)
	t.of.follow = followerOf(s)
	return t
}

func typed[R any](node expr.Stmt, err error) Typed[R] {
	var zero R
	_, inOrder := any(zero).(positional)
	return Typed[R]{readingOf(node, err, reflect.TypeFor[R](), inOrder)}
}

// positional is a struct whose fields are in the order of the columns.
type positional interface{ positional() }

func (t Typed[R]) rowStmt() (expr.Stmt, error) { return t.of.node, t.of.err }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (t Typed[R]) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, t.of.node, t.of.err)
}

// run calls each with every row, in a variable that holds the next one after
// that.
func (t Typed[R]) run(ctx context.Context, on Executor, each func(*R) bool) error {
	row := new(R)
	place := func() unsafe.Pointer {
		var zero R
		*row = zero
		return unsafe.Pointer(row)
	}
	return t.of.run(ctx, on, place, func() bool { return each(row) })
}

// All runs the statement and returns all rows.
func (t Typed[R]) All(ctx context.Context, on Executor) ([]R, error) {
	rows, n, err := t.of.all(ctx, on)
	return unsafe.Slice((*R)(rows), n), err
}

// One runs the statement and returns its only row. The error is [ErrNoRows] or
// [ErrMultipleRows] if there is none or another.
func (t Typed[R]) One(ctx context.Context, on Executor) (R, error) {
	row, ok, err := t.OneOrNone(ctx, on)
	if err == nil && !ok {
		err = ErrNoRows
	}
	return row, err
}

// OneOrNone runs the statement and returns its only row, and whether there is
// one. The error is [ErrMultipleRows] if there is another.
func (t Typed[R]) OneOrNone(ctx context.Context, on Executor) (row R, ok bool, err error) {
	n := 0
	err = t.run(ctx, on, func(r *R) bool {
		if n++; n == 1 {
			row = *r
		}
		return n < 2
	})
	if err == nil && n > 1 {
		err = ErrMultipleRows
	}
	if err != nil {
		var zero R
		return zero, false, err
	}
	return row, n == 1, nil
}

// First runs the statement and returns its first row. The error is [ErrNoRows]
// if there is none.
func (t Typed[R]) First(ctx context.Context, on Executor) (row R, err error) {
	found := false
	err = t.run(ctx, on, func(r *R) bool {
		row, found = *r, true
		return false
	})
	if err == nil && !found {
		err = ErrNoRows
	}
	return row, err
}

// Iter runs the statement and yields its rows as they come, so that few are in
// memory at once. An error is the last thing that it yields. The statement ends
// when the loop does; until then it has a connection to itself.
func (t Typed[R]) Iter(ctx context.Context, on Executor) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		stopped := false
		err := t.run(ctx, on, func(row *R) bool {
			stopped = !yield(*row, nil)
			return !stopped
		})
		if err != nil && !stopped {
			var zero R
			yield(zero, err)
		}
	}
}

// Partitions is [Typed.Iter] that yields size rows at a time; the last ones may
// be fewer.
func (t Typed[R]) Partitions(ctx context.Context, on Executor, size int) iter.Seq2[[]R, error] {
	return func(yield func([]R, error) bool) {
		if size < 1 {
			yield(nil, errors.New("orm: Partitions needs a size of at least 1"))
			return
		}
		var part []R
		for row, err := range t.Iter(ctx, on) {
			if err != nil {
				yield(nil, err)
				return
			}
			if part = append(part, row); len(part) == size {
				if !yield(part, nil) {
					return
				}
				part = nil
			}
		}
		if len(part) > 0 {
			yield(part, nil)
		}
	}
}
