package engine

import (
	"errors"
	"strings"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

const (
	// defaultReported is how many statements of a run are reported.
	defaultReported = 1000
	// streakShown is how many executions of one statement from one line,
	// right after each other, are reported one by one.
	streakShown = 5
	// streakTold is how many repetitions are counted before they are told, so
	// that a long loop shows that it goes on.
	streakTold = 1000
	// promptly is how many statements of a run are handed over at once, so
	// that those before an endless loop reach the page; later ones wait for
	// company.
	promptly = 100
)

// trace tells the page what a program does to its databases. Numbers of
// statements and transactions are per run.
type trace struct {
	events  events
	on      bool
	limit   int // statements reported per run
	lastID  int
	lastTx  int
	skipped int // statements beyond the limit, not told yet
	last    streak
	planned map[string]bool // SQL whose query plan was told
}

// traced is what the trace shows of a statement.
type traced struct {
	sql  string
	word string // the first word of sql
	verb string // of a transaction, otherwise ""
}

// streak is a statement that runs again and again from one line.
type streak struct {
	sql      string
	site     wire.Site
	id       int // the event that the repetitions belong to
	runs     int
	times    int // repetitions not told yet
	spent    time.Duration
	affected int64
}

// how an execution is told.
type how byte

const (
	untold how = iota
	reported
	repeated
	skipped
)

// execution is one run of a statement.
type execution struct {
	how     how
	id      int
	site    wire.Site
	started time.Duration // when the engine last took it up
	spent   time.Duration // before that
	rows    int64
}

// outcome is how an execution ended.
type outcome struct {
	query    bool // rows counts, not affected
	rows     int64
	affected int64
	err      error
}

func (t *trace) init(out func([]byte), limit int) {
	t.on = out != nil
	t.limit = limit
	if limit <= 0 {
		t.limit = defaultReported
	}
	// A difference is cheaper to get than the time of day.
	epoch := time.Now()
	t.events = events{out: out, clock: func() time.Duration { return time.Since(epoch) }}
	t.planned = map[string]bool{}
}

// begin starts an execution.
func (t *trace) begin(c *connection, s traced, site wire.Site, args []driver.Value) execution {
	if c.site.Line == 0 { // a request's memory is used again
		c.site = wire.Site{File: strings.Clone(site.File), Line: site.Line}
	}
	if !t.on {
		return execution{}
	}
	run := execution{started: t.events.now()}
	if s.verb == "" && t.last.sql == s.sql && t.last.site == site {
		t.last.runs++
	} else {
		t.endStreak()
		// A request's memory is used again.
		t.last = streak{sql: s.sql, site: wire.Site{File: strings.Clone(site.File), Line: site.Line}, runs: 1}
	}
	run.site = t.last.site
	switch {
	case t.last.runs > streakShown && t.last.id != 0:
		run.how, run.id = repeated, t.last.id
	case t.lastID >= t.limit:
		run.how = skipped
		t.skipped++
	default:
		run.how = reported
		t.lastID++
		run.id, t.last.id = t.lastID, t.lastID
		t.events.begin(run.id, c.txOf(t, s), s, run.site, args)
	}
	return run
}

// txOf is the number of the transaction that a statement is in; the one that
// begins a transaction is in it.
func (c *connection) txOf(t *trace, s traced) int {
	if c.tx == 0 && s.word == "BEGIN" {
		return t.lastTx + 1
	}
	return c.tx
}

// pause stops an execution's clock while the program has the rows.
func (x *execution) pause(t *trace) {
	if x.how != untold {
		x.spent += t.events.now() - x.started
	}
}

// resume starts it again.
func (x *execution) resume(t *trace) {
	if x.how != untold {
		x.started = t.events.now()
	}
}

// end ends an execution.
func (t *trace) end(c *connection, s traced, run *execution, result outcome) {
	if !t.on {
		return
	}
	tx := c.txOf(t, s)
	t.follow(c)
	switch run.how {
	case reported:
		run.pause(t)
		t.events.end(run, tx, s, result, t.plan(c, s, result.err))
	case repeated:
		run.pause(t)
		t.repeat(c, s, run, result)
	}
}

// follow numbers the transaction that the connection is in now.
func (t *trace) follow(c *connection) {
	open := c.db.InTransaction()
	switch {
	case open && c.tx == 0:
		t.lastTx++
		c.tx = t.lastTx
	case !open:
		c.tx = 0
	}
}

// repeat counts a repetition; one that failed is told in full.
func (t *trace) repeat(c *connection, s traced, run *execution, result outcome) {
	if result.err != nil && t.lastID < t.limit {
		t.endStreak()
		t.lastID++
		run.id, t.last.id = t.lastID, t.lastID
		tx := c.txOf(t, s)
		t.events.begin(run.id, tx, s, run.site, nil)
		t.events.end(run, tx, s, result, nil)
		return
	}
	if run.id != t.last.id { // another statement began before its rows were read
		t.events.repeated(run.id, 1, run.spent, result.affected)
		return
	}
	t.last.times++
	t.last.spent += run.spent
	t.last.affected += result.affected
	if t.last.times >= streakTold {
		t.endStreak()
	}
}

// endStreak tells the repetitions that were only counted.
func (t *trace) endStreak() {
	if t.last.times > 0 {
		t.events.repeated(t.last.id, t.last.times, t.last.spent, t.last.affected)
		t.last.times, t.last.spent, t.last.affected = 0, 0, 0
	}
}

// refused tells of a statement that could not be prepared; it has no site.
func (t *trace) refused(c *connection, sql string, err error) {
	if !t.on {
		return
	}
	s := traced{sql: sql}
	t.last = streak{}
	run := t.begin(c, s, wire.Site{}, nil)
	t.last = streak{} // sql is the request's memory
	t.end(c, s, &run, outcome{err: err})
}

// plan returns the query plan of a statement that had none in this run.
func (t *trace) plan(c *connection, s traced, err error) []plannedLine {
	if err != nil || t.planned[s.sql] {
		return nil
	}
	switch s.word {
	case "SELECT", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE":
	default:
		return nil
	}
	t.planned[s.sql] = true
	lines, err := explainPlan(c, s.sql)
	if err != nil {
		return nil // the statement's tables are gone by now
	}
	return withRows(c, s, lines)
}

// endRun ends a run's numbers.
func (t *trace) endRun() {
	if !t.on {
		return
	}
	t.endStreak()
	t.tellSkipped()
	t.flush()
	t.last, t.lastID, t.lastTx = streak{}, 0, 0
	clear(t.planned)
}

func (t *trace) tellSkipped() {
	if t.skipped > 0 {
		t.events.skipped(t.skipped)
		t.skipped = 0
	}
}

// flush hands the events over. What was only counted is told too, but not
// every time: a program that prints after each statement would get an event
// for each.
func (t *trace) flush() {
	if t.events.countsDue() {
		t.endStreak()
		t.tellSkipped()
	}
	t.events.flush()
}

// flushIfDue hands the events over if there are many, or old ones.
func (t *trace) flushIfDue() {
	if t.on && (t.events.due() || t.lastID <= promptly && len(t.events.lines) > 0) {
		t.flush()
	}
}

// message is what the trace shows of an error.
func message(err error) string {
	var refusal *driver.Error
	if errors.As(err, &refusal) {
		return refusal.Message
	}
	return err.Error()
}
