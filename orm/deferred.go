package orm

import (
	"context"
	"encoding/json"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Deferred is a column that queries leave out, because it is large or seldom
// needed, until somebody asks: [Deferred.Load] reads it of one object, the
// option [Undefer] of all that a query finds. Columns of one group, as in the
// tag deferred:body, are read together.
//
//	type Book struct {
//		ID      int64                `orm:"primary_key"`
//		Title   string               `orm:"size:80"`
//		Summary orm.Deferred[string] `orm:"type:text"`
//	}
//
// In conditions it is named by [N]: orm.N(&Books.F.Summary).Eq("…").
type Deferred[T any] struct {
	value T
	deferral
}

// deferral is what deferred columns of all types have in common; see term for
// why it is here.
type deferral struct{ late mapper.Late }

// Deferring serves the mapper.
func (deferral) Deferring() mapper.Deferring { return mapper.DeferredColumns{} }

// DeferredParts serves the mapper.
func (d *Deferred[T]) DeferredParts() (value any, late *mapper.Late) { return &d.value, &d.late }

// element serves N.
func (d Deferred[T]) element() T { return d.value }

// Get returns the value. The error is [ErrNotLoaded] if nobody has read it.
func (d *Deferred[T]) Get() (T, error) { return d.value, d.notLoaded() }

// Set changes the value, which the next flush writes. It need not be loaded.
func (d *Deferred[T]) Set(v T) { d.value, d.late.Unloaded = v, false }

// Load returns the value, and reads it if nobody has, or if the object has
// expired. The error is [ErrDetached] if the object is in no session.
func (d *Deferred[T]) Load(ctx context.Context) (T, error) {
	err := d.load(ctx, unsafe.Pointer(d))
	return d.value, err
}

// MarshalJSON writes the value if it is loaded, else null.
func (d Deferred[T]) MarshalJSON() ([]byte, error) {
	if d.late.Unloaded {
		return []byte("null"), nil
	}
	return json.Marshal(d.value)
}

// Loaded says whether Get returns the value.
func (d *deferral) Loaded() bool { return !d.late.Unloaded }

// IsZero says that the value is not loaded, so that the option omitzero of a
// json tag leaves the field out.
func (d deferral) IsZero() bool { return d.late.Unloaded }

func (d *deferral) notLoaded() error {
	if !d.late.Unloaded {
		return nil
	}
	return fmt.Errorf("%w: %s; call its Load, or let the query read it by Options(orm.Undefer(…))", ErrNotLoaded, d.late.Field.Path)
}

// load reads the column of the handle that lies there.
func (d *deferral) load(ctx context.Context, handle unsafe.Pointer) error {
	f := d.late.Field
	if f == nil {
		return nil // no session has met the object: what it holds is the program's
	}
	// A copy of the handle alone is in no object: what lies there may be anything.
	home := state.HomeAt(uintptr(handle) - f.Offset)
	if home == nil && !d.late.Unloaded {
		return nil
	}
	if home == nil {
		return fmt.Errorf("%w: %s cannot be loaded; load it while a session has the object", ErrDetached, f.Path)
	}
	s := home.Session.(*Session)
	if err := s.enter(); err != nil {
		return fmt.Errorf("loading %s: %w", f.Path, err)
	}
	defer s.leave()
	if err := s.loadDeferred(ctx, unsafe.Add(handle, -int(f.Offset)), f); err != nil {
		return fmt.Errorf("loading %s: %w", f.Path, err)
	}
	return nil
}

func (s *Session) loadDeferred(ctx context.Context, object unsafe.Pointer, f *mapper.Field) error {
	if err := s.usable(); err != nil {
		return err
	}
	held := s.identity.ByObject(object)
	if held == nil || held.Status == state.Pending {
		return nil
	}
	set := !f.Equal(held.Object, held.Snapshot)
	if set || f.Holds(held.Object) && !(held.Expired && held.Partly == nil) {
		return nil
	}
	if held.Status == state.Deleted {
		return ErrNoRows
	}
	var fields []*mapper.Field
	for _, other := range held.Mapper.Deferred {
		if other == f || f.Group != "" && other.Group == f.Group && !other.Holds(object) {
			fields = append(fields, other)
		}
	}
	return s.refresh(ctx, held, fields)
}
