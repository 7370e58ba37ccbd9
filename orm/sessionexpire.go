package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/internal/state"
)

// Expire marks an object, so that the next Get, Refresh or query that meets its
// row reads it anew. Changes that were not flushed are dropped. With fields,
// named as in &Pets.F.Name, it is about these only.
func (s *Session) Expire(object any, fields ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	held, err := s.persistent(object)
	if err != nil {
		return fmt.Errorf("orm: expiring: %w", err)
	}
	list, err := fieldsOf(held.Mapper, fields)
	if err != nil {
		return fmt.Errorf("orm: expiring: %w", err)
	}
	held.Expire(list)
	return nil
}

// ExpireAll is [Session.Expire] for all objects that have a row.
func (s *Session) ExpireAll() error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	s.identity.Each(func(held *state.State) {
		if held.Status == state.Persistent {
			held.Expire(nil)
		}
	})
	return nil
}

// persistent returns what the session knows of an object that has a row.
func (s *Session) persistent(object any) (*state.State, error) {
	held, o, err := s.heldObject(object)
	if err != nil {
		return nil, err
	}
	if held == nil || held.Status != state.Persistent {
		return nil, fmt.Errorf("the %s is not in the database, as far as this session knows", o.name())
	}
	return held, nil
}
