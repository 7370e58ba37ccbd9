package ormtest

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
)

// fault is what a driver does wrong; nil functions are the driver's own.
type fault struct {
	value    func(v driver.Value) driver.Value
	err      func(err error) error
	affected int64 // added to the rows that a statement changed
	begin    func(o driver.TxOptions) driver.TxOptions
	commit   func(c driver.Conn, ctx context.Context) error
	rollback func(c driver.Conn, ctx context.Context) error
	noUndo   bool // of savepoints
}

type (
	faultyDriver struct {
		driver.Driver
		fault
	}
	faultyConn struct {
		driver.Conn
		fault
	}
	faultyStmt struct {
		driver.Stmt
		fault
	}
)

func (d faultyDriver) Open(ctx context.Context, name string) (driver.Conn, error) {
	c, err := d.Driver.Open(ctx, name)
	return faultyConn{c, d.fault}, err
}

func (c faultyConn) Prepare(ctx context.Context, sql string) (driver.Stmt, error) {
	s, err := c.Conn.Prepare(ctx, sql)
	if err != nil {
		return nil, c.wrong(err)
	}
	return faultyStmt{s, c.fault}, nil
}

func (f fault) wrong(err error) error {
	if err != nil && f.err != nil {
		return f.err(err)
	}
	return err
}

func (f fault) changed(args []driver.Value) []driver.Value {
	if f.value == nil {
		return args
	}
	list := make([]driver.Value, len(args))
	for i, v := range args {
		list[i] = f.value(v)
	}
	return list
}

func (c faultyConn) Begin(ctx context.Context, o driver.TxOptions) error {
	if c.begin != nil {
		o = c.begin(o)
	}
	return c.Conn.Begin(ctx, o)
}

func (c faultyConn) Commit(ctx context.Context) error {
	if c.commit != nil {
		return c.commit(c.Conn, ctx)
	}
	return c.Conn.Commit(ctx)
}

func (c faultyConn) Rollback(ctx context.Context) error {
	if c.rollback != nil {
		return c.rollback(c.Conn, ctx)
	}
	return c.Conn.Rollback(ctx)
}

func (c faultyConn) RollbackTo(ctx context.Context, name string) error {
	if c.noUndo {
		return nil
	}
	return c.Conn.RollbackTo(ctx, name)
}

func (s faultyStmt) Exec(ctx context.Context, args []driver.Value) (driver.Result, error) {
	r, err := s.Stmt.Exec(ctx, s.changed(args))
	r.RowsAffected += s.affected
	return r, s.wrong(err)
}

func (s faultyStmt) Query(ctx context.Context, args []driver.Value) (driver.Rows, error) {
	r, err := s.Stmt.Query(ctx, s.changed(args))
	return r, s.wrong(err)
}

// TestTheSuiteFindsFaults has the driver beneath the dialect do something
// wrong, and the suite fail.
func TestTheSuiteFindsFaults(t *testing.T) {
	if runtime.GOARCH == "wasm" {
		t.Skip("what this proves of the suite it proves natively, in a tenth of the time")
	}
	times := func(f func(time.Time) time.Time) func(driver.Value) driver.Value {
		return func(v driver.Value) driver.Value {
			if v.Kind() == driver.Time {
				return driver.TimeValue(f(v.Time()))
			}
			return v
		}
	}
	texts := func(f func(string) string) func(driver.Value) driver.Value {
		return func(v driver.Value) driver.Value {
			if v.Kind() == driver.Text {
				return driver.TextValue(f(v.Text()))
			}
			return v
		}
	}
	faults := map[string]struct {
		wrong fault
		found string
	}{
		"microseconds are lost":    {fault{value: times(func(at time.Time) time.Time { return at.Truncate(time.Millisecond) })}, "values/instants"},
		"the zone is lost":         {fault{value: times(func(at time.Time) time.Time { return at.Add(time.Hour) })}, "values/instants"},
		"trailing spaces are lost": {fault{value: texts(func(s string) string { return strings.TrimRight(s, " ") })}, "values/texts"},
		"empty text is NULL": {fault{value: func(v driver.Value) driver.Value {
			if v.Kind() == driver.Text && v.Text() == "" {
				return driver.Value{}
			}
			return v
		}}, "values/texts"},
		"NUL ends a text":                    {fault{value: texts(func(s string) string { before, _, _ := strings.Cut(s, "\x00"); return before })}, "values/text with a NUL character"},
		"errors have no kind":                {fault{err: func(err error) error { return errors.New(err.Error()) }}, "errors/kinds"},
		"rows are counted wrongly":           {fault{affected: 1}, "changes/update and delete"},
		"a commit is a rollback":             {fault{commit: driver.Conn.Rollback}, "transactions/commit and rollback"},
		"a rollback is a commit":             {fault{rollback: driver.Conn.Commit}, "transactions/commit and rollback"},
		"savepoints undo nothing":            {fault{noUndo: true}, "transactions/savepoints"},
		"savepoints keep what objects wrote": {fault{noUndo: true}, "sessions/savepoints"},
		"savepoints keep what handles wrote": {fault{noUndo: true}, "relationships/undone"},
		"a rollback keeps objects":           {fault{rollback: driver.Conn.Commit}, "sessions/rollback of objects"},
		"big keys are floats": {fault{value: func(v driver.Value) driver.Value {
			if v.Kind() == driver.Int {
				return driver.IntValue(int64(float32(v.Int())))
			}
			return v
		}}, "sessions/keys that the program gives"},
		"bytes are cut": {fault{value: func(v driver.Value) driver.Value {
			if v.Kind() == driver.Blob {
				return driver.BlobValue(v.Blob()[:1])
			}
			return v
		}}, "sessions/what changes in place"},
		"read-only transactions write": {fault{begin: func(o driver.TxOptions) driver.TxOptions { o.ReadOnly = false; return o }}, "transactions/read only"},
	}
	honest, err := dialect.Lookup("sqlite")
	require.NoError(t, err)
	config := Config{URL: func(testing.TB) string { return "faulty://" }, OneConnection: true}
	for _, g := range groups() {
		for _, k := range g.cases {
			for name, f := range faults {
				if f.found != g.name+"/"+k.name {
					continue
				}
				entry := honest
				entry.Driver = faultyDriver{honest.Driver, fault{}}
				dialect.Register("faulty", entry)
				assert.Empty(t, record(t, k, config).failures, "%s passes for the truth", k.name)
				entry.Driver = faultyDriver{honest.Driver, f.wrong}
				dialect.Register("faulty", entry)
				assert.NotEmpty(t, record(t, k, config).failures, "%s has not found that %s", f.found, name)
				delete(faults, name)
			}
		}
	}
	assert.Empty(t, faults, "every fault belongs to a case")
}
