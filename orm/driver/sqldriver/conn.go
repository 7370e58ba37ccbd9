package sqldriver

import (
	"context"
	sqld "database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

// Conn is one connection.
type Conn struct {
	raw     sqld.Conn
	options Options
	release func(broken bool) error // gives raw back to where it came from
	tx      sqld.Tx                 // nil outside a transaction
	lost    bool                    // the database has rolled the transaction back
	closed  bool
	active  *Rows // those that the database is sending
}

var (
	_ driver.Conn      = (*Conn)(nil)
	_ driver.Pinger    = (*Conn)(nil)
	_ driver.Validator = (*Conn)(nil)
)

// New makes an open connection of a database/sql driver a [driver.Conn], which
// owns it from then on.
func New(raw sqld.Conn, options Options) *Conn {
	return &Conn{raw: raw, options: options, release: func(bool) error { return raw.Close() }}
}

var errConnClosed = &driver.Error{Kind: driver.Disconnected, Code: "closed", Message: "the connection is closed"}

// errLost is the error of statements in a transaction that is no more: they
// would not be undone by its end.
var errLost = &driver.Error{Kind: driver.Unknown, Code: "rolled back",
	Message: "the database has rolled the transaction back because of an error: roll back before anything else"}

func syntaxError(code, format string, args ...any) *driver.Error {
	return &driver.Error{Kind: driver.Syntax, Code: code, Message: fmt.Sprintf(format, args...)}
}

// interrupted is the error of a statement whose context ended.
func interrupted(cause error) *driver.Error {
	return &driver.Error{Kind: driver.Interrupted, Code: "interrupted", Message: "interrupted", Cause: cause}
}

// Prepare makes sql ready to run.
func (c *Conn) Prepare(ctx context.Context, sql string) (driver.Stmt, error) {
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	if strings.IndexByte(sql, 0) >= 0 {
		return nil, syntaxError("NUL", "the statement holds a NUL byte")
	}
	if isBlank(sql) {
		return nil, syntaxError("empty", "the text holds no statement")
	}
	raw, err := prepare(ctx, c.raw, sql)
	if err != nil && c.options.Unpreparable != nil && c.options.Unpreparable(err) {
		return &Stmt{conn: c, sql: sql}, nil
	}
	if err != nil {
		return nil, c.mapError(ctx, err)
	}
	queryOnly := c.options.QueryOnly != nil && c.options.QueryOnly(sql)
	return &Stmt{conn: c, sql: sql, raw: raw, queryOnly: queryOnly}, nil
}

// isBlank says whether sql is nothing but white space, comments and
// semicolons.
func isBlank(sql string) bool {
	for {
		sql = strings.TrimLeft(sql, " \t\r\n\f;")
		switch {
		case sql == "":
			return true
		case strings.HasPrefix(sql, "--"):
			_, sql, _ = strings.Cut(sql, "\n")
		case strings.HasPrefix(sql, "/*") && !strings.HasPrefix(sql, "/*!"): // MySQL runs what is in /*! */
			_, sql, _ = strings.Cut(sql[2:], "*/")
		default:
			return false
		}
	}
}

func prepare(ctx context.Context, raw sqld.Conn, sql string) (sqld.Stmt, error) {
	if p, ok := raw.(sqld.ConnPrepareContext); ok {
		return p.PrepareContext(ctx, sql)
	}
	return raw.Prepare(sql)
}

// ready checks that the connection can take a request, and frees it of the
// rows that it is sending.
func (c *Conn) ready(ctx context.Context) error {
	if c.closed {
		return errConnClosed
	}
	if err := ctx.Err(); err != nil {
		return interrupted(err)
	}
	if c.active != nil {
		c.active.detach()
	}
	return nil
}

// Valid says whether the connection can still be used.
func (c *Conn) Valid() bool {
	if c.closed {
		return false
	}
	v, ok := c.raw.(sqld.Validator)
	// Some database/sql drivers call a connection invalid while it sends rows.
	return !ok || c.active != nil || v.IsValid()
}

// Ping asks the database for an answer, if the database/sql driver can.
func (c *Conn) Ping(ctx context.Context) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	p, ok := c.raw.(sqld.Pinger)
	if !ok {
		return nil
	}
	return c.mapError(ctx, p.Ping(ctx))
}

// Close ends the connection, and with it an open transaction. It has no effect
// the second time.
func (c *Conn) Close() error {
	if c.closed {
		return nil
	}
	if c.active != nil {
		c.active.end()
	}
	broken := !c.Valid()
	if !broken && c.tx != nil {
		broken = c.tx.Rollback() != nil
	}
	c.closed = true
	if err := c.release(broken); err != nil && !broken {
		return fmt.Errorf("sqldriver: closing: %w", err)
	}
	return nil
}

// mapError gives an error of the database/sql driver the seam's form.
func (c *Conn) mapError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil {
		if c.options.Abandoned != nil && !c.Valid() {
			c.options.Abandoned()
			c.options.Abandoned = nil
		}
		return interrupted(cause)
	}
	if c.tx != nil && c.options.Ends != nil && c.options.Ends(err) {
		c.lost = true
	}
	if c.options.MapError != nil {
		mapped := c.options.MapError(err)
		var refusal *driver.Error
		if errors.As(mapped, &refusal) {
			return mapped
		}
	}
	if errors.Is(err, sqld.ErrBadConn) || !c.Valid() {
		return &driver.Error{Kind: driver.Disconnected, Code: "bad connection",
			Message: "the connection to the database is lost: " + err.Error(), Cause: err}
	}
	return err
}
