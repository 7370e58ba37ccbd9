package orm

import (
	"context"
	"time"

	"github.com/ormlab/ormlab/orm/internal/exec"
)

// ConnectionEvent is what became of a connection of an engine's pool.
type ConnectionEvent struct {
	Kind ConnectionEventKind
	// ID is the connection's number in its pool, from 1. One that could not be
	// opened has one too.
	ID int
	// Took is how long opening the connection took, or waiting for it.
	Took time.Duration
	// Reason says why the connection was closed or cannot be used.
	Reason string
	// Err is what the database said, if it said anything: why it could not be
	// opened, or cannot be used.
	Err error
}

// ConnectionEventKind says what became of a connection.
type ConnectionEventKind = exec.ConnKind

// What becomes of a connection.
const (
	ConnectionOpened      = exec.ConnOpened  // or could not be, if Err is not nil
	ConnectionCheckedOut  = exec.ConnLent    // for a statement, a transaction, a Conn
	ConnectionCheckedIn   = exec.ConnBack    // its transaction is over
	ConnectionInvalidated = exec.ConnInvalid // it cannot be used any more, and is closed
	ConnectionClosed      = exec.ConnClosed
)

func tellConnection(observers []Observer) func(context.Context, exec.ConnEvent) {
	return func(ctx context.Context, e exec.ConnEvent) {
		for _, o := range observers {
			if o.Connection != nil {
				o.Connection(ctx, ConnectionEvent(e))
			}
		}
	}
}
