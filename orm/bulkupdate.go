package orm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/flush"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// BulkUpdate writes fields of many rows by one prepared statement, each row
// with values of its own. The rows are structs that hold a primary key and
// those fields; they need not be loaded, and stay outside the session. Objects
// that the session holds get the values too. The session is flushed first. If
// a row is not there the error is [ErrStale], and those before it are written.
//
//	orm.BulkUpdate(ctx, session, Pets, []*Pet{{ID: 1, Hunger: 5}, {ID: 2, Hunger: 7}}, &Pets.F.Hunger)
//
// Of a class whose objects have rows in several tables there is a statement for
// each table in which something changes.
//
// SQLAlchemy writes session.execute(update(Pet), [{"id": 1, "hunger": 5}, …]).
// Hooks are not called, and versions are not counted.
func BulkUpdate[T any](ctx context.Context, s *Session, model *Model[T], rows []*T, fields ...any) error {
	return s.bulkUpdate(ctx, model.mapper, model.err, pointers(rows), fields)
}

// pointers is the same list without its type.
func pointers[T any](list []*T) []unsafe.Pointer {
	return unsafe.Slice((*unsafe.Pointer)(unsafe.Pointer(unsafe.SliceData(list))), len(list))
}

func (s *Session) bulkUpdate(ctx context.Context, m *mapper.Mapper, err error, rows []unsafe.Pointer, names []any) error {
	if err := usable(m, err); err != nil {
		return err
	}
	fields, err := bulkFields(m, names)
	if err != nil {
		return fmt.Errorf("orm: updating rows of %s: %w", m.Table.Name, err)
	}
	if i := slices.Index(rows, nil); i >= 0 {
		return fmt.Errorf("orm: updating rows of %s: row %d is nil", m.Table.Name, i+1)
	}
	conn, release, err := s.borrow(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	err = flush.BulkUpdate(ctx, conn, s.engine.dialect, &s.engine.caches.flushed, m, rows, fields)
	var stale *flush.StaleError
	if errors.As(err, &stale) {
		return fmt.Errorf("updating rows of %s: %w: %w", m.Table.Name, ErrStale, err)
	}
	if err != nil {
		return fmt.Errorf("updating rows of %s: %w", m.Table.Name, err)
	}
	for _, row := range rows {
		if held := s.identity.ByKey(state.KeyOf(m, row)); held != nil && held.Status == state.Persistent {
			s.identity.Overwritten(held, fields, row)
			s.identity.Got(held, fields)
		}
	}
	return nil
}

// bulkFields checks the fields that are to be written.
func bulkFields(m *mapper.Mapper, names []any) ([]*mapper.Field, error) {
	if len(names) == 0 {
		return nil, errors.New("no fields are named")
	}
	list, err := fieldsOf(m, names)
	if err != nil {
		return nil, err
	}
	var fields []*mapper.Field // in the order of the table
	for _, f := range m.Fields {
		if !slices.Contains(list, f) {
			continue
		}
		if slices.Contains(m.Key, f) || f.ReadOnly {
			return nil, fmt.Errorf("%s is part of the primary key, or only read, so it cannot be written", f.Path)
		}
		if f == discriminatorOf(m) {
			return nil, fmt.Errorf("%s says of which class a row is, which does not change", f.Path)
		}
		fields = append(fields, f)
	}
	return fields, nil
}
