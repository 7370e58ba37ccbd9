package orm

import (
	"context"
	"strconv"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/schema"
)

// stream runs a statement. It calls start with the columns, and then each with
// the rows at every row until that says stop or fails. The rows are closed when
// it returns.
func stream(ctx context.Context, on Executor, stmt expr.Stmt, start func([]driver.Column) error,
	each func(rows driver.Rows) (more bool, err error)) (err error) {
	q, err := compiled(on, stmt, nil)
	if err != nil {
		return err
	}
	conn, release, err := borrowFor(ctx, on, stmt)
	if err != nil {
		return err
	}
	defer release()
	if err := about(conn, &q); err != nil {
		return err
	}
	rows, err := conn.Query(ctx, q.SQL, q.Args)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := done(on, rows); err == nil {
			err = closeErr
		}
	}()
	if err := checkColumns(rows.Columns(), stmt); err != nil {
		return err
	}
	if err := start(rows.Columns()); err != nil {
		return err
	}
	typed := exactRows(rows.Rows, stmt)
	for {
		ok, err := rows.Next()
		if err != nil || !ok {
			return err
		}
		more, err := each(typed)
		if err != nil {
			return misfit(q.SQL, q.Args, err)
		}
		if !more {
			return nil
		}
	}
}

// done closes rows. On an engine the connection is of no more use to the
// statement; on anything else others go on with it.
func done(on Executor, rows *exec.Rows) error {
	if _, alone := on.(*Engine); alone {
		return rows.Abandon()
	}
	return rows.Close()
}

// numbers are rows in which exact decimals, which come as text, are numbers
// where the statement says so: some databases make one of a sum of integers.
type numbers struct {
	driver.Rows
	types []schema.Type
}

// exactRows wraps the rows of a statement that calculates numbers.
func exactRows(rows driver.Rows, stmt expr.Stmt) driver.Rows {
	s, ok := stmt.(expr.Select)
	if !ok {
		return rows
	}
	for _, e := range s.Columns {
		if label, ok := e.(expr.Label); ok {
			e = label.Operand
		}
		if _, plain := e.(expr.Column); !plain {
			return numbers{rows, expr.ResultTypes(stmt)}
		}
	}
	return rows
}

func (n numbers) Kind(i int) driver.Kind {
	k := n.Rows.Kind(i)
	if k != driver.Text || i >= len(n.types) {
		return k
	}
	switch {
	case n.types[i].IsInteger() && n.whole(i) != nil:
		return driver.Int
	case n.types[i].Kind == schema.Float && n.fraction(i) != nil:
		return driver.Float
	}
	return k
}

func (n numbers) whole(i int) *int64 {
	if v, err := strconv.ParseInt(n.Rows.Text(i), 10, 64); err == nil {
		return &v
	}
	return nil
}

func (n numbers) fraction(i int) *float64 {
	if v, err := strconv.ParseFloat(n.Rows.Text(i), 64); err == nil {
		return &v
	}
	return nil
}

func (n numbers) Int(i int) int64 {
	if n.Rows.Kind(i) == driver.Text {
		return *n.whole(i)
	}
	return n.Rows.Int(i)
}

func (n numbers) Float(i int) float64 {
	if n.Rows.Kind(i) == driver.Text {
		return *n.fraction(i)
	}
	return n.Rows.Float(i)
}
