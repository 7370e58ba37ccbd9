package orm

import (
	"context"
	"errors"
	"slices"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Assignment sets a column in an UPDATE.
type Assignment struct {
	column expr.Expr
	value  expr.Expr
}

// Set sets the column to a value.
func (e Expr[T]) Set(v T) Assignment { return Assignment{e.node, term(e).value(v)} }

// SetExpr sets the column to what an expression gives.
func (e Expr[T]) SetExpr(other Expr[T]) Assignment { return Assignment{e.node, other.node} }

// UpdateStmt is an UPDATE. It is immutable.
type UpdateStmt struct {
	node  expr.Update
	class expr.Expr // the condition that rows are of the model's class, until Where has it
	sync  Sync
	err   error
}

// Update returns an UPDATE of a table; say which rows with Where or AllRows.
// Assignments can also be added by [UpdateStmt.Set]; without any the statement
// does not compile.
func Update(table Mapped, set ...Assignment) UpdateStmt {
	var s UpdateStmt
	s.node.Table, s.class, s.err = changed(table)
	list, err := assignments(set)
	s.node.Set, s.err = list, errors.Join(s.err, err)
	return s
}

// changed is the table that a statement changes, and the condition for the rows
// that are of the model's class, if it shares the table with others.
func changed(table Mapped) (*schema.Table, expr.Expr, error) {
	t, m, err := table.mapped()
	if err != nil || m == nil || m.Inherited == nil {
		return t, nil, err
	}
	return t, ofClass(m, nil), nil
}

// assignments makes nodes of assignments.
func assignments(set []Assignment) (list []expr.Assignment, err error) {
	for _, a := range set {
		switch c := a.column.(type) {
		case expr.Column:
			list = append(list, expr.Assignment{Column: c.Column, Value: a.value})
		case expr.Invalid:
			err = errors.Join(err, c.Err)
		default:
			err = errors.Join(err, errors.New("orm: only columns can be set"))
		}
	}
	return list, err
}

// moreSources adds sources to a list.
func moreSources(list []expr.Source, more []Source, err error) ([]expr.Source, error) {
	list = slices.Clone(list)
	for _, m := range more {
		source, wrong := m.source()
		if wrong != nil {
			err = errors.Join(err, wrong)
			continue
		}
		list = append(list, source)
	}
	return list, err
}

// From reads other tables beside the one that is changed, for values and
// conditions.
func (s UpdateStmt) From(tables ...Source) UpdateStmt {
	s.node.From, s.err = moreSources(s.node.From, tables, s.err)
	return s
}

// Set sets more columns, behind those of Update.
func (s UpdateStmt) Set(set ...Assignment) UpdateStmt {
	list, err := assignments(set)
	s.node.Set = append(slices.Clip(s.node.Set), list...)
	s.err = errors.Join(s.err, err)
	return s
}

// Where changes only the rows for which all conditions are true.
func (s UpdateStmt) Where(conditions ...Cond) UpdateStmt {
	s.node.Where = and(both1(s.node.Where, s.class), conditions)
	s.class = nil
	return s
}

// AllRows says that the statement is meant for every row of the table; of a
// model that shares it, every row of its class.
func (s UpdateStmt) AllRows() UpdateStmt {
	s = s.Where()
	s.node.AllRows = true
	return s
}

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s UpdateStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.filled(), s.err)
}

// Exec runs the statement and returns the number of rows changed. Objects that
// a session holds follow: see [UpdateStmt.SynchronizeSession].
func (s UpdateStmt) Exec(ctx context.Context, on Executor) (int64, error) {
	return runSynchronized(ctx, on, s.filled(), s.sync, s.err)
}

// filled is the statement that also sets the columns whose values a function
// of the program makes.
func (s UpdateStmt) filled() expr.Update {
	if s.err != nil {
		return s.node
	}
	set := slices.Clip(s.node.Set)
	for _, c := range s.node.Table.Columns {
		if c.Remade != nil && !slices.ContainsFunc(set, func(a expr.Assignment) bool { return a.Column == c }) {
			set = append(set, expr.Assignment{Column: c, Value: bindFor(c, c.Remade.Make())})
		}
	}
	s.node.Set = set
	return s.node
}

// DeleteStmt is a DELETE. It is immutable.
type DeleteStmt struct {
	node  expr.Delete
	class expr.Expr // as in UpdateStmt
	sync  Sync
	err   error
}

// Delete returns a DELETE from a table; say which rows with Where or AllRows.
func Delete(from Mapped) DeleteStmt {
	var s DeleteStmt
	s.node.Table, s.class, s.err = changed(from)
	return s
}

// Using reads other tables beside the one whose rows go, for conditions.
func (s DeleteStmt) Using(tables ...Source) DeleteStmt {
	s.node.Using, s.err = moreSources(s.node.Using, tables, s.err)
	return s
}

// Where deletes only the rows for which all conditions are true.
func (s DeleteStmt) Where(conditions ...Cond) DeleteStmt {
	s.node.Where = and(both1(s.node.Where, s.class), conditions)
	s.class = nil
	return s
}

// AllRows says that the statement is meant for every row of the table; of a
// model that shares it, every row of its class.
func (s DeleteStmt) AllRows() DeleteStmt {
	s = s.Where()
	s.node.AllRows = true
	return s
}

// Compile returns the SQL and the arguments for a dialect. It needs no
// database.
func (s DeleteStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// Exec runs the statement and returns the number of rows deleted. Objects that
// a session holds follow: see [DeleteStmt.SynchronizeSession].
func (s DeleteStmt) Exec(ctx context.Context, on Executor) (int64, error) {
	return runSynchronized(ctx, on, s.node, s.sync, s.err)
}

// run runs a statement that returns no rows.
func run(ctx context.Context, on Executor, stmt expr.Stmt, buildErr error) (int64, error) {
	q, err := compiled(on, stmt, buildErr)
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
	r, err := conn.Exec(ctx, q.SQL, q.Args)
	return r.RowsAffected, err
}
