package flush

import (
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// sync brings the foreign keys, and the rows of secondary tables, to what the
// handles say: first what was taken out, then what was added.
func (l *links) sync() error {
	nodes := slices.Clone(l.held.Relinked())
	for _, n := range nodes {
		for _, r := range n.Mapper.Relations {
			link := n.Link(r)
			if link.Changes == nil {
				continue
			}
			if r.ViewOnly || going(n.State()) {
				l.taken = append(l.taken, taken{link, nil, false})
				continue
			}
			if err := l.syncRemoved(n, r, link); err != nil {
				return err
			}
		}
	}
	for _, n := range nodes {
		for _, r := range n.Mapper.Relations {
			link := n.Link(r)
			if link.Changes == nil || r.ViewOnly || going(n.State()) {
				continue
			}
			if err := l.syncAdded(n, r, link); err != nil {
				return err
			}
			if err := l.place(n, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// place writes the order of a collection into its objects, if it keeps it there.
// An object that was given its parent needs the others for its place; where one
// was taken out, the rest is in order all the same.
func (l *links) place(n *state.Node, r *mapper.Relation) error {
	if r.Position == nil {
		return nil
	}
	items, all := n.Known(r)
	if !all {
		if len(n.Link(r).Changes.Added) == 0 {
			return nil
		}
		var err error
		if items, err = l.load(n, r, false); err != nil {
			return err
		}
	}
	for i, item := range items {
		if err := r.Position.SetPlace(item, i); err != nil {
			return fmt.Errorf("%s: setting %s: %w", r.Path, r.Position.Path, err)
		}
	}
	return nil
}

func (l *links) syncRemoved(n *state.Node, r *mapper.Relation, link *state.Link) error {
	switch r.Direction {
	case mapper.OneToMany:
		for _, item := range link.Changes.Removed {
			cs := l.held.ByObject(item)
			if cs == nil || going(cs) || l.parents[child{r.Remote[0], item}] {
				continue
			}
			if err := l.release(cs, r, n.State(), false); err != nil {
				return err
			}
			if !r.Many {
				l.makesRoom(cs)
			}
		}
	case mapper.ManyToMany:
		for _, item := range link.Changes.Removed {
			if other := l.held.ByObject(item); other == nil || !going(other) || !sweeps(r.Back) {
				l.pair(r, n.Object, item, true)
			}
		}
	case mapper.ManyToOne:
		if len(link.Items) > 0 || l.parents[child{r.Local[0], n.Object}] || pending(n.State()) && len(link.Changes.Removed) == 0 {
			return nil
		}
		return l.clear(n.State(), r, r.Local, false)
	}
	return nil
}

func (l *links) syncAdded(n *state.Node, r *mapper.Relation, link *state.Link) error {
	left := &state.Changes{}
	switch r.Direction {
	case mapper.ManyToOne:
		for _, item := range link.Items {
			ps := l.held.ByObject(item)
			if ps == nil {
				return fmt.Errorf("%s leads to an object that is not in this session: Add the %s", r.Path, r.Target.Name)
			}
			if going(ps) {
				if err := l.clear(n.State(), r, r.Local, true); err != nil {
					return err
				}
				continue
			}
			if err := l.assign(fill{r, n.State(), r.Local, ps, r.Remote}); err != nil {
				return err
			}
		}
	default:
		for _, item := range link.Changes.Added {
			cs := l.held.ByObject(item)
			switch {
			case cs == nil:
				left.Added = append(left.Added, item)
			case going(cs):
			case r.Direction == mapper.ManyToMany:
				l.pair(r, n.Object, item, false)
			default:
				if err := l.assign(fill{r, cs, r.Remote, n.State(), r.Local}); err != nil {
					return err
				}
			}
		}
	}
	if len(left.Added) == 0 {
		left = nil
	}
	l.taken = append(l.taken, taken{link, left, r.WriteOnly})
	return nil
}

// assign sets a foreign key, now or when the row that it refers to is there.
func (l *links) assign(f fill) error {
	if !pending(f.parent) {
		return f.set()
	}
	if f.postponed() && pending(f.child) {
		for _, field := range f.fields {
			if !field.MayBeNull() {
				return fmt.Errorf("%s: post_update writes %s later, so it must be able to be NULL", f.relation.Path, field.Path)
			}
			if err := field.SetNull(f.child.Object); err != nil {
				return err
			}
		}
		if !slices.ContainsFunc(l.post, f.same) {
			l.post = append(l.post, f)
		}
		return nil
	}
	if l.fills == nil {
		l.fills = map[*state.State][]fill{}
	}
	if l.fills[f.child] == nil {
		l.waiting = append(l.waiting, f.child)
	}
	if !slices.ContainsFunc(l.fills[f.child], f.same) {
		l.fills[f.child] = append(l.fills[f.child], f)
	}
	return nil
}

// same says whether two fills set the same fields.
func (f fill) same(other fill) bool {
	return f.child == other.child && slices.Equal(f.fields, other.fields)
}

// postponed says whether the key is written by an UPDATE of its own.
func (f fill) postponed() bool {
	return f.relation.PostUpdate || f.relation.Back != nil && f.relation.Back.PostUpdate
}

// set copies the key.
func (f fill) set() error {
	for i, field := range f.fields {
		if err := field.Follow(f.child.Object, f.referred[i], f.parent.Object); err != nil {
			return fmt.Errorf("%s: setting %s: %w", f.relation.Path, field.Path, err)
		}
	}
	return nil
}

// release makes the foreign key of a child NULL, if it still leads to the
// parent.
func (l *links) release(cs *state.State, r *mapper.Relation, parent *state.State, deleted bool) error {
	if r.Direction != mapper.OneToMany || !leadsTo(cs.Object, r.Remote, parent.Object, r.Local) {
		return nil
	}
	return l.part(cs, r, parent, deleted)
}

// part makes the foreign key of a child NULL, and its handle follows.
func (l *links) part(cs *state.State, r *mapper.Relation, parent *state.State, deleted bool) error {
	if err := l.clear(cs, r, r.Remote, deleted); err != nil {
		return err
	}
	if r.Back != nil && cs.Node != nil {
		cs.Node.Unlink(r.Back, parent.Object)
	}
	return nil
}

// leadsTo says whether the key of one object has the values of another.
func leadsTo(object unsafe.Pointer, key []*mapper.Field, parent unsafe.Pointer, referred []*mapper.Field) bool {
	a, ok := state.Values(key, object)
	b, _ := state.Values(referred, parent)
	for i := range a {
		ok = ok && state.SameValue(a[i], b[i])
	}
	return ok
}

// clear makes a foreign key NULL.
func (l *links) clear(s *state.State, r *mapper.Relation, key []*mapper.Field, deleted bool) error {
	cleared := false
	for _, f := range key {
		if !f.MayBeNull() {
			continue
		}
		if err := f.SetNull(s.Object); err != nil {
			return err
		}
		cleared = true
	}
	if cleared {
		return nil
	}
	return l.stuck(s, r, key[0], deleted)
}

// stuck says why a child cannot be without its parent.
func (l *links) stuck(s *state.State, r *mapper.Relation, f *mapper.Field, deleted bool) error {
	one, many := r, r.Back
	if r.Direction == mapper.OneToMany {
		one, many = r.Back, r
	}
	parent, why, remedy := r.Owner.Name, "it was taken out", ""
	if one != nil {
		parent, why = one.Target.Name, one.Path+" was set to none"
	}
	if many != nil {
		why = "it was taken out of " + many.Path
		remedy = ", or say cascade:all delete-orphan at " + many.Path
	}
	if deleted {
		why = "that is deleted"
	}
	return fmt.Errorf("%s cannot be NULL, but a %s is to be without its %s: %s; give it another %s, delete it%s",
		f.Path, s.Mapper.Name, parent, why, parent, remedy)
}

// makesRoom notes that an UPDATE comes before the INSERTs, because a new row
// may take the place of the old one.
func (l *links) makesRoom(s *state.State) {
	if l.early == nil {
		l.early = map[*state.State]bool{}
	}
	l.early[s] = s.Status == state.Persistent
}
