package engine

import (
	"context"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// control does what a Control request says to the connection's transaction.
func (e *Engine) control(c *connection, q *wire.Request) error {
	if q.Verb == wire.Rollback && !c.db.InTransaction() {
		return c.db.Rollback(context.Background())
	}
	t := tracedVerb(q.Verb, q.Name)
	run := e.trace.begin(c, t, q.Site, nil)
	err := c.control(q.Verb, q.Name)
	if err != nil {
		err = e.explain(c, err)
	}
	e.trace.end(c, t, &run, outcome{err: err})
	return err
}

func (c *connection) control(verb wire.Verb, name string) error {
	ctx := context.Background()
	switch verb {
	case wire.BeginImmediate:
		return c.db.Begin(ctx, driver.TxOptions{Immediate: true})
	case wire.BeginReadOnly:
		return c.db.Begin(ctx, driver.TxOptions{ReadOnly: true})
	case wire.Commit:
		return c.db.Commit(ctx)
	case wire.Rollback:
		return c.db.Rollback(ctx)
	case wire.Savepoint:
		return c.db.Savepoint(ctx, name)
	case wire.Release:
		return c.db.Release(ctx, name)
	case wire.RollbackTo:
		return c.db.RollbackTo(ctx, name)
	}
	return c.db.Begin(ctx, driver.TxOptions{})
}

// tracedVerb is a verb as the trace shows it.
func tracedVerb(verb wire.Verb, name string) traced {
	quoted := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	switch verb {
	case wire.BeginImmediate:
		return traced{sql: "BEGIN IMMEDIATE", word: "BEGIN", verb: "begin"}
	case wire.Commit:
		return traced{sql: "COMMIT", word: "COMMIT", verb: "commit"}
	case wire.Rollback:
		return traced{sql: "ROLLBACK", word: "ROLLBACK", verb: "rollback"}
	case wire.Savepoint:
		return traced{sql: "SAVEPOINT " + quoted, word: "SAVEPOINT", verb: "savepoint"}
	case wire.Release:
		return traced{sql: "RELEASE SAVEPOINT " + quoted, word: "RELEASE", verb: "release"}
	case wire.RollbackTo:
		return traced{sql: "ROLLBACK TO SAVEPOINT " + quoted, word: "ROLLBACK", verb: "rollback to"}
	}
	return traced{sql: "BEGIN", word: "BEGIN", verb: "begin"}
}
