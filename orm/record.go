package orm

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

// Recorder keeps the statements that engines run, with the lines of code that
// caused them. It is safe for use by several goroutines. It keeps all that it
// hears of until Reset, so it is for tests, tools and single requests.
//
//	rec := &orm.Recorder{}
//	engine, err := orm.Open(url, orm.Options{Observers: []orm.Observer{rec.Observer()}})
type Recorder struct {
	mu   sync.Mutex
	list []Statement
}

// Observer is what an engine is given.
func (r *Recorder) Observer() Observer {
	return Observer{After: func(_ context.Context, s *Statement) {
		if s.control {
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.list = append(r.list, *s)
	}}
}

// Statements returns what was run since the last Reset, in the order in which
// it ended. BEGIN, COMMIT and their like are left out.
func (r *Recorder) Statements() []Statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Statement(nil), r.list...)
}

// Reset forgets all statements.
func (r *Recorder) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = nil
}

// Repetition is a query that ran several times from one line of code.
type Repetition struct {
	SQL    string
	Caller Caller
	Times  int
}

// String tells what was repeated, and where.
func (r Repetition) String() string {
	return fmt.Sprintf("%s: ran %d times: %s", r.Caller, r.Times, r.SQL)
}

// reads says whether a statement is a query. An INSERT that returns its key is
// none, so the rows of a flush do not look like N+1.
func reads(sql string) bool {
	verb, _, _ := strings.Cut(strings.TrimLeft(sql, " \t\n("), " ")
	return strings.EqualFold(verb, "SELECT") || strings.EqualFold(verb, "WITH")
}

// Repeated returns the statements that read rows and ran at least so many times
// from the same line, in the order of their first run: what is known as N+1,
// one query for each row of another, where one query for all would do. See
// [SelectIn].
func (r *Recorder) Repeated(times int) []Repetition {
	type key struct {
		sql    string
		caller Caller
	}
	at := map[key]int{}
	var all, list []Repetition
	for _, s := range r.Statements() {
		if !reads(s.SQL) {
			continue
		}
		k := key{s.SQL, s.Caller}
		i, known := at[k]
		if !known {
			i = len(all)
			at[k] = i
			all = append(all, Repetition{SQL: s.SQL, Caller: s.Caller})
		}
		all[i].Times++
	}
	for _, one := range all {
		if one.Times >= times {
			list = append(list, one)
		}
	}
	return list
}
