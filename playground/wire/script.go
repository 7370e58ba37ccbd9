package wire

import "github.com/ormlab/ormlab/orm/driver"

// ScriptAnswer is what became of a text of statements.
type ScriptAnswer struct {
	Statements int  // that were carried out; Results may be fewer
	Wrote      bool // the database may hold something else now
	Undone     bool // a transaction that nobody committed, or the whole of the text if it had to be carried out whole
	Results    []ScriptResult
}

// ScriptResult is what became of one statement.
type ScriptResult struct {
	From, To int             // its bytes in the text
	Columns  []driver.Column // none: it gives no rows
	Rows     [][]Cell
	More     bool  // there are rows that Rows lacks
	Affected int64 // rows; -1: it is none of the statements that tell
	Micros   int64
	Error    string // "" if it was carried out
	At       int    // the byte in the text where the error is
}

// Append appends the answer to Script.
func (a *ScriptAnswer) Append(b []byte) []byte {
	b = appendUvarint(append(b, statusOK), uint64(a.Statements))
	b = appendUvarint(appendBool(appendBool(b, a.Wrote), a.Undone), uint64(len(a.Results)))
	for i := range a.Results {
		r := &a.Results[i]
		b = appendColumns(appendUvarint(appendUvarint(b, uint64(r.From)), uint64(r.To)), r.Columns)
		b = appendUvarint(b, uint64(len(r.Rows)))
		for _, row := range r.Rows {
			b = appendCells(b, row)
		}
		b = appendVarint(appendVarint(appendBool(b, r.More), r.Affected), r.Micros)
		b = appendUvarint(appendString(b, r.Error), uint64(r.At))
	}
	return b
}

// DecodeScript reads the answer to Script. Its strings share memory with
// message.
func DecodeScript(message []byte) (ScriptAnswer, error) {
	r := answer(message)
	a := ScriptAnswer{Statements: r.number(), Wrote: r.bool(), Undone: r.bool(), Results: make([]ScriptResult, r.count(9))}
	for i := range a.Results {
		s := &a.Results[i]
		s.From, s.To, s.Columns = r.number(), r.number(), r.columns()
		s.Rows = make([][]Cell, r.count(1))
		for j := range s.Rows {
			s.Rows[j] = r.cells()
		}
		s.More, s.Affected, s.Micros, s.Error, s.At = r.bool(), r.varint(), r.varint(), r.string(), r.number()
	}
	return a, r.end()
}
