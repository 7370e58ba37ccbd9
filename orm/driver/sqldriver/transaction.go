package sqldriver

import (
	"context"
	"database/sql"
	sqld "database/sql/driver"
	"errors"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

var levels = map[driver.Isolation]sql.IsolationLevel{
	driver.DefaultIsolation: sql.LevelDefault,
	driver.ReadUncommitted:  sql.LevelReadUncommitted,
	driver.ReadCommitted:    sql.LevelReadCommitted,
	driver.RepeatableRead:   sql.LevelRepeatableRead,
	driver.Serializable:     sql.LevelSerializable,
}

// Begin starts a transaction.
func (c *Conn) Begin(ctx context.Context, options driver.TxOptions) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	if c.tx != nil {
		return syntaxError("begin", "there is already a transaction in progress")
	}
	level := levels[options.Isolation]
	if c.options.Serializable {
		level = sql.LevelDefault
		if options.Immediate {
			level = sql.LevelSerializable
		}
	}
	tx, err := c.begin(ctx, sqld.TxOptions{Isolation: sqld.IsolationLevel(level), ReadOnly: options.ReadOnly})
	if err != nil {
		return c.mapError(ctx, err)
	}
	c.tx, c.lost = tx, false
	return nil
}

func (c *Conn) begin(ctx context.Context, options sqld.TxOptions) (sqld.Tx, error) {
	if b, ok := c.raw.(sqld.ConnBeginTx); ok {
		// Some database/sql drivers keep the context for the end of the
		// transaction, which must not fail because this one has ended.
		lasting, cancel := context.WithCancel(context.WithoutCancel(ctx))
		defer context.AfterFunc(ctx, cancel)()
		return b.BeginTx(lasting, options)
	}
	if options != (sqld.TxOptions{}) {
		return nil, errors.New("sqldriver: beginning a transaction: the database/sql driver knows neither isolation levels nor read-only transactions")
	}
	return c.raw.Begin() //nolint:staticcheck // the only way for an old driver
}

// Commit ends the transaction and keeps its work.
func (c *Conn) Commit(ctx context.Context) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	switch {
	case c.tx == nil:
		return syntaxError("commit", "there is no transaction in progress")
	case c.lost:
		return errLost
	}
	tx := c.tx
	c.tx = nil
	return c.mapError(ctx, tx.Commit())
}

// Rollback ends the transaction and undoes its work. It does so even if ctx
// has ended, because a transaction must not stay open.
func (c *Conn) Rollback(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := c.ready(ctx); err != nil {
		return err
	}
	if c.tx == nil {
		return nil
	}
	tx := c.tx
	c.tx, c.lost = nil, false
	return c.mapError(ctx, tx.Rollback())
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
	if c.lost {
		return errLost
	}
	if strings.IndexByte(name, 0) >= 0 {
		return syntaxError("NUL", "the savepoint's name %q holds a NUL byte", name)
	}
	quote := string(c.options.Quote)
	if c.options.Quote == 0 {
		quote = `"`
	}
	_, err := execText(ctx, c.raw, verb+quote+strings.ReplaceAll(name, quote, quote+quote)+quote, nil)
	return c.mapError(ctx, err)
}

// execText runs sql without keeping it prepared.
func execText(ctx context.Context, raw sqld.Conn, sql string, args []sqld.NamedValue) (sqld.Result, error) {
	if e, ok := raw.(sqld.ExecerContext); ok {
		result, err := e.ExecContext(ctx, sql, args)
		if !errors.Is(err, sqld.ErrSkip) {
			return result, err
		}
	}
	stmt, err := prepare(ctx, raw, sql)
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	return execStmt(ctx, stmt, args)
}

// InTransaction says whether a transaction that Begin began is open, and the
// database has not rolled it back by itself.
func (c *Conn) InTransaction() bool { return c.tx != nil && !c.lost }
