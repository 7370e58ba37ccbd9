package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
)

// Source is what a statement can read: a [Model] or [Table], an alias of one,
// or a [Derived] table.
type Source interface {
	source() (expr.Source, error)
	columns() []expr.Expr
}

func (m *Model[T]) source() (expr.Source, error) {
	if m.err != nil {
		return nil, m.err
	}
	return sourceOf(m.mapper), nil
}

func (t *Table) source() (expr.Source, error) {
	if t.err != nil {
		return nil, t.err
	}
	return expr.Table{Table: t.table}, nil
}

// RowStmt is a statement that returns rows, such as a [SelectStmt], a [Query],
// a [CompoundStmt] or a [TextStmt].
type RowStmt interface {
	rowStmt() (expr.Stmt, error)
}

func (s SelectStmt) rowStmt() (expr.Stmt, error) { return s.node, s.err }

func (q Query[T]) rowStmt() (expr.Stmt, error) {
	node, err := q.statement()
	return node, err
}

func (s TextStmt) rowStmt() (expr.Stmt, error) { return s.node, s.err }
