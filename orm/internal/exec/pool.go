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

// Settings are those of a pool.
type Settings struct {
	// Size is how many connections may be lent at once.
	Size int
	// MaxIdle is how many connections are kept that are not lent; 0 means all,
	// less than 0 none.
	MaxIdle int
	// Timeout is how long to wait for a connection.
	Timeout time.Duration
	// Lifetime is the age at which a connection is replaced; 0 means never.
	Lifetime time.Duration
	// Ping asks the database for an answer before a connection is lent again.
	Ping bool
	// Drop ends a connection when it comes back, instead of keeping it.
	Drop bool
}

// Pool lends connections, at most a fixed number at a time. When one turns out
// to be disconnected, those that were opened before are not lent again.
type Pool struct {
	open     func(ctx context.Context) (driver.Conn, error)
	hooks    *Hooks
	settings Settings
	slots    chan struct{} // one for each connection that may be out

	mu     sync.Mutex
	idle   []*Conn
	era    int // counts disconnections; a connection of an earlier era is dropped
	opened int // connections so far
	closed bool
	stats  Stats // what is counted
}

// NewPool returns a pool of the connections that open opens.
func NewPool(open func(ctx context.Context) (driver.Conn, error), hooks *Hooks, settings Settings) *Pool {
	return &Pool{open: open, hooks: hooks, settings: settings, slots: make(chan struct{}, settings.Size)}
}

// Get lends a connection. Give it back with Put.
func (p *Pool) Get(ctx context.Context) (*Conn, error) {
	var asked time.Time
	if p.hooks.Connection != nil {
		asked = time.Now()
	}
	if err := p.slot(ctx); err != nil {
		return nil, err
	}
	c, err := p.get(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	if p.hooks.Connection != nil {
		p.tell(ctx, ConnEvent{Kind: ConnLent, ID: c.id, Took: time.Since(asked)})
	}
	return c, nil
}

func (p *Pool) get(ctx context.Context) (*Conn, error) {
	for {
		c, era, err := p.kept()
		if err != nil {
			return nil, err
		}
		if c == nil {
			return p.connect(ctx, era)
		}
		unfit, err := p.unfit(ctx, c)
		if unfit.reason == "" {
			return c, nil
		}
		_ = p.end(ctx, c, unfit)
		if err != nil {
			return nil, err
		}
	}
}

// connect opens a connection.
func (p *Pool) connect(ctx context.Context, era int) (*Conn, error) {
	start := time.Now()
	dc, err := p.open(ctx)
	p.mu.Lock()
	p.opened++
	id := p.opened
	p.mu.Unlock()
	opened := time.Now()
	p.tell(ctx, ConnEvent{Kind: ConnOpened, ID: id, Took: opened.Sub(start), Err: err})
	if err != nil {
		return nil, err
	}
	p.made()
	c := newConn(dc, p.hooks)
	c.id, c.opened, c.era = id, opened, era
	return c, nil
}

// kept takes an idle connection, if there is one.
func (p *Pool) kept() (c *Conn, era int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, 0, ErrClosed
	}
	if n := len(p.idle); n > 0 {
		c = p.idle[n-1]
		p.idle = p.idle[:n-1]
	}
	return c, p.era, nil
}

// unfit says why an idle connection cannot be lent again; its reason is empty
// if it can. The error is that of the context.
func (p *Pool) unfit(ctx context.Context, c *Conn) (why, error) {
	if w := c.invalid(); w.reason != "" {
		return w, nil
	}
	if p.expired(c) {
		return tooOld, nil
	}
	if pinger, ok := c.dc.(driver.Pinger); ok && p.settings.Ping {
		if err := pinger.Ping(ctx); err != nil {
			if ctx.Err() == nil {
				p.disconnected(ctx)
			}
			return why{"it does not answer", err, true}, ctx.Err()
		}
	}
	return why{}, nil
}

func (p *Pool) expired(c *Conn) bool {
	return p.settings.Lifetime > 0 && time.Since(c.opened) >= p.settings.Lifetime
}

// disconnected ends the idle connections, whose peer is most likely gone too.
func (p *Pool) disconnected(ctx context.Context) {
	p.mu.Lock()
	idle := p.idle
	p.idle = nil
	p.era++
	p.mu.Unlock()
	for _, c := range idle {
		_ = p.end(ctx, c, outlived)
	}
}

// slot waits for the right to have one more connection.
func (p *Pool) slot(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	default:
	}
	timer := time.NewTimer(p.settings.Timeout)
	defer timer.Stop()
	start, expired := time.Now(), false
	defer func() { p.waited(time.Since(start), expired) }()
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting for a connection: %w", ctx.Err())
	case <-timer.C:
		expired = true
		return p.exhausted()
	}
}

// exhausted is the error of one who has waited in vain.
func (p *Pool) exhausted() error {
	larger := ""
	if cap(p.slots) > 1 {
		larger = ", or give the engine a larger PoolSize"
	}
	return fmt.Errorf("no connection came free within %v: all %d are in use; commit, roll back or close a session, or close rows, before asking for more%s",
		p.settings.Timeout, cap(p.slots), larger)
}

// Put takes a connection back. An open transaction is rolled back; if that
// fails the connection is dropped.
func (p *Pool) Put(c *Conn) {
	ctx := context.Background()
	if c.broken != nil {
		p.disconnected(ctx)
	}
	drop := p.spent(ctx, c)
	p.tell(ctx, ConnEvent{Kind: ConnBack, ID: c.id})
	p.mu.Lock()
	switch {
	case drop.reason != "":
	case p.closed:
		drop = poolClosed
	case c.era != p.era:
		drop = outlived
	case p.full():
		drop = enough
	default:
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if drop.reason != "" {
		_ = p.end(ctx, c, drop)
	}
	<-p.slots
}

// spent ends the transaction of a connection that comes back, and says why the
// connection is not kept; its reason is empty if it can be.
func (p *Pool) spent(ctx context.Context, c *Conn) why {
	err := c.Rollback(ctx)
	if err == nil {
		err = c.clean()
	}
	if w := c.invalid(); w.reason != "" {
		return w
	}
	switch {
	case err != nil:
		return why{"its transaction could not be rolled back", err, true}
	case p.settings.Drop:
		return notKept
	case p.expired(c):
		return tooOld
	}
	return why{}
}

// full says whether the pool keeps no more idle connections.
func (p *Pool) full() bool {
	return p.settings.MaxIdle != 0 && len(p.idle) >= p.settings.MaxIdle
}

// Close ends the idle connections now and the others when they come back.
func (p *Pool) Close() error {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	var errs []error
	for _, c := range idle {
		errs = append(errs, p.end(context.Background(), c, poolClosed))
	}
	return errors.Join(errs...)
}
