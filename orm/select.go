package orm

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// SelectStmt is a SELECT of columns. It is immutable.
type SelectStmt struct {
	node expr.Select
	err  error
}

// Selectable is what [Select] takes: a [Source], such as a [Model], for all its
// columns, or an [Expr].
type Selectable interface{ columns() []expr.Expr }

// Select returns a statement that reads these columns.
func Select(columns ...Selectable) SelectStmt {
	var s SelectStmt
	s.node.Columns = appendColumns(make([]expr.Expr, 0, len(columns)), columns)
	for _, c := range columns {
		if table, ok := c.(Mapped); ok {
			if _, m, err := table.mapped(); err == nil && m != nil && m.Inherited != nil {
				m.Code.(classRows).restrict(&s.node, m, nil)
			}
		}
	}
	if len(columns) == 0 {
		s.err = errors.New("orm: Select needs a table or columns")
	}
	return s
}

// appendColumns adds columns to a list.
func appendColumns(list []expr.Expr, columns []Selectable) []expr.Expr {
	for _, c := range columns {
		if o, ok := c.(Operand); ok { // one, which needs no list of its own
			list = append(list, o.operand())
		} else {
			list = append(list, c.columns()...)
		}
	}
	return list
}

// From names the tables to read when the columns do not, as in a count of all
// rows.
func (s SelectStmt) From(tables ...Source) SelectStmt {
	list := slices.Clone(s.node.From)
	for _, t := range tables {
		source, err := t.source()
		if err != nil {
			s.err = errors.Join(s.err, err)
			continue
		}
		list = append(list, source)
	}
	s.node.From = list
	return s
}

// Where keeps the rows for which all conditions are true, those of earlier
// calls included.
func (s SelectStmt) Where(conditions ...Cond) SelectStmt {
	s.node.Where = and(s.node.Where, conditions)
	return s
}

// GroupBy makes one row of all that have the same values.
func (s SelectStmt) GroupBy(columns ...Selectable) SelectStmt {
	s.node.GroupBy = appendColumns(slices.Clip(s.node.GroupBy), columns)
	return s
}

// Having keeps the groups for which all conditions are true.
func (s SelectStmt) Having(conditions ...Cond) SelectStmt {
	s.node.Having = and(s.node.Having, conditions)
	return s
}

// Distinct drops rows that are there already.
func (s SelectStmt) Distinct() SelectStmt {
	s.node.Distinct = true
	return s
}

// OrderBy sorts the rows, after the orderings of earlier calls. Without it the
// database returns them in any order.
func (s SelectStmt) OrderBy(orderings ...Ordering) SelectStmt {
	s.node.OrderBy = appendOrder(s.node.OrderBy, orderings)
	return s
}

func appendOrder(list []expr.Expr, orderings []Ordering) []expr.Expr {
	list = slices.Grow(slices.Clip(list), len(orderings))
	for _, o := range orderings {
		list = append(list, o.node)
	}
	return list
}

// Limit returns at most n rows.
func (s SelectStmt) Limit(n int) SelectStmt {
	s.node.Limit = rowCount("Limit", n)
	return s
}

// Offset leaves out the first n rows.
func (s SelectStmt) Offset(n int) SelectStmt {
	s.node.Offset = rowCount("Offset", n)
	return s
}

func rowCount(what string, n int) expr.Expr {
	if n < 0 {
		return expr.Invalid{Err: fmt.Errorf("orm: %s(%d): the number of rows is negative", what, n)}
	}
	return expr.Bind{Value: int64(n), Type: schema.Type{Kind: schema.BigInteger}, Near: what}
}

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s SelectStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// All runs the statement and returns all rows.
func (s SelectStmt) All(ctx context.Context, on Executor) (*Rows, error) {
	return fetch(ctx, on, s.node, s.err)
}

// One runs the statement and returns its only row. The error is [ErrNoRows] or
// [ErrMultipleRows] if there is none or another.
func (s SelectStmt) One(ctx context.Context, on Executor) (Row, error) {
	return s.all2(ctx, on).one()
}

// First runs the statement with a limit of one and returns the row. The error
// is [ErrNoRows] if there is none.
func (s SelectStmt) First(ctx context.Context, on Executor) (Row, error) {
	return s.Limit(1).all2(ctx, on).one()
}

// all2 reads at most two rows: enough to know whether there is one.
func (s SelectStmt) all2(ctx context.Context, on Executor) result {
	if s.node.Limit == nil {
		s = s.Limit(2)
	}
	rows, err := s.All(ctx, on)
	return result{rows, err}
}

// result is the outcome of All.
type result struct {
	rows *Rows
	err  error
}

func (r result) one() (Row, error) {
	if r.err != nil {
		return Row{}, r.err
	}
	switch r.rows.Len() {
	case 0:
		return Row{}, ErrNoRows
	case 1:
		return r.rows.At(0), nil
	}
	return Row{}, ErrMultipleRows
}
