package orm

import "github.com/ormlab/ormlab/orm/expr"

// Join reads another table beside the model's, for conditions and orders; see
// [SelectStmt.Join]. An object with several rows beside it comes several times:
// see [Query.Distinct], or use [ExistsIn] in Where.
func (q Query[T]) Join(to Source, on ...Cond) Query[T] { return q.join(expr.InnerJoin, to, on) }

// LeftJoin is [Query.Join] that also keeps objects with nothing beside them.
func (q Query[T]) LeftJoin(to Source, on ...Cond) Query[T] { return q.join(expr.LeftJoin, to, on) }

func (q Query[T]) join(kind expr.JoinKind, to Source, on []Cond) Query[T] {
	if len(q.stmt.node.From) == 0 {
		q.stmt = q.stmt.From(q.reads())
	}
	q.stmt = q.stmt.join(kind, to, on)
	return q
}

// reads is what the query reads the objects from.
func (q Query[T]) reads() Source {
	if q.of != nil {
		return q.of
	}
	return q.model
}

// Distinct drops objects that are there already.
func (q Query[T]) Distinct() Query[T] {
	q.stmt = q.stmt.Distinct()
	return q
}

// ForUpdate keeps others from changing the rows until the transaction ends.
func (q Query[T]) ForUpdate(options ...LockOption) Query[T] {
	q.stmt = q.stmt.ForUpdate(options...)
	return q
}
