package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/gosqlite3"
	"github.com/ormlab/ormlab/playground/wire"
)

const (
	scriptLimit   = 10_000  // milliseconds that a text of statements may take
	maxResults    = 200     // of statements
	maxScriptRoom = 4 << 20 // bytes of cells, of all results
)

// script carries out a text of statements on a database, one by one until one
// fails, or whole: then nothing of it stays if one fails.
func (e *Engine) script(q *wire.Request, b []byte) ([]byte, error) {
	s := script{e: e, rows: min(q.Limit, maxPage), longest: q.Longest, whole: q.Whole, room: maxScriptRoom}
	if err := e.changing(q.Name, q.Whole, func(c *connection) (bool, error) {
		s.c, s.text = c, q.SQL
		s.ctx = timeLimit(s.limit())
		s.run()
		return s.failed && s.whole, nil
	}); err != nil {
		return nil, err
	}
	return s.answer.Append(b), nil
}

// changing opens a database, which may be a new one, for a change by the page.
// Undo says that the change is to leave nothing behind.
func (e *Engine) changing(name string, undoable bool, change func(c *connection) (undo bool, err error)) (err error) {
	kept := strings.HasPrefix(name, keptPrefix)
	if name == "" || name == ":memory:" {
		return errors.New("engine: a database needs a name")
	}
	if kept {
		if _, err := e.existing(name); err != nil {
			return err
		}
	} else if err := checkName(name); err != nil {
		return err
	}
	if err := e.idle(name); err != nil {
		return err
	}
	f := e.storeOf(name).database(name)
	if undoable {
		f.keepImage()
	}
	c, err := e.open(name)
	undo := true
	defer func() { // go-sqlite3 panics when its memory is used up
		if c != nil {
			err = errors.Join(err, c.db.Close())
		}
		f.settle(undoable && (undo || err != nil))
	}()
	if err == nil {
		undo, err = change(c)
	}
	return err
}

// script is a text of statements while it is carried out.
type script struct {
	e       *Engine
	c       *connection
	ctx     context.Context
	text    string
	rows    int // of a result
	longest int // bytes of a value
	whole   bool
	room    int // bytes of cells that may still be answered
	failed  bool
	answer  wire.ScriptAnswer
}

// limit is how long it may take: a file may hold more than a person types.
func (s *script) limit() int {
	if s.whole {
		return importLimit
	}
	return scriptLimit
}

func (s *script) run() {
	if at := strings.IndexByte(s.text, 0); at >= 0 {
		s.fail(wire.ScriptResult{From: at, To: at + 1, Affected: -1, At: at}, errors.New("the text holds a NUL byte"), at)
		return
	}
	for at := skipBlank(s.text, 0); at < len(s.text) && !s.failed; {
		at = skipBlank(s.text, s.statement(at))
	}
	if s.c.db.InTransaction() {
		s.answer.Undone = true
		if err := s.c.db.Rollback(context.Background()); err == nil && s.whole && !s.failed {
			s.fail(wire.ScriptResult{From: len(s.text), To: len(s.text), Affected: -1}, errors.New("the text ends within a transaction: its COMMIT is missing"), len(s.text))
		}
	}
	s.answer.Undone = s.answer.Undone || s.whole && s.failed
	if s.answer.Undone && s.whole {
		s.answer.Wrote = false
	}
}

// statement carries out the statement at a byte of the text, and returns where
// it ends.
func (s *script) statement(at int) (end int) {
	result := wire.ScriptResult{From: at, To: len(s.text), Affected: -1}
	readOnly, end, err := s.measure(at)
	result.To = end
	if err != nil {
		s.fail(result, gosqlite3.MapError(err, false), s.place(err, at, end))
		return end
	}
	started := time.Now()
	err = s.carryOut(s.text[at:end], &result)
	result.Micros = microseconds(time.Since(started))
	s.answer.Wrote = s.answer.Wrote || !readOnly
	if err != nil {
		s.fail(result, err, s.place(err, at, end))
		return end
	}
	s.answer.Statements++
	s.take(result)
	return end
}

// measure finds the end of the statement at a byte. SQLite is given no more of
// the text than it needs, because it copies what it is given.
func (s *script) measure(at int) (readOnly bool, end int, err error) {
	for end = at; ; {
		end = pastSemicolon(s.text, end)
		raw, tail, err := s.c.raw.Prepare(s.text[at:end])
		if err != nil && end < len(s.text) && strings.HasSuffix(err.Error(), "incomplete input") {
			continue // a trigger holds semicolons
		}
		if raw != nil {
			readOnly = raw.ReadOnly()
			_ = raw.Close() // it has not run
		}
		return readOnly, end - len(tail), err
	}
}

func (s *script) carryOut(sql string, result *wire.ScriptResult) error {
	word := gosqlite3.FirstWord(sql)
	stmt, err := s.c.db.Prepare(s.ctx, sql)
	if err != nil {
		return err
	}
	defer stmt.Close()
	s.c.vacuuming = word == "VACUUM"
	defer func() { s.c.vacuuming = false }()
	if len(stmt.Columns()) == 0 {
		done, err := stmt.Exec(s.ctx, nil)
		switch word {
		case "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH":
			result.Affected = done.RowsAffected
		}
		return err
	}
	return s.read(stmt, word, result)
}

// read reads the rows of a statement as far as they are to be shown.
func (s *script) read(stmt driver.Stmt, word string, result *wire.ScriptResult) error {
	rows, err := stmt.Query(s.ctx, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	var row []driver.Value
	writes := word == "INSERT" || word == "REPLACE" || word == "UPDATE" || word == "DELETE"
	for {
		more, err := rows.Next(s.ctx)
		if err != nil {
			return err
		}
		if result.Columns == nil {
			result.Columns = rows.Columns()
			row = make([]driver.Value, len(result.Columns))
		}
		if !more {
			break
		}
		if len(result.Rows) >= s.rows || s.room <= 0 {
			result.More = true
			if writes { // they are counted at the end
				continue
			}
			break
		}
		for i := range row {
			row[i] = rows.Value(i)
		}
		cells := cellsOf(row, s.longest)
		for _, cell := range cells {
			s.room -= len(cell.Text) + 8
		}
		result.Rows = append(result.Rows, cells)
	}
	if writes {
		result.Affected = s.c.raw.Changes()
	}
	return nil
}

// take adds a result to the answer; of a text that is carried out whole only
// the one that failed is of use.
func (s *script) take(result wire.ScriptResult) {
	if len(s.answer.Results) < maxResults && !s.whole || result.Error != "" {
		s.answer.Results = append(s.answer.Results, result)
	}
}

func (s *script) fail(result wire.ScriptResult, err error, at int) {
	s.failed = true
	err = s.e.explain(s.c, err)
	result.Error, result.At = message(err), at
	var refusal *driver.Error
	switch {
	case errors.As(err, &refusal) && (refusal.Kind == driver.Interrupted || refusal.Kind == driver.Timeout):
		result.Error = fmt.Sprintf("the statements took longer than %d seconds", s.limit()/1000)
	case refusal != nil && refusal.Kind == driver.ReadOnly && strings.HasPrefix(s.c.name, keptPrefix):
		result.Error += " (what was in memory is kept to be looked at only)"
	}
	result.Rows, result.Columns, result.More = nil, nil, false
	s.take(result)
}

// place is the byte in the text that an error is about: the one that SQLite
// names, or the statement's first.
func (s *script) place(err error, at, end int) int {
	var said *sqlite3.Error
	if errors.As(err, &said) && said.SQL() != "" && strings.HasSuffix(s.text[at:end], said.SQL()) {
		return end - len(said.SQL())
	}
	return at
}

// skipBlank returns where what follows white space, comments and semicolons
// begins.
func skipBlank(sql string, at int) int {
	for at < len(sql) {
		rest := sql[at:]
		switch {
		case strings.ContainsRune(" \t\r\n\f;", rune(rest[0])):
			at++
		case strings.HasPrefix(rest, "\ufeff"):
			at += len("\ufeff")
		case strings.HasPrefix(rest, "--"):
			at = past(sql, at, "\n")
		case strings.HasPrefix(rest, "/*"):
			at = past(sql, at+2, "*/")
		default:
			return at
		}
	}
	return at
}

// pastSemicolon returns where the text behind the next semicolon begins that
// stands neither in quotes nor in a comment.
func pastSemicolon(sql string, at int) int {
	for at < len(sql) {
		rest := sql[at:]
		switch {
		case rest[0] == ';':
			return at + 1
		case rest[0] == '\'' || rest[0] == '"' || rest[0] == '`':
			at = past(sql, at+1, rest[:1])
		case rest[0] == '[':
			at = past(sql, at+1, "]")
		case strings.HasPrefix(rest, "--"):
			at = past(sql, at, "\n")
		case strings.HasPrefix(rest, "/*"):
			at = past(sql, at+2, "*/")
		default:
			at++
		}
	}
	return at
}

func past(sql string, at int, end string) int {
	if n := strings.Index(sql[at:], end); n >= 0 {
		return at + n + len(end)
	}
	return len(sql)
}
