package orm

import (
	"context"
	"errors"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// CompoundStmt joins the rows of several statements. The names of its columns
// are those of the first. It is immutable.
type CompoundStmt struct {
	node expr.Compound
	err  error
}

// Union returns the rows of all statements, each once.
func Union(first RowStmt, others ...RowStmt) CompoundStmt {
	return compound(expr.Union, false, first, others)
}

// UnionAll returns the rows of all statements.
func UnionAll(first RowStmt, others ...RowStmt) CompoundStmt {
	return compound(expr.Union, true, first, others)
}

// Intersect returns the rows that all statements have, each once.
func Intersect(first RowStmt, others ...RowStmt) CompoundStmt {
	return compound(expr.Intersect, false, first, others)
}

// IntersectAll is [Intersect] with rows as often as all have them.
func IntersectAll(first RowStmt, others ...RowStmt) CompoundStmt {
	return compound(expr.Intersect, true, first, others)
}

// Except returns the rows of the first statement that no other has, each once.
func Except(first RowStmt, others ...RowStmt) CompoundStmt {
	return compound(expr.Except, false, first, others)
}

// ExceptAll is [Except] where each row of the others takes one away.
func ExceptAll(first RowStmt, others ...RowStmt) CompoundStmt {
	return compound(expr.Except, true, first, others)
}

func compound(op expr.SetOp, all bool, first RowStmt, others []RowStmt) CompoundStmt {
	s := CompoundStmt{node: expr.Compound{Op: op, All: all}}
	for _, operand := range append([]RowStmt{first}, others...) {
		node, err := operand.rowStmt()
		s.node.Operands = append(s.node.Operands, node)
		s.err = errors.Join(s.err, err)
	}
	return s
}

// OrderBy sorts the rows by columns of the result.
func (s CompoundStmt) OrderBy(orderings ...Ordering) CompoundStmt {
	s.node.OrderBy = appendOrder(s.node.OrderBy, orderings)
	return s
}

// Limit returns at most n rows.
func (s CompoundStmt) Limit(n int) CompoundStmt {
	s.node.Limit = rowCount("Limit", n)
	return s
}

// Offset leaves out the first n rows.
func (s CompoundStmt) Offset(n int) CompoundStmt {
	s.node.Offset = rowCount("Offset", n)
	return s
}

func (s CompoundStmt) rowStmt() (expr.Stmt, error) { return s.node, s.err }

// Subquery makes a table of the rows, to be read by another statement.
func (s CompoundStmt) Subquery(name string) Derived { return subquery(s, name, false) }

// CTE puts the statement before another one that reads it.
func (s CompoundStmt) CTE(name string) Derived { return cte(s, name) }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s CompoundStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// All runs the statement and returns all rows.
func (s CompoundStmt) All(ctx context.Context, on Executor) (*Rows, error) {
	return fetch(ctx, on, s.node, s.err)
}
