package orm

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/flush"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// The errors of relationships. Test for them with [errors.Is].
var (
	// ErrNotLoaded says that nobody has loaded the objects of a relationship.
	// That is not the same as there being none.
	ErrNotLoaded = errors.New("orm: not loaded")
	// ErrDetached says that an object is in no session, which could load what
	// its relationship leads to.
	ErrDetached = errors.New("orm: the object is in no session")
	// ErrCopied says that the handle of a relationship is a copy, made with its
	// struct as in copy := *user. Only the original can be changed.
	ErrCopied = errors.New("orm: the handle is a copy of the object's own")
)

// Handle is the handle of a relationship: a [One] or [Many].
type Handle interface{ anchor() *mapper.Anchor }

// many and one are what handles of all types have in common; see term for why
// it is here. The mapper knows a handle by their fields.
type (
	many struct{ to mapper.ToMany }
	one  struct{ to mapper.ToOne }
)

func (h *many) anchor() *mapper.Anchor { return &h.to.Anchor }
func (h *one) anchor() *mapper.Anchor  { return &h.to.Anchor }

func (h *many) anchored() anchored { return anchored{&h.to.Anchor} }
func (h *one) anchored() anchored  { return anchored{&h.to.Anchor} }

type (
	mapping = mapper.Relationships
	binding = state.Relationships
	writing = flush.Relationships
)

// machinery is the code that relationships need.
type machinery struct {
	mapping
	binding
	writing
}

// Relationships serves the mapper.
func (many) Relationships() mapper.Machinery { return machinery{} }

// Relationships serves the mapper.
func (one) Relationships() mapper.Machinery { return machinery{} }

// Loaded says whether All returns the objects.
func (h *many) Loaded() bool { return h.anchored().loaded() }

// Loaded says whether Get returns the object.
func (h *one) Loaded() bool { return h.anchored().loaded() }

// anchored is a handle without its type.
type anchored struct{ *mapper.Anchor }

// node is that of the object; nil if it is not known yet.
func (h anchored) node() *state.Node {
	if h.Relation == nil {
		return nil
	}
	return (*state.Node)(h.Anchor.Node)
}

// own is node for a change, which a copy of the handle must not make.
func (h anchored) own() (*state.Node, error) {
	n := h.node()
	if n != nil && h.Relation.Anchor(n.Object) != h.Anchor {
		return nil, fmt.Errorf("%w: %s belongs to another %s; change that one", ErrCopied, h.Relation.Path, h.Relation.Owner.Name)
	}
	return n, nil
}

// loose is what a handle has collected whose object is not known.
func (h anchored) loose() []unsafe.Pointer {
	if h.Anchor.Node == nil {
		return nil
	}
	return (*state.Loose)(h.Anchor.Node).Items
}

// collect keeps items until the object is known.
func (h anchored) collect(target reflect.Type, items []unsafe.Pointer) error {
	h.Anchor.Node = unsafe.Pointer(&state.Loose{Items: items, Target: target})
	return nil
}

func (h anchored) all() ([]unsafe.Pointer, error) {
	n := h.node()
	if n == nil {
		return slices.Clone(h.loose()), nil
	}
	if err := usable(n.Mapper, nil); err != nil {
		return nil, err
	}
	items, all := n.Known(h.Relation)
	if !all {
		return nil, h.notLoaded(n)
	}
	return slices.Clone(items), nil
}

func (h anchored) loaded() bool {
	n := h.node()
	if n == nil {
		return true
	}
	if n.Mapper.Resolve() != nil {
		return false
	}
	_, all := n.Known(h.Relation)
	return all
}

// notLoaded says what is not loaded, and what to do.
func (h anchored) notLoaded(n *state.Node) error {
	r := h.Relation
	if r.WriteOnly {
		return fmt.Errorf("%w: %s is write_only, so it is never read as a whole; query it by orm.Related(…, &….%s)", ErrNotLoaded, r.Path, r.Name)
	}
	if l := n.Peek(r); l != nil && l.Forbidden {
		return fmt.Errorf("%w: %s, because the query forbade it by orm.Raise; load it there by orm.SelectIn or orm.Joined", ErrNotLoaded, r.Path)
	}
	return fmt.Errorf("%w: %s; call its Load, or let the query load it by Options(orm.SelectIn(&….F.%s))", ErrNotLoaded, r.Path, r.Name)
}

// only is the object of a handle that has one at most.
func (h anchored) only(list []unsafe.Pointer, err error) (unsafe.Pointer, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	if len(list) > 1 {
		return nil, fmt.Errorf("%w: %s is to lead to one %s", ErrMultipleRows, h.Relation.Path, h.Relation.Target.Name)
	}
	return list[0], nil
}

func (h anchored) load(ctx context.Context) ([]unsafe.Pointer, error) {
	n := h.node()
	if n == nil {
		return slices.Clone(h.loose()), nil
	}
	if err := usable(n.Mapper, nil); err != nil {
		return nil, err
	}
	if h.Relation.WriteOnly {
		return nil, h.notLoaded(n)
	}
	items, err := loadLink(ctx, n, h.Relation)
	return slices.Clone(items), err
}

// pointers are n objects, of which none is nil.
func (h anchored) pointers(items unsafe.Pointer, n int) ([]unsafe.Pointer, error) {
	list := slices.Clone(unsafe.Slice((*unsafe.Pointer)(items), n))
	if slices.Contains(list, nil) {
		name := "a relationship"
		if h.Relation != nil {
			name = h.Relation.Path
		}
		return nil, fmt.Errorf("orm: changing %s: one of the objects is nil", name)
	}
	return list, nil
}

// change makes a change to a known object, and lets the session remember what
// is wrong with it.
func (h anchored) change(n *state.Node, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("orm: changing %w", err)
	if n != nil && n.Home != nil {
		return n.Home.Session.(*Session).reject(err)
	}
	return err
}

func (h anchored) add(target reflect.Type, items unsafe.Pointer, count int) error {
	list, err := h.pointers(items, count)
	if err != nil {
		return err
	}
	n, err := h.own()
	switch {
	case err != nil:
		return err
	case n == nil:
		h.Anchor.Node = unsafe.Pointer((*state.Loose)(h.Anchor.Node).With(target, list))
		return nil
	}
	for _, item := range list {
		if err := n.Add(h.Relation, item); err != nil {
			return h.change(n, err)
		}
	}
	return nil
}

func (h anchored) remove(items unsafe.Pointer, count int) error {
	list, err := h.pointers(items, count)
	if err != nil {
		return err
	}
	n, err := h.own()
	switch {
	case err != nil:
		return err
	case n == nil:
		if h.Anchor.Node != nil {
			l := (*state.Loose)(h.Anchor.Node)
			rest := slices.DeleteFunc(slices.Clone(l.Items), func(p unsafe.Pointer) bool { return slices.Contains(list, p) })
			return h.collect(l.Target, rest)
		}
		return nil
	}
	for _, item := range list {
		if err := n.Remove(h.Relation, item); err != nil {
			return h.change(n, err)
		}
	}
	return nil
}

func (h anchored) set(target reflect.Type, items unsafe.Pointer, count int) error {
	list, err := h.pointers(items, count)
	if err != nil {
		return err
	}
	n, err := h.own()
	switch {
	case err != nil:
		return err
	case n == nil:
		return h.collect(target, list)
	}
	if err := usable(n.Mapper, nil); err != nil {
		return err
	}
	if _, all := n.Known(h.Relation); !all && h.Relation.Many {
		return fmt.Errorf("orm: setting: %w", h.notLoaded(n))
	}
	return h.change(n, n.Assign(h.Relation, list))
}
