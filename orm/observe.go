package orm

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/ormlab/ormlab/orm/internal/exec"
)

// Observer hears of every statement that an engine runs, BEGIN, COMMIT and
// ROLLBACK included. Before and After get the same *Statement; either may be
// nil. They are called on the goroutine that runs the statement and must not
// use its session.
type Observer struct {
	Before func(ctx context.Context, s *Statement)
	After  func(ctx context.Context, s *Statement)
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
	h.Before = func(ctx context.Context, e *exec.Event) {
		s := &Statement{SQL: e.SQL, Args: anys(e.Args), Cached: e.Cached, Raw: e.Raw, Age: e.Age, Preparing: e.Preparing, control: e.Control, Warnings: e.Warnings, Caller: caller()}
		e.Told = s
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
