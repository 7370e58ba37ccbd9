package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Count is the number of rows: count(*).
func Count() Expr[int64] {
	return Expr[int64]{node: expr.Func{Name: "count", Star: true}, typ: schema.Type{Kind: schema.BigInteger}, near: "count(*)"}
}

// CountOf is the number of rows in which the expression is not NULL.
func CountOf[T any](e Expr[T]) Expr[int64] {
	return Expr[int64]{node: expr.Func{Name: "count", Args: []expr.Expr{e.node}}, typ: schema.Type{Kind: schema.BigInteger}, near: "count"}
}

// Sum is the sum of the values that are not NULL; without any it is NULL.
func Sum[T any](e Expr[T]) Expr[T] { return aggregate("sum", e) }

// Min is the smallest of the values that are not NULL; without any it is NULL.
func Min[T any](e Expr[T]) Expr[T] { return aggregate("min", e) }

// Max is the greatest of the values that are not NULL; without any it is NULL.
func Max[T any](e Expr[T]) Expr[T] { return aggregate("max", e) }

// Avg is the mean of the values that are not NULL; without any it is NULL.
func Avg[T any](e Expr[T]) Expr[float64] {
	return Expr[float64]{node: expr.Func{Name: "avg", Args: []expr.Expr{e.node}}, typ: schema.Type{Kind: schema.Float}, near: "avg"}
}

// aggregate calls a function whose values have the type of its argument.
func aggregate[T any](name string, e Expr[T]) Expr[T] {
	e.node = expr.Func{Name: name, Args: []expr.Expr{e.node}}
	e.near = name
	return e
}
