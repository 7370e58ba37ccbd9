package engine

import (
	"strconv"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

const (
	maxPending = 16 << 10              // bytes of events
	maxAge     = 50 * time.Millisecond // of the oldest event
	// countsEvery is how often counts are told of a statement that goes on.
	countsEvery = 200 * time.Millisecond
	maxSQL      = 10_000
	maxArg      = 200
)

// events collects events as lines of JSON, written by hand: encoding/json
// would make engine.wasm larger and every statement slower.
type events struct {
	out    func([]byte)
	lines  []byte
	clock  func() time.Duration // since some moment, never back
	oldest time.Duration        // when the first of lines was written
	counts time.Duration        // when counts were last told
}

func (e *events) now() time.Duration { return e.clock() }

func (e *events) line(kind string) {
	if len(e.lines) == 0 {
		e.oldest = e.now()
	}
	e.lines = append(append(append(e.lines, `{"type":"`...), kind...), '"')
}

func (e *events) endLine() { e.lines = append(e.lines, '}', '\n') }

func (e *events) name(name string) {
	e.lines = append(append(append(e.lines, `,"`...), name...), `":`...)
}

func (e *events) int(name string, n int64) {
	e.name(name)
	e.lines = strconv.AppendInt(e.lines, n, 10)
}

func (e *events) text(name, s string) {
	e.name(name)
	e.lines = appendJSONString(e.lines, s)
}

// begin tells that a statement starts.
func (e *events) begin(id, tx int, s traced, site wire.Site, args []driver.Value) {
	e.statement(id, tx, "begin", s, site)
	sql := s.sql
	if len(sql) > maxSQL {
		sql = cutText(sql, maxSQL) + "…"
	}
	e.text("sql", sql)
	e.name("args")
	e.lines = append(e.lines, '[')
	for i := range args {
		if i > 0 {
			e.lines = append(e.lines, ',')
		}
		e.lines = appendArg(e.lines, &args[i])
	}
	e.lines = append(e.lines, ']')
	e.endLine()
}

// statement starts an event with what begin and end have in common.
func (e *events) statement(id, tx int, phase string, s traced, site wire.Site) {
	e.line("statement")
	e.int("id", int64(id))
	e.text("phase", phase)
	e.text("file", site.File)
	e.int("line", int64(site.Line))
	e.int("tx", int64(tx))
	if s.verb != "" {
		e.text("verb", s.verb)
	}
}

// end tells how a statement ended.
func (e *events) end(run *execution, tx int, s traced, result outcome, plan []plannedLine) {
	e.statement(run.id, tx, "end", s, run.site)
	e.int("us", microseconds(run.spent))
	switch {
	case result.err != nil:
		e.text("error", message(result.err))
	case result.query:
		e.int("rows", result.rows)
	case s.verb == "":
		e.int("affected", result.affected)
	}
	if len(plan) > 0 {
		e.plan(plan)
	}
	e.endLine()
}

func (e *events) plan(lines []plannedLine) {
	e.name("plan")
	for i, line := range lines {
		e.lines = append(e.lines, "[,"[min(i, 1)])
		e.lines = append(e.lines, `{"id":`...)
		e.lines = strconv.AppendInt(e.lines, line.ID, 10)
		e.int("parent", line.Parent)
		e.text("detail", line.Detail)
		if line.rows >= 0 {
			e.int("rows", line.rows)
		}
		e.lines = append(e.lines, '}')
	}
	e.lines = append(e.lines, ']')
}

// repeated tells that a statement ran again; the page adds up those of an id.
func (e *events) repeated(id, times int, spent time.Duration, affected int64) {
	e.line("repeated")
	e.int("id", int64(id))
	e.int("times", int64(times))
	e.int("us", microseconds(spent))
	e.int("affected", affected)
	e.endLine()
}

// skipped tells of statements beyond the limit; the page adds them up.
func (e *events) skipped(statements int) {
	e.line("skipped")
	e.int("statements", int64(statements))
	e.endLine()
}

func (e *events) countsDue() bool {
	now := e.now()
	if now-e.counts < countsEvery {
		return false
	}
	e.counts = now
	return true
}

func (e *events) due() bool {
	return len(e.lines) > maxPending || len(e.lines) > 0 && e.now()-e.oldest > maxAge
}

func (e *events) flush() {
	if len(e.lines) > 0 {
		e.out(e.lines)
		e.lines = e.lines[:0]
	}
}

func microseconds(d time.Duration) int64 { return (d + 500*time.Nanosecond).Microseconds() }
