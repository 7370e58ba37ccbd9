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
	closed bool
}

// NewPool returns a pool of the connections that open opens.
func NewPool(open func(ctx context.Context) (driver.Conn, error), hooks *Hooks, settings Settings) *Pool {
	return &Pool{open: open, hooks: hooks, settings: settings, slots: make(chan struct{}, settings.Size)}
}

// Get lends a connection. Give it back with Put.
func (p *Pool) Get(ctx context.Context) (*Conn, error) {
	if err := p.slot(ctx); err != nil {
		return nil, err
	}
	c, err := p.get(ctx)
	if err != nil {
		<-p.slots
	}
	return c, err
}

func (p *Pool) get(ctx context.Context) (*Conn, error) {
	for {
		c, era, err := p.kept()
		if err != nil {
			return nil, err
		}
		if c == nil {
			dc, err := p.open(ctx)
			if err != nil {
				return nil, err
			}
			c = newConn(dc, p.hooks)
			c.opened, c.era = time.Now(), era
			return c, nil
		}
		fit, err := p.fit(ctx, c)
		if fit {
			return c, nil
		}
		_ = c.close()
		if err != nil {
			return nil, err
		}
	}
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

// fit says whether an idle connection can be lent again. The error is that of
// the context.
func (p *Pool) fit(ctx context.Context, c *Conn) (bool, error) {
	if !c.valid() || p.expired(c) {
		return false, nil
	}
	if pinger, ok := c.dc.(driver.Pinger); ok && p.settings.Ping {
		if err := pinger.Ping(ctx); err != nil {
			if ctx.Err() == nil {
				p.disconnected()
			}
			return false, ctx.Err()
		}
	}
	return true, nil
}

func (p *Pool) expired(c *Conn) bool {
	return p.settings.Lifetime > 0 && time.Since(c.opened) >= p.settings.Lifetime
}

// disconnected ends the idle connections, whose peer is most likely gone too.
func (p *Pool) disconnected() {
	p.mu.Lock()
	idle := p.idle
	p.idle = nil
	p.era++
	p.mu.Unlock()
	for _, c := range idle {
		_ = c.close()
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
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting for a connection: %w", ctx.Err())
	case <-timer.C:
		return fmt.Errorf("no connection came free within %v: all %d are in use; commit, roll back or close a session, or close rows, before asking for more",
			p.settings.Timeout, cap(p.slots))
	}
}

// Put takes a connection back. An open transaction is rolled back; if that
// fails the connection is dropped.
func (p *Pool) Put(c *Conn) {
	if c.broken {
		p.disconnected()
	}
	drop := c.Rollback(context.Background()) != nil || c.clean() != nil
	drop = drop || p.settings.Drop || !c.valid() || p.expired(c)
	p.mu.Lock()
	if drop = drop || p.closed || c.era != p.era; !drop {
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
