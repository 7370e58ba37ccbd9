package orm

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/ormlab/ormlab/orm/internal/exec"
)

// Observer hears of every statement that an engine runs, BEGIN, COMMIT and
// ROLLBACK included, and of its connections. Before and After get the same
// *Statement. Each function may be nil. They are called on the goroutine that
// runs the statement and must not use its session.
type Observer struct {
	// Rewrite is asked before Before. It returns the SQL that is sent instead of
	// s.SQL, or an error, so that nothing is sent and the call fails with it; an
	// empty text leaves the SQL as it is. Arguments stay as they are. With
	// several observers each gets the text of the one before. What Echo,
	// Before, After and errors show is the final text. BEGIN and the like are
	// not asked about.
	//
	// A connection keeps statements prepared by their final text, so one that
	// is different each time, such as by a comment with the id of a request, is
	// prepared each time.
	Rewrite func(ctx context.Context, s *Statement) (sql string, err error)
	Before  func(ctx context.Context, s *Statement)
	After   func(ctx context.Context, s *Statement)
	// Connection hears what becomes of the connections of the pool.
	Connection func(ctx context.Context, c ConnectionEvent)
}

// Statement is one run of a statement.
type Statement struct {
	SQL  string
	Args []any
	// Cached says that the engine had the statement compiled already, Age how
	// long ago, and Preparing how long that took. Raw says that there was nothing
	// to compile, in a [Text] without binds.
	Cached    bool
	Raw       bool
	Age       time.Duration
	Preparing time.Duration
	control   bool // of a transaction or savepoint
	tree      any  // an expr.Stmt or an exec.Builder
	// Warnings are what looks like an oversight, such as tables that no
	// condition joins; see [Lint].
	Warnings []string
	// Caller is the line of code that caused the statement.
	Caller Caller

	// The rest is known only after.

	Rows         int64 // rows read
	RowsAffected int64 // rows inserted, updated or deleted
	Duration     time.Duration
	Err          error
}

// everywhere are the observers of all engines.
var everywhere struct {
	sync.Mutex
	list []Observer
}

// ObserveAll adds an observer to every engine that is opened from now on, for
// tools that look at programs they did not write.
func ObserveAll(o Observer) {
	everywhere.Lock()
	defer everywhere.Unlock()
	everywhere.list = append(everywhere.list, o)
}

// hooks connects the engine's observers to package exec.
func hooks(observers []Observer) *exec.Hooks {
	h := &exec.Hooks{Wrap: wrapError}
	everywhere.Lock()
	observers = slices.Concat(observers, everywhere.list)
	everywhere.Unlock()
	if len(observers) == 0 {
		return h
	}
	for _, o := range observers {
		if o.Rewrite != nil {
			h.Rewrite = rewrite(observers)
		}
		if o.Connection != nil {
			h.Connection = tellConnection(observers)
		}
	}
	h.Before = func(ctx context.Context, e *exec.Event) {
		s := statementOf(e)
		for _, o := range observers {
			if o.Before != nil {
				o.Before(ctx, s)
			}
		}
	}
	h.After = func(ctx context.Context, e *exec.Event) {
		s := e.Told.(*Statement)
		s.Rows, s.RowsAffected, s.Duration, s.Err = e.Rows, e.RowsAffected, e.Duration, e.Err
		for _, o := range observers {
			if o.After != nil {
				o.After(ctx, s)
			}
		}
	}
	return h
}

// statementOf is what observers get of e: the same each time.
func statementOf(e *exec.Event) *Statement {
	s, ok := e.Told.(*Statement)
	if !ok {
		s = &Statement{Args: anys(e.Args), control: e.Control, Caller: caller()}
		e.Told = s
	}
	s.SQL, s.Cached, s.Raw, s.Age, s.Preparing, s.Warnings, s.tree = e.SQL, e.Cached, e.Raw, e.Age, e.Preparing, e.Warnings, e.Tree
	return s
}

// rewrite asks each observer, with the text of the one before.
func rewrite(observers []Observer) func(context.Context, *exec.Event) (string, error) {
	return func(ctx context.Context, e *exec.Event) (string, error) {
		s := statementOf(e)
		for _, o := range observers {
			if o.Rewrite == nil {
				continue
			}
			sql, err := o.Rewrite(ctx, s)
			if err != nil {
				return "", err
			}
			if sql != "" {
				s.SQL = sql
			}
		}
		return s.SQL, nil
	}
}
