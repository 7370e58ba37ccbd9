package engine

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// handleHost answers what only the host asks, and Hello.
func (e *Engine) handleHost(q *wire.Request, b []byte) ([]byte, error) {
	switch q.Op {
	case wire.Hello:
		return e.hello(b)
	case wire.EndRun:
		return wire.AppendOK(b), e.endRun()
	case wire.Databases:
		return wire.AppendNames(b, e.store.names()), nil
	case wire.Snapshot:
		return e.snapshot(q.Name, b)
	case wire.Restore:
		return wire.AppendOK(b), e.restore(q.Name, q.Data)
	case wire.Drop:
		return wire.AppendOK(b), e.drop(q.Name)
	case wire.Schema:
		return e.schema(q.Name, b)
	case wire.Plan:
		return e.plan(q.Name, q.SQL, b)
	case wire.Limits:
		e.trace.limit = q.Limit
		return wire.AppendOK(b), nil
	case wire.Kept:
		return wire.AppendNames(b, e.keptNames), nil
	case wire.Forget:
		e.forgetKept()
		return wire.AppendOK(b), nil
	case wire.Mark:
		e.store.mark()
		return wire.AppendOK(b), nil
	case wire.Changes:
		return e.changes(q, b)
	case wire.Page:
		return e.page(q, b)
	case wire.Export:
		return e.export(q, b)
	case wire.Import:
		return e.importFile(q, b)
	case wire.Script:
		return e.script(q, b)
	}
	return nil, fmt.Errorf("engine: the op %v has no handler", q.Op)
}

// hello answers whatever version asks: the other side compares.
func (e *Engine) hello(b []byte) ([]byte, error) {
	c, err := e.hostConnection("")
	if err != nil {
		return nil, err
	}
	version, err := queryRow(c, "SELECT sqlite_version()")
	if err != nil {
		return nil, err
	}
	answer := wire.HelloAnswer{Version: wire.Version, SQLite: version[0].Text()}
	return answer.Append(b), nil
}

// existing returns a database that somebody made.
func (e *Engine) existing(name string) (*file, error) {
	f := e.storeOf(name).files[name]
	if f == nil {
		return nil, fmt.Errorf("engine: there is no database %q", strings.TrimPrefix(name, keptPrefix))
	}
	return f, nil
}

// idle returns a database that no connection of the program has open.
func (e *Engine) idle(name string) error {
	if e.host != nil && e.host.name == name {
		if err := e.closeHost(); err != nil {
			return err
		}
	}
	if f := e.store.files[name]; f != nil && f.open > 0 {
		return &driver.Error{Kind: driver.Busy, Code: "5", Message: fmt.Sprintf("the database %q is open: end the run first", name)}
	}
	return nil
}

func (e *Engine) snapshot(name string, b []byte) ([]byte, error) {
	f, err := e.existing(name)
	if err != nil {
		return nil, err
	}
	if f.reserved {
		return nil, &driver.Error{Kind: driver.Busy, Code: "5", Message: fmt.Sprintf("a transaction is writing to the database %q", name)}
	}
	return wire.AppendSnapshot(b, int(f.size), f.pieces()), nil
}

func (e *Engine) restore(name string, data []byte) error {
	if name == "" || name == ":memory:" {
		return fmt.Errorf("engine: restoring: a database needs a name")
	}
	if err := checkName(name); err != nil {
		return err
	}
	if len(data) > 0 && !bytes.HasPrefix(data, []byte(fileHeader)) {
		return fmt.Errorf("engine: restoring %q: the %d bytes are not an SQLite database", name, len(data))
	}
	if err := e.idle(name); err != nil {
		return err
	}
	return e.store.put(name, data)
}

func (e *Engine) drop(name string) error {
	if err := e.idle(name); err != nil {
		return err
	}
	e.store.remove(name)
	return nil
}

// hostConnection returns the host's connection to a database; one is kept,
// because the page asks for the same database again and again.
func (e *Engine) hostConnection(name string) (*connection, error) {
	if e.host != nil && e.host.name == name {
		return e.host, nil
	}
	if err := e.closeHost(); err != nil {
		return nil, err
	}
	c, err := e.open(name)
	if err != nil {
		return nil, err
	}
	e.host = c
	return c, nil
}

func (e *Engine) closeHost() error {
	if e.host == nil {
		return nil
	}
	c := e.host
	e.host = nil
	return c.db.Close()
}

// query reads all rows of a statement, for the engine's own use.
func query(c *connection, sql string, each func(row []driver.Value) error) error {
	return queryWithin(context.Background(), c, sql, each)
}

func queryWithin(ctx context.Context, c *connection, sql string, each func(row []driver.Value) error) error {
	stmt, err := c.db.Prepare(ctx, sql)
	if err != nil {
		return err
	}
	defer stmt.Close()
	rows, err := stmt.Query(ctx, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := make([]driver.Value, len(rows.Columns()))
	for {
		more, err := rows.Next(ctx)
		if err != nil || !more {
			return err
		}
		for i := range row {
			row[i] = rows.Value(i)
		}
		if err := each(row); err != nil {
			return err
		}
	}
}

func queryRow(c *connection, sql string) (row []driver.Value, err error) {
	err = query(c, sql, func(r []driver.Value) error { row = append(row[:0], r...); return nil })
	return row, err
}
