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
	err     error
}

// Insert returns an INSERT of rows of these columns, by name:
//
//	orm.Insert(students, "name", "lastname").Row("Ravi", "Kapoor").Row("Rajiv", "Khanna")
func Insert(into Mapped, columns ...string) InsertStmt {
	var s InsertStmt
	if s.table, s.err = into.mapped(); s.err != nil {
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
	return node
}

// bindFor is a Go value on its way into a column.
func bindFor(c *schema.Column, v any) expr.Expr {
	return expr.Bind{Value: v, Type: c.Type, Near: c.Table.Name + "." + c.Name}
}

func (s InsertStmt) check() error {
	if s.err == nil && len(s.rows) == 0 {
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
	return compilePublic(d, s.statement(s.rows), nil)
}

// Exec inserts the rows and returns their number. Several rows are inserted by
// one prepared statement that runs once for each; on an [Engine] all of them
// are one transaction.
func (s InsertStmt) Exec(ctx context.Context, on Executor) (int64, error) {
	if err := s.check(); err != nil {
		return 0, err
	}
	if e, ok := on.(*Engine); ok && len(s.rows) > 1 {
		var n int64
		err := e.Transaction(ctx, func(tx Executor) (err error) {
			n, err = s.Exec(ctx, tx)
			return err
		})
		return n, err
	}
	compiled, err := compile(on.sqlDialect(), s.statement(s.rows[:1]), nil)
	if err != nil {
		return 0, err
	}
	conn, release, err := on.borrow(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	stmt, err := conn.Prepare(ctx, compiled.SQL)
	if err != nil {
		return 0, conn.Refused(ctx, compiled.SQL, compiled.Args, err)
	}
	defer stmt.Release()
	var n int64
	for i, row := range s.rows {
		if err := s.values(compiled.Args, row); err != nil {
			return 0, fmt.Errorf("orm: inserting into %s: row %d: %w", s.table.Name, i+1, err)
		}
		r, err := stmt.Exec(ctx, compiled.Args)
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

// Assignment sets a column in an UPDATE.
type Assignment struct {
	column expr.Expr
	value  expr.Expr
}

// Set sets the column to a value.
func (e Expr[T]) Set(v T) Assignment { return Assignment{e.node, e.value(v)} }

// SetExpr sets the column to what an expression gives.
func (e Expr[T]) SetExpr(other Expr[T]) Assignment { return Assignment{e.node, other.node} }

// UpdateStmt is an UPDATE. It is immutable.
type UpdateStmt struct {
	node expr.Update
	err  error
}

// Update returns an UPDATE of a table; say which rows with Where or AllRows.
func Update(table Mapped, set ...Assignment) UpdateStmt {
	var s UpdateStmt
	s.node.Table, s.err = table.mapped()
	if s.err == nil && len(set) == 0 {
		s.err = fmt.Errorf("orm: updating %s: nothing is set", s.node.Table.Name)
	}
	for _, a := range set {
		switch c := a.column.(type) {
		case expr.Column:
			s.node.Set = append(s.node.Set, expr.Assignment{Column: c.Column, Value: a.value})
		case expr.Invalid:
			s.err = errors.Join(s.err, c.Err)
		default:
			s.err = errors.Join(s.err, errors.New("orm: an UPDATE can set columns only"))
		}
	}
	return s
}

// Where changes only the rows for which all conditions are true.
func (s UpdateStmt) Where(conditions ...Cond) UpdateStmt {
	s.node.Where = and(s.node.Where, conditions)
	return s
}

// AllRows says that the statement is meant for every row of the table.
func (s UpdateStmt) AllRows() UpdateStmt { s.node.AllRows = true; return s }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s UpdateStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// Exec runs the statement and returns the number of rows changed.
func (s UpdateStmt) Exec(ctx context.Context, on Executor) (int64, error) {
	return run(ctx, on, s.node, s.err)
}

// DeleteStmt is a DELETE. It is immutable.
type DeleteStmt struct {
	node expr.Delete
	err  error
}

// Delete returns a DELETE from a table; say which rows with Where or AllRows.
func Delete(from Mapped) DeleteStmt {
	var s DeleteStmt
	s.node.Table, s.err = from.mapped()
	return s
}

// Where deletes only the rows for which all conditions are true.
func (s DeleteStmt) Where(conditions ...Cond) DeleteStmt {
	s.node.Where = and(s.node.Where, conditions)
	return s
}

// AllRows says that the statement is meant for every row of the table.
func (s DeleteStmt) AllRows() DeleteStmt { s.node.AllRows = true; return s }

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s DeleteStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// Exec runs the statement and returns the number of rows deleted.
func (s DeleteStmt) Exec(ctx context.Context, on Executor) (int64, error) {
	return run(ctx, on, s.node, s.err)
}

// run runs a statement that returns no rows.
func run(ctx context.Context, on Executor, stmt expr.Stmt, buildErr error) (int64, error) {
	compiled, err := compile(on.sqlDialect(), stmt, buildErr)
	if err != nil {
		return 0, err
	}
	conn, release, err := on.borrow(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	r, err := conn.Exec(ctx, compiled.SQL, compiled.Args)
	return r.RowsAffected, err
}
