package flush

import (
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// orphans deletes the objects that were taken from a parent without whom they
// do not exist, unless they have got another one.
func (l *links) orphans(nodes []*state.Node) error {
	type orphan struct {
		r      *mapper.Relation // as seen from the parent
		object unsafe.Pointer
	}
	var lost []orphan
	for _, n := range nodes {
		for _, r := range n.Mapper.Relations {
			ch := n.Link(r).Changes
			if ch == nil || r.ViewOnly {
				continue
			}
			var removed []unsafe.Pointer
			if r.Direction != mapper.ManyToOne {
				var err error
				if removed, err = l.removedFrom(n, r); err != nil {
					return err
				}
			}
			if r.Direction == mapper.OneToMany {
				for _, item := range n.Link(r).Changes.Added {
					l.parents[child{r.Remote[0], item}] = true
				}
				if r.Cascade.Has(mapper.DeleteOrphan) {
					for _, item := range slices.Concat(removed, ch.Dropped) {
						lost = append(lost, orphan{r, item})
					}
				}
			}
			if r.Direction == mapper.ManyToOne && r.Back != nil && r.Back.Cascade.Has(mapper.DeleteOrphan) && len(n.Link(r).Items) == 0 {
				lost = append(lost, orphan{r.Back, n.Object})
			}
		}
	}
	for _, o := range lost {
		if s := l.held.ByObject(o.object); s != nil && !l.adopted(o.r, o.object) {
			l.remove(s, !o.r.Many)
		}
	}
	return nil
}

// adopted says whether an object has a parent again.
func (l *links) adopted(r *mapper.Relation, object unsafe.Pointer) bool {
	if l.parents[child{r.Remote[0], object}] {
		return true
	}
	if r.Back == nil {
		return false
	}
	n := state.NodeOf(r.Target, object)
	if n == nil {
		return false
	}
	link := n.Peek(r.Back)
	return link != nil && len(link.Items) > 0
}

// remove marks an object as deleted, or lets it go if it has no row. What makes
// room for an object that is inserted is deleted first.
func (l *links) remove(s *state.State, room bool) {
	switch s.Status {
	case state.Pending:
		l.letGo(s)
	case state.Persistent:
		l.held.Delete(s)
		if room && !slices.ContainsFunc(s.Mapper.Relations, func(r *mapper.Relation) bool { return r.Direction != mapper.ManyToOne }) {
			l.first = append(l.first, s)
			if l.Plan.gone == nil {
				l.Plan.gone = map[*state.State]bool{}
			}
			l.Plan.gone[s] = true
		}
	}
}

// letGo takes an object that has no row out of the session, and out of the
// handles that lead to it.
func (l *links) letGo(s *state.State) {
	l.held.Forget(s)
	for _, r := range s.Mapper.Relations {
		link := s.Node.Peek(r)
		if link == nil || r.ViewOnly {
			continue
		}
		for _, item := range link.Items {
			other := l.held.ByObject(item)
			switch {
			case other == nil:
			case r.Direction != mapper.ManyToOne && r.Cascade.Has(mapper.Delete):
				l.remove(other, false)
			case r.Back != nil:
				other.Node.Unlink(r.Back, s.Object)
			}
		}
	}
}

// removedFrom are the objects that were taken from a parent. A handle may have
// been set without anybody knowing what it held.
func (l *links) removedFrom(n *state.Node, r *mapper.Relation) ([]unsafe.Pointer, error) {
	link := n.Link(r)
	ch := link.Changes
	if !ch.Replaced || n.State().Status != state.Persistent {
		return ch.Removed, nil
	}
	ch.Replaced = false
	items, err := l.load(n, r, true)
	known := setOf(link.Items)
	for _, item := range ch.Removed {
		known[item] = true
	}
	for _, item := range items {
		if !known[item] {
			ch.Removed = append(ch.Removed, item)
		}
	}
	return ch.Removed, err
}

// setOf is for questions that a list would answer by a search each.
func setOf(list []unsafe.Pointer) map[unsafe.Pointer]bool {
	set := make(map[unsafe.Pointer]bool, len(list))
	for _, item := range list {
		set[item] = true
	}
	return set
}

// cascade follows the DELETEs: the children go too, or lose their parent.
func (l *links) cascade() error {
	var queue []*state.State
	seen := map[*state.State]bool{}
	for {
		for _, s := range l.held.Unwritten() {
			if s.Status == state.Deleting && s.Node != nil && !seen[s] {
				seen[s] = true
				queue = append(queue, s)
			}
		}
		if len(queue) == 0 {
			return nil
		}
		s := queue[0]
		queue = queue[1:]
		if err := s.Mapper.Resolve(); err != nil {
			return err
		}
		for _, r := range s.Mapper.Relations {
			if r.ViewOnly {
				continue
			}
			if err := l.cascadeTo(s, r); err != nil {
				return err
			}
		}
	}
}

func (l *links) cascadeTo(s *state.State, r *mapper.Relation) error {
	n := s.Node
	switch {
	case r.Direction == mapper.ManyToMany:
		l.sweep(r, s)
		if !r.Cascade.Has(mapper.Delete) {
			return nil
		}
	case r.Direction == mapper.ManyToOne && !r.Cascade.Has(mapper.Delete):
		return nil
	}
	var items []unsafe.Pointer
	if link := n.Peek(r); r.PassiveDeletes && (link == nil || !link.Loaded || link.Expired) {
		if link != nil && link.Changes != nil {
			items = link.Changes.Added
		}
	} else {
		var err error
		if items, err = l.load(n, r, false); err != nil {
			return err
		}
	}
	var added map[unsafe.Pointer]bool // no flush has written that they belong here
	if link := n.Peek(r); link != nil && link.Changes != nil {
		added = setOf(link.Changes.Added)
	}
	for _, item := range slices.Clone(items) {
		cs := l.held.ByObject(item)
		if cs == nil || going(cs) {
			continue
		}
		if r.Cascade.Has(mapper.Delete) {
			l.remove(cs, false)
			continue
		}
		if r.Direction != mapper.OneToMany {
			continue
		}
		if added[item] {
			delete(l.parents, child{r.Remote[0], item})
			if err := l.part(cs, r, s, true); err != nil {
				return err
			}
		} else if !l.parents[child{r.Remote[0], item}] { // else it has got another parent
			if err := l.release(cs, r, s, true); err != nil {
				return err
			}
		}
	}
	if link := n.Peek(r); r.Direction == mapper.OneToMany && link != nil && link.Changes != nil {
		for _, item := range link.Changes.Removed {
			if cs := l.held.ByObject(item); cs != nil && !going(cs) && !l.parents[child{r.Remote[0], item}] {
				if err := l.release(cs, r, s, true); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
