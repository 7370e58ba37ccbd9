package gosqlite3

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
)

var errStmtClosed = errors.New("sqlite: the statement is closed")

// Stmt is a prepared statement.
type Stmt struct {
	conn    *Conn
	raw     *sqlite3.Stmt // nil once closed
	columns []driver.Column
	params  int
	run     uint32 // counts runs, so that a stale Rows does nothing
	open    bool   // the current run has rows to read
	writes  bool   // INSERT, UPDATE or DELETE: rows affected are counted
	inserts bool
}

var _ driver.Stmt = (*Stmt)(nil)

func newStmt(c *Conn, raw *sqlite3.Stmt, sql string) *Stmt {
	s := &Stmt{conn: c, raw: raw, params: raw.BindCount()}
	if !raw.ReadOnly() {
		switch FirstWord(sql) {
		case "INSERT", "REPLACE", "WITH":
			s.writes, s.inserts = true, true
		case "UPDATE", "DELETE":
			s.writes = true
		}
	}
	s.columns = s.readColumns()
	return s
}

func (s *Stmt) readColumns() []driver.Column {
	n := s.raw.ColumnCount()
	if n == 0 {
		return nil
	}
	columns := make([]driver.Column, n)
	for i := range columns {
		columns[i] = driver.Column{Name: s.raw.ColumnName(i), DeclType: strings.ToUpper(s.raw.ColumnDeclType(i))}
	}
	return columns
}

// NumParams is the highest number of a parameter.
func (s *Stmt) NumParams() int { return s.params }

// Columns describes the rows.
func (s *Stmt) Columns() []driver.Column { return s.columns }

// Exec runs the statement to its end and drops its rows.
func (s *Stmt) Exec(ctx context.Context, args []driver.Value) (_ driver.Result, err error) {
	defer recoverAsError(&err)
	if err := s.start(ctx, args); err != nil {
		return driver.Result{}, err
	}
	conn := s.conn.raw
	var lastID int64
	if s.inserts {
		// SQLite keeps the last key of the connection; zero shows whether
		// this statement made one.
		lastID = conn.LastInsertRowID()
		conn.SetLastInsertRowID(0)
	}
	watching := s.conn.watch(ctx)
	err = s.raw.Exec()
	if watching {
		s.conn.unwatch()
	}
	var result driver.Result
	if s.inserts {
		result.LastInsertID = conn.LastInsertRowID()
		if result.LastInsertID == 0 {
			conn.SetLastInsertRowID(lastID)
		}
	}
	if err != nil {
		return driver.Result{}, s.conn.runError(ctx, err)
	}
	if s.writes {
		result.RowsAffected = conn.Changes()
	}
	return result, nil
}

// Query starts the statement.
func (s *Stmt) Query(ctx context.Context, args []driver.Value) (_ driver.Rows, err error) {
	defer recoverAsError(&err)
	if err := s.start(ctx, args); err != nil {
		return nil, err
	}
	s.run++
	s.open = true
	return &Rows{Stmt: s, run: s.run, at: noColumn}, nil
}

// Close frees the statement. It has no effect the second time.
func (s *Stmt) Close() (err error) {
	if s.raw == nil {
		return nil
	}
	raw := s.raw
	s.raw, s.open = nil, false
	if s.conn.raw == nil {
		return nil // closing the connection has freed it
	}
	defer recoverAsError(&err)
	raw.Close() // repeats the error of the last run
	return nil
}

// start checks that the statement can run and binds its arguments.
func (s *Stmt) start(ctx context.Context, args []driver.Value) error {
	switch {
	case s.conn.raw == nil:
		return errConnClosed
	case s.raw == nil:
		return errStmtClosed
	case s.open:
		return errors.New("sqlite: the statement's rows are still open: close them before it runs again")
	case len(args) != s.params:
		return fmt.Errorf("sqlite: the statement has %d parameters, but %d arguments were given", s.params, len(args))
	}
	if ctx.Done() != nil {
		if err := ctx.Err(); err != nil {
			return interrupted(err)
		}
	}
	for i := range args {
		if err := s.bind(i+1, &args[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stmt) bind(param int, v *driver.Value) error {
	var err error
	switch v.Kind() {
	case driver.Null:
		err = s.raw.BindNull(param)
	case driver.Int:
		err = s.raw.BindInt64(param, v.Int())
	case driver.Float:
		err = s.raw.BindFloat(param, v.Float())
	case driver.Bool:
		err = s.raw.BindBool(param, v.Bool())
	case driver.Text:
		err = s.raw.BindText(param, v.Text())
	case driver.Blob:
		err = s.bindBlob(param, v.Blob())
	case driver.Time:
		return s.bindTime(param, v)
	default:
		return fmt.Errorf("sqlite: argument %d has the unknown kind %v", param, v.Kind())
	}
	if err != nil {
		return asError(err, running)
	}
	return nil
}

func (s *Stmt) bindBlob(param int, b []byte) error {
	if len(b) == 0 {
		return s.raw.BindZeroBlob(param, 0) // a nil slice would be NULL
	}
	return s.raw.BindBlob(param, b)
}

func (s *Stmt) bindTime(param int, v *driver.Value) error {
	var buffer [32]byte
	text, ok := appendTime(buffer[:0], v.Time())
	if !ok {
		return &driver.Error{Kind: driver.Data, Message: fmt.Sprintf(
			"argument %d, %v, is outside the years 0 to 9999 that a stored time can have", param, v.Time())}
	}
	if err := s.raw.BindRawText(param, text); err != nil {
		return asError(err, running)
	}
	return nil
}

// currentColumns describes the rows of this run: SQLite prepares a statement
// anew when the tables have changed, and "*" may then mean other columns.
func (s *Stmt) currentColumns() []driver.Column {
	if n := s.raw.ColumnCount(); n != len(s.columns) {
		s.columns = slices.Clip(s.readColumns())
	}
	return s.columns
}
