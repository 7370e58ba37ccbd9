package wire

import (
	"encoding/binary"
	"errors"

	"github.com/ormlab/ormlab/orm/driver"
)

// A RowsWriter appends the answer to Query and Fetch row by row:
//
//	w := StartRows(b, width, columns)
//	for … { w.Bytes = AppendInt(w.Bytes, …); w.Rows++ }
//	b = w.End(done)
type RowsWriter struct {
	Bytes []byte // the answer so far: the caller appends values to it
	Rows  uint32 // the caller counts the rows
	start int
	count int
}

// StartRows starts an answer whose rows have width values. Columns is nil
// unless they differ from those that the client knows.
func StartRows(b []byte, width int, columns []driver.Column) RowsWriter {
	w := RowsWriter{start: len(b)}
	b = append(b, statusOK, 0)
	if columns != nil {
		b[w.start+1] = flagColumns
		b = appendColumns(b, columns)
	}
	b = appendUvarint(b, uint64(width))
	w.count = len(b)
	w.Bytes = append(b, 0, 0, 0, 0)
	return w
}

// End completes the answer; done says that these rows are the last.
func (w *RowsWriter) End(done bool) []byte {
	if done {
		w.Bytes[w.start+1] |= flagDone
	}
	binary.LittleEndian.PutUint32(w.Bytes[w.count:], w.Rows)
	return w.Bytes
}

// Rows is a batch of rows.
type Rows struct {
	Done    bool            // no rows follow these
	Columns []driver.Column // nil if they are as before
	Width   int             // values in a row
	Left    int             // rows not read yet
	cells   []byte
}

// DecodeRows reads the answer to Query or Fetch; its rows are read with Next.
// All that it returns shares memory with message.
func DecodeRows(message []byte) (Rows, error) {
	r := answer(message)
	flags := r.byte()
	if r.err == nil && flags&^(flagDone|flagColumns) != 0 {
		r.fail(errors.New("wire: rows have a flag that is unknown"))
	}
	rows := Rows{Done: flags&flagDone != 0}
	if flags&flagColumns != 0 {
		rows.Columns = r.columns()
	}
	rows.Width = r.number()
	count := r.u32()
	if r.err != nil {
		return Rows{}, r.err
	}
	if uint64(count)*uint64(rows.Width) > uint64(len(r.data)) || rows.Width == 0 && count > 0 {
		return Rows{}, errShort
	}
	if count == 0 && len(r.data) > 0 {
		return Rows{}, r.end()
	}
	rows.Left, rows.cells = int(count), r.data
	return rows, nil
}

// Next reads the next row into row, which has at least Width values.
func (s *Rows) Next(row []driver.Value) error {
	if s.Left == 0 {
		return errors.New("wire: no row is left")
	}
	r := reader{data: s.cells}
	for i := range row[:s.Width] {
		r.value(&row[i])
	}
	if r.err != nil {
		s.Left, s.cells = 0, nil
		return r.err
	}
	s.Left, s.cells = s.Left-1, r.data
	if s.Left == 0 {
		return r.end()
	}
	return nil
}
