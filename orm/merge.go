package orm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Merge copies an object that the session need not know into the session's
// object of the same row, which it returns: the one that is held, or the one
// that its row gives, or, if there is no such row, a new one that is pending.
// What is copied is every column; a field that says that it is not set, an Opt
// or one that is omitzero, leaves the column as it is. The given object stays
// outside the session.
//
// What its relationships lead to is merged, too, as far as they are loaded or
// set, and unless the tag's cascade leaves merge out.
//
//	saved, err := orm.Merge(ctx, session, &Pet{ID: 1, Name: "Fluffy"})
func Merge[T any](ctx context.Context, s *Session, given *T) (*T, error) {
	object, err := s.merge(ctx, given)
	return (*T)(object), err
}

func (s *Session) merge(ctx context.Context, given any) (unsafe.Pointer, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	held, o, err := s.heldObject(given)
	if err != nil {
		return nil, fmt.Errorf("orm: merging: %w", err)
	}
	if held != nil {
		return o.address, nil
	}
	if len(o.mappers) > 1 {
		_, err := o.mapper(s.identity)
		return nil, fmt.Errorf("orm: merging: %w", err)
	}
	return s.mergeOf(ctx, o.mappers[0], o.address, merged{})
}

// mergeOf merges one object of a model, unless that was done.
func (s *Session) mergeOf(ctx context.Context, m *mapper.Mapper, given unsafe.Pointer, done merged) (unsafe.Pointer, error) {
	m = m.Class(given)
	if object := done[given]; object != nil {
		return object, nil
	}
	if s.identity.ByObject(given) != nil {
		return given, nil
	}
	object, err := s.counterpart(ctx, m, given)
	if err != nil {
		return nil, fmt.Errorf("merging a %s: %w", m.Name, err)
	}
	missing := state.MissingOf(given)
	if object == nil {
		if len(missing) > 0 {
			return nil, fmt.Errorf("merging a %s: its row is gone, and cannot be made again: %s is not loaded", m.Name, missing[0].Path)
		}
		object = m.New()
		m.CopyColumns(object, given)
		if _, err := s.identity.Take(m, object); err != nil {
			return nil, err
		}
	} else {
		for _, f := range m.Fields {
			if m.Inherited != nil && f == m.Discriminator {
				continue // an object stays of its class
			}
			if !f.ReadOnly && !slices.Contains(m.Key, f) && !(f.OmitZero && f.IsZero(given)) &&
				f.Holds(given) && !slices.Contains(missing, f) {
				f.Copy(object, given)
			}
		}
	}
	done[given] = object
	if x := followingOf(m); x != nil {
		err = x.mergeLinks(ctx, s, m, given, object, done)
	}
	return object, err
}

// counterpart returns the session's object with the same key; nil if there is
// no such row.
func (s *Session) counterpart(ctx context.Context, m *mapper.Mapper, given unsafe.Pointer) (unsafe.Pointer, error) {
	if m.Generated != nil && m.Generated.IsZero(given) {
		return nil, s.usable()
	}
	object, err := s.get(ctx, m, keyOf(m, given))
	if !errors.Is(err, ErrNoRows) {
		return object, err
	}
	for _, held := range s.identity.Unwritten() { // pending with that key, under NoAutoflush
		if held.Mapper == m && held.Status == state.Pending && state.KeyOf(m, held.Object) == state.KeyOf(m, given) {
			return held.Object, nil
		}
	}
	return nil, nil
}
