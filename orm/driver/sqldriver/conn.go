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
	broken  bool           // the database/sql driver has said so
	active  *Rows          // those that the database is sending
	stmts   map[*Stmt]bool // those that are open
}

var (
	_ driver.Conn      = (*Conn)(nil)
	_ driver.Pinger    = (*Conn)(nil)
	_ driver.Validator = (*Conn)(nil)
)

// New makes an open connection of a database/sql driver a [driver.Conn], which
// owns it from then on.
func New(raw sqld.Conn, options Options) *Conn {
	return &Conn{raw: raw, options: options, stmts: map[*Stmt]bool{}, release: func(bool) error { return raw.Close() }}
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
		return nil, c.refused(ctx, err)
	}
	queryOnly := c.options.QueryOnly != nil && c.options.QueryOnly(sql)
	s := &Stmt{conn: c, sql: sql, raw: raw, queryOnly: queryOnly}
	c.stmts[s] = true
	return s, nil
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
	if c.closed || c.broken {
		return false
	}
	v, ok := c.raw.(sqld.Validator)
	// Some database/sql drivers call a connection invalid while it sends rows.
	return !ok || c.active != nil || v.IsValid()
}

// check finds out whether the connection has survived the end of a context,
// where the database/sql driver tells only those who want to use it again.
func (c *Conn) check(ctx context.Context) {
	_, tells := c.raw.(sqld.Validator)
	if r, ok := c.raw.(sqld.SessionResetter); ok && !tells {
		c.broken = r.ResetSession(context.WithoutCancel(ctx)) != nil
	}
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
	for s := range c.stmts {
		if !broken {
			_ = s.raw.Close() // the connection's end is what was asked for
		}
	}
	if !broken && c.tx != nil {
		broken = c.tx.Rollback() != nil
	}
	c.closed = true
	if err := c.release(broken); err != nil && !broken {
		return fmt.Errorf("sqldriver: closing: %w", err)
	}
	return nil
}

// refused gives an error of Prepare the seam's form.
func (c *Conn) refused(ctx context.Context, err error) error {
	if c.options.MapRefused == nil || ctx.Err() != nil {
		return c.mapError(ctx, err)
	}
	mapped := c.options.MapRefused(err)
	var refusal *driver.Error
	if errors.As(mapped, &refusal) {
		return mapped
	}
	return c.mapError(ctx, err)
}

// mapError gives an error of the database/sql driver the seam's form.
func (c *Conn) mapError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if cause := driver.Ended(ctx); cause != nil {
		c.check(ctx)
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
			c.broken = c.broken || refusal.Kind == driver.Disconnected
			return mapped
		}
	}
	c.broken = c.broken || errors.Is(err, sqld.ErrBadConn)
	if !c.Valid() {
		return &driver.Error{Kind: driver.Disconnected, Code: "bad connection",
			Message: "the connection to the database is lost: " + err.Error(), Cause: err}
	}
	return err
}
