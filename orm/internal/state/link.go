package state

import (
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Values are those of some fields of an object; ok is false if one is NULL.
func Values(fields []*mapper.Field, object unsafe.Pointer) (values []driver.Value, ok bool) {
	values, ok = make([]driver.Value, len(fields)), true
	for i, f := range fields {
		values[i] = f.Value(object)
		ok = ok && !values[i].IsNull()
	}
	return values, ok
}

// keep notes how the link was before the transaction changed it.
func (l *Link) keep() {
	if l.Before == nil {
		l.Before = &Before{slices.Clone(l.Items), l.Loaded}
	}
}

func (l *Link) changes() *Changes {
	if l.Changes == nil {
		l.Changes = &Changes{}
	}
	return l.Changes
}

// added notes that an object was added since the last flush.
func (l *Link) added(item unsafe.Pointer) {
	p := l.changes()
	if p.took(item) {
		p.many = 0
		drop(&p.Dropped, item)
		if drop(&p.Removed, item) {
			return
		}
	}
	p.Added = append(p.Added, item)
}

// took says whether an object may be among the removed and the dropped.
func (p *Changes) took(item unsafe.Pointer) bool {
	n := len(p.Removed) + len(p.Dropped)
	if n < manyItems {
		return n > 0
	}
	if p.many != n {
		p.gone, p.many = setOf(slices.Concat(p.Removed, p.Dropped)), n
	}
	_, there := p.gone[item]
	return there
}

// removed notes that an object was taken out since the last flush.
func (l *Link) removed(item unsafe.Pointer) {
	p := l.changes()
	if !drop(&p.Added, item) {
		p.Removed = append(p.Removed, item)
	}
}

// removedAll is removed for many objects at once. Those that were added since
// are kept in mind if they do not exist without their parent.
func (l *Link) removedAll(items []unsafe.Pointer, orphans bool) {
	p, gone := l.changes(), setOf(items)
	var added []unsafe.Pointer
	for _, item := range p.Added {
		if _, is := gone[item]; !is {
			added = append(added, item)
			continue
		}
		delete(gone, item)
		if orphans {
			p.Dropped = append(p.Dropped, item)
		}
	}
	p.Added = added
	for _, item := range items {
		if _, is := gone[item]; is {
			p.Removed = append(p.Removed, item)
		}
	}
}

// drop takes an object out of a list, and says whether it was there.
func drop(list *[]unsafe.Pointer, item unsafe.Pointer) bool {
	i := slices.Index(*list, item)
	if i < 0 {
		return false
	}
	// A list that was handed out must not change.
	*list = slices.Concat((*list)[:i], (*list)[i+1:])
	return true
}

// Fill makes items, which were just read, what one of the object's links holds,
// with what the program has added and taken out besides.
func (n *Node) Fill(l *Link, items []unsafe.Pointer) {
	if n.Home != nil {
		n.Home.touchLinks(n) // what was read may be what a rollback undoes
	}
	l.Loaded, l.Expired = true, false
	p := l.Changes
	if p == nil {
		l.Items = items
		return
	}
	if len(p.Removed) > 0 {
		gone := setOf(p.Removed)
		items = slices.DeleteFunc(slices.Clone(items), func(item unsafe.Pointer) bool { _, is := gone[item]; return is })
	}
	for _, item := range p.Added {
		items, _ = grow(&l.grown, items, item)
	}
	l.Items = items
}

// Forget lets go of what a handle holds that is only written.
func (l *Link) Forget() { l.Items, l.Loaded, l.grown = nil, false, nil }

// ExpireLinks notes that the database may have others at the other ends by now.
func (n *Node) ExpireLinks() {
	for i := range n.links {
		n.links[i].Expired = true
	}
}

// Written notes that a flush has written what was pending.
func (l *Link) Written() { l.Changes = nil }

// committed is what the end of a transaction leaves.
func (n *Node) committed() {
	for i := range n.links {
		l := &n.links[i]
		l.Before, l.Changes, l.Expired = nil, nil, true
	}
}

// rolledBack is what a rollback leaves of an object that keeps its row.
func (n *Node) rolledBack() {
	for i := range n.links {
		l := &n.links[i]
		if b := l.Before; b != nil {
			l.Items, l.Loaded = b.Items, b.Loaded
		}
		l.Before, l.Changes, l.Expired = nil, nil, true
	}
}
