package engine

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// bench is an engine and the events that it sent.
type bench struct {
	*Engine
	t      *testing.T
	events strings.Builder
	site   wire.Site
	now    time.Duration // stands still unless a test moves it
}

func newBench(t *testing.T, options Options) *bench {
	b := &bench{t: t, site: wire.Site{File: "main.go", Line: 1}}
	options.Events = func(lines []byte) { b.events.Write(lines) }
	b.Engine = New(options)
	b.trace.events.clock = func() time.Duration { return b.now }
	return b
}

// ask puts a request and returns the answer, which is one of no error.
func ask[T any](b *bench, q wire.Request, decode func([]byte) (T, error)) T {
	b.t.Helper()
	answer, err := decode(b.Handle(q.Append(nil)))
	require.NoError(b.t, err, "%v", q.Op)
	return answer
}

// tell puts a request whose answer has no fields.
func (b *bench) tell(q wire.Request) error { return wire.DecodeOK(b.Handle(q.Append(nil))) }

func (b *bench) open(name string) int {
	b.t.Helper()
	return ask(b, wire.Request{Op: wire.Open, Name: name}, wire.DecodeOpened)
}

// exec prepares, runs and closes a statement.
func (b *bench) exec(conn int, sql string, args ...driver.Value) error {
	p, err := wire.DecodePrepared(b.Handle((&wire.Request{Op: wire.Prepare, ID: conn, SQL: sql}).Append(nil)))
	if err != nil {
		return err
	}
	stmt := p.Stmt
	_, err = wire.DecodeResult(b.Handle((&wire.Request{Op: wire.Exec, ID: stmt, Site: b.site, Args: args}).Append(nil)))
	require.NoError(b.t, b.tell(wire.Request{Op: wire.CloseStmt, ID: stmt}))
	return err
}

func (b *bench) must(conn int, statements ...string) {
	b.t.Helper()
	for _, sql := range statements {
		require.NoError(b.t, b.exec(conn, sql), sql)
	}
}

// all reads the rows of a query.
func (b *bench) all(conn int, sql string, batch int) (all [][]driver.Value) {
	b.t.Helper()
	stmt := ask(b, wire.Request{Op: wire.Prepare, ID: conn, SQL: sql}, wire.DecodePrepared).Stmt
	rows := ask(b, wire.Request{Op: wire.Query, ID: stmt, Site: b.site, Batch: batch}, wire.DecodeRows)
	for {
		for rows.Left > 0 {
			row := make([]driver.Value, rows.Width)
			require.NoError(b.t, rows.Next(row))
			for i := range row {
				if row[i].Kind() == driver.Text {
					row[i] = driver.TextValue(strings.Clone(row[i].Text()))
				}
			}
			all = append(all, row)
		}
		if rows.Done {
			return all
		}
		rows = ask(b, wire.Request{Op: wire.Fetch, ID: stmt, Batch: batch}, wire.DecodeRows)
	}
}

// told returns the events so far as JSON objects, without times.
func (b *bench) told() (events []map[string]any) {
	b.t.Helper()
	b.Flush()
	for line := range strings.Lines(b.events.String()) {
		var event map[string]any
		require.NoError(b.t, json.Unmarshal([]byte(line), &event), "%q", line)
		delete(event, "us")
		events = append(events, event)
	}
	b.events.Reset()
	return events
}

func (b *bench) endRun() {
	b.t.Helper()
	require.NoError(b.t, b.tell(wire.Request{Op: wire.EndRun}))
}

const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 10000) SELECT i FROM n"

func TestHello(t *testing.T) {
	b := newBench(t, Options{})
	hello := ask(b, wire.Request{Op: wire.Hello, Version: 99}, wire.DecodeHello)
	assert.Equal(t, wire.Version, hello.Version)
	assert.Regexp(t, `^3\.\d+\.\d+$`, hello.SQLite)
}

func TestBatches(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	for _, batch := range []int{0, 1, 100, 1 << 30} {
		assert.Len(t, b.all(conn, numbers, batch), 10_000, "batch of %d bytes", batch)
	}
	stmt := ask(b, wire.Request{Op: wire.Prepare, ID: conn, SQL: numbers}, wire.DecodePrepared).Stmt
	rows := ask(b, wire.Request{Op: wire.Query, ID: stmt, Batch: 100}, wire.DecodeRows)
	assert.InDelta(t, 40, rows.Left, 15, "rows in a batch of 100 bytes")
	rows = ask(b, wire.Request{Op: wire.Fetch, ID: stmt, Batch: 1}, wire.DecodeRows)
	assert.Equal(t, 1, rows.Left)
	require.NoError(t, b.tell(wire.Request{Op: wire.Reset, ID: stmt}))
	rows = ask(b, wire.Request{Op: wire.Fetch, ID: stmt, Batch: 1}, wire.DecodeRows)
	assert.True(t, rows.Done, "after Reset no rows are left")
}

func TestEndRun(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("pets.db")
	b.must(conn, "CREATE TABLE pets (name)", "INSERT INTO pets VALUES ('kept')", "BEGIN", "INSERT INTO pets VALUES ('lost')")
	stmt := ask(b, wire.Request{Op: wire.Prepare, ID: conn, SQL: numbers}, wire.DecodePrepared).Stmt
	ask(b, wire.Request{Op: wire.Query, ID: stmt, Batch: 1}, wire.DecodeRows)
	b.endRun()
	require.ErrorContains(t, b.tell(wire.Request{Op: wire.CloseConn, ID: conn}), "there is no connection")
	require.ErrorContains(t, b.tell(wire.Request{Op: wire.Reset, ID: stmt}), "there is no statement")

	again := b.open("pets.db")
	require.NotEqual(t, conn, again, "a number is never used again")
	assert.Equal(t, [][]driver.Value{{driver.TextValue("kept")}}, b.all(again, "SELECT * FROM pets", 1000))
	b.must(again, "INSERT INTO pets VALUES ('no lock is left')")
}

func TestTwoConnections(t *testing.T) {
	b := newBench(t, Options{})
	writer, reader, third := b.open("pets.db"), b.open("pets.db"), b.open("pets.db")
	b.must(writer, "CREATE TABLE pets (name)", "BEGIN IMMEDIATE", "INSERT INTO pets VALUES ('Fluffy')")
	assert.Empty(t, b.all(reader, "SELECT * FROM pets", 100))
	assert.Empty(t, b.all(third, "SELECT * FROM pets", 100))

	b.must(reader, "PRAGMA busy_timeout = 60000")
	assert.Zero(t, b.all(reader, "PRAGMA busy_timeout", 1)[0][0].Int(), "the engine must not wait")
	var refusal *driver.Error
	require.ErrorAs(t, b.exec(reader, "INSERT INTO pets VALUES ('Rex')"), &refusal)
	require.Equal(t, driver.Busy, refusal.Kind)
	require.Equal(t, "database is locked", refusal.Message)

	b.must(reader, "BEGIN", "SELECT * FROM pets")
	require.ErrorAs(t, b.exec(writer, "COMMIT"), &refusal, "someone still reads")
	require.Equal(t, driver.Busy, refusal.Kind)
	require.ErrorAs(t, b.exec(third, "SELECT * FROM pets"), &refusal, "nobody new reads while someone wants to write")
	require.Equal(t, driver.Busy, refusal.Kind)
	b.must(reader, "COMMIT")
	b.must(writer, "COMMIT")
	assert.Len(t, b.all(reader, "SELECT * FROM pets", 100), 1)
	b.must(reader, "INSERT INTO pets VALUES ('Rex')")
}

func TestMalformedRequests(t *testing.T) {
	b := newBench(t, Options{})
	for _, message := range [][]byte{nil, {}, {0}, {99}, {byte(wire.Open), 200}, {byte(wire.Fetch), 1, 0, 0}, {byte(wire.Prepare), 1, 0}} {
		require.Error(t, wire.DecodeOK(b.Handle(message)), "%v", message)
	}
	assert.Equal(t, wire.Version, ask(b, wire.Request{Op: wire.Hello}, wire.DecodeHello).Version, "the engine works on")
}

func TestHandleRecovers(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	b.conns[conn].db = nil // a mistake in the engine
	require.ErrorContains(t, b.exec(conn, "SELECT 1"), "engine: Prepare failed: ")
	b.open("")
}

func FuzzHandle(f *testing.F) {
	for _, q := range []wire.Request{
		{Op: wire.Hello}, {Op: wire.Open, Name: "a"}, {Op: wire.Prepare, ID: 1, SQL: "SELECT ?"},
		{Op: wire.Exec, ID: 2, Args: []driver.Value{driver.IntValue(1)}}, {Op: wire.Query, ID: 2, Args: []driver.Value{driver.TextValue("a")}},
		{Op: wire.Fetch, ID: 2}, {Op: wire.Control, ID: 1, Verb: wire.Begin}, {Op: wire.Schema, Name: "a"},
		{Op: wire.Restore, Name: "a", Data: []byte("SQLite format 3\x00")}, {Op: wire.Snapshot, Name: "a"}, {Op: wire.EndRun},
	} {
		f.Add(q.Append(nil), q.Append(nil))
	}
	e := New(Options{Events: func([]byte) {}})
	f.Fuzz(func(t *testing.T, first, second []byte) {
		e.Handle((&wire.Request{Op: wire.Open, Name: "a"}).Append(nil))
		for _, message := range [][]byte{first, second} {
			answer := e.Handle(message)
			require.NotEmpty(t, answer)
			require.NotContains(t, string(answer), " failed: ", "a panic")
		}
		e.Handle((&wire.Request{Op: wire.EndRun}).Append(nil))
	})
}
