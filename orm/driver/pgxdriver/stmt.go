//go:build !js && !wasip1

package pgxdriver

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ormlab/ormlab/orm/driver"
)

// Stmt is a prepared statement.
type Stmt struct {
	conn    *Conn
	sql     string
	desc    *pgconn.StatementDescription // nil once closed
	columns []driver.Column
	readers []reader
	results []int16 // the format of each column
	args    encoder
	run     uint64 // counts runs, so that a stale Rows does nothing
	open    bool   // the current run has rows to read
}

var _ driver.Stmt = (*Stmt)(nil)

// prepare has the server parse the statement.
func (s *Stmt) prepare(ctx context.Context) error {
	desc, err := s.conn.raw.Prepare(ctx, s.conn.nextName(), s.sql, nil)
	if err != nil {
		return s.conn.mapError(ctx, err)
	}
	s.desc = desc
	s.columns, s.readers, s.results = describe(desc.Fields)
	s.args.oids = desc.ParamOIDs
	return nil
}

// NumParams is the number of parameters.
func (s *Stmt) NumParams() int { return len(s.args.oids) }

// Columns describes the rows.
func (s *Stmt) Columns() []driver.Column { return s.columns }

// Exec runs the statement to its end and drops its rows.
func (s *Stmt) Exec(ctx context.Context, args []driver.Value) (driver.Result, error) {
	result, err := s.start(ctx, args)
	if err != nil {
		return driver.Result{}, err
	}
	tag, err := result.Close()
	if isStale(err) && s.conn.raw.TxStatus() == idle {
		if result, err = s.restart(ctx, args); err != nil {
			return driver.Result{}, err
		}
		tag, err = result.Close()
	}
	if err != nil {
		return driver.Result{}, s.conn.mapError(ctx, err)
	}
	if tag.Select() {
		return driver.Result{}, nil
	}
	return driver.Result{RowsAffected: tag.RowsAffected()}, nil
}

// Query starts the statement.
func (s *Stmt) Query(ctx context.Context, args []driver.Value) (driver.Rows, error) {
	result, err := s.start(ctx, args)
	if err != nil {
		return nil, err
	}
	r := &Rows{Stmt: s, result: result, ctx: ctx}
	// The first row is fetched now, because a statement whose table has
	// changed says so before it.
	r.step()
	if isStale(r.err) && s.conn.raw.TxStatus() == idle {
		if r.result, err = s.restart(ctx, args); err != nil {
			return nil, err
		}
		r.err = nil
		r.step()
	}
	if r.err != nil {
		return nil, s.conn.mapError(ctx, r.err)
	}
	s.run++
	r.run = s.run
	if r.result != nil {
		s.open = true
		s.conn.active = r
	}
	return r, nil
}

// Close frees the statement. It has no effect the second time.
func (s *Stmt) Close() error {
	if s.desc == nil {
		return nil
	}
	desc := s.desc
	ctx := context.Background()
	if !s.conn.Valid() {
		s.desc = nil
		return nil
	}
	err := s.conn.ready(ctx)
	s.desc, s.open = nil, false
	if err != nil {
		return err
	}
	return s.conn.mapError(ctx, s.conn.raw.Deallocate(ctx, desc.Name))
}

// start checks that the statement can run and sends it.
func (s *Stmt) start(ctx context.Context, args []driver.Value) (*pgconn.ResultReader, error) {
	switch {
	case s.conn.closed:
		return nil, errConnClosed
	case s.desc == nil:
		return nil, errStmtClosed
	case s.open:
		return nil, errors.New("pgxdriver: the statement's rows are still open: close them before it runs again")
	case len(args) != len(s.args.oids):
		return nil, fmt.Errorf("pgxdriver: the statement has %d parameters, but %d arguments were given", len(s.args.oids), len(args))
	}
	if err := s.conn.ready(ctx); err != nil {
		return nil, err
	}
	if err := s.args.encode(args); err != nil {
		return nil, err
	}
	return s.send(ctx), nil
}

func (s *Stmt) send(ctx context.Context) *pgconn.ResultReader {
	return s.conn.raw.ExecStatement(ctx, s.desc, s.args.values, s.args.formats, s.results)
}

// restart prepares the statement anew and sends it again.
func (s *Stmt) restart(ctx context.Context, args []driver.Value) (*pgconn.ResultReader, error) {
	if err := s.conn.raw.Deallocate(ctx, s.desc.Name); err != nil {
		return nil, s.conn.mapError(ctx, err)
	}
	if err := s.prepare(ctx); err != nil {
		return nil, err
	}
	if err := s.args.encode(args); err != nil {
		return nil, err
	}
	return s.send(ctx), nil
}

// isStale says whether a statement was refused because a table has changed
// since it was prepared: "cached plan must not change result type".
func isStale(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) && refusal.Code == "0A000" && refusal.Routine == "RevalidateCachedQuery"
}
