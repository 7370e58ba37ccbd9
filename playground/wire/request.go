package wire

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/driver"
)

// Request is any request; Op says which of the other fields it has.
type Request struct {
	Op      Op
	Version int            // Hello
	ID      int            // the statement's or the connection's number
	Name    string         // Open, Control, Snapshot, Restore, Drop, Schema, Plan, Changes, Page
	SQL     string         // Prepare, Plan, Script
	Site    Site           // Exec, Query, Control
	Limit   int            // Exec, Query, Fetch: milliseconds; Limits: statements; Changes, Page, Script: rows
	Batch   int            // Query, Fetch: bytes
	Args    []driver.Value // Exec, Query
	Verb    Verb           // Control
	Data    []byte         // Restore, Import
	Table   string         // Page, Export, Import
	Column  string         // Page: to order by
	Down    bool           // Page: the largest first
	Offset  int            // Page: rows before the first
	Longest int            // Changes, Page, Script: bytes after which cells are cut
	Whole   bool           // Script: all of it or nothing
	Format  Format         // Export, Import
}

// Append appends the request to b.
func (q *Request) Append(b []byte) []byte {
	b = append(b, byte(q.Op))
	switch q.Op {
	case Hello:
		return appendUvarint(b, uint64(q.Version))
	case CloseConn, CloseStmt, Reset:
		return q.appendID(b)
	case Prepare:
		return appendString(q.appendID(b), q.SQL)
	case Exec:
		b = appendUvarint(appendSite(q.appendID(b), q.Site), uint64(q.Limit))
		return appendValues(b, q.Args)
	case Query:
		b = appendUvarint(appendSite(q.appendID(b), q.Site), uint64(q.Limit))
		return appendValues(appendUvarint(b, uint64(q.Batch)), q.Args)
	case Fetch:
		return appendUvarint(appendUvarint(q.appendID(b), uint64(q.Limit)), uint64(q.Batch))
	case Control:
		b = append(appendSite(q.appendID(b), q.Site), byte(q.Verb))
		return appendString(b, q.Name)
	case Open, Snapshot, Drop, Schema:
		return appendString(b, q.Name)
	case Restore:
		return appendString(appendString(b, q.Name), q.Data)
	case Plan:
		return appendString(appendString(b, q.Name), q.SQL)
	case Limits:
		return appendUvarint(b, uint64(q.Limit))
	case Changes:
		return appendUvarint(appendUvarint(appendString(b, q.Name), uint64(q.Limit)), uint64(q.Longest))
	case Export:
		return appendString(append(appendString(b, q.Name), byte(q.Format)), q.Table)
	case Import:
		b = appendString(append(appendString(b, q.Name), byte(q.Format)), q.Table)
		return appendString(b, q.Data)
	case Script:
		b = appendUvarint(appendString(appendString(b, q.Name), q.SQL), uint64(q.Limit))
		return appendBool(appendUvarint(b, uint64(q.Longest)), q.Whole)
	case Page:
		b = appendString(appendString(appendString(b, q.Name), q.Table), q.Column)
		b = appendUvarint(appendBool(b, q.Down), uint64(q.Offset))
		return appendUvarint(appendUvarint(b, uint64(q.Limit)), uint64(q.Longest))
	}
	return b
}

func (q *Request) appendID(b []byte) []byte { return appendUvarint(b, uint64(q.ID)) }

// Decode reads a request. Its strings, arguments and data share memory with
// message; the room of q.Args is used again.
func (q *Request) Decode(message []byte) error {
	args := q.Args[:0]
	*q = Request{}
	if len(message) == 0 {
		return errors.New("wire: the message is empty")
	}
	r := reader{data: message}
	q.Op = Op(r.byte())
	if q.Op == 0 || q.Op >= numOps {
		return fmt.Errorf("wire: the op %d is unknown", q.Op)
	}
	q.decodeFields(&r, args)
	if err := r.end(); err != nil {
		return fmt.Errorf("%w (in %v)", err, q.Op)
	}
	return nil
}

func (q *Request) decodeFields(r *reader, args []driver.Value) {
	switch q.Op {
	case Hello:
		q.Version = r.number()
	case CloseConn, CloseStmt, Reset:
		q.ID = r.number()
	case Prepare:
		q.ID, q.SQL = r.number(), r.string()
	case Exec:
		q.ID, q.Site, q.Limit = r.number(), r.site(), r.number()
		q.Args = r.values(args)
	case Query:
		q.ID, q.Site, q.Limit, q.Batch = r.number(), r.site(), r.number(), r.number()
		q.Args = r.values(args)
	case Fetch:
		q.ID, q.Limit, q.Batch = r.number(), r.number(), r.number()
	case Control:
		q.ID, q.Site, q.Verb, q.Name = r.number(), r.site(), Verb(r.byte()), r.string()
		if q.Verb == 0 || q.Verb >= numVerbs {
			r.fail(fmt.Errorf("wire: the verb %d is unknown", q.Verb))
		}
	case Open, Snapshot, Drop, Schema:
		q.Name = r.string()
	case Restore:
		q.Name, q.Data = r.string(), r.bytes()
	case Plan:
		q.Name, q.SQL = r.string(), r.string()
	case Limits:
		q.Limit = r.number()
	case Changes:
		q.Name, q.Limit, q.Longest = r.string(), r.number(), r.number()
	case Export:
		q.Name, q.Format, q.Table = r.string(), Format(r.byte()), r.string()
	case Import:
		q.Name, q.Format, q.Table, q.Data = r.string(), Format(r.byte()), r.string(), r.bytes()
	case Script:
		q.Name, q.SQL, q.Limit, q.Longest, q.Whole = r.string(), r.string(), r.number(), r.number(), r.bool()
	case Page:
		q.Name, q.Table, q.Column, q.Down = r.string(), r.string(), r.string(), r.bool()
		q.Offset, q.Limit, q.Longest = r.number(), r.number(), r.number()
	}
}

func (r *reader) values(values []driver.Value) []driver.Value {
	for range r.count(1) {
		values = append(values, driver.Value{})
		r.value(&values[len(values)-1])
		if r.err != nil {
			return nil
		}
	}
	return values
}
