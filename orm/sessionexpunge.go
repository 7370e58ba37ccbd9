package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Expunge lets go of objects, which become detached, or transient if they are
// pending. Their changes that are not flushed stay in their fields and are not
// written. It fails for an object that the session does not hold, and for one
// that it has deleted in this transaction. What a relationship with the cascade
// expunge, or all, leads to is let go with its object.
func (s *Session) Expunge(objects ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	for _, v := range objects {
		held, o, err := s.heldObject(v)
		switch {
		case err != nil:
			return fmt.Errorf("orm: expunging: %w", err)
		case held == nil:
			return fmt.Errorf("orm: expunging: the %s is not in this session", o.name())
		case held.Status == state.Deleted:
			return fmt.Errorf("orm: expunging: the %s was deleted in this transaction; Commit lets it go", o.name())
		}
		for _, other := range s.cascaded(held, mapper.Expunge) {
			if other.Status != state.Deleted {
				s.identity.Forget(other)
			}
		}
	}
	return nil
}

// ExpungeAll lets go of all objects, as [Session.Expunge] does. The transaction
// stays.
func (s *Session) ExpungeAll() error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	moved := s.identity.Moved
	s.identity.Close()
	s.identity = state.NewMap()
	s.identity.Session, s.identity.Moved = s, moved
	return nil
}

// heldObject returns what the session knows of an object; nil if nothing.
func (s *Session) heldObject(v any) (*state.State, object, error) {
	o, err := objectOf(v)
	if err != nil {
		return nil, o, err
	}
	return o.in(s.identity), o, nil
}
