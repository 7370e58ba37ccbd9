//go:build !js && !wasip1

package pgxdriver

import (
	"context"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

// The states of a transaction, as the protocol tells them.
const (
	idle   = 'I'
	failed = 'E'
)

var isolationSQL = map[driver.Isolation]string{
	driver.ReadUncommitted: " ISOLATION LEVEL READ UNCOMMITTED",
	driver.ReadCommitted:   " ISOLATION LEVEL READ COMMITTED",
	driver.RepeatableRead:  " ISOLATION LEVEL REPEATABLE READ",
	driver.Serializable:    " ISOLATION LEVEL SERIALIZABLE",
}

// Begin starts a transaction.
func (c *Conn) Begin(ctx context.Context, options driver.TxOptions) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	if c.raw.TxStatus() != idle {
		return &driver.Error{Kind: driver.Syntax, Code: "25001", Message: "there is already a transaction in progress"}
	}
	sql := "BEGIN" + isolationSQL[options.Isolation]
	if options.ReadOnly {
		sql += " READ ONLY"
	}
	return c.run(ctx, sql)
}

// Commit ends the transaction and keeps its work. One in which a statement has
// failed cannot be committed: PostgreSQL would roll it back without a word.
func (c *Conn) Commit(ctx context.Context) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	switch c.raw.TxStatus() {
	case idle:
		return noTransaction()
	case failed:
		return &driver.Error{Kind: driver.Unknown, Code: "25P02",
			Message: "a statement of the transaction has failed: it can only be rolled back"}
	}
	return c.run(ctx, "COMMIT")
}

func noTransaction() error {
	return &driver.Error{Kind: driver.Syntax, Code: "25P01", Message: "there is no transaction in progress"}
}

// Rollback ends the transaction and undoes its work. It does so even if ctx
// has ended, because a transaction must not stay open.
func (c *Conn) Rollback(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := c.ready(ctx); err != nil {
		return err
	}
	if c.raw.TxStatus() == idle {
		return nil
	}
	return c.run(ctx, "ROLLBACK")
}

// Savepoint sets a savepoint.
func (c *Conn) Savepoint(ctx context.Context, name string) error {
	return c.named(ctx, "SAVEPOINT ", name)
}

// Release forgets a savepoint and keeps its work.
func (c *Conn) Release(ctx context.Context, name string) error {
	return c.named(ctx, "RELEASE SAVEPOINT ", name)
}

// RollbackTo undoes a savepoint's work and keeps the savepoint. Like Rollback
// it does so even if ctx has ended.
func (c *Conn) RollbackTo(ctx context.Context, name string) error {
	return c.named(context.WithoutCancel(ctx), "ROLLBACK TO SAVEPOINT ", name)
}

func (c *Conn) named(ctx context.Context, verb, name string) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	if strings.IndexByte(name, 0) >= 0 {
		return syntaxError("the savepoint's name %q holds a NUL byte", name)
	}
	return c.run(ctx, verb+`"`+strings.ReplaceAll(name, `"`, `""`)+`"`)
}

func (c *Conn) run(ctx context.Context, sql string) error {
	return c.mapError(ctx, c.raw.Exec(ctx, sql).Close())
}

// InTransaction says whether a transaction is open, one that has failed and
// waits for its rollback included.
func (c *Conn) InTransaction() bool { return c.Valid() && c.raw.TxStatus() != idle }
