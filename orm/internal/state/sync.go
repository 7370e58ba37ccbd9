package state

import (
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Add puts an object to the other end of a relationship; the object's own side
// follows, and it comes into the session if the relationship cascades
// save-update.
func (n *Node) Add(r *mapper.Relation, item unsafe.Pointer) error {
	if err := r.Writable(); err != nil {
		return err
	}
	if err := n.ordered(r); err != nil {
		return err
	}
	n.add(r, item)
	return n.cascade(r, item)
}

// ordered says why a collection that keeps its order cannot be changed one by
// one; nil if it can.
func (n *Node) ordered(r *mapper.Relation) error {
	if r.Position == nil {
		return nil
	}
	if _, all := n.Known(r); !all {
		return fmt.Errorf("%s: its order is kept in %s, so it must be loaded before it is changed", r.Path, r.Position.Path)
	}
	return nil
}

// Remove takes an object away from the other end; its own side follows.
func (n *Node) Remove(r *mapper.Relation, item unsafe.Pointer) error {
	if err := r.Writable(); err != nil {
		return err
	}
	if err := n.ordered(r); err != nil {
		return err
	}
	n.remove(r, item)
	return nil
}

// Assign makes the items what is at the other end, in that order.
func (n *Node) Assign(r *mapper.Relation, items []unsafe.Pointer) error {
	if err := r.Writable(); err != nil {
		return err
	}
	n.replacing(r, n.Link(r))
	if r.Many || len(items) == 0 { // else add takes the old one out
		n.removeAllBut(r, items)
	}
	if len(items) == 0 {
		n.clear(r)
	}
	for _, item := range items {
		n.add(r, item)
	}
	if l := n.Link(r); r.Many {
		list := distinct(items)
		if r.Position != nil && !slices.Equal(list, l.Items) {
			n.changing(l)
			l.changes()
		}
		l.Items, l.Loaded = list, true
	}
	for _, item := range items {
		if err := n.cascade(r, item); err != nil {
			return err
		}
	}
	return nil
}

// clear notes that there is nothing at the other end.
func (n *Node) clear(r *mapper.Relation) {
	l := n.Link(r)
	if r.Many || l.Changes == nil && l.Loaded && len(l.Items) == 0 {
		return
	}
	n.changing(l)
	l.changes()
	known := l.Loaded
	l.Items, l.Loaded, l.Expired = nil, true, false
	if !known {
		r.Tell(n.Object, nil, nil)
	}
}

// replacing notes that what the link gets is all there is to be at the other
// end, where the database may have objects that nobody knows of.
func (n *Node) replacing(r *mapper.Relation, l *Link) {
	if r.Direction == mapper.ManyToOne || n.isNew() || l.Loaded && !l.Expired {
		return
	}
	n.changing(l)
	l.changes().Replaced = true
}

func (n *Node) add(r *mapper.Relation, item unsafe.Pointer) {
	var replaced []unsafe.Pointer
	if !r.Many {
		replaced = slices.Clone(n.current(r))
	}
	if !n.put(r, item) {
		return
	}
	if r.Back == nil {
		return
	}
	for _, old := range replaced {
		if other := Bind(r.Target, old); other != nil {
			other.pull(r.Back, n.Object)
		}
	}
	other := Bind(r.Target, item)
	if !r.Back.Many {
		// The object belonged to another one before.
		for _, owner := range slices.Clone(other.current(r.Back)) {
			if owner != n.Object {
				Bind(n.Mapper, owner).pull(r, item)
			}
		}
	}
	other.put(r.Back, n.Object)
}

// current is what is at the other end as far as it is known. The fields of a
// new object say nothing: nobody has followed them yet.
func (n *Node) current(r *mapper.Relation) []unsafe.Pointer {
	if n.isNew() {
		return n.Link(r).Items
	}
	items, _ := n.Known(r)
	return items
}

// removeAllBut takes the objects out that are not among the items.
func (n *Node) removeAllBut(r *mapper.Relation, items []unsafe.Pointer) {
	var kept, gone []unsafe.Pointer
	stays := setOf(items)
	for _, item := range n.current(r) {
		if _, ok := stays[item]; ok {
			kept = append(kept, item)
		} else {
			gone = append(gone, item)
		}
	}
	if l := n.Link(r); r.Many && gone != nil { // at once, not one by one
		n.changing(l)
		l.Items = kept
		l.removedAll(gone, r.Cascade.Has(mapper.DeleteOrphan))
		for _, item := range gone {
			r.Tell(n.Object, nil, item)
			n.follows(r, item)
		}
		return
	}
	for _, item := range gone {
		n.remove(r, item)
	}
}

func (n *Node) remove(r *mapper.Relation, item unsafe.Pointer) {
	n.pull(r, item)
	n.follows(r, item)
}

// follows takes the object out of the other side of one that was taken out.
func (n *Node) follows(r *mapper.Relation, item unsafe.Pointer) {
	if r.Back == nil {
		return
	}
	other := Bind(r.Target, item)
	if r.Back.Many || slices.Contains(other.current(r.Back), n.Object) {
		other.pull(r.Back, n.Object)
	}
}

// put adds an object to a link, and says whether it was not there.
func (n *Node) put(r *mapper.Relation, item unsafe.Pointer) bool {
	l := n.Link(r)
	if r.Many {
		items, added := grow(&l.grown, l.Items, item)
		if !added {
			l.Items = items // the same, but known to grow
			return false
		}
		n.changing(l)
		l.Items = items
		l.added(item)
		r.Tell(n.Object, item, nil)
		return true
	}
	old := n.current(r)
	if len(old) == 1 && old[0] == item {
		l.Items, l.Loaded = old, true
		return false
	}
	n.replacing(r, l)
	n.changing(l)
	var gone unsafe.Pointer
	for _, gone = range old {
		n.removed(r, l, gone)
	}
	l.Items, l.Loaded, l.Expired = []unsafe.Pointer{item}, true, false
	l.added(item)
	r.Tell(n.Object, item, gone)
	return true
}

// pull takes an object out of a link.
func (n *Node) pull(r *mapper.Relation, item unsafe.Pointer) {
	l := n.Link(r)
	if !r.Many {
		if old := n.current(r); len(old) == 0 || old[0] != item {
			return
		}
		n.changing(l)
		l.Items, l.Loaded, l.Expired = nil, true, false
		n.removed(r, l, item)
		r.Tell(n.Object, nil, item)
		return
	}
	if slices.Contains(l.Items, item) {
		n.changing(l)
		drop(&l.Items, item)
		n.removed(r, l, item)
		r.Tell(n.Object, nil, item)
		return
	}
	if _, all := n.Known(r); (!all || l.Expired) && (l.Changes == nil || !slices.Contains(l.Changes.Removed, item)) {
		n.changing(l)
		n.removed(r, l, item) // it may be among those that are not loaded, or not any more
		r.Tell(n.Object, nil, item)
	}
}

// removed notes that an object was taken out of a link.
func (n *Node) removed(r *mapper.Relation, l *Link, item unsafe.Pointer) {
	was := len(l.changes().Added)
	l.removed(item)
	if p := l.Changes; r.Cascade.Has(mapper.DeleteOrphan) && len(p.Added) < was {
		p.Dropped = append(p.Dropped, item)
	}
}

// cascade takes an object into the session of the one that leads to it.
func (n *Node) cascade(r *mapper.Relation, item unsafe.Pointer) error {
	if n.Home == nil || !r.Cascade.Has(mapper.SaveUpdate) {
		return nil
	}
	s, err := n.Home.Take(r.Target, item)
	if err == nil && s.Status == Deleted {
		err = fmt.Errorf("the %s was deleted in this transaction", r.Target.Name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.Path, err)
	}
	return nil
}

// take is Take for a model with relationships.
func (m *Map) take(mp *mapper.Mapper, object unsafe.Pointer) (*State, error) {
	if err := mp.Resolve(); err != nil {
		return nil, err
	}
	n := Bind(mp, object)
	if n.Home != nil && n.Home != m {
		return nil, fmt.Errorf("the %s is in another session already; an object is in one session at a time", mp.Name)
	}
	s := m.Add(mp, object)
	n.joined()
	return s, n.follow()
}

// follow takes what the relationships lead to into the session.
func (n *Node) follow() error {
	for i := range n.links {
		r := n.Mapper.Relations[i]
		for _, item := range n.links[i].Items {
			if err := n.cascade(r, item); err != nil {
				return err
			}
		}
	}
	return nil
}
