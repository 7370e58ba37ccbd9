// Package dialects tells the page what each statement of a program would be
// for other databases than its own.
//
// The page adds an import of it to a program whose reader wants to compare, so
// that no other program links the dialects. Outside the playground the import
// has no effect; there [orm.Statement.CompileFor] does the same for an observer.
package dialects

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"unicode/utf8"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
)

func init() {
	if send != nil {
		orm.ObserveAll(orm.Observer{Before: (&teller{send: send}).before})
	}
}

// others are the databases to compare with.
var others = []dialect.Dialect{postgres.Dialect, mysql.Dialect}

const (
	// maxSQL is where the engine cuts the SQL that it reports; the page finds
	// what belongs to a statement by that text.
	maxSQL = 10_000
	// streakShown is how many runs of a statement the engine reports one by one.
	streakShown = 5
	// maxTold is how many messages a run may need; the engine reports no more
	// statements than that.
	maxTold = 1000
)

// told is the message about one text of SQL: it holds for all statements of
// that text which begin from now on, until another says otherwise.
type told struct {
	Kind   string  `json:"kind"`           // "dialects"
	SQL    string  `json:"sql"`            // as the engine reports it
	Text   bool    `json:"text,omitempty"` // the words are the program's own
	Others []other `json:"others"`
}

// other is the statement for another database, or why it has none.
type other struct {
	Dialect string `json:"dialect"`
	SQL     string `json:"sql,omitempty"`
	Error   string `json:"error,omitempty"`
}

// teller hears of all statements of a program.
type teller struct {
	send func([]byte)

	mu   sync.Mutex
	said map[string]string // by SQL, what was told of it last
	last string
	runs int // of last, one after another
	n    int // messages
}

func (t *teller) before(_ context.Context, s *orm.Statement) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.Control() || t.n >= maxTold || t.goesOn(s.SQL) {
		return
	}
	message, err := json.Marshal(compare(s))
	if err != nil || t.said[s.SQL] == string(message) {
		return
	}
	if t.said == nil {
		t.said = map[string]string{}
	}
	t.said[s.SQL] = string(message)
	t.n++
	t.send(message)
}

// goesOn says that the same SQL has run so often without another between that
// nobody reports it any more.
func (t *teller) goesOn(sql string) bool {
	if t.last != sql {
		t.last, t.runs = sql, 0
	}
	t.runs++
	return t.runs > streakShown
}

// compare compiles the statement for the other databases.
func compare(s *orm.Statement) told {
	message := told{Kind: "dialects", SQL: cut(s.SQL), Text: s.IsText()}
	for _, d := range others {
		o := other{Dialect: d.Name()}
		if sql, err := s.CompileFor(d); err == nil {
			o.SQL = cut(sql)
		} else {
			o.Error = reason(err).Error()
		}
		message.Others = append(message.Others, o)
	}
	return message
}

// reason leaves out what was being done, which the page shows anyway.
func reason(err error) error {
	if cause := errors.Unwrap(err); cause != nil {
		return cause
	}
	return err
}

// cut is a text as the engine cuts it.
func cut(sql string) string {
	if len(sql) <= maxSQL {
		return sql
	}
	for back := range utf8.UTFMax {
		if utf8.RuneStart(sql[maxSQL-back]) {
			return sql[:maxSQL-back] + "…"
		}
	}
	return sql[:maxSQL] + "…" // not UTF-8
}
