package state

import (
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Node is where the relationship handles of one object lead. Only objects of
// models with relationships have one. It outlives the session.
type Node struct {
	Mapper *mapper.Mapper
	Object unsafe.Pointer
	// Home is the map of the session that holds the object; nil if none does.
	Home  *Map
	state *State
	rows  *rows // among which the object is, if nobody has asked for its state
	// Stored says that the object has had a row: what is not loaded is unknown.
	Stored bool
	// Busy marks the object while it is written as JSON, against circles.
	Busy   bool
	listed bool   // among the map's relinked
	left   bool   // a rollback has let it go
	links  []Link // one for each relation; nil until one is used
}

// Link is what one relationship of one object holds.
type Link struct {
	// Items are the objects at the other end: all of them if Loaded, else those
	// that the program added.
	Items []unsafe.Pointer
	// Loaded says that Items is all that there is.
	Loaded bool
	// Expired says that the database may have others by now.
	Expired bool
	// Forbidden says that the query which read the object forbade loading.
	Forbidden bool
	// Changes is what no flush has written yet; nil if there is nothing.
	Changes *Changes
	// Before are the items as the transaction found them, once it has changed
	// them.
	Before *Before
	grown  *growing // how Items became longer
}

// Changes is what the program did to a link since the last flush. What was
// added and taken out again is in neither list.
type Changes struct {
	Added, Removed []unsafe.Pointer
	// Dropped were added and taken out again, of a relationship whose objects
	// do not exist without their parent.
	Dropped []unsafe.Pointer
	// Replaced says that what was added is all, and that the database may have
	// others that nobody knows of, which are to be taken out, too.
	Replaced bool
	gone     map[unsafe.Pointer]struct{} // the removed and the dropped, when they were so many
	many     int
}

// Before is how a link was before the transaction changed it.
type Before struct {
	Items  []unsafe.Pointer
	Loaded bool
}

// Loose is what a handle collects whose object is not known yet. It does not
// change, so that a copy of the handle may share it.
type Loose struct {
	Target reflect.Type // of the objects
	Items  []unsafe.Pointer
	grown  *growing
}

// With is what the handle holds when items are added; l may be nil.
func (l *Loose) With(target reflect.Type, items []unsafe.Pointer) *Loose {
	next := &Loose{Target: target}
	if l != nil {
		next.Items, next.grown = l.Items, l.grown
	}
	for _, item := range items {
		next.Items, _ = grow(&next.grown, next.Items, item)
	}
	return next
}

// State is what the session knows of the object; nil if no session holds it.
func (n *Node) State() *State {
	if n.rows != nil {
		n.rows.state(&n.Home.byKey, n.rows.find(uintptr(n.Object)))
	}
	return n.state
}

// Pending says whether the object has been added and has no row yet.
func (n *Node) Pending() bool { return n.state != nil && n.state.Status == Pending }

// release cuts the handles off from the session.
func (n *Node) release() { n.state, n.rows, n.Home, n.listed = nil, nil, nil, false }

// NodeOf returns the node of an object, or nil if its handles are not bound.
func NodeOf(m *mapper.Mapper, object unsafe.Pointer) *Node {
	if len(m.Relations) == 0 {
		return nil
	}
	r := m.Relations[0]
	a := r.Anchor(object)
	if a.Relation != r || a.Node == nil {
		return nil
	}
	if n := (*Node)(a.Node); n.Object == object {
		return n
	}
	return nil // a copy of a bound object
}

// Bind returns the node of an object, and makes it if there is none. What the
// handles collected moves into it, and the other sides follow.
func Bind(m *mapper.Mapper, object unsafe.Pointer) *Node {
	m = m.Class(object)
	if n := NodeOf(m, object); n != nil || len(m.Relations) == 0 {
		if n != nil && n.Mapper != m {
			n.become(m)
		}
		return n
	}
	n := &Node{Mapper: m, Object: object}
	var loose []*Loose
	for i, r := range m.Relations {
		a := r.Anchor(object)
		if a.Relation == nil && a.Node != nil {
			if loose == nil {
				loose = make([]*Loose, len(m.Relations))
			}
			loose[i] = (*Loose)(a.Node)
		}
		*a = mapper.Anchor{Node: unsafe.Pointer(n), Relation: r}
	}
	for i, l := range loose {
		if l != nil {
			n.takeOver(m.Relations[i], l)
		}
	}
	return n
}

func (n *Node) takeOver(r *mapper.Relation, l *Loose) {
	if len(l.Items) == 0 {
		n.Link(r).Loaded = true
		return
	}
	for _, item := range l.Items {
		n.add(r, item)
	}
}

// bindNew binds the handles of an object that was just made, and that nobody
// else has seen, to a new node.
func bindNew(n *Node, m *mapper.Mapper, object unsafe.Pointer) {
	n.Mapper, n.Object = m, object
	for _, r := range m.Relations {
		*r.Anchor(object) = mapper.Anchor{Node: unsafe.Pointer(n), Relation: r}
	}
}

// Link returns what a relationship of the object holds.
func (n *Node) Link(r *mapper.Relation) *Link {
	if n.links == nil {
		n.links = make([]Link, len(n.Mapper.Relations))
	}
	return &n.links[r.Index]
}

// Peek is Link, or nil if nothing is held.
func (n *Node) Peek(r *mapper.Relation) *Link {
	if n.links == nil {
		return nil
	}
	return &n.links[r.Index]
}

// isNew says whether the object has no row, so that nothing in the database
// belongs to it.
func (n *Node) isNew() bool {
	if n.state != nil {
		return n.state.Status == Pending
	}
	return !n.Stored
}

// Known returns the objects at the other end, and whether they are all. Of a
// foreign key on this side the session may hold the object already.
func (n *Node) Known(r *mapper.Relation) (items []unsafe.Pointer, all bool) {
	if l := n.Peek(r); l != nil {
		if l.Loaded && !n.outdated(r, l) {
			return l.Items, true
		}
		items = l.Items
	}
	if r.Direction != mapper.ManyToOne {
		return items, n.isNew()
	}
	key, ok := n.remoteKey(r)
	if !ok {
		return nil, true
	}
	if n.Home != nil && r.ByKey {
		if object := n.Home.Clean(key); object != nil && key.mapper == r.Target {
			return []unsafe.Pointer{object}, true
		}
		if s := n.Home.ByKey(key); s != nil && s.Status != Deleted && s.Mapper.Is(r.Target) {
			return []unsafe.Pointer{s.Object}, true
		}
	}
	return nil, false
}

// outdated says that the object's row was read anew, or given back what it held
// before, since its link expired, so that its foreign key knows better what is
// at the other end.
func (n *Node) outdated(r *mapper.Relation, l *Link) bool {
	return l.Expired && l.Changes == nil && r.Direction == mapper.ManyToOne && n.Home != nil && (!n.State().Expired || !n.agrees(r, l))
}

// agrees says whether the object's foreign key leads to what its link holds.
func (n *Node) agrees(r *mapper.Relation, l *Link) bool {
	key, ok := n.remoteKey(r)
	if !ok || len(l.Items) != 1 {
		return !ok && len(l.Items) == 0
	}
	held, _ := KeyFrom(r.Target, r.Remote, l.Items[0])
	return key == held
}

// remoteKey is the key at the other end that the object's own fields name; ok
// is false if one of them is NULL.
func (n *Node) remoteKey(r *mapper.Relation) (key Key, ok bool) {
	return KeyFrom(r.Target, r.Local, n.Object)
}

// KeyFrom is the key of a model that some fields of an object name; ok is
// false if one of them is NULL.
func KeyFrom(m *mapper.Mapper, fields []*mapper.Field, object unsafe.Pointer) (key Key, ok bool) {
	if len(fields) == 1 {
		v := fields[0].Value(object)
		return NewKey(m, v), !v.IsNull()
	}
	values, ok := Values(fields, object)
	return NewKey(m, values...), ok
}
