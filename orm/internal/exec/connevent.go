package exec

import (
	"context"
	"time"
)

// ConnKind is what became of a connection.
type ConnKind uint8

// The kinds.
const (
	ConnOpened ConnKind = iota + 1
	ConnLent
	ConnBack
	ConnInvalid
	ConnClosed
)

// String is the name of the kind, such as "checked out".
func (k ConnKind) String() string {
	if k < ConnOpened || k > ConnClosed {
		return "unknown"
	}
	return [...]string{"opened", "checked out", "checked in", "invalidated", "closed"}[k-1]
}

// ConnEvent is what observers hear of a connection.
type ConnEvent struct {
	Kind   ConnKind
	ID     int           // of the connection in its pool, from 1
	Took   time.Duration // that opening it took, or waiting for it
	Reason string        // why it is invalid or was closed
	Err    error         // of the database, if there is one
}

// why says why a connection is not kept.
type why struct {
	reason  string
	err     error
	invalid bool // it cannot be used, as opposed to: it need not be kept
}

var (
	tooOld     = why{reason: "it is older than PoolRecycle"}
	poolClosed = why{reason: "the engine was closed"}
	outlived   = why{reason: "the database ended another connection that was opened before or with it", invalid: true}
	notKept    = why{reason: "connections are not kept"}
	enough     = why{reason: "PoolMaxIdle connections are idle already"}
)

func (p *Pool) tell(ctx context.Context, e ConnEvent) {
	if p.hooks.Connection != nil {
		p.hooks.Connection(ctx, e)
	}
}

// end closes a connection.
func (p *Pool) end(ctx context.Context, c *Conn, w why) error {
	if w.invalid {
		p.tell(ctx, ConnEvent{Kind: ConnInvalid, ID: c.id, Reason: w.reason, Err: w.err})
	}
	err := c.close()
	if p.hooks.Connection != nil {
		p.tell(ctx, ConnEvent{Kind: ConnClosed, ID: c.id, Reason: w.reason, Err: err})
	}
	return err
}

// invalid says why a connection cannot be used, as far as that is known without
// asking the database; its reason is empty if it can.
func (c *Conn) invalid() why {
	if c.broken != nil {
		return why{"the database ended it", c.broken, true}
	}
	if !c.valid() {
		return why{"its driver says that it cannot be used any more", nil, true}
	}
	return why{}
}
