package orm

import (
	"context"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// GetOption is an option of [GetWith], such as [Fresh].
type GetOption func(*getOptions)

type getOptions struct {
	fresh bool
	lock  *lockOptions
}

// Fresh reads the row even if the session holds the object, and puts it into
// the object. SQLAlchemy calls it populate_existing.
func Fresh() GetOption { return func(o *getOptions) { o.fresh = true } }

// Locked is [Fresh] that keeps others from changing the row until the
// transaction ends, as [SelectStmt.ForUpdate] does.
func Locked(options ...LockOption) GetOption {
	return func(o *getOptions) {
		o.fresh = true
		o.lock = &lockOptions{}
		for _, option := range options {
			option(o.lock)
		}
	}
}

// Key are the values of a primary key, for [GetWith].
func Key(values ...any) []any { return values }

// GetWith is [Model.Get] with options.
//
//	pet, err := orm.GetWith(ctx, session, Pets, orm.Key(1), orm.Locked(orm.NoWait()))
func GetWith[T any](ctx context.Context, s *Session, m *Model[T], key []any, options ...GetOption) (*T, error) {
	if err := usable(m.mapper, m.err); err != nil {
		return nil, err
	}
	object, err := s.getWith(ctx, m.mapper, key, options)
	return (*T)(object), err
}

func (s *Session) getWith(ctx context.Context, m *mapper.Mapper, key []any, options []GetOption) (unsafe.Pointer, error) {
	var o getOptions
	for _, option := range options {
		option(&o)
	}
	values, err := keyValues(m, key, nil)
	if err != nil {
		return nil, err
	}
	if o.lock != nil && o.lock.err != nil {
		return nil, o.lock.err
	}
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	if !o.fresh {
		object, err := s.get(ctx, m, values)
		return object, gotten(m, key, err)
	}
	object, err := s.getFresh(ctx, m, values, o.lock)
	return object, gotten(m, key, err)
}

// getFresh reads the row with that key, whatever is held.
func (s *Session) getFresh(ctx context.Context, m *mapper.Mapper, key []driver.Value, lock *lockOptions) (found unsafe.Pointer, err error) {
	q := rowOf(m, key)
	if lock != nil {
		q.Lock = &lock.node
	}
	query, err := compiled(s, q, nil)
	if err != nil {
		return nil, err
	}
	err = s.overwriting(func() error {
		return s.load(ctx, m, &query, func(object unsafe.Pointer) { found = object })
	})
	if err == nil && found == nil {
		err = ErrNoRows
	}
	return found, err
}

// overwriting runs f, whose rows go into the objects that are held, expired or
// not.
func (s *Session) overwriting(f func() error) error {
	s.identity.Overwrite = true
	defer func() { s.identity.Overwrite = false }()
	return f()
}

// PopulateExisting returns the query with its rows going into the objects that
// the session holds, expired or not; changes were flushed before, unless in
// [Session.NoAutoflush].
func PopulateExisting[T any](q Query[T]) Query[T] {
	q.overwrite = true
	return q
}
