package orm

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// InsertStmt is an INSERT. It is immutable.
type InsertStmt struct {
	table   *schema.Table
	columns []*schema.Column
	rows    [][]any
	query   expr.Stmt      // whose rows are inserted instead
	clash   *expr.Conflict // what to do about rows that are there

	returning []expr.Expr
	err       error
}

// Insert returns an INSERT of rows of these columns, by name:
//
//	orm.Insert(students, "name", "lastname").Row("Ravi", "Kapoor").Row("Rajiv", "Khanna")
func Insert(into Mapped, columns ...string) InsertStmt {
	var s InsertStmt
	if s.table, s.err = inserted(into); s.err != nil {
		return s
	}
	for _, name := range columns {
		c := s.table.Column(name)
		if c == nil {
			s.err = errors.Join(s.err, fmt.Errorf("orm: inserting into %s: it has no column %q", s.table.Name, name))
			continue
		}
		s.columns = append(s.columns, c)
	}
	if len(columns) == 0 {
		s.err = fmt.Errorf("orm: inserting into %s: no columns are named", s.table.Name)
	}
	return s
}

// InsertDefaults returns an INSERT of one row in which every column has its
// default.
func InsertDefaults(into Mapped) InsertStmt {
	var s InsertStmt
	s.table, s.err = inserted(into)
	s.rows = [][]any{{}}
	return s
}

// inserted is the table that rows are inserted into.
func inserted(into Mapped) (*schema.Table, error) {
	t, m, err := into.mapped()
	if err == nil && m != nil && m.Inherited != nil && m.Base != nil {
		err = fmt.Errorf("orm: inserting into %s: an object of %s is more than a row of it; Add it to a session", t.Name, m.Name)
	}
	return t, err
}

// FromSelect inserts the rows of a statement, whose columns are in the order of
// the INSERT's.
func (s InsertStmt) FromSelect(rows RowStmt) InsertStmt {
	query, err := rows.rowStmt()
	if len(s.rows) > 0 {
		err = fmt.Errorf("orm: inserting into %s: it has rows already, so it takes none from a SELECT", s.table.Name)
	}
	s.query, s.err = query, errors.Join(s.err, err)
	return s
}

// atOnce says whether all rows must go into one statement: those of a query,
// and those that hold expressions.
func (s InsertStmt) atOnce() bool {
	if s.query != nil {
		return true
	}
	for _, row := range s.rows {
		for _, v := range row {
			if _, ok := v.(Operand); ok {
				return true
			}
		}
	}
	return false
}

// Row adds a row, with a value for each column.
func (s InsertStmt) Row(values ...any) InsertStmt {
	if s.err == nil && len(values) != len(s.columns) {
		s.err = fmt.Errorf("orm: inserting into %s: row %d has %d values for %d columns",
			s.table.Name, len(s.rows)+1, len(values), len(s.columns))
	}
	s.rows = append(slices.Clip(s.rows), values)
	return s
}

// Rows adds many rows, each as [InsertStmt.Row] does.
func (s InsertStmt) Rows(rows [][]any) InsertStmt {
	s.rows = slices.Clip(s.rows)
	for _, values := range rows {
		if s.err == nil && len(values) != len(s.columns) {
			s.err = fmt.Errorf("orm: inserting into %s: row %d has %d values for %d columns",
				s.table.Name, len(s.rows)+1, len(values), len(s.columns))
		}
		s.rows = append(s.rows, values)
	}
	return s
}

// statement is the INSERT of some of the rows.
func (s InsertStmt) statement(rows [][]any) expr.Insert {
	node := expr.Insert{Table: s.table, Columns: s.columns, Rows: make([][]expr.Expr, len(rows))}
	for i, values := range rows {
		row := make([]expr.Expr, len(s.columns))
		for j, c := range s.columns {
			row[j] = bindFor(c, values[j])
		}
		node.Rows[i] = row
	}
	node.Query, node.Conflict, node.Returning = s.query, s.clash, s.returning
	return node
}

// bindFor is a Go value, or an expression, on its way into a column.
func bindFor(c *schema.Column, v any) expr.Expr {
	if o, ok := v.(Operand); ok {
		return o.operand()
	}
	return expr.Bind{Value: v, Type: c.Type, Near: c.Table.Name + "." + c.Name}
}

func (s InsertStmt) check() error {
	if s.err == nil && len(s.rows) == 0 && s.query == nil {
		return fmt.Errorf("orm: inserting into %s: no rows are given", s.table.Name)
	}
	return s.err
}

// Compile returns one INSERT of all rows, and its arguments, for a dialect. It
// needs no database.
func (s InsertStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	if err := s.check(); err != nil {
		return "", nil, err
	}
	s = s.filled()
	return compilePublic(d, s.statement(s.rows), nil)
}

// Exec inserts the rows and returns their number. Several rows are inserted by
// one prepared statement that runs once for each, unless they hold expressions;
// on an [Engine] all of them are one transaction.
func (s InsertStmt) Exec(ctx context.Context, on Executor) (int64, error) {
	if err := s.check(); err != nil {
		return 0, err
	}
	s = s.filled()
	if s.atOnce() {
		return s.execAtOnce(ctx, on)
	}
	if e, ok := on.(*Engine); ok && len(s.rows) > 1 {
		var n int64
		err := e.Transaction(ctx, func(tx Executor) (err error) {
			n, err = s.Exec(ctx, tx)
			return err
		})
		return n, err
	}
	q, err := compiled(on, s.statement(s.rows[:1]), nil)
	if err != nil {
		return 0, err
	}
	conn, release, err := on.borrow(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	if err := about(conn, &q); err != nil {
		return 0, err
	}
	stmt, err := conn.Prepare(ctx, q.SQL)
	if err != nil {
		return 0, conn.Refused(ctx, q.SQL, q.Args, err)
	}
	defer stmt.Release()
	var n int64
	for i, row := range s.rows {
		if err := s.values(q.Args, row); err != nil {
			return 0, fmt.Errorf("orm: inserting into %s: row %d: %w", s.table.Name, i+1, err)
		}
		r, err := stmt.Exec(ctx, q.Args)
		if err != nil {
			return 0, fmt.Errorf("inserting row %d: %w", i+1, err)
		}
		n += r.RowsAffected
	}
	return n, nil
}

// values fills in the arguments of one row.
func (s InsertStmt) values(args []driver.Value, row []any) error {
	for j, c := range s.columns {
		v, err := dialect.Value(c.Type, row[j])
		if err != nil {
			return fmt.Errorf("column %s: %w", c.Name, err)
		}
		args[j] = v
	}
	return nil
}
