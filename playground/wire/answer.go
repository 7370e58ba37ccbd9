package wire

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/driver"
)

// AppendOK appends the answer that has no fields: done.
func AppendOK(b []byte) []byte { return append(b, statusOK) }

// DecodeOK reads the answer that has no fields.
func DecodeOK(message []byte) error {
	r := answer(message)
	return r.end()
}

// answer reads the status; an error answer becomes the reader's error.
func answer(message []byte) reader {
	r := reader{data: message}
	switch status := r.byte(); {
	case r.err != nil:
		r.err = errors.New("wire: the answer is empty")
	case status == statusError:
		r.err = r.readError()
		r.data = nil
	case status != statusOK:
		r.fail(fmt.Errorf("wire: the answer's status %d is unknown", status))
	}
	return r
}

// HelloAnswer tells who the engine is.
type HelloAnswer struct {
	Version int
	SQLite  string
}

// Append appends the answer.
func (a *HelloAnswer) Append(b []byte) []byte {
	return appendString(appendUvarint(append(b, statusOK), uint64(a.Version)), a.SQLite)
}

// DecodeHello reads the answer to Hello.
func DecodeHello(message []byte) (HelloAnswer, error) {
	r := answer(message)
	a := HelloAnswer{Version: r.number(), SQLite: r.string()}
	return a, r.end()
}

// AppendOpened appends the answer to Open: the connection's number.
func AppendOpened(b []byte, conn int) []byte { return appendUvarint(append(b, statusOK), uint64(conn)) }

// DecodeOpened reads the answer to Open.
func DecodeOpened(message []byte) (conn int, err error) {
	r := answer(message)
	conn = r.number()
	return conn, r.end()
}

// Prepared describes a prepared statement.
type Prepared struct {
	Stmt    int
	Params  int
	Columns []driver.Column
}

// Append appends the answer.
func (a *Prepared) Append(b []byte) []byte {
	b = appendUvarint(append(b, statusOK), uint64(a.Stmt))
	return appendColumns(appendUvarint(b, uint64(a.Params)), a.Columns)
}

// DecodePrepared reads the answer to Prepare. The names share memory with
// message.
func DecodePrepared(message []byte) (Prepared, error) {
	r := answer(message)
	a := Prepared{Stmt: r.number(), Params: r.number(), Columns: r.columns()}
	return a, r.end()
}

// AppendResult appends the answer to Exec.
func AppendResult(b []byte, result driver.Result) []byte {
	b = appendVarint(append(b, statusOK), result.RowsAffected)
	return appendVarint(b, result.LastInsertID)
}

// DecodeResult reads the answer to Exec.
func DecodeResult(message []byte) (driver.Result, error) {
	r := answer(message)
	result := driver.Result{RowsAffected: r.varint(), LastInsertID: r.varint()}
	return result, r.end()
}

// AppendNames appends the answer to Databases.
func AppendNames(b []byte, names []string) []byte { return appendStrings(append(b, statusOK), names) }

// DecodeNames reads the answer to Databases. The names share memory with
// message.
func DecodeNames(message []byte) ([]string, error) {
	r := answer(message)
	names := r.strings()
	return names, r.end()
}

// AppendSnapshot appends the answer to Snapshot: the database's file, in
// pieces.
func AppendSnapshot(b []byte, size int, pieces func(yield func([]byte) bool)) []byte {
	b = appendUvarint(append(b, statusOK), uint64(size))
	for piece := range pieces {
		b = append(b, piece...)
	}
	return b
}

// DecodeSnapshot reads the answer to Snapshot. The file shares memory with
// message.
func DecodeSnapshot(message []byte) ([]byte, error) {
	r := answer(message)
	file := r.bytes()
	return file, r.end()
}
