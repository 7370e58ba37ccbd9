package state

import (
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// machinery is what the map needs of the code for relationships. It is reached
// through the mapper, so that the linker leaves that code out of programs
// without any; [Relationships] has it.
type machinery interface {
	bind(m *mapper.Mapper, object unsafe.Pointer) *Node
	bindNew(n *Node, m *mapper.Mapper, object unsafe.Pointer)
	take(home *Map, m *mapper.Mapper, object unsafe.Pointer) (*State, error)
	follow(n *Node) error
	committed(n *Node)
	rolledBack(n *Node)
	inserted(n *Node)
	leaves(n *Node)
	restored(m *Map, top *level)
}

// Relationships is the machinery.
type Relationships struct{}

func (Relationships) bind(m *mapper.Mapper, object unsafe.Pointer) *Node { return Bind(m, object) }

func (Relationships) bindNew(n *Node, m *mapper.Mapper, object unsafe.Pointer) {
	bindNew(n, m, object)
}

func (Relationships) take(home *Map, m *mapper.Mapper, object unsafe.Pointer) (*State, error) {
	return home.take(m, object)
}

func (Relationships) follow(n *Node) error { return n.follow() }

func (Relationships) committed(n *Node) { n.committed() }

func (Relationships) rolledBack(n *Node) { n.rolledBack() }

func (Relationships) inserted(n *Node) { n.Inserted() }

func (Relationships) leaves(n *Node) { n.leaves() }

// restored ends a rollback, to a savepoint or altogether.
func (Relationships) restored(m *Map, top *level) {
	if top != nil {
		m.restoreLinks(top)
	}
	if len(m.lost) > 0 {
		m.made(func(s *State) {
			if s.Node != nil {
				s.Node.without(m.lost)
			}
		})
		m.untouched(func(n *Node) { n.without(m.lost) })
	}
	m.lost = nil
}

// Machinery is the code for relationships; nil if no object with any has come.
func (m *Map) Machinery() any {
	if m.related == nil {
		return nil
	}
	return m.related
}

// machineryOf is that of a model; nil if it has no relationships.
func machineryOf(m *mapper.Mapper) machinery {
	if m.Machinery == nil {
		return nil
	}
	return m.Machinery.(machinery)
}

// BindNew binds the handles of an object that was just made.
func BindNew(m *mapper.Mapper, object unsafe.Pointer) {
	if x := machineryOf(m); x != nil && m.Resolve() == nil {
		x.bindNew(&Node{}, m, object)
	}
}

// Take adds a new object to the map, unless it is there, and with it all that
// its relationships lead to by save-update.
func (m *Map) Take(mp *mapper.Mapper, object unsafe.Pointer) (*State, error) {
	mp = mp.Class(object)
	if s := m.ByObject(object); s != nil {
		if s.Status == Pending && s.Mapper != mp && mp.Is(s.Mapper) {
			if err := mp.Code.(inheritance).become(m, s, mp); err != nil {
				return nil, err
			}
		}
		if !s.Mapper.Is(mp) {
			return nil, fmt.Errorf("the %s shares its address with the %s that the session holds; one of them embeds the other", mp.Name, s.Mapper.Name)
		}
		return s, nil
	}
	return m.TakeNew(mp, object)
}

// TakeNew is [Map.Take] for an object that the map does not hold.
func (m *Map) TakeNew(mp *mapper.Mapper, object unsafe.Pointer) (*State, error) {
	if x := machineryOf(mp); x != nil {
		return x.take(m, mp, object)
	}
	return m.Add(mp, object), nil
}
