package orm

import (
	"context"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// Query is a SELECT of the objects of a model. It is immutable.
type Query[T any] struct {
	model   *Model[T]
	of      *Alias[T]  // what the objects are read from, if not the model's table
	stmt    SelectStmt // its columns are left out until the query runs
	loaders []Loader

	overwrite bool // rows go into objects that have not expired, too
}

// Where keeps the objects for which all conditions are true, those of earlier
// calls included.
func (q Query[T]) Where(conditions ...Cond) Query[T] {
	q.stmt = q.stmt.Where(conditions...)
	return q
}

// OrderBy sorts the objects, after the orderings of earlier calls. Without it
// the database returns them in any order.
func (q Query[T]) OrderBy(orderings ...Ordering) Query[T] {
	q.stmt = q.stmt.OrderBy(orderings...)
	return q
}

// Limit returns at most n objects.
func (q Query[T]) Limit(n int) Query[T] {
	q.stmt = q.stmt.Limit(n)
	return q
}

// Offset leaves out the first n objects.
func (q Query[T]) Offset(n int) Query[T] {
	q.stmt = q.stmt.Offset(n)
	return q
}

// statement is the query with its columns.
func (q Query[T]) statement() (expr.Select, error) {
	node := q.stmt.node
	if err := usable(q.model.mapper, q.model.err); err != nil {
		return node, err
	}
	var of expr.Source
	if q.of != nil {
		if q.of.err != nil {
			return node, q.of.err
		}
		of = q.of.node
	}
	return selectFrom(q.model.mapper, of, node), q.stmt.err
}

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (q Query[T]) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	node, err := q.statement()
	return compilePublic(d, node, err)
}

// All runs the query and returns the objects. What the session holds already
// is returned as it is, unless it has expired. The session is flushed first.
func (q Query[T]) All(ctx context.Context, s *Session) ([]*T, error) {
	node, err := q.statement()
	if err != nil {
		return nil, err
	}
	list, err := s.all(ctx, q.model.mapper, node, q.loaders, q.overwrite)
	return unsafe.Slice((**T)(unsafe.Pointer(unsafe.SliceData(list))), len(list)), err
}

// One runs the query and returns its only object. The error is [ErrNoRows] or
// [ErrMultipleRows] if there is none or another.
func (q Query[T]) One(ctx context.Context, s *Session) (*T, error) {
	if q.stmt.node.Limit == nil {
		q = q.Limit(2)
	}
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

// First runs the query with a limit of one and returns the object. The error
// is [ErrNoRows] if there is none.
func (q Query[T]) First(ctx context.Context, s *Session) (*T, error) {
	return q.Limit(1).One(ctx, s)
}
