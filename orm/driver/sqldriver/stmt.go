package sqldriver

import (
	"context"
	sqld "database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

var errStmtClosed = errors.New("sqldriver: the statement is closed")

// Stmt is a prepared statement.
type Stmt struct {
	conn    *Conn
	sql     string
	raw     sqld.Stmt // nil if the statement cannot be prepared
	columns []driver.Column
	types   []string // of the columns, as the database names them
	kinds   []driver.Kind
	args    []sqld.NamedValue
	run     uint64 // counts runs, so that a stale Rows does nothing
	open    bool   // the current run has rows to read
	closed  bool

	queryOnly bool // Exec runs it as a query
}

var _ driver.Stmt = (*Stmt)(nil)

// NumParams is the number of parameters, or -1 if the database/sql driver does
// not tell.
func (s *Stmt) NumParams() int {
	if s.raw == nil {
		return 0
	}
	return s.raw.NumInput()
}

// Columns describes the rows of the last run: a database/sql driver does not
// tell them before.
func (s *Stmt) Columns() []driver.Column { return s.columns }

// Exec runs the statement to its end and drops its rows.
func (s *Stmt) Exec(ctx context.Context, args []driver.Value) (driver.Result, error) {
	if err := s.start(ctx, args); err != nil {
		return driver.Result{}, err
	}
	var result sqld.Result
	var err error
	if s.queryOnly {
		return driver.Result{}, s.drain(ctx)
	}
	if s.raw == nil {
		result, err = execText(ctx, s.conn.raw, s.sql, s.args)
	} else {
		result, err = execStmt(ctx, s.raw, s.args)
	}
	if err != nil {
		return driver.Result{}, s.conn.mapError(ctx, err)
	}
	return resultOf(result), nil
}

// drain runs the statement as a query and drops its rows.
func (s *Stmt) drain(ctx context.Context) error {
	rows, err := s.query(ctx)
	if err != nil {
		return s.conn.mapError(ctx, err)
	}
	row := make([]sqld.Value, len(rows.Columns()))
	for err == nil {
		err = rows.Next(row)
	}
	if closeErr := rows.Close(); errors.Is(err, io.EOF) {
		err = closeErr
	}
	return s.conn.mapError(ctx, err)
}

// resultOf takes what the database/sql driver tells; what it does not tell is
// zero.
func resultOf(raw sqld.Result) (result driver.Result) {
	if n, err := raw.RowsAffected(); err == nil {
		result.RowsAffected = n
	}
	if id, err := raw.LastInsertId(); err == nil {
		result.LastInsertID = id
	}
	return result
}

func execStmt(ctx context.Context, raw sqld.Stmt, args []sqld.NamedValue) (sqld.Result, error) {
	if e, ok := raw.(sqld.StmtExecContext); ok {
		return e.ExecContext(ctx, args)
	}
	return raw.Exec(plain(args)) //nolint:staticcheck // the only way for an old driver
}

// Query starts the statement.
func (s *Stmt) Query(ctx context.Context, args []driver.Value) (driver.Rows, error) {
	if err := s.start(ctx, args); err != nil {
		return nil, err
	}
	raw, err := s.query(ctx)
	if err != nil {
		return nil, s.conn.mapError(ctx, err)
	}
	s.describe(raw)
	s.run++
	s.open = true
	r := &Rows{Stmt: s, run: s.run, ctx: ctx, raw: raw, row: make([]sqld.Value, len(s.columns))}
	s.conn.active = r
	return r, nil
}

func (s *Stmt) query(ctx context.Context) (sqld.Rows, error) {
	if s.raw == nil {
		if q, ok := s.conn.raw.(sqld.QueryerContext); ok {
			return q.QueryContext(ctx, s.sql, s.args)
		}
		return nil, errors.New("sqldriver: the statement can be neither prepared nor queried")
	}
	if q, ok := s.raw.(sqld.StmtQueryContext); ok {
		return q.QueryContext(ctx, s.args)
	}
	return s.raw.Query(plain(s.args)) //nolint:staticcheck // the only way for an old driver
}

// Close frees the statement. It has no effect the second time.
func (s *Stmt) Close() error {
	if s.closed {
		return nil
	}
	c := s.conn
	if s.open && c.active != nil && c.active.Stmt == s {
		c.active.end()
	}
	s.closed, s.open = true, false
	if c.active != nil {
		c.active.detach()
	}
	if !c.stmts[s] || c.closed || !c.Valid() {
		return nil
	}
	delete(c.stmts, s)
	return c.mapError(context.Background(), s.raw.Close())
}

// start checks that the statement can run and converts its arguments.
func (s *Stmt) start(ctx context.Context, args []driver.Value) error {
	switch n := s.NumParams(); {
	case s.conn.closed:
		return errConnClosed
	case s.closed:
		return errStmtClosed
	case s.open:
		return errors.New("sqldriver: the statement's rows are still open: close them before it runs again")
	case s.conn.lost:
		return errLost
	case n >= 0 && len(args) != n:
		return fmt.Errorf("sqldriver: the statement has %d parameters, but %d arguments were given", n, len(args))
	}
	if err := s.conn.ready(ctx); err != nil {
		return err
	}
	s.args = s.args[:0]
	for i, a := range args {
		v, err := s.argument(a)
		if err != nil {
			return fmt.Errorf("sqldriver: argument %d: %w", i+1, err)
		}
		s.args = append(s.args, sqld.NamedValue{Ordinal: i + 1, Value: v})
	}
	return nil
}

func (s *Stmt) argument(v driver.Value) (sqld.Value, error) {
	switch v.Kind() {
	case driver.Blob:
		if v.Blob() == nil {
			return []byte{}, nil
		}
	case driver.Time:
		t := v.Time().UTC().Truncate(time.Microsecond)
		if y := t.Year(); y < 0 || y > 9999 {
			return nil, &driver.Error{Kind: driver.Data, Code: "time",
				Message: fmt.Sprintf("%v is outside the years 0 to 9999 that the database can store", t)}
		}
		if !s.conn.options.WallClock {
			return t, nil
		}
		return t.Format(timeLayout), nil
	}
	return v.Any(), nil
}

func plain(args []sqld.NamedValue) []sqld.Value {
	values := make([]sqld.Value, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	return values
}
