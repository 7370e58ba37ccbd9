package client

import (
	"context"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// The first batch is small, because many queries have one row or are not read
// to their end; the next ones grow.
const (
	firstBatch  = 4 << 10
	batchGrowth = 4
	lastBatch   = 256 << 10
)

// rows reads a running query from batches. Text and blobs share memory with
// their batch, which is never used again for another.
type rows struct {
	*stmt
	run   uint32
	batch wire.Rows
	size  int // of the batch asked for last
	onRow bool
}

// take makes batch the current one.
func (r *rows) take(batch wire.Rows) {
	r.batch = batch
	if batch.Columns != nil {
		r.columns = batch.Columns
	}
	if batch.Left > 0 && len(r.row) != batch.Width {
		r.row = make([]driver.Value, batch.Width)
	}
}

func (r *rows) live() bool {
	return r.open && r.run == r.stmt.run && !r.closed && !r.conn.closed
}

func (r *rows) Next(ctx context.Context) (bool, error) {
	r.onRow = false
	if !r.live() {
		return false, r.gone()
	}
	left, err := timeLeft(ctx)
	if err != nil {
		_ = r.Close() // the context's end is the error that counts
		return false, err
	}
	for r.batch.Left == 0 {
		if r.batch.Done {
			r.open = false
			return false, nil
		}
		if err := r.fetch(left); err != nil {
			r.open = false
			return false, withCause(err)
		}
	}
	if err := r.batch.Next(r.row); err != nil {
		_ = r.Close() // likewise
		return false, err
	}
	r.onRow = true
	return true, nil
}

func (r *rows) fetch(left int) error {
	r.size = min(r.size*batchGrowth, lastBatch)
	batch, err := ask(r.conn.link, &wire.Request{Op: wire.Fetch, ID: r.id, Limit: left, Batch: r.size}, true, wire.DecodeRows)
	if err == nil {
		r.take(batch)
	}
	return err
}

// gone says why there is no row: rows that ended or were closed are no error,
// rows whose statement or connection was closed are.
func (r *rows) gone() error {
	switch {
	case r.conn.closed:
		return errConnClosed
	case r.closed:
		return errStmtClosed
	}
	return nil
}

// cell is column i of the current row; NULL where there is none.
func (r *rows) cell(i int) driver.Value {
	if !r.onRow || i < 0 || i >= len(r.row) || !r.live() {
		return driver.Value{}
	}
	return r.row[i]
}

func (r *rows) Kind(i int) driver.Kind { return r.cell(i).Kind() }

func (r *rows) Int(i int) int64 { return r.cell(i).Int() }

func (r *rows) Float(i int) float64 { return r.cell(i).Float() }

func (r *rows) Bool(i int) bool { return r.cell(i).Bool() }

func (r *rows) Text(i int) string { return r.cell(i).Text() }

func (r *rows) Blob(i int) []byte { return r.cell(i).Blob() }

func (r *rows) Value(i int) driver.Value { return r.cell(i) }

func (r *rows) Close() error {
	if !r.live() {
		return nil
	}
	r.open, r.onRow = false, false
	if r.batch.Done {
		return nil // the engine has ended the query
	}
	return r.conn.link.tell(&wire.Request{Op: wire.Reset, ID: r.id})
}
