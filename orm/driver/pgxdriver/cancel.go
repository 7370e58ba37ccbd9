//go:build !js && !wasip1

package pgxdriver

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

const (
	// cancelWait is how long a server may take to obey a cancel request before
	// the connection is given up.
	cancelWait = 5 * time.Second
	// settle is how long a cancel request may be on its way inside the server:
	// the next statement must not meet it.
	settle = 100 * time.Millisecond
)

// canceller makes the end of a context a cancel request, after which the
// connection works on; pgconn's own way gives the connection up. A request that
// comes before the statement has begun has no effect, so it is sent until the
// statement is over.
type canceller struct {
	raw  *pgconn.PgConn
	over context.CancelFunc
	done chan struct{}
}

func cancelOnServer(raw *pgconn.PgConn) ctxwatch.Handler { return &canceller{raw: raw} }

func (c *canceller) HandleCancel(context.Context) {
	ctx, over := context.WithTimeout(context.Background(), cancelWait)
	c.over, c.done = over, make(chan struct{})
	deadline, _ := ctx.Deadline()
	// An error of a connection that is gone is told by the statement.
	_ = c.raw.Conn().SetDeadline(deadline)
	go func() {
		defer close(c.done)
		for ctx.Err() == nil {
			_ = c.raw.CancelRequest(ctx)
			time.Sleep(settle)
		}
	}()
}

func (c *canceller) HandleUnwatchAfterCancel() {
	c.over()
	<-c.done
	_ = c.raw.Conn().SetDeadline(time.Time{})
}
