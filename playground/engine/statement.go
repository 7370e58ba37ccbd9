package engine

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/gosqlite3"
	"github.com/ormlab/ormlab/playground/wire"
)

// maxBatch bounds the rows in one answer, whatever the program asks for.
const maxBatch = 1 << 20

// statement is a prepared statement of the program.
type statement struct {
	id       int
	conn     *connection
	prepared driver.Stmt
	sql      string
	word     string          // its first word
	known    []driver.Column // the columns that the program knows
	rows     *gosqlite3.Rows // nil unless a query runs
	run      execution       // of the query that runs
}

func (e *Engine) prepare(c *connection, sql string, b []byte) ([]byte, error) {
	prepared, err := c.db.Prepare(context.Background(), sql)
	if err != nil {
		err = e.explain(c, err)
		e.trace.refused(c, sql, err)
		return nil, err
	}
	e.lastID++
	s := &statement{id: e.lastID, conn: c, prepared: prepared, sql: strings.Clone(sql),
		word: gosqlite3.FirstWord(sql), known: prepared.Columns()}
	e.stmts[s.id] = s
	answer := wire.Prepared{Stmt: s.id, Params: prepared.NumParams(), Columns: s.known}
	return answer.Append(b), nil
}

func (e *Engine) exec(s *statement, q *wire.Request, b []byte) ([]byte, error) {
	run := e.trace.begin(s.conn, s.traced(), q.Site, q.Args)
	s.conn.vacuuming = s.word == "VACUUM"
	result, err := s.prepared.Exec(timeLimit(q.Limit), q.Args)
	s.conn.vacuuming = false
	if err != nil {
		err = e.explain(s.conn, err)
	}
	e.trace.end(s.conn, s.traced(), &run, outcome{affected: result.RowsAffected, err: err})
	if err != nil {
		return nil, err
	}
	return wire.AppendResult(b, result), nil
}

func (e *Engine) query(s *statement, q *wire.Request, b []byte) ([]byte, error) {
	run := e.trace.begin(s.conn, s.traced(), q.Site, q.Args)
	s.conn.vacuuming = s.word == "VACUUM"
	defer func() { s.conn.vacuuming = false }()
	rows, err := s.prepared.Query(context.Background(), q.Args)
	if err != nil {
		e.trace.end(s.conn, s.traced(), &run, outcome{err: err})
		return nil, err
	}
	s.run, s.rows = run, rows.(*gosqlite3.Rows)
	return e.fill(s, q, b)
}

func (e *Engine) fetch(s *statement, q *wire.Request, b []byte) ([]byte, error) {
	if s.rows == nil {
		w := wire.StartRows(b, len(s.known), nil)
		return w.End(true), nil
	}
	s.run.resume(&e.trace)
	return e.fill(s, q, b)
}

// fill appends the next rows of the running query.
func (e *Engine) fill(s *statement, q *wire.Request, b []byte) ([]byte, error) {
	ctx := timeLimit(q.Limit)
	limit := len(b) + min(q.Batch, maxBatch)
	more, err := s.rows.Next(ctx)
	w := wire.StartRows(b, len(s.rows.Columns()), s.newColumns())
	for more && err == nil {
		w.Bytes = appendRow(w.Bytes, s.rows)
		w.Rows++
		if len(w.Bytes) >= limit {
			s.run.rows += int64(w.Rows)
			s.run.pause(&e.trace)
			return w.End(false), nil
		}
		more, err = s.rows.Next(ctx)
	}
	s.run.rows += int64(w.Rows)
	if err != nil {
		err = e.explain(s.conn, err)
	}
	e.endQuery(s, err)
	if err != nil {
		return nil, err
	}
	return w.End(true), nil
}

// newColumns returns the columns of the rows if the program knows others.
func (s *statement) newColumns() []driver.Column {
	columns := s.rows.Columns()
	if slices.Equal(columns, s.known) {
		return nil
	}
	s.known = columns
	return columns
}

func appendRow(b []byte, rows *gosqlite3.Rows) []byte {
	for i := range rows.Columns() {
		switch rows.Kind(i) {
		case driver.Int:
			b = wire.AppendInt(b, rows.Int(i))
		case driver.Float:
			b = wire.AppendFloat(b, rows.Float(i))
		case driver.Text:
			b = wire.AppendText(b, rows.RawText(i))
		case driver.Blob:
			b = wire.AppendBlob(b, rows.RawBlob(i))
		default:
			b = wire.AppendNull(b)
		}
	}
	return b
}

func (e *Engine) endQuery(s *statement, err error) {
	s.rows = nil
	e.trace.end(s.conn, s.traced(), &s.run, outcome{query: true, rows: s.run.rows, err: err})
}

// reset ends the running query, if there is one.
func (e *Engine) reset(s *statement) {
	if s.rows == nil {
		return
	}
	s.run.resume(&e.trace)
	_ = s.rows.Close() // repeats an error that was answered already
	e.endQuery(s, nil)
}

func (e *Engine) closeStatement(s *statement) {
	e.reset(s)
	_ = s.prepared.Close() // likewise
	delete(e.stmts, s.id)
}

func (s *statement) traced() traced { return traced{sql: s.sql, word: s.word} }

// timeLimit is a context that ends after so many milliseconds; SQLite asks it
// from time to time. It has no timer: nothing else runs while a statement does.
func timeLimit(milliseconds int) context.Context {
	if milliseconds <= 0 {
		return context.Background()
	}
	return deadline{context.Background(), time.Now().Add(time.Duration(milliseconds) * time.Millisecond)}
}

type deadline struct {
	context.Context
	at time.Time
}

// never is not nil, which tells the driver that the context can end.
var never = make(chan struct{})

func (d deadline) Done() <-chan struct{}       { return never }
func (d deadline) Deadline() (time.Time, bool) { return d.at, true }
func (d deadline) Err() error {
	if time.Until(d.at) <= 0 {
		return context.DeadlineExceeded
	}
	return nil
}
