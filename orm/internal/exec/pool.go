package exec

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

// ErrClosed is the error of a pool that has been closed.
var ErrClosed = errors.New("the engine is closed")

// Pool lends connections, at most a fixed number at a time.
type Pool struct {
	open    func(ctx context.Context) (driver.Conn, error)
	hooks   *Hooks
	slots   chan struct{} // one for each connection that may be out
	timeout time.Duration
	mu      sync.Mutex
	idle    []*Conn
	closed  bool
}

// NewPool returns a pool of at most size connections. Who waits longer than
// timeout for one gets an error.
func NewPool(open func(ctx context.Context) (driver.Conn, error), hooks *Hooks, size int, timeout time.Duration) *Pool {
	return &Pool{open: open, hooks: hooks, slots: make(chan struct{}, size), timeout: timeout}
}

// Get lends a connection. Give it back with Put.
func (p *Pool) Get(ctx context.Context) (*Conn, error) {
	if err := p.slot(ctx); err != nil {
		return nil, err
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		<-p.slots
		return nil, ErrClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	dc, err := p.open(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return newConn(dc, p.hooks), nil
}

// slot waits for the right to have one more connection.
func (p *Pool) slot(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	default:
	}
	timer := time.NewTimer(p.timeout)
	defer timer.Stop()
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting for a connection: %w", ctx.Err())
	case <-timer.C:
		return fmt.Errorf("no connection came free within %v: all %d are in use; commit, roll back or close a session, or close rows, before asking for more",
			p.timeout, cap(p.slots))
	}
}

// Put takes a connection back. An open transaction is rolled back; if that
// fails the connection is dropped.
func (p *Pool) Put(c *Conn) {
	drop := c.Rollback(context.Background()) != nil
	p.mu.Lock()
	if drop = drop || p.closed; !drop {
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if drop {
		_ = c.close()
	}
	<-p.slots
}

// Close ends the idle connections now and the others when they come back.
func (p *Pool) Close() error {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	var errs []error
	for _, c := range idle {
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
}
