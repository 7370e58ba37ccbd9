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
	n.add(r, item)
	return n.cascade(r, item)
}

// Remove takes an object away from the other end; its own side follows.
func (n *Node) Remove(r *mapper.Relation, item unsafe.Pointer) error {
	if err := r.Writable(); err != nil {
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
	for _, item := range slices.Clone(n.current(r)) {
		if !slices.Contains(items, item) {
			n.remove(r, item)
		}
	}
	if len(items) == 0 {
		n.clear(r)
	}
	for _, item := range items {
		n.add(r, item)
	}
	if l := n.Link(r); r.Many {
		var order []unsafe.Pointer
		for _, item := range items {
			if !slices.Contains(order, item) {
				order = append(order, item)
			}
		}
		l.Items, l.Loaded = order, true
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
	if r.Many || l.Loaded && len(l.Items) == 0 {
		return
	}
	n.changing(l)
	l.changes()
	l.Items, l.Loaded, l.Expired = nil, true, false
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

func (n *Node) remove(r *mapper.Relation, item unsafe.Pointer) {
	n.pull(r, item)
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
		if slices.Contains(l.Items, item) {
			return false
		}
		n.changing(l)
		l.Items = append(l.Items[:len(l.Items):len(l.Items)], item)
		l.added(item)
		return true
	}
	old := n.current(r)
	if len(old) == 1 && old[0] == item {
		l.Items, l.Loaded = old, true
		return false
	}
	n.changing(l)
	for _, gone := range old {
		n.removed(r, l, gone)
	}
	l.Items, l.Loaded, l.Expired = []unsafe.Pointer{item}, true, false
	l.added(item)
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
		return
	}
	if slices.Contains(l.Items, item) {
		n.changing(l)
		drop(&l.Items, item)
		n.removed(r, l, item)
		return
	}
	if _, all := n.Known(r); !all && (l.Changes == nil || !slices.Contains(l.Changes.Removed, item)) {
		n.changing(l)
		n.removed(r, l, item) // it may be among those that are not loaded
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
