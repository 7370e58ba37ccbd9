package orm

import (
	"context"
	"iter"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// TypedSelect is a SELECT whose rows have the types of its expressions. Make
// one with [Select1] to [Select8], or [As] for more columns. It is immutable.
type TypedSelect[R any] struct{ stmt SelectStmt }

// Select1 returns a statement that reads one expression.
func Select1[A any](a Expr[A]) TypedSelect[A] { return TypedSelect[A]{Select(a)} }

// Select2 returns a statement that reads two expressions.
//
//	pairs, err := orm.Select2(state, orm.Sum(pop)).GroupBy(state).All(ctx, engine)
//	for _, p := range pairs { fmt.Println(p.V1, p.V2) }
func Select2[A, B any](a Expr[A], b Expr[B]) TypedSelect[Row2[A, B]] {
	return TypedSelect[Row2[A, B]]{Select(a, b)}
}

// Select3 returns a statement that reads three expressions.
func Select3[A, B, C any](a Expr[A], b Expr[B], c Expr[C]) TypedSelect[Row3[A, B, C]] {
	return TypedSelect[Row3[A, B, C]]{Select(a, b, c)}
}

// Select4 returns a statement that reads four expressions.
func Select4[A, B, C, D any](a Expr[A], b Expr[B], c Expr[C], d Expr[D]) TypedSelect[Row4[A, B, C, D]] {
	return TypedSelect[Row4[A, B, C, D]]{Select(a, b, c, d)}
}

// Row3 is a row of three values.
type Row3[A, B, C any] struct {
	V1 A
	V2 B
	V3 C
}

// Row4 is a row of four values.
type Row4[A, B, C, D any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
}

func (Row2[A, B]) positional()       {}
func (Row3[A, B, C]) positional()    {}
func (Row4[A, B, C, D]) positional() {}

// From is [SelectStmt.From].
func (s TypedSelect[R]) From(tables ...Source) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.From(tables...)}
}

// Where is [SelectStmt.Where].
func (s TypedSelect[R]) Where(conditions ...Cond) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.Where(conditions...)}
}

// WhereIf is [SelectStmt.WhereIf].
func (s TypedSelect[R]) WhereIf(wanted bool, conditions ...Cond) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.WhereIf(wanted, conditions...)}
}

// Join is [SelectStmt.Join].
func (s TypedSelect[R]) Join(to Source, on ...Cond) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.Join(to, on...)}
}

// LeftJoin is [SelectStmt.LeftJoin].
func (s TypedSelect[R]) LeftJoin(to Source, on ...Cond) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.LeftJoin(to, on...)}
}

// GroupBy is [SelectStmt.GroupBy].
func (s TypedSelect[R]) GroupBy(columns ...Selectable) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.GroupBy(columns...)}
}

// Having is [SelectStmt.Having].
func (s TypedSelect[R]) Having(conditions ...Cond) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.Having(conditions...)}
}

// Distinct is [SelectStmt.Distinct].
func (s TypedSelect[R]) Distinct() TypedSelect[R] {
	return TypedSelect[R]{s.stmt.Distinct()}
}

// OrderBy is [SelectStmt.OrderBy].
func (s TypedSelect[R]) OrderBy(orderings ...Ordering) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.OrderBy(orderings...)}
}

// Limit is [SelectStmt.Limit].
func (s TypedSelect[R]) Limit(n int) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.Limit(n)}
}

// Offset is [SelectStmt.Offset].
func (s TypedSelect[R]) Offset(n int) TypedSelect[R] {
	return TypedSelect[R]{s.stmt.Offset(n)}
}

func (s TypedSelect[R]) rowStmt() (expr.Stmt, error) { return s.stmt.rowStmt() }

func (s TypedSelect[R]) typed() Typed[R] { return typed[R](s.stmt.node, s.stmt.err) }

// Untyped is the statement without the types of its rows.
func (s TypedSelect[R]) Untyped() SelectStmt { return s.stmt }

// Subquery makes a table of the statement, to be read by another one.
func (s TypedSelect[R]) Subquery(name string) Derived { return s.stmt.Subquery(name) }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s TypedSelect[R]) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return s.stmt.Compile(d)
}

// All is [Typed.All].
func (s TypedSelect[R]) All(ctx context.Context, on Executor) ([]R, error) {
	return s.typed().All(ctx, on)
}

// One is [Typed.One].
func (s TypedSelect[R]) One(ctx context.Context, on Executor) (R, error) {
	return s.typed().One(ctx, on)
}

// OneOrNone is [Typed.OneOrNone].
func (s TypedSelect[R]) OneOrNone(ctx context.Context, on Executor) (R, bool, error) {
	return s.typed().OneOrNone(ctx, on)
}

// First is [Typed.First], with a limit of one.
func (s TypedSelect[R]) First(ctx context.Context, on Executor) (R, error) {
	return s.Limit(1).typed().First(ctx, on)
}

// Iter is [Typed.Iter].
func (s TypedSelect[R]) Iter(ctx context.Context, on Executor) iter.Seq2[R, error] {
	return s.typed().Iter(ctx, on)
}

// Partitions is [Typed.Partitions].
func (s TypedSelect[R]) Partitions(ctx context.Context, on Executor, size int) iter.Seq2[[]R, error] {
	return s.typed().Partitions(ctx, on, size)
}
