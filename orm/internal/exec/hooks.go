// Package exec runs compiled statements on pooled connections, keeps them
// prepared, and tells observers.
package exec

import (
	"context"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

// Event is what observers hear of one statement. The same Event is given
// before and after; the fields of the second group are set only after.
type Event struct {
	SQL  string
	Args []driver.Value
	// Cached says that the statement was compiled already, Age how long ago, and
	// Preparing how long that took. Raw says that there was nothing to compile.
	Cached    bool
	Raw       bool
	Age       time.Duration
	Preparing time.Duration
	// Warnings are what looks like an oversight in the statement.
	Warnings []string
	// Tree is what the SQL was made of: an expr.Stmt, or a [Builder] of such; nil
	// if nobody said.
	Tree any
	// Control says that the statement begins or ends a transaction or savepoint.
	Control bool
	// Told is for Before to leave something for After.
	Told any

	Rows         int64 // rows read
	RowsAffected int64
	Duration     time.Duration
	Err          error
}

// Hooks connect this package with its user.
type Hooks struct {
	// Before and After hear of every statement; nil for nobody.
	Before, After func(ctx context.Context, e *Event)
	// Rewrite returns the text that is sent instead of e.SQL, or an error that
	// refuses the statement; nil for no such thing. It runs before Before.
	Rewrite func(ctx context.Context, e *Event) (sql string, err error)
	// Connection hears what becomes of connections; nil for nobody.
	Connection func(ctx context.Context, e ConnEvent)
	// Wrap gives a failed statement's error its public form.
	Wrap func(sql string, args []driver.Value, err error) error
	// Strict makes an error of every warning.
	Strict bool
}

// observed says whether anybody listens.
func (h *Hooks) observed() bool { return h.Before != nil || h.After != nil || h.Rewrite != nil }

func (h *Hooks) before(ctx context.Context, e *Event) {
	if h.Before != nil {
		h.Before(ctx, e)
	}
}

func (h *Hooks) after(ctx context.Context, e *Event) {
	if h.After != nil {
		h.After(ctx, e)
	}
}
