package orm

import (
	"context"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// following is how a session takes what its methods do along relationships. It
// is reached through the mapper, as the rest of the machinery is.
type following interface {
	along(s *Session, held *state.State, c mapper.Cascade) []*state.State
	expired(held *state.State)
	named(m *mapper.Mapper, names []any) (links []*mapper.Relation, rest []any, err error)
	reload(ctx context.Context, s *Session, held *state.State, r *mapper.Relation) error
	mergeLinks(ctx context.Context, s *Session, m *mapper.Mapper, given, object unsafe.Pointer, merged merged) error
}

// followingOf is that of a model; nil if it has no relationships.
func followingOf(m *mapper.Mapper) following {
	if m.Machinery == nil {
		return nil
	}
	return m.Machinery.(following)
}

// along are an object, and all that the session holds of what it leads to by
// relationships with a cascade, as far as they are known.
func (machinery) along(s *Session, held *state.State, c mapper.Cascade) []*state.State {
	list, seen := []*state.State{held}, map[*state.State]bool{held: true}
	for i := 0; i < len(list); i++ {
		n := list[i].Node
		if n == nil {
			continue
		}
		for _, r := range n.Mapper.Relations {
			if !r.Cascade.Has(c) {
				continue
			}
			items, _ := n.Known(r)
			for _, item := range items {
				if other := s.identity.ByObject(item); other != nil && !seen[other] {
					seen[other] = true
					list = append(list, other)
				}
			}
		}
	}
	return list
}

// expired notes that the database may have others at the other ends.
func (machinery) expired(held *state.State) {
	if held.Node != nil {
		held.Node.ExpireLinks()
	}
}

// named takes the relationships out of what a caller names.
func (machinery) named(m *mapper.Mapper, names []any) (links []*mapper.Relation, rest []any, err error) {
	if err := usable(m, nil); err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		r, err := relationNamed(m, name)
		switch {
		case err != nil:
			return nil, nil, err
		case r == nil:
			rest = append(rest, name)
		case r.WriteOnly:
			return nil, nil, fmt.Errorf("%s is write_only, so it is never read as a whole", r.Path)
		default:
			links = append(links, r)
		}
	}
	return links, rest, nil
}

// relationNamed is the relationship that a caller names by a handle of the
// prototype, or by a text; nil if the name is that of a field.
func relationNamed(m *mapper.Mapper, name any) (*mapper.Relation, error) {
	switch name := name.(type) {
	case Handle:
		r, err := relationAt(unsafe.Pointer(name.anchor()))
		if err == nil && r.Owner != m {
			err = fmt.Errorf("%s is not a relationship of a %s", r.Path, m.Name)
		}
		return r, err
	case string:
		for _, r := range m.Relations {
			if r.Name == name {
				return r, nil
			}
		}
	}
	return nil, nil
}

// reload reads a relationship of an object anew. What the program has changed
// and not flushed stays.
func (machinery) reload(ctx context.Context, s *Session, held *state.State, r *mapper.Relation) error {
	l := held.Node.Link(r)
	l.Expired = true
	return s.loadLink(ctx, held.Node, r, l)
}

// cascaded are an object and what the session reaches from it by a cascade.
func (s *Session) cascaded(held *state.State, c mapper.Cascade) []*state.State {
	if x := followingOf(held.Mapper); x != nil {
		return x.along(s, held, c)
	}
	return []*state.State{held}
}

// expire marks an object and its relationships.
func expire(held *state.State) {
	held.Expire(nil)
	if x := followingOf(held.Mapper); x != nil {
		x.expired(held)
	}
}

// merged are the session's objects of those that were given.
type merged map[unsafe.Pointer]unsafe.Pointer

// mergeLinks merges what the given object's relationships lead to, where they
// are known and cascade merge, and makes the session's object lead there.
func (machinery) mergeLinks(ctx context.Context, s *Session, m *mapper.Mapper, given, object unsafe.Pointer, merged merged) error {
	if err := usable(m, nil); err != nil {
		return err
	}
	quiet := s.quiet
	s.quiet = true // half of what is merged must not be written
	defer func() { s.quiet = quiet }()
	for _, r := range m.Relations {
		if !r.Cascade.Has(mapper.Merge) || r.ViewOnly || r.WriteOnly {
			continue
		}
		items, known := heldBy(anchored{r.Anchor(given)})
		if !known {
			continue
		}
		others := make([]unsafe.Pointer, len(items))
		for i, item := range items {
			var err error
			if others[i], err = s.mergeOf(ctx, r.Target, item, merged); err != nil {
				return err
			}
		}
		n := state.Bind(m, object)
		if _, all := n.Known(r); !all && n.Stored {
			if err := s.loadLink(ctx, n, r, n.Link(r)); err != nil {
				return err
			}
		}
		if err := n.Assign(r, others); err != nil {
			return err
		}
		if err := s.follow(r, object, others); err != nil {
			return err
		}
	}
	return nil
}

// follow sets the foreign keys of merged objects: what was copied into them is
// what the program left in the fields of those that it gave.
func (s *Session) follow(r *mapper.Relation, object unsafe.Pointer, others []unsafe.Pointer) error {
	for _, other := range others {
		child, parent, key, referred := other, object, r.Remote, r.Local
		if r.Direction == mapper.ManyToOne {
			child, parent, key, referred = object, other, r.Local, r.Remote
		}
		if held := s.identity.ByObject(parent); r.Direction == mapper.ManyToMany || held == nil || held.Status == state.Pending {
			continue // the flush sets it
		}
		for i, f := range key {
			if err := f.Follow(child, referred[i], parent); err != nil {
				return fmt.Errorf("%s: %w", r.Path, err)
			}
		}
	}
	return nil
}

// heldBy is what a handle holds, unless that may not be all.
func heldBy(h anchored) (items []unsafe.Pointer, known bool) {
	n := h.node()
	if n == nil {
		return h.loose(), h.Anchor.Node != nil
	}
	l := n.Peek(h.Relation)
	if l == nil || !l.Loaded && (n.Stored || len(l.Items) == 0) {
		return nil, false
	}
	return l.Items, true
}
