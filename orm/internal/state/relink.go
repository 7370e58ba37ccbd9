package state

import (
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// changing prepares a change of a link: what it was is kept for a rollback, and
// the session learns that there is something to write.
func (n *Node) changing(l *Link) {
	if n.Home != nil {
		n.Home.touchLinks(n)
		n.Home.relink(n)
	}
	l.keep()
}

// relink notes that a relationship of the object has changed.
func (m *Map) relink(n *Node) {
	if !n.listed {
		n.listed = true
		m.relinked = append(m.relinked, n)
	}
}

// Relinked returns the objects with changes of relationships that no flush has
// written, in the order in which they came to have them.
func (m *Map) Relinked() []*Node {
	if len(m.relinked) == 0 {
		return nil
	}
	for _, n := range m.relinked {
		n.listed = false
	}
	kept := m.relinked[:0]
	for _, n := range m.relinked {
		if !n.listed && n.Home == m && n.HasChanges() {
			n.listed = true
			kept = append(kept, n)
		}
	}
	clear(m.relinked[len(kept):])
	m.relinked = kept
	return kept
}

func (n *Node) HasChanges() bool {
	return slices.ContainsFunc(n.links, func(l Link) bool { return l.Changes != nil })
}

// Unlink takes an object out of a relationship on this side only.
func (n *Node) Unlink(r *mapper.Relation, item unsafe.Pointer) { n.pull(r, item) }

// joined notes that the object has come into a session, with what its handles
// hold. After a rollback the other sides have forgotten it.
func (n *Node) joined() {
	if n.left {
		n.left = false
		for i := range n.links {
			r := n.Mapper.Relations[i]
			for _, item := range n.links[i].Items {
				if r.Back != nil {
					Bind(r.Target, item).put(r.Back, n.Object)
				}
			}
		}
	}
	if n.HasChanges() {
		n.Home.relink(n)
	}
}

// leaves makes the object one that has never been written: all that its handles
// hold is to be written when it comes into a session again.
func (n *Node) leaves() {
	n.left, n.Stored = true, false
	for i := range n.links {
		l := &n.links[i]
		l.Before, l.Changes, l.Expired = nil, nil, false
		if len(l.Items) > 0 {
			l.Changes = &Changes{Added: slices.Clone(l.Items)}
		}
	}
}

// Inserted notes that the object has its row. Of a new object all was known,
// and what a handle holds stays known.
func (n *Node) Inserted() {
	n.Stored = true
	for i := range n.links {
		if l := &n.links[i]; len(l.Items) > 0 && !n.Mapper.Relations[i].WriteOnly {
			l.Loaded = true
		}
	}
}

// without takes objects out of the links that a rollback has let go.
func (n *Node) without(gone map[unsafe.Pointer]bool) {
	for i := range n.links {
		l := &n.links[i]
		if slices.ContainsFunc(l.Items, func(p unsafe.Pointer) bool { return gone[p] }) {
			l.Items = slices.DeleteFunc(slices.Clone(l.Items), func(p unsafe.Pointer) bool { return gone[p] })
			if !n.Mapper.Relations[i].Many {
				l.Loaded = false
			}
		}
	}
}

// savedLinks are the links of an object as they were at a savepoint.
type savedLinks struct {
	node  *Node
	links []Link
}

// touchLinks keeps the links of an object as they are before they change, once
// for each savepoint.
func (m *Map) touchLinks(n *Node) {
	if len(m.levels) == 0 {
		return
	}
	top := &m.levels[len(m.levels)-1]
	if top.nodes[n] {
		return
	}
	if top.nodes == nil {
		top.nodes = map[*Node]bool{}
	}
	top.nodes[n] = true
	was := slices.Clone(n.links)
	for i := range was {
		if p := was[i].Changes; p != nil {
			was[i].Changes = new(*p)
		}
	}
	top.links = append(top.links, savedLinks{n, was})
}

// restoreLinks brings the links back that changed, or were read, since a
// savepoint.
func (m *Map) restoreLinks(top *level) {
	for i := len(top.links) - 1; i >= 0; i-- {
		n := top.links[i].node
		if n.Home != m {
			continue
		}
		n.links = top.links[i].links
		for j := range n.links {
			n.links[j].Expired = true
		}
		if n.HasChanges() {
			m.relink(n)
		}
	}
}
