package gosqlite3

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
)

var errConnClosed = &driver.Error{Kind: driver.Disconnected, Message: "the connection is closed"}

// Conn is one connection.
type Conn struct {
	raw      *sqlite3.Conn // nil once closed
	verbs    [numVerbs]*sqlite3.Stmt
	readOnly bool // the open transaction was begun read-only
}

var _ driver.Conn = (*Conn)(nil)

// New makes an open go-sqlite3 connection a [driver.Conn], which owns it from
// then on. The settings that [Driver] makes are left to the caller.
func New(raw *sqlite3.Conn) *Conn { return &Conn{raw: raw} }

// Prepare makes sql ready to run. Text that holds no statement, or more than
// one, is an error.
func (c *Conn) Prepare(ctx context.Context, sql string) (_ driver.Stmt, err error) {
	if c.raw == nil {
		return nil, errConnClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, interrupted(err)
	}
	if strings.IndexByte(sql, 0) >= 0 {
		return nil, syntaxError("the statement holds a NUL byte")
	}
	defer recoverAsError(&err)
	raw, tail, err := c.raw.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT)
	if err != nil {
		return nil, asError(err, preparing)
	}
	if raw == nil {
		return nil, syntaxError("the text holds no statement")
	}
	if rest := skipBlank(tail); rest != "" {
		return nil, errors.Join(syntaxError("the text holds more than one statement: the second begins at %q", cut(rest, 40)), raw.Close())
	}
	return newStmt(c, raw, sql), nil
}

// Close ends the connection; open statements end with it.
func (c *Conn) Close() (err error) {
	if c.raw == nil {
		return nil
	}
	defer recoverAsError(&err)
	raw := c.raw
	c.raw = nil
	// A finalizer repeats the error of the statement's last run, which the
	// caller has seen.
	for _, s := range slices.Collect(raw.Stmts()) {
		s.Close()
	}
	if err := raw.Close(); err != nil {
		return fmt.Errorf("sqlite: closing: %w", asError(err, running))
	}
	return nil
}

// watch lets the end of ctx interrupt what runs on the connection. The result
// says whether unwatch must follow; a context that cannot end costs nothing.
func (c *Conn) watch(ctx context.Context) bool {
	if ctx.Done() == nil {
		return false
	}
	c.raw.SetInterrupt(ctx)
	return true
}

func (c *Conn) unwatch() { c.raw.SetInterrupt(context.Background()) }

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:n] + "…"
}
