package sqldriver

import (
	"bytes"
	"context"
	sqld "database/sql/driver"
	"errors"
	"io"

	"github.com/ormlab/ormlab/orm/driver"
)

// Rows is a running statement.
type Rows struct {
	*Stmt
	run   uint64
	ctx   context.Context
	raw   sqld.Rows    // nil when the database has sent everything
	row   []sqld.Value // the current row
	rest  [][]sqld.Value
	err   error // that ended the rows and is not told yet
	onRow bool
}

var _ driver.Rows = (*Rows)(nil)

// Next steps to the next row. After an error, or the last row, the statement
// can run again.
func (r *Rows) Next(ctx context.Context) (bool, error) {
	r.onRow = false
	if !r.live() {
		return false, r.ended()
	}
	if err := ctx.Err(); err != nil {
		r.end()
		return false, r.conn.mapError(ctx, err)
	}
	switch {
	case len(r.rest) > 0:
		r.row, r.rest = r.rest[0], r.rest[1:]
		r.onRow = true
	case r.raw != nil:
		r.onRow = r.fetch(r.row)
	}
	if r.onRow {
		return true, nil
	}
	err := r.err
	r.end()
	if err != nil {
		return false, r.conn.mapError(r.ctx, err)
	}
	return false, nil
}

// fetch reads one row. If there is none it frees the connection and keeps the
// error.
func (r *Rows) fetch(row []sqld.Value) bool {
	err := r.raw.Next(row)
	if err == nil {
		return true
	}
	if !errors.Is(err, io.EOF) {
		r.err = err
	}
	r.conclude()
	return false
}

// conclude drops what the database still sends.
func (r *Rows) conclude() {
	if err := r.raw.Close(); err != nil && r.err == nil {
		r.err = err
	}
	r.raw = nil
	if r.conn.active == r {
		r.conn.active = nil
	}
}

// detach takes all rows that are left into memory, so that the connection is
// free for another statement.
func (r *Rows) detach() {
	if r.onRow {
		r.row = clone(r.row)
	}
	for r.raw != nil {
		row := make([]sqld.Value, len(r.columns))
		if r.fetch(row) {
			r.rest = append(r.rest, clone(row))
		}
	}
}

// clone copies the bytes of a row out of the driver's buffer.
func clone(row []sqld.Value) []sqld.Value {
	for i, v := range row {
		if b, ok := v.([]byte); ok {
			row[i] = bytes.Clone(b)
		}
	}
	return row
}

// live says whether these rows are those of the statement's open run.
func (r *Rows) live() bool {
	return r.run == r.Stmt.run && r.open && !r.closed && !r.conn.closed
}

// ended says why there is no row: rows that ended or were closed are no error,
// rows whose statement or connection was closed are.
func (r *Rows) ended() error {
	switch {
	case r.conn.closed:
		return errConnClosed
	case r.closed:
		return errStmtClosed
	}
	return nil
}

// end drops what is left.
func (r *Rows) end() {
	if r.raw != nil {
		r.conclude()
	}
	r.err, r.open, r.onRow = nil, false, false
	r.row, r.rest = nil, nil
	if r.conn.active == r {
		r.conn.active = nil
	}
}

// Close ends the run; the statement can run again. The database sends the rest
// of the rows first: a connection of database/sql knows no other way.
func (r *Rows) Close() error {
	if r.live() {
		r.end()
	}
	return nil
}

// Abandon is Close for the last that is done on a connection: rather than read
// a long result to its end it gives up the connection, which is not
// [Conn.Valid] then.
func (r *Rows) Abandon() error {
	if r.live() {
		r.stop()
	}
	return r.Close()
}

// few is how many rows Abandon reads and drops before it gives up the
// connection for the sake of those behind them.
const few = 1000

// stop keeps Abandon from reading a long result to its end. In a transaction it
// must be read, because the transaction is the connection's.
func (r *Rows) stop() {
	c := r.conn
	if r.raw == nil || c.tx != nil || c.options.Abandoned == nil {
		return
	}
	row := make([]sqld.Value, len(r.columns))
	for range few {
		if !r.fetch(row) {
			return
		}
	}
	c.broken = true
	c.options.Abandoned()
	c.options.Abandoned = nil
}
