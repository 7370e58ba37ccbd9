package exec

import (
	"errors"
	"strings"
	"time"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

// origin is how a statement was compiled.
type origin struct {
	known    bool // somebody said
	cached   bool
	raw      bool
	since    time.Time
	took     time.Duration
	warnings []string
	tree     any
}

// About tells observers how the statement that runs next was compiled, and what
// looks like an oversight in it. Where warnings are errors it returns one.
func (c *Conn) About(q *dialect.Compiled) error {
	if len(q.Warnings) > 0 && c.hooks.Strict {
		return errors.New(strings.Join(q.Warnings, "; "))
	}
	if c.hooks.observed() {
		c.next = origin{true, q.Cached, q.Raw, q.Since, q.Took, q.Warnings, q.Stmt}
	}
	return nil
}

// Builder builds a statement as a dialect would get it: what asks a dialect's
// features before it builds gives others something else.
type Builder interface {
	StmtFor(d dialect.Dialect) expr.Stmt
}

// From tells observers what the statement that runs next was made of, where
// nobody compiled it just now, or where that is better known.
func (c *Conn) From(b Builder) {
	if c.hooks.observed() {
		c.next.tree = b
	}
}

// event is what observers hear of a run that is about to begin. A statement of
// which nobody said how it was compiled counts as compiled when it is prepared.
func (s *Stmt) event(args []driver.Value) *Event {
	e := &Event{SQL: s.sql, Args: args}
	s.describe(e)
	return e
}

// describe says how the statement was compiled.
func (s *Stmt) describe(e *Event) {
	o := s.origin
	e.Cached, e.Raw, e.Preparing, e.Warnings = o.cached, o.raw, o.took, o.warnings
	if o.tree != nil { // a rewritten statement has that of the one before
		e.Tree = o.tree
	}
	if e.Cached {
		e.Age = time.Since(o.since)
	}
	s.origin.cached, s.origin.warnings = !o.raw, nil
}

// takeOrigin returns what was said of the statement that runs now.
func (c *Conn) takeOrigin() origin {
	o := c.next
	c.next = origin{}
	return o
}
