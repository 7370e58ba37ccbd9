package engine

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// brief writes an event on one line: what happened, not the whole object.
func brief(event map[string]any) string {
	switch event["type"] {
	case "repeated":
		return fmt.Sprintf("%v repeated %v affected %v", event["id"], event["times"], event["affected"])
	case "skipped":
		return fmt.Sprintf("skipped %v", event["statements"])
	}
	line := fmt.Sprintf("%v %v", event["id"], event["phase"])
	for _, key := range []string{"sql", "verb", "rows", "affected", "error"} {
		if value, found := event[key]; found {
			line += fmt.Sprintf(" %s=%v", key, value)
		}
	}
	return fmt.Sprintf("%s tx=%v", line, event["tx"])
}

func (b *bench) brief() (lines []string) {
	b.t.Helper()
	for _, event := range b.told() {
		lines = append(lines, brief(event))
	}
	return lines
}

func TestStatementEvents(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("pets.db")
	b.site = wire.Site{File: "main.go", Line: 12}
	b.must(conn, "CREATE TABLE pets (id INTEGER PRIMARY KEY, name)")
	b.site.Line = 13
	require.NoError(t, b.exec(conn, "INSERT INTO pets (name) VALUES (?)", driver.TextValue("<b>\"\\\n\x01é\xff")))
	assert.Equal(t, []map[string]any{
		{"type": "statement", "id": 1., "phase": "begin", "file": "main.go", "line": 12., "tx": 0.,
			"sql": "CREATE TABLE pets (id INTEGER PRIMARY KEY, name)", "args": []any{}},
		{"type": "statement", "id": 1., "phase": "end", "file": "main.go", "line": 12., "tx": 0., "affected": 0.},
		{"type": "statement", "id": 2., "phase": "begin", "file": "main.go", "line": 13., "tx": 0.,
			"sql": "INSERT INTO pets (name) VALUES (?)", "args": []any{map[string]any{"kind": "text", "text": "<b>\"\\\n\x01é\uFFFD"}}},
		{"type": "statement", "id": 2., "phase": "end", "file": "main.go", "line": 13., "tx": 0., "affected": 1.},
	}, b.told())

	b.must(conn, "UPDATE pets SET name = 'Rex'")
	b.all(conn, "SELECT * FROM pets WHERE id = 1", 1)
	events := b.told()
	require.Len(t, events, 4)
	assert.Equal(t, []any{map[string]any{"id": 4., "parent": 0., "detail": "SCAN pets", "rows": 1.}}, events[1]["plan"])
	assert.Equal(t, []any{map[string]any{"id": 2., "parent": 0., "detail": "SEARCH pets USING INTEGER PRIMARY KEY (rowid=?)"}}, events[3]["plan"])
	assert.Equal(t, 1., events[3]["rows"])
	b.all(conn, "SELECT * FROM pets WHERE id = 1", 1)
	assert.NotContains(t, b.told()[1], "plan", "a plan is told once")
}

func TestRowsOfPlans(t *testing.T) {
	for sql, want := range map[string]any{
		"SELECT * FROM pets":                                   3.,
		"SELECT * FROM pets AS p":                              3.,
		`SELECT * FROM "Pets" AS "p"`:                          3.,
		"SELECT name FROM pets ORDER BY name":                  3., // by the index
		"UPDATE pets SET name = name || '!'":                   3.,
		"SELECT * FROM pets WHERE id = 1":                      nil, // a search
		"DELETE FROM pets WHERE kind = 'x'":                    nil, // it has fewer afterwards
		"INSERT INTO pets (name) SELECT 'x' || name FROM pets": nil,
		"WITH t AS (SELECT 1 AS n) SELECT * FROM t":            nil,
		"SELECT 'a' AS pets, * FROM other AS pets":             0., // the alias is a table's name
		"SELECT * FROM names":                                  3., // through a view
		"SELECT * FROM json_each('[1]')":                       nil,
	} {
		b := newBench(t, Options{})
		conn := b.open("pets.db")
		b.must(conn, "CREATE TABLE pets (id INTEGER PRIMARY KEY, name UNIQUE, kind)")
		b.must(conn, "CREATE TABLE other (n)")
		b.must(conn, "CREATE VIEW names AS SELECT kind FROM pets")
		b.must(conn, "INSERT INTO pets (name) VALUES ('a'), ('b'), ('c')")
		b.told()
		if strings.HasPrefix(sql, "SELECT") || strings.HasPrefix(sql, "WITH") {
			b.all(conn, sql, 1)
		} else {
			b.must(conn, sql)
		}
		plan := b.told()[1]["plan"].([]any)
		var rows any
		for _, line := range plan {
			if n, ok := line.(map[string]any)["rows"]; ok {
				rows = n
			}
		}
		assert.Equal(t, want, rows, sql)
	}
}

func TestArgumentsOfEvents(t *testing.T) {
	for want, v := range map[string]driver.Value{
		`{"kind":"null","text":"NULL"}`:                                      {},
		`{"kind":"int","text":"-7"}`:                                         driver.IntValue(-7),
		`{"kind":"float","text":"2.5"}`:                                      driver.FloatValue(2.5),
		`{"kind":"bool","text":"true"}`:                                      driver.BoolValue(true),
		`{"kind":"text","text":""}`:                                          driver.TextValue(""),
		`{"kind":"blob","text":"00ff"}`:                                      driver.BlobValue([]byte{0, 255}),
		`{"kind":"time","text":"1970-01-01 00:00:00.000000"}`:                timeValue(0),
		`{"kind":"text","text":"` + strings.Repeat("a", 199) + `","cut":5}`:  driver.TextValue(strings.Repeat("a", 199) + "ébcd"),
		`{"kind":"blob","text":"` + strings.Repeat("00", 200) + `","cut":1}`: driver.BlobValue(make([]byte, 201)),
	} {
		got := string(appendArg(nil, &v))
		assert.Equal(t, want, got)
		assert.True(t, json.Valid([]byte(got)))
	}
	assert.Len(t, cutText(strings.Repeat("\x80", 300), 200), 200, "not UTF-8")
}

func TestLongSQL(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open(""), "SELECT '"+strings.Repeat("é", 10_000)+"'")
	sql := b.told()[0]["sql"].(string)
	assert.Equal(t, "SELECT '"+strings.Repeat("é", 4996)+"…", sql)
}

func TestTransactionNumbers(t *testing.T) {
	b := newBench(t, Options{})
	a, c := b.open("a"), b.open("c")
	control := func(conn int, verb wire.Verb, name string) {
		require.NoError(t, b.tell(wire.Request{Op: wire.Control, ID: conn, Site: b.site, Verb: verb, Name: name}))
	}
	control(a, wire.Begin, "")
	b.must(a, "CREATE TABLE t (x)")
	control(c, wire.Begin, "")
	control(c, wire.Rollback, "")
	control(c, wire.Rollback, "") // without a transaction: nothing happens
	control(a, wire.Savepoint, `my "point"`)
	control(a, wire.RollbackTo, `my "point"`)
	control(a, wire.Release, `my "point"`)
	control(a, wire.Commit, "")
	b.must(a, "BEGIN IMMEDIATE", "COMMIT")
	assert.Equal(t, []string{
		"1 begin sql=BEGIN verb=begin tx=1", "1 end verb=begin tx=1",
		"2 begin sql=CREATE TABLE t (x) tx=1", "2 end affected=0 tx=1",
		"3 begin sql=BEGIN verb=begin tx=2", "3 end verb=begin tx=2",
		"4 begin sql=ROLLBACK verb=rollback tx=2", "4 end verb=rollback tx=2",
		`5 begin sql=SAVEPOINT "my ""point""" verb=savepoint tx=1`, "5 end verb=savepoint tx=1",
		`6 begin sql=ROLLBACK TO SAVEPOINT "my ""point""" verb=rollback to tx=1`, "6 end verb=rollback to tx=1",
		`7 begin sql=RELEASE SAVEPOINT "my ""point""" verb=release tx=1`, "7 end verb=release tx=1",
		"8 begin sql=COMMIT verb=commit tx=1", "8 end verb=commit tx=1",
		"9 begin sql=BEGIN IMMEDIATE tx=3", "9 end affected=0 tx=3",
		"10 begin sql=COMMIT tx=3", "10 end affected=0 tx=3",
	}, b.brief())
	b.endRun()
	b.must(b.open("a"), "BEGIN")
	assert.Equal(t, []string{"1 begin sql=BEGIN tx=1", "1 end affected=0 tx=1"}, b.brief(), "numbers are per run")
}

func TestErrorEvents(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	require.Error(t, b.exec(conn, "SELEKT"))
	b.must(conn, "CREATE TABLE t (x UNIQUE)", "INSERT INTO t VALUES (1)")
	require.Error(t, b.exec(conn, "INSERT INTO t VALUES (1)"))
	assert.Equal(t, []string{
		"1 begin sql=SELEKT tx=0", `1 end error=near "SELEKT": syntax error tx=0`,
		"2 begin sql=CREATE TABLE t (x UNIQUE) tx=0", "2 end affected=0 tx=0",
		"3 begin sql=INSERT INTO t VALUES (1) tx=0", "3 end affected=1 tx=0",
		"4 begin sql=INSERT INTO t VALUES (1) tx=0", "4 end error=UNIQUE constraint failed: t.x tx=0",
	}, b.brief())
}

func TestRepetitions(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	b.must(conn, "CREATE TABLE t (x UNIQUE)")
	b.told()
	const insert = "INSERT INTO t VALUES (?)"
	for i := range int64(20) {
		require.NoError(t, b.exec(conn, insert, driver.IntValue(i)))
	}
	require.Error(t, b.exec(conn, insert, driver.IntValue(3)))
	require.NoError(t, b.exec(conn, insert, driver.IntValue(21)))
	b.site.Line++
	require.NoError(t, b.exec(conn, insert, driver.IntValue(22)))
	b.endRun()
	var want []string
	for id := range 5 {
		want = append(want, fmt.Sprintf("%d begin sql=%s tx=0", id+2, insert), fmt.Sprintf("%d end affected=1 tx=0", id+2))
	}
	want = append(want, "6 repeated 15 affected 15",
		"7 begin sql="+insert+" tx=0", "7 end error=UNIQUE constraint failed: t.x tx=0",
		"7 repeated 1 affected 1",
		"8 begin sql="+insert+" tx=0", "8 end affected=1 tx=0")
	assert.Equal(t, want, b.brief())
}

func TestLongStreakIsToldOnTheWay(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	for range 2*streakTold + streakShown {
		b.must(conn, "SELECT 1")
	}
	b.endRun()
	events := b.brief()
	assert.Equal(t, []string{"5 repeated 1000 affected 0", "5 repeated 1000 affected 0"}, events[len(events)-2:])
}

func TestQueriesWithinAQuery(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	outer := ask(b, wire.Request{Op: wire.Prepare, ID: conn, SQL: numbers}, wire.DecodePrepared).Stmt
	ask(b, wire.Request{Op: wire.Query, ID: outer, Site: b.site, Batch: 1}, wire.DecodeRows)
	b.site.Line = 2
	for range 7 {
		b.must(conn, "SELECT 1")
		ask(b, wire.Request{Op: wire.Fetch, ID: outer, Batch: 1}, wire.DecodeRows)
	}
	require.NoError(t, b.tell(wire.Request{Op: wire.Reset, ID: outer}))
	b.endRun()
	events := b.brief()
	require.Len(t, events, 2+10+1)
	assert.Equal(t, "1 begin sql="+numbers+" tx=0", events[0])
	assert.Equal(t, []string{"1 end rows=8 tx=0", "6 repeated 2 affected 0"}, events[11:])
}

func TestRepetitionThatOthersInterrupt(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	outer := ask(b, wire.Request{Op: wire.Prepare, ID: conn, SQL: numbers}, wire.DecodePrepared).Stmt
	for range streakShown + 1 {
		require.NoError(t, b.tell(wire.Request{Op: wire.Reset, ID: outer}))
		ask(b, wire.Request{Op: wire.Query, ID: outer, Site: b.site, Batch: 1}, wire.DecodeRows)
	}
	b.must(conn, "SELECT 1") // while the repetition's rows are open
	b.told()
	require.NoError(t, b.tell(wire.Request{Op: wire.Reset, ID: outer}))
	b.endRun()
	assert.Equal(t, []string{"5 repeated 1 affected 0"}, b.brief())
}

func TestLimitOfReportedStatements(t *testing.T) {
	b := newBench(t, Options{Reported: 3})
	conn := b.open("")
	run := func(n int) {
		for i := range n {
			b.must(conn, fmt.Sprint("SELECT ", i))
		}
		b.endRun()
		conn = b.open("")
	}
	run(10)
	events := b.brief()
	require.Len(t, events, 7)
	assert.Equal(t, "skipped 7", events[6])
	require.NoError(t, b.tell(wire.Request{Op: wire.Limits, Limit: 5}))
	run(10)
	events = b.brief()
	require.Len(t, events, 11)
	assert.Equal(t, "skipped 5", events[10])
}

func TestFirstEventsAreFlushedAtOnce(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	for i := range promptly + 1 {
		b.must(conn, fmt.Sprint("SELECT ", i))
	}
	assert.Equal(t, 2*promptly, strings.Count(b.events.String(), "\n"))
}

func TestEventsAreFlushedWhenOld(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	b.trace.lastID = promptly // the first are not held back
	b.must(conn, "SELECT 1")
	assert.Zero(t, b.events.Len())
	b.now += maxAge + 1
	b.open("")
	assert.Equal(t, 2, strings.Count(b.events.String(), "\n"))
}

func TestCountsAreToldFromTimeToTime(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("")
	for range streakShown + 2 {
		b.must(conn, "SELECT 1")
	}
	assert.Len(t, b.brief(), 2*streakShown)
	b.now += countsEvery
	assert.Equal(t, []string{"5 repeated 2 affected 0"}, b.brief())
	b.must(conn, "SELECT 1")
	assert.Empty(t, b.brief(), "so soon again")
	b.endRun()
	assert.Equal(t, []string{"5 repeated 1 affected 0"}, b.brief())
}

func TestTimeOfAStatement(t *testing.T) {
	b := newBench(t, Options{})
	stmt := ask(b, wire.Request{Op: wire.Prepare, ID: b.open(""), SQL: numbers}, wire.DecodePrepared).Stmt
	ask(b, wire.Request{Op: wire.Query, ID: stmt, Batch: 1}, wire.DecodeRows)
	b.now += time.Second // the program's own time does not count
	ask(b, wire.Request{Op: wire.Fetch, ID: stmt, Batch: 1}, wire.DecodeRows)
	b.now += time.Second
	tick := b.trace.events.clock
	b.trace.events.clock = func() time.Duration { b.now += time.Microsecond; return tick() }
	require.NoError(t, b.tell(wire.Request{Op: wire.Reset, ID: stmt}))
	b.Flush()
	assert.Contains(t, b.events.String(), `"us":1,`)
}

func TestEventsAreFlushedWhenMany(t *testing.T) {
	b := newBench(t, Options{Reported: 1 << 20})
	conn := b.open("")
	for i := range 200 {
		b.must(conn, fmt.Sprintf("SELECT %d, '%s'", i, strings.Repeat("x", 200)))
	}
	assert.Greater(t, b.events.Len(), maxPending, "without a Flush")
	assert.True(t, strings.HasSuffix(b.events.String(), "}\n"), "whole lines")
}

func timeValue(seconds int64) driver.Value { return driver.TimeValue(time.Unix(seconds, 0)) }
