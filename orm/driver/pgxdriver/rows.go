//go:build !js && !wasip1

package pgxdriver

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ormlab/ormlab/orm/driver"
)

// Rows is a running statement.
type Rows struct {
	*Stmt
	run    uint64
	ctx    context.Context
	result *pgconn.ResultReader // nil when the server has sent everything
	row    [][]byte             // the current row
	next   [][]byte             // the row after it, if peeked
	peeked bool
	rest   [][][]byte // the rows after that, if detached
	err    error      // that ended the rows and is not told yet
	onRow  bool
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
		r.end(nil)
		return false, interrupted(err)
	}
	if !r.peeked && r.err == nil {
		r.step()
	}
	if r.err != nil {
		err := r.err
		r.end(nil)
		return false, r.conn.mapError(r.ctx, err)
	}
	r.row, r.next, r.peeked = r.next, nil, false
	r.onRow = r.row != nil
	if !r.onRow {
		r.end(nil)
	}
	return r.onRow, nil
}

// step fetches one row into next; nil means that there is none.
func (r *Rows) step() {
	r.peeked = true
	switch {
	case len(r.rest) > 0:
		r.next, r.rest = r.rest[0], r.rest[1:]
	case r.result == nil:
	case r.result.NextRow():
		r.next = r.result.Values()
	default:
		r.conclude()
	}
}

// conclude reads what the server sends behind the last row.
func (r *Rows) conclude() {
	if _, err := r.result.Close(); err != nil {
		r.err = err
	}
	r.result = nil
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
	if r.next != nil {
		r.next = clone(r.next)
	}
	for r.result != nil && r.result.NextRow() {
		r.rest = append(r.rest, clone(r.result.Values()))
	}
	if r.result != nil {
		r.conclude()
	}
}

// clone copies a row out of the connection's buffer.
func clone(row [][]byte) [][]byte {
	size := 0
	for _, cell := range row {
		size += len(cell)
	}
	all := make([]byte, 0, size)
	out := make([][]byte, len(row))
	for i, cell := range row {
		if cell == nil {
			continue
		}
		start := len(all)
		all = append(all, cell...)
		out[i] = all[start:len(all):len(all)]
	}
	return out
}

// live says whether these rows are those of the statement's open run.
func (r *Rows) live() bool {
	return r.run == r.Stmt.run && r.open && r.desc != nil && !r.conn.closed
}

// ended says why there is no row: rows that ended or were closed are no error,
// rows whose statement or connection was closed are.
func (r *Rows) ended() error {
	switch {
	case r.conn.closed:
		return errConnClosed
	case r.desc == nil:
		return errStmtClosed
	}
	return nil
}

// few is how many rows Close reads and drops before it has the server stop.
const few = 1000

// stop keeps Close from reading a long result to its end. In a transaction it
// must be read, because to cancel a statement ends the transaction.
func (r *Rows) stop() {
	if r.result == nil || r.conn.raw.TxStatus() != idle {
		return
	}
	for range few {
		if !r.result.NextRow() {
			return
		}
	}
	ctx, over := context.WithTimeout(context.Background(), cancelWait)
	defer over()
	if r.conn.raw.CancelRequest(ctx) != nil {
		return
	}
	r.conclude()
	if !isCancelled(r.err) {
		time.Sleep(settle) // the statement was over already
	}
}

func isCancelled(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) && refusal.Code == "57014"
}

// end drops what is left. The server runs a statement to its end before it
// takes another, so what it still sends must be read.
func (r *Rows) end(err error) {
	if r.result != nil && !r.conn.closed {
		r.conclude()
	}
	r.err, r.open, r.onRow = err, false, false
	r.row, r.next, r.rest, r.peeked = nil, nil, nil, false
	if r.conn.active == r {
		r.conn.active = nil
	}
}

// Close ends the run; the statement can run again.
func (r *Rows) Close() error {
	if r.live() {
		r.stop()
		r.end(nil)
	}
	return nil
}
