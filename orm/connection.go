package orm

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/internal/exec"
)

// Conn is one connection that a program has to itself, from [Engine.Connect]
// to Close, and an [Executor]. Its first statement begins a transaction, which
// Commit or Rollback ends; the next statement begins another. Close rolls back
// what was not committed. On an engine in autocommit, see [Engine.Autocommit],
// only Begin begins one. A Conn belongs to one goroutine.
//
//	conn, err := engine.Connect(ctx)
//	if err != nil {
//		return err
//	}
//	defer conn.Close()
//	_, err = orm.Insert(Pets, "name").Row("Fluffy").Exec(ctx, conn)
//	…
//	return conn.Commit(ctx)
//
// For a block that commits by itself use [Engine.Transaction].
type Conn struct {
	engine *Engine
	conn   *exec.Conn // nil once closed
	depth  int        // of Nested
}

var _ Executor = (*Conn)(nil)

// Connect takes a connection from the pool. Close gives it back.
func (e *Engine) Connect(ctx context.Context) (*Conn, error) {
	c, err := e.connect(ctx)
	if err != nil {
		return nil, err
	}
	return &Conn{engine: e, conn: c}, nil
}

func (c *Conn) sqlDialect() dialect.Dialect { return c.engine.dialect }

func (c *Conn) statements() *dialect.Cache { return c.engine.caches.statements }

func (c *Conn) borrow(ctx context.Context) (*exec.Conn, func(), error) {
	if err := c.usable(); err != nil {
		return nil, nil, err
	}
	// What is read-only can only be a transaction.
	if !c.conn.InTransaction() && (!c.engine.autocommit || c.engine.tx.ReadOnly) {
		if err := c.conn.BeginWith(ctx, c.engine.tx); err != nil {
			return nil, nil, err
		}
	}
	return c.conn, func() {}, nil
}

// transaction is the connection with a transaction open, for a savepoint.
func (c *Conn) transaction(ctx context.Context) (*exec.Conn, error) {
	conn, _, err := c.borrow(ctx)
	if err == nil && !conn.InTransaction() {
		err = errors.New("orm: setting a savepoint: the engine is in autocommit, so that there is no transaction; call Begin first")
	}
	return conn, err
}

// usable says whether a statement can run.
func (c *Conn) usable() error {
	if c.conn == nil {
		return fmt.Errorf("%w: the connection", ErrClosed)
	}
	if lost := c.conn.Lost(); lost != nil {
		return fmt.Errorf("orm: the transaction is over: call Rollback first: %w", lost)
	}
	return nil
}

// Begin begins a transaction. It is an error if one is open, which a statement
// may have begun.
func (c *Conn) Begin(ctx context.Context) error {
	if err := c.usable(); err != nil {
		return err
	}
	if c.conn.InTransaction() {
		return errors.New("orm: beginning a transaction: one is open already, which Begin or a statement began; call Commit or Rollback first")
	}
	return c.conn.BeginWith(ctx, c.engine.tx)
}

// InTransaction says whether a transaction is open.
func (c *Conn) InTransaction() bool { return c.conn != nil && c.conn.InTransaction() }

// Commit makes all that the transaction did permanent. It has no effect
// without a transaction. If it fails the transaction is to be rolled back.
func (c *Conn) Commit(ctx context.Context) error {
	if err := c.usable(); err != nil {
		return err
	}
	if c.depth > 0 {
		return errors.New("orm: committing: a Nested block is open, which ends before the transaction does")
	}
	if !c.conn.InTransaction() {
		return nil
	}
	return c.conn.Commit(ctx)
}

// Rollback undoes all that the transaction did. It has no effect without a
// transaction, and works even if ctx has ended.
func (c *Conn) Rollback(ctx context.Context) error {
	if c.conn == nil {
		return fmt.Errorf("%w: the connection", ErrClosed)
	}
	return c.conn.Rollback(ctx)
}

// Nested runs f in a savepoint of the transaction, which it begins if there is
// none: what f did is undone if f fails or panics, and the rest of the
// transaction stays.
func (c *Conn) Nested(ctx context.Context, f func() error) (err error) {
	conn, err := c.transaction(ctx)
	if err != nil {
		return err
	}
	c.depth++
	defer func() { c.depth-- }()
	name := "sp_" + strconv.Itoa(c.depth)
	if err := conn.Savepoint(ctx, name); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done && c.conn == conn && conn.InTransaction() && conn.Lost() == nil {
			err = errors.Join(err, conn.RollbackTo(ctx, name))
		}
	}()
	if err := f(); err != nil {
		return err
	}
	if err := c.usable(); err != nil {
		return err
	}
	if err := conn.Release(ctx, name); err != nil {
		return err
	}
	done = true
	return nil
}

// Close rolls back what was not committed and gives the connection back. It
// has no effect the second time.
func (c *Conn) Close() error {
	if c.conn == nil {
		return nil
	}
	err := c.conn.Rollback(context.Background())
	c.engine.pool.Put(c.conn)
	c.conn = nil
	return err
}
