package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Expire marks an object, so that the next Get, Refresh or query that meets its
// row reads it anew. Changes that were not flushed are dropped. With fields,
// or relationships, named as in &Pets.F.Name, it is about these only. Without, it
// is about all relationships, too, and about what those lead to that have the cascade
// refresh-expire, or all.
func (s *Session) Expire(object any, fields ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	held, err := s.persistent(object)
	if err != nil {
		return fmt.Errorf("orm: expiring: %w", err)
	}
	list, links, err := partsOf(held.Mapper, fields)
	if err != nil {
		return fmt.Errorf("orm: expiring: %w", err)
	}
	if len(fields) == 0 {
		s.expireCascaded(held)
		return nil
	}
	if len(list) > 0 {
		held.Expire(list)
	}
	for _, r := range links {
		held.Node.Link(r).Expired = true
	}
	return nil
}

// partsOf finds the fields and the relationships that a caller names.
func partsOf(m *mapper.Mapper, names []any) (fields []*mapper.Field, links []*mapper.Relation, err error) {
	if x := followingOf(m); x != nil {
		if links, names, err = x.named(m, names); err != nil {
			return nil, nil, err
		}
	}
	fields, err = fieldsOf(m, names)
	return fields, links, err
}

// ExpireAll is [Session.Expire] for all objects that have a row.
func (s *Session) ExpireAll() error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	s.identity.Each(func(held *state.State) {
		if held.Status == state.Persistent {
			expire(held)
		}
	})
	return nil
}

func (s *Session) expireCascaded(held *state.State) {
	for _, other := range s.cascaded(held, mapper.RefreshExpire) {
		if other.Status == state.Persistent {
			expire(other)
		}
	}
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
