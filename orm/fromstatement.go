package orm

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/load"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// StatementQuery reads the objects of a model by a statement of one's own. It
// is immutable.
type StatementQuery[T any] struct {
	model *Model[T]
	node  expr.Stmt
	err   error
}

// FromStatement returns the query for the objects in the rows of a statement,
// such as a [Text]. The rows need all columns of the model, in any order, and
// no others, but for those that are deferred or have the tag expression.
//
//	users, err := orm.FromStatement(Users, orm.Text("SELECT * FROM users")).All(ctx, session)
func FromStatement[T any](m *Model[T], s RowStmt) StatementQuery[T] {
	node, err := s.rowStmt()
	if m.err != nil {
		err = m.err
	}
	return StatementQuery[T]{m, node, err}
}

// All runs the statement and returns the objects, as [Query.All] does.
func (q StatementQuery[T]) All(ctx context.Context, s *Session) ([]*T, error) {
	if q.err != nil {
		return nil, q.err
	}
	var objects []*T
	var order []int
	var read func(driver.Rows) (unsafe.Pointer, error)
	start := func(columns []driver.Column) (err error) {
		var fields []*mapper.Field
		fields, order, err = fieldColumns(q.model.mapper, columns)
		read = rowReader(s, q.model.mapper, fields)
		return err
	}
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	err := stream(ctx, entered{s}, q.node, start, func(rows driver.Rows) (bool, error) {
		object, err := read(reordered{rows, order})
		if err != nil {
			return false, err
		}
		objects = append(objects, (*T)(unsafe.Pointer(object)))
		return true, nil
	})
	if err == nil && s.identity.Halves != nil {
		err = s.complete(ctx)
	}
	if err != nil {
		return nil, err
	}
	return objects, nil
}

// One runs the statement and returns its only object. The error is [ErrNoRows]
// or [ErrMultipleRows] if there is none or another.
func (q StatementQuery[T]) One(ctx context.Context, s *Session) (*T, error) {
	objects, err := q.All(ctx, s)
	switch {
	case err != nil:
		return nil, err
	case len(objects) == 0:
		return nil, ErrNoRows
	case len(objects) > 1:
		return nil, ErrMultipleRows
	}
	return objects[0], nil
}

// rowReader makes objects of rows with these fields.
func rowReader(s *Session, m *mapper.Mapper, fields []*mapper.Field) func(driver.Rows) (unsafe.Pointer, error) {
	if m.Inherited == nil && !slices.Equal(fields, m.Loads) {
		return load.NewPartial(s.identity, m, fields).Row
	}
	reader := load.Reader{Held: s.identity, Mapper: m}
	return reader.Row
}

// fieldColumns finds the fields of the mapper that the columns are for, and the
// column of each.
func fieldColumns(m *mapper.Mapper, columns []driver.Column) (fields []*mapper.Field, order []int, err error) {
	used := make([]bool, len(columns))
	var wrong []string
	for _, f := range slices.Concat(m.RowFields(), m.Expressions) {
		found := 0
		for j, c := range columns {
			if c.Name == f.Column.Name {
				if found++; found == 1 {
					fields, order = append(fields, f), append(order, j)
				}
				used[j] = true
			}
		}
		switch {
		case found == 0 && !slices.Contains(m.Deferred, f) && !slices.Contains(m.Expressions, f):
			wrong = append(wrong, fmt.Sprintf("no column is for %s (%s)", f.Path, f.Column.Name))
		case found > 1:
			wrong = append(wrong, fmt.Sprintf("%d columns are called %s", found, f.Column.Name))
		}
	}
	for j, c := range columns {
		if !used[j] {
			wrong = append(wrong, "no field is for the column "+c.Name)
		}
	}
	if wrong != nil {
		return nil, nil, fmt.Errorf("orm: reading a %s from a statement: %s", m.Name, strings.Join(wrong, "; "))
	}
	return fields, order, nil
}

// reordered are rows whose columns are in another order.
type reordered struct {
	driver.Rows
	order []int
}

func (r reordered) Columns() []driver.Column {
	columns, all := make([]driver.Column, len(r.order)), r.Rows.Columns()
	for i, j := range r.order {
		columns[i] = all[j]
	}
	return columns
}

func (r reordered) Kind(i int) driver.Kind   { return r.Rows.Kind(r.order[i]) }
func (r reordered) Int(i int) int64          { return r.Rows.Int(r.order[i]) }
func (r reordered) Float(i int) float64      { return r.Rows.Float(r.order[i]) }
func (r reordered) Bool(i int) bool          { return r.Rows.Bool(r.order[i]) }
func (r reordered) Text(i int) string        { return r.Rows.Text(r.order[i]) }
func (r reordered) Blob(i int) []byte        { return r.Rows.Blob(r.order[i]) }
func (r reordered) Value(i int) driver.Value { return r.Rows.Value(r.order[i]) }
