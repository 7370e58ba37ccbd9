package gosqlite3

import (
	"context"
	"errors"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
)

// verb is a statement that every connection needs; it is prepared once.
type verb int

const (
	begin verb = iota
	beginImmediate
	commit
	rollback
	queryOnlyOn
	queryOnlyOff
	numVerbs
)

var verbSQL = [numVerbs]string{"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK",
	"PRAGMA query_only=1", "PRAGMA query_only=0"}

// Begin starts a transaction. A read-only one is kept by PRAGMA query_only.
func (c *Conn) Begin(ctx context.Context, options driver.TxOptions) error {
	v := begin
	if options.Immediate && !options.ReadOnly {
		v = beginImmediate
	}
	if err := c.run(ctx, v); err != nil {
		return err
	}
	if !options.ReadOnly {
		return nil
	}
	c.readOnly = true
	if err := c.run(ctx, queryOnlyOn); err != nil {
		return errors.Join(err, c.Rollback(ctx))
	}
	return nil
}

// Commit ends the transaction and keeps its work.
func (c *Conn) Commit(ctx context.Context) error {
	if err := c.run(ctx, commit); err != nil {
		return err
	}
	return c.writable()
}

// Rollback ends the transaction and undoes its work. It does so even if ctx
// has ended, because a transaction must not stay open.
func (c *Conn) Rollback(context.Context) error {
	if c.raw == nil {
		return errConnClosed
	}
	if !c.raw.GetAutocommit() {
		if err := c.run(context.Background(), rollback); err != nil {
			return err
		}
	}
	return c.writable()
}

// writable ends what a read-only transaction forbade.
func (c *Conn) writable() error {
	if !c.readOnly {
		return nil
	}
	c.readOnly = false
	return c.run(context.Background(), queryOnlyOff)
}

// Savepoint sets a savepoint; outside a transaction it starts one.
func (c *Conn) Savepoint(ctx context.Context, name string) error {
	return c.runSQL(ctx, "SAVEPOINT ", name)
}

// Release forgets a savepoint and keeps its work.
func (c *Conn) Release(ctx context.Context, name string) error {
	return c.runSQL(ctx, "RELEASE SAVEPOINT ", name)
}

// RollbackTo undoes a savepoint's work and keeps the savepoint. Like Rollback
// it does so even if ctx has ended.
func (c *Conn) RollbackTo(_ context.Context, name string) error {
	return c.runSQL(context.Background(), "ROLLBACK TO SAVEPOINT ", name)
}

// InTransaction says whether a transaction is open.
func (c *Conn) InTransaction() bool { return c.raw != nil && !c.raw.GetAutocommit() }

func (c *Conn) run(ctx context.Context, v verb) (err error) {
	if c.raw == nil {
		return errConnClosed
	}
	if err := ctx.Err(); err != nil {
		return interrupted(err)
	}
	defer recoverAsError(&err)
	stmt := c.verbs[v]
	if stmt == nil {
		stmt, _, err = c.raw.PrepareFlags(verbSQL[v], sqlite3.PREPARE_PERSISTENT)
		if err != nil {
			return asError(err, preparing)
		}
		c.verbs[v] = stmt
	}
	if c.watch(ctx) {
		defer c.unwatch()
	}
	return c.runError(ctx, stmt.Exec())
}

func (c *Conn) runSQL(ctx context.Context, sql, name string) (err error) {
	if c.raw == nil {
		return errConnClosed
	}
	if strings.IndexByte(name, 0) >= 0 {
		return syntaxError("the savepoint's name %q holds a NUL byte", name)
	}
	if err := ctx.Err(); err != nil {
		return interrupted(err)
	}
	defer recoverAsError(&err)
	if c.watch(ctx) {
		defer c.unwatch()
	}
	return c.runError(ctx, c.raw.Exec(sql+`"`+strings.ReplaceAll(name, `"`, `""`)+`"`))
}

// runError maps the error of a step, and puts the reason of an interruption
// in its chain.
func (c *Conn) runError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil && errors.Is(err, sqlite3.INTERRUPT) {
		return interrupted(cause)
	}
	return asError(err, running)
}
