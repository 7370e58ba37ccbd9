// Package engine is the far end of the playground's bridge: databases by name,
// statements, rows in batches, the trace of what a program does, snapshots,
// schemas and query plans.
//
// It answers the messages of playground/wire. What a program sends is not
// trusted: a malformed message gets an error, and SQL cannot leave the
// databases of the engine, which live in memory and have a limit.
package engine

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/ormlab/ormlab/playground/wire"
)

// Options are an engine's settings; the zero value is the default.
type Options struct {
	// Events takes the result stream of the statements: JSON objects, one a
	// line, as DESIGN.md describes them. It must not keep the bytes or call
	// the engine. Nil means that nothing is reported.
	Events func(lines []byte)
	// MaxDatabase is how many bytes a database may hold; 0 means 64 MiB.
	MaxDatabase int64
	// MaxTotal is how many bytes all databases may hold together; 0 means 256
	// MiB.
	MaxTotal int64
	// MaxMemory is how many bytes SQLite may use for one connection, and with
	// it the size of a private database; 0 means 128 MiB.
	MaxMemory int64
	// Reported is how many statements of a run are reported; 0 means 1,000.
	Reported int
}

// Engine is a set of databases and the run of one program on them.
type Engine struct {
	mu    sync.Mutex
	store *store
	trace trace
	// The private databases that the run has left, oldest first.
	kept      *store
	keptNames []string
	keptOf    map[string]int // how many had that name
	// The program's connections and statements, by number.
	conns  map[int]*connection
	stmts  map[int]*statement
	lastID int

	maxMemory int64

	host    *connection // the host's own, for Schema and Plan
	request wire.Request
	answer  []byte
}

// New returns an engine without databases.
func New(options Options) *Engine {
	if options.MaxDatabase <= 0 {
		options.MaxDatabase = 64 << 20
	}
	if options.MaxTotal <= 0 {
		options.MaxTotal = 256 << 20
	}
	if options.MaxMemory <= 0 {
		options.MaxMemory = 128 << 20
	}
	e := &Engine{
		maxMemory: options.MaxMemory,
		store:     newStore(options.MaxDatabase, options.MaxTotal),
		kept:      newStore(maxKeptDatabase, maxKeptTotal),
		keptOf:    map[string]int{},
		conns:     map[int]*connection{},
		stmts:     map[int]*statement{},
	}
	e.kept.mark() // empty: all of what comes is new
	e.trace.init(options.Events, options.Reported)
	return e
}

// keptAnswer is the size up to which an answer's memory is used again.
const keptAnswer = 1 << 20

// Handle answers one request. The answer is valid until the next Handle; the
// request is not kept. It never panics and never waits.
func (e *Engine) Handle(request []byte) (answer []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer func() {
		if cause := recover(); cause != nil {
			answer = wire.AppendError(nil, fmt.Errorf("engine: %v failed: %v", e.request.Op, cause))
		}
		e.trace.flushIfDue()
	}()
	if cap(e.answer) > keptAnswer {
		e.answer = nil
	}
	answer, err := e.handle(request, e.answer[:0])
	if err != nil {
		answer = wire.AppendError(e.answer[:0], err)
	}
	e.answer = answer
	return answer
}

// handle appends the answer to b.
func (e *Engine) handle(request, b []byte) ([]byte, error) {
	q := &e.request
	if err := q.Decode(request); err != nil {
		return nil, err
	}
	switch q.Op {
	case wire.Exec, wire.Query, wire.Fetch, wire.Reset, wire.CloseStmt:
		s := e.stmts[q.ID]
		if s == nil {
			return nil, fmt.Errorf("engine: %v: there is no statement %d", q.Op, q.ID)
		}
		return e.handleStatement(s, q, b)
	case wire.Prepare, wire.Control, wire.CloseConn:
		c := e.conns[q.ID]
		if c == nil {
			return nil, fmt.Errorf("engine: %v: there is no connection %d", q.Op, q.ID)
		}
		return e.handleConnection(c, q, b)
	case wire.Open:
		return e.openProgram(q.Name, b)
	}
	return e.handleHost(q, b)
}

func (e *Engine) handleStatement(s *statement, q *wire.Request, b []byte) ([]byte, error) {
	switch q.Op {
	case wire.Exec:
		return e.exec(s, q, b)
	case wire.Query:
		return e.query(s, q, b)
	case wire.Fetch:
		return e.fetch(s, q, b)
	case wire.Reset:
		e.reset(s)
	case wire.CloseStmt:
		e.closeStatement(s)
	}
	return wire.AppendOK(b), nil
}

func (e *Engine) handleConnection(c *connection, q *wire.Request, b []byte) ([]byte, error) {
	switch q.Op {
	case wire.Prepare:
		return e.prepare(c, q.SQL, b)
	case wire.Control:
		return wire.AppendOK(b), e.control(c, q)
	}
	return wire.AppendOK(b), e.closeConnection(c)
}

func (e *Engine) openProgram(name string, b []byte) ([]byte, error) {
	if name == ":memory:" {
		name = ""
	}
	if err := checkName(name); err != nil {
		return nil, err
	}
	c, err := e.open(name)
	if err != nil {
		return nil, err
	}
	e.lastID++
	c.id = e.lastID
	e.conns[c.id] = c
	return wire.AppendOpened(b, c.id), nil
}

func (e *Engine) closeConnection(c *connection) error {
	for _, s := range e.stmts {
		if s.conn == c {
			e.closeStatement(s)
		}
	}
	delete(e.conns, c.id)
	e.keep(c)
	return c.db.Close()
}

// endRun ends what the program left: its connections, and with them the
// transactions that it did not commit.
func (e *Engine) endRun() error {
	var err error
	for _, id := range slices.Sorted(maps.Keys(e.conns)) {
		err = errors.Join(err, e.closeConnection(e.conns[id]))
	}
	e.trace.endRun()
	return err
}

// Flush hands all pending events over.
func (e *Engine) Flush() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.trace.flush()
}
