//go:build !js && !wasip1

package pgxdriver

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ormlab/ormlab/orm/driver"
)

// Conn is one connection.
type Conn struct {
	raw    *pgconn.PgConn
	closed bool
	names  uint64 // of prepared statements given so far
	active *Rows  // those that the server is sending
}

var (
	_ driver.Conn      = (*Conn)(nil)
	_ driver.Pinger    = (*Conn)(nil)
	_ driver.Validator = (*Conn)(nil)
)

// New makes an open pgconn connection a [driver.Conn], which owns it from then
// on. To let a context end a statement without losing the connection, its
// configuration needs a [pgconn.CancelRequestContextWatcherHandler].
func New(raw *pgconn.PgConn) *Conn { return &Conn{raw: raw} }

// Prepare makes sql ready to run. The server refuses text that holds more than
// one statement; text that holds none is an error too.
func (c *Conn) Prepare(ctx context.Context, sql string) (driver.Stmt, error) {
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	if strings.IndexByte(sql, 0) >= 0 {
		return nil, syntaxError("the statement holds a NUL byte")
	}
	if isBlank(sql) {
		return nil, syntaxError("the text holds no statement")
	}
	s := &Stmt{conn: c, sql: sql}
	if err := s.prepare(ctx); err != nil {
		return nil, err
	}
	return s, nil
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
	if c.raw.IsClosed() {
		return errConnLost
	}
	return nil
}

// nextName is a name for a prepared statement.
func (c *Conn) nextName() string {
	c.names++
	return "ormlab_" + strconv.FormatUint(c.names, 10)
}

// Valid says whether the connection can still be used.
func (c *Conn) Valid() bool { return !c.closed && !c.raw.IsClosed() }

// Ping asks the server for an answer.
func (c *Conn) Ping(ctx context.Context) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	return c.mapError(ctx, c.raw.Ping(ctx))
}

// closeWait is how long Close waits for the farewell to be sent.
const closeWait = 2 * time.Second

// Close ends the connection. It has no effect the second time.
func (c *Conn) Close() error {
	if c.closed {
		return nil
	}
	c.closed = true
	if c.active != nil {
		c.active.end(errConnClosed)
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	if c.raw.IsClosed() {
		return nil
	}
	if err := c.raw.Close(ctx); err != nil {
		return fmt.Errorf("pgxdriver: closing: %w", err)
	}
	return nil
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
		case strings.HasPrefix(sql, "/*"):
			_, sql, _ = strings.Cut(sql[2:], "*/")
		default:
			return false
		}
	}
}
