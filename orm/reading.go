package orm

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// reading is a [Typed] without its Go type.
type reading struct {
	node    expr.Stmt
	record  *mapper.Record
	inOrder bool // the fields are in the order of the columns
	err     error
	follow  follower // of an UPDATE or DELETE
}

func readingOf(node expr.Stmt, err error, row reflect.Type, inOrder bool) reading {
	r := reading{node: node, err: err, inOrder: inOrder}
	if r.err != nil {
		return r
	}
	if r.record, r.err = mapper.RecordOf(row); r.err != nil {
		r.err = fmt.Errorf("orm: %w", r.err)
		return r
	}
	if columns := expr.ResultColumns(node); len(columns) > 0 {
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		_, r.err = r.places(names)
	}
	return r
}

// places finds the field for each column.
func (r *reading) places(names []string) ([]*mapper.Field, error) {
	fields := r.record.Fields
	if r.inOrder || r.record.Single {
		if len(names) != len(fields) {
			return nil, fmt.Errorf("orm: reading rows into %s: it takes %d columns, the rows have %d: %s",
				r.record.Name, len(fields), len(names), strings.Join(names, ", "))
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
		return nil, fmt.Errorf("orm: reading rows into %s: %s", r.record.Name, strings.Join(wrong, "; "))
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

// run reads every row into the zero memory that place gives for it, and then
// calls each, until that says stop.
func (r *reading) run(ctx context.Context, on Executor, place func() unsafe.Pointer, each func() bool) error {
	if r.err != nil {
		return r.err
	}
	if r.follow != nil {
		plain := *r
		plain.follow = nil
		return r.follow(ctx, on, func() error { return plain.run(ctx, on, place, each) })
	}
	var places []*mapper.Field
	start := func(columns []driver.Column) (err error) {
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		places, err = r.places(names)
		return err
	}
	return stream(ctx, on, r.node, start, func(rows driver.Rows) (bool, error) {
		row := place()
		for i, f := range places {
			if err := f.Read(row, rows, i); err != nil {
				return false, err
			}
		}
		return each(), nil
	})
}

// all reads all rows. They lie one behind the other; without any the pointer is
// nil.
func (r *reading) all(ctx context.Context, on Executor) (rows unsafe.Pointer, n int, err error) {
	if r.err != nil {
		return nil, 0, r.err
	}
	list := rowList{slice: reflect.SliceOf(r.record.Type), stride: r.record.Type.Size()}
	if err := r.run(ctx, on, list.place, func() bool { return true }); err != nil {
		return nil, 0, err
	}
	rows, n = list.joined()
	return rows, n, nil
}
