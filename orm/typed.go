package orm

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Typed is a statement whose rows are read into values of type R. It is
// immutable.
type Typed[R any] struct {
	node   expr.Stmt
	record *mapper.Record
	err    error
}

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
	return typed[R](node, err)
}

func typed[R any](node expr.Stmt, err error) Typed[R] {
	t := Typed[R]{node: node, err: err}
	if t.err == nil {
		t.record, t.err = mapper.RecordOf(reflect.TypeFor[R]())
		if t.err != nil {
			t.err = fmt.Errorf("orm: %w", t.err)
		}
	}
	if t.err != nil {
		return t
	}
	if columns := expr.ResultColumns(node); len(columns) > 0 {
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		_, t.err = t.places(names)
	}
	return t
}

// positional is a struct whose fields are in the order of the columns.
type positional interface{ positional() }

// places finds the field for each column.
func (t Typed[R]) places(names []string) ([]*mapper.Field, error) {
	var zero R
	fields := t.record.Fields
	if _, ok := any(zero).(positional); ok || t.record.Single {
		if len(names) != len(fields) {
			return nil, fmt.Errorf("orm: reading rows into %s: it takes %d columns, the rows have %d: %s",
				t.record.Name, len(fields), len(names), strings.Join(names, ", "))
		}
		return fields, nil
	}
	places := make([]*mapper.Field, len(names))
	var wrong []string
	for i, name := range names {
		if name == "" {
			continue
		}
		for _, f := range fields {
			if f.Column.Name == name {
				places[i] = f
			}
		}
		if places[i] == nil {
			wrong = append(wrong, "no field is for the column "+name)
		}
	}
	for _, f := range fields {
		switch n := count(names, f.Column.Name); {
		case n == 0 && count(names, "") == 0:
			wrong = append(wrong, fmt.Sprintf("no column is for %s (%s)", f.Path, f.Column.Name))
		case n > 1:
			wrong = append(wrong, fmt.Sprintf("%d columns are called %s; name them apart with As", n, f.Column.Name))
		}
	}
	if wrong != nil {
		return nil, fmt.Errorf("orm: reading rows into %s: %s", t.record.Name, strings.Join(wrong, "; "))
	}
	return places, nil
}

func count(names []string, name string) (n int) {
	for _, other := range names {
		if other == name {
			n++
		}
	}
	return n
}

func (t Typed[R]) rowStmt() (expr.Stmt, error) { return t.node, t.err }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (t Typed[R]) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, t.node, t.err)
}

// run calls each with every row, in a variable that holds the next one after
// that.
func (t Typed[R]) run(ctx context.Context, on Executor, each func(*R) bool) error {
	if t.err != nil {
		return t.err
	}
	var places []*mapper.Field
	start := func(columns []driver.Column) (err error) {
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		places, err = t.places(names)
		return err
	}
	row := new(R)
	return stream(ctx, on, t.node, start, func(rows driver.Rows) (bool, error) {
		var zero R
		*row = zero
		for i, f := range places {
			if err := f.Read(unsafe.Pointer(row), rows, i); err != nil {
				return false, err
			}
		}
		return each(row), nil
	})
}

// All runs the statement and returns all rows.
func (t Typed[R]) All(ctx context.Context, on Executor) ([]R, error) {
	var list []R
	err := t.run(ctx, on, func(row *R) bool {
		list = append(list, *row)
		return true
	})
	if err != nil {
		return nil, err
	}
	return list, nil
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
