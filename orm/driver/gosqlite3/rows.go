package gosqlite3

import (
	"context"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
)

// Rows is a running statement.
type Rows struct {
	*Stmt
	run     uint32
	onRow   bool
	started bool
	texts   texts

	at   int // the column of cell
	cell sqlite3.Value
}

var _ driver.Rows = (*Rows)(nil)

// live says whether these rows are still those of the statement's open run.
func (r *Rows) live() bool {
	return r.open && r.run == r.Stmt.run && r.raw != nil && r.conn.raw != nil
}

// Next steps to the next row. After an error, or the last row, the statement
// can run again.
func (r *Rows) Next(ctx context.Context) (_ bool, err error) {
	if !r.live() {
		r.onRow = false
		return false, r.ended()
	}
	defer recoverAsError(&err)
	r.at = noColumn
	watching := r.conn.watch(ctx)
	r.onRow = r.raw.Step()
	if watching {
		r.conn.unwatch()
	}
	if r.onRow {
		if !r.started {
			r.started = true
			r.currentColumns()
		}
		return true, nil
	}
	err = r.raw.Err()
	r.reset()
	if err != nil {
		return false, r.conn.runError(ctx, err)
	}
	return false, nil
}

// ended says why there is no row: rows that ended or were closed are no error,
// rows whose statement or connection was closed are.
func (r *Rows) ended() error {
	switch {
	case r.conn.raw == nil:
		return errConnClosed
	case r.raw == nil:
		return errStmtClosed
	}
	return nil
}

func (r *Rows) reset() {
	r.open, r.onRow = false, false
	r.raw.Reset() // repeats the error of the last step
}

// noColumn says that no cell of the current row has been looked at.
const noColumn = -1

// look makes cell the one in column i of the current row, and says whether there
// is one. To find a cell is most of what reading it costs, so that it is found
// once for its kind and its value.
func (r *Rows) look(i int) bool {
	if !r.onRow || !r.live() {
		return false
	}
	if i == r.at {
		return true
	}
	if i < 0 || i >= len(r.columns) {
		return false
	}
	r.at, r.cell = i, r.raw.ColumnValue(i)
	return true
}

// Kind is the storage class of column i. Without a current row, or such a
// column, it is Null.
func (r *Rows) Kind(i int) driver.Kind {
	if !r.look(i) {
		return driver.Null
	}
	switch r.cell.Type() {
	case sqlite3.INTEGER:
		return driver.Int
	case sqlite3.FLOAT:
		return driver.Float
	case sqlite3.TEXT:
		return driver.Text
	case sqlite3.BLOB:
		return driver.Blob
	}
	return driver.Null
}

// Int returns the integer in column i.
func (r *Rows) Int(i int) int64 {
	if !r.look(i) {
		return 0
	}
	return r.cell.Int64()
}

// Float returns the number in column i.
func (r *Rows) Float(i int) float64 {
	if !r.look(i) {
		return 0
	}
	return r.cell.Float()
}

// Bool says whether the integer in column i is not zero.
func (r *Rows) Bool(i int) bool { return r.Int(i) != 0 }

// Text returns a copy of the text in column i.
func (r *Rows) Text(i int) string { return r.texts.copy(r.RawText(i)) }

// RawText returns the text in column i without a copy: it is valid only until
// the next call of the connection, and must not be changed.
func (r *Rows) RawText(i int) []byte {
	if !r.look(i) {
		return nil
	}
	return r.cell.RawText()
}

// Blob returns a copy of the bytes in column i.
func (r *Rows) Blob(i int) []byte { return append([]byte{}, r.RawBlob(i)...) }

// RawBlob is to Blob what RawText is to Text.
func (r *Rows) RawBlob(i int) []byte {
	if !r.look(i) {
		return nil
	}
	return r.cell.RawBlob()
}

// Value is column i as a value that stays valid.
func (r *Rows) Value(i int) driver.Value {
	switch r.Kind(i) {
	case driver.Int:
		return driver.IntValue(r.cell.Int64())
	case driver.Float:
		return driver.FloatValue(r.cell.Float())
	case driver.Text:
		return driver.TextValue(r.Text(i))
	case driver.Blob:
		return driver.BlobValue(r.Blob(i))
	}
	return driver.Value{}
}

// Close ends the run; the statement can run again.
func (r *Rows) Close() (err error) {
	if !r.live() {
		return nil
	}
	defer recoverAsError(&err)
	r.reset()
	return nil
}

// recoverAsError turns a panic of go-sqlite3, which panics when its memory is
// used up, into an error.
func recoverAsError(err *error) {
	switch cause := recover().(type) {
	case nil:
	case error:
		kind := driver.Unknown
		if strings.Contains(cause.Error(), "out of memory") {
			kind = driver.Limit
		}
		*err = &driver.Error{Kind: kind, Message: strings.TrimPrefix(cause.Error(), "sqlite3: "), Cause: cause}
	default:
		*err = fmt.Errorf("sqlite: go-sqlite3 failed: %v", cause)
	}
}
