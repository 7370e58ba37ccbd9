package client

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

var errStmtClosed = errors.New("client: the statement is closed")

// stmt is a prepared statement of the engine.
type stmt struct {
	conn    *conn
	id      int
	params  int
	columns []driver.Column
	row     []driver.Value // the current row; its room serves all runs
	run     uint32         // counts runs, so that a stale rows does nothing
	open    bool
	closed  bool
}

func (s *stmt) NumParams() int { return s.params }

func (s *stmt) Columns() []driver.Column { return s.columns }

func (s *stmt) Exec(ctx context.Context, args []driver.Value) (driver.Result, error) {
	left, err := s.start(ctx, args)
	if err != nil {
		return driver.Result{}, err
	}
	result, err := ask(s.conn.link, &wire.Request{Op: wire.Exec, ID: s.id, Site: s.conn.link.site(),
		Limit: left, Args: args}, false, wire.DecodeResult)
	if err != nil {
		return driver.Result{}, withCause(err)
	}
	return result, nil
}

func (s *stmt) Query(ctx context.Context, args []driver.Value) (driver.Rows, error) {
	left, err := s.start(ctx, args)
	if err != nil {
		return nil, err
	}
	batch, err := ask(s.conn.link, &wire.Request{Op: wire.Query, ID: s.id, Site: s.conn.link.site(),
		Limit: left, Batch: firstBatch, Args: args}, true, wire.DecodeRows)
	if err != nil {
		return nil, withCause(err)
	}
	s.run++
	s.open = true
	r := &rows{stmt: s, run: s.run, size: firstBatch}
	r.take(batch)
	return r, nil
}

// start checks that the statement can run, and returns how long.
func (s *stmt) start(ctx context.Context, args []driver.Value) (left int, err error) {
	switch {
	case s.conn.closed:
		return 0, errConnClosed
	case s.closed:
		return 0, errStmtClosed
	case s.open:
		return 0, errors.New("client: the statement's rows are still open: close them before it runs again")
	case len(args) != s.params:
		return 0, fmt.Errorf("client: the statement has %d parameters, but %d arguments were given", s.params, len(args))
	}
	return timeLeft(ctx)
}

func (s *stmt) Close() error {
	if s.closed {
		return nil
	}
	s.closed, s.open = true, false
	if s.conn.closed {
		return nil // the engine closed it with the connection
	}
	return s.conn.link.tell(&wire.Request{Op: wire.CloseStmt, ID: s.id})
}
