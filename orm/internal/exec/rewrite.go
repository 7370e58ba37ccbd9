package exec

import (
	"context"

	"github.com/ormlab/ormlab/orm/driver"
)

// begin makes the statement ready to run with args and tells observers. It
// returns what is to run, and the event, which is nil if nobody listens.
func (s *Stmt) begin(ctx context.Context, args []driver.Value) (*Stmt, *Event, error) {
	h := s.conn.hooks
	if !h.observed() {
		return s, nil, nil
	}
	e := s.event(args)
	if h.Rewrite != nil {
		if err := s.rewrite(ctx, e); err != nil {
			return nil, nil, s.conn.refused(ctx, e, err)
		}
		s = s.final
	}
	h.before(ctx, e)
	return s, e, nil
}

// rewrite prepares the text that the hook wants instead, unless that is the one
// that ran last.
func (s *Stmt) rewrite(ctx context.Context, e *Event) error {
	sql, err := s.conn.hooks.Rewrite(ctx, e)
	if err != nil {
		return err
	}
	e.SQL = sql
	if s.final == nil || s.final.sql != e.SQL {
		s.releaseFinal()
		if s.final, err = s.conn.prepare(ctx, e.SQL); err != nil {
			return err
		}
	}
	if !s.origin.known {
		s.final.describe(e)
	}
	return nil
}

// releaseFinal gives back what ran instead of the statement.
func (s *Stmt) releaseFinal() {
	if s.final != nil {
		s.final.Release()
		s.final = nil
	}
}
