package client

import (
	"context"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

var errConnClosed = &driver.Error{Kind: driver.Disconnected, Message: "the connection is closed"}

// conn is one connection to a database of the engine.
type conn struct {
	link   *link
	id     int
	closed bool
}

func (c *conn) Prepare(ctx context.Context, sql string) (driver.Stmt, error) {
	if c.closed {
		return nil, errConnClosed
	}
	if err := ended(ctx); err != nil {
		return nil, err
	}
	p, err := ask(c.link, &wire.Request{Op: wire.Prepare, ID: c.id, SQL: sql}, true, wire.DecodePrepared)
	if err != nil {
		return nil, err
	}
	return &stmt{conn: c, id: p.Stmt, params: p.Params, columns: p.Columns}, nil
}

func (c *conn) Begin(ctx context.Context, options driver.TxOptions) error {
	verb := wire.Begin
	switch {
	case options.ReadOnly:
		verb = wire.BeginReadOnly
	case options.Immediate:
		verb = wire.BeginImmediate
	}
	return c.control(ctx, verb, "")
}

func (c *conn) Commit(ctx context.Context) error { return c.control(ctx, wire.Commit, "") }

// Rollback works even if ctx has ended: a transaction must not stay open.
func (c *conn) Rollback(context.Context) error {
	return c.control(context.Background(), wire.Rollback, "")
}

func (c *conn) Savepoint(ctx context.Context, name string) error {
	return c.control(ctx, wire.Savepoint, name)
}

func (c *conn) Release(ctx context.Context, name string) error {
	return c.control(ctx, wire.Release, name)
}

// RollbackTo works even if ctx has ended, like Rollback.
func (c *conn) RollbackTo(_ context.Context, name string) error {
	return c.control(context.Background(), wire.RollbackTo, name)
}

func (c *conn) control(ctx context.Context, verb wire.Verb, name string) error {
	if c.closed {
		return errConnClosed
	}
	if err := ended(ctx); err != nil {
		return err
	}
	return c.link.tell(&wire.Request{Op: wire.Control, ID: c.id, Site: c.link.site(), Verb: verb, Name: name})
}

func (c *conn) Close() error {
	if c.closed {
		return nil
	}
	c.closed = true
	return c.link.tell(&wire.Request{Op: wire.CloseConn, ID: c.id})
}
