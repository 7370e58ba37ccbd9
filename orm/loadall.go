package orm

import (
	"context"
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// LoadAll loads relationships of objects that the session holds already, for
// all of them at once, where Load takes a query for each. What is loaded is
// kept; objects that have expired are read anew.
//
//	err := orm.LoadAll(ctx, session, users, orm.SelectIn(&Users.F.Comments))
//
// [Joined] and [SubqueryLoad] load as [SelectIn] does, because there is no
// query that they could add to; behind Then they do what they say. The error is
// [ErrDetached] if the session does not hold one of the objects.
func LoadAll[T any](ctx context.Context, s *Session, objects []*T, loaders ...Loader) error {
	return s.loadAll(ctx, reflect.TypeFor[T](), unsafe.Pointer(unsafe.SliceData(objects)), len(objects), loaders)
}

func (s *Session) loadAll(ctx context.Context, t reflect.Type, objects unsafe.Pointer, n int, loaders []Loader) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if err := s.usable(); err != nil {
		return err
	}
	list := unsafe.Slice((*unsafe.Pointer)(objects), n)
	m, err := s.mapperOf(t, list)
	if err != nil || m == nil {
		return err
	}
	ld := &loading{ctx: ctx, s: s}
	for _, options := range [][]Loader{s.criteria, loaders} {
		if err := ld.collect(options); err != nil {
			return err
		}
	}
	if err := ld.renew(m, list); err != nil {
		return fmt.Errorf("loading relationships: %w", err)
	}
	own := make([]Loader, len(loaders))
	for i, l := range loaders {
		switch l.how {
		case byJoin, bySubquery:
			l.how = bySelectIn
		case byColumns:
			return fmt.Errorf("orm: loading relationships: the objects have been read; options for columns are for queries, or stand inside Then")
		case byOwnJoin:
			return fmt.Errorf("orm: loading relationships: ContainsEager takes them from a query, and there is none; use SelectIn")
		}
		own[i] = l
	}
	return ld.after(m, list, own, expr.Select{})
}

// mapperOf is the model of objects that the session holds, all of one type; nil
// if there are none.
func (s *Session) mapperOf(t reflect.Type, objects []unsafe.Pointer) (m *mapper.Mapper, err error) {
	for _, object := range objects {
		held := s.identity.ByObject(object)
		switch {
		case object == nil:
			return nil, fmt.Errorf("orm: loading relationships: one of the objects is nil")
		case held == nil || held.Mapper.Type != t:
			return nil, fmt.Errorf("%w: its relationships cannot be loaded; Add the %s to the session, or read it there", ErrDetached, t.Name())
		case m != nil && m != held.Mapper:
			return nil, fmt.Errorf("orm: loading relationships: %s is declared for several tables, and the objects are of more than one; load those of each", t)
		}
		m = held.Mapper
	}
	if m != nil {
		err = usable(m, nil)
	}
	return m, err
}

// renew reads the objects anew that have expired.
func (ld *loading) renew(m *mapper.Mapper, objects []unsafe.Pointer) error {
	var keys [][]driver.Value
	for _, object := range objects {
		if held := ld.s.identity.ByObject(object); held.Expired && held.Status == state.Persistent {
			keys = append(keys, keyOf(m, held.Snapshot))
		}
	}
	sh, err := shapeOf(m, nil)
	if err != nil {
		return err
	}
	columns := fieldColumnsOf(m.Key)
	for most := ld.most(len(columns)); len(keys) > 0; {
		n := min(len(keys), most)
		q := sh.query(expr.Select{Where: inKeys(columns, nil, keys[:n])})
		if _, err := ld.rows(sh, q, nil, func(unsafe.Pointer, driver.Rows) error { return nil }); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}
