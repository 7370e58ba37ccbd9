package orm

import (
	"context"
	"errors"
	"fmt"
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
	m := o.mappers[0]
	object, err := s.counterpart(ctx, m, o.address)
	if err != nil {
		return nil, fmt.Errorf("merging a %s: %w", m.Name, err)
	}
	if object == nil {
		object = m.New()
		m.CopyColumns(object, o.address)
		_, err := s.identity.Take(m, object)
		return object, err
	}
	for _, f := range m.Fields {
		if f.Column.Computed == nil && !f.Column.PrimaryKey && !(f.OmitZero && f.IsZero(o.address)) {
			f.Copy(object, o.address)
		}
	}
	return object, nil
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
