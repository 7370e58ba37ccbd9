package state

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// inheritance is reached through the mapper, so that the linker leaves it out of
// programs without any; [Inheritance] has it.
type inheritance interface {
	become(m *Map, s *State, class *mapper.Mapper) error
}

// Inheritance is the code for classes.
type Inheritance struct{}

// become makes a pending object one of a class below, which it was not known to
// be when it came by a relationship to its base.
func (Inheritance) become(m *Map, s *State, class *mapper.Mapper) error {
	m.touch(s)
	class.Mark(s.Object)
	s.Mapper = class
	x := machineryOf(class)
	if x == nil {
		return nil
	}
	m.related = x
	s.Node = x.bind(class, s.Object)
	s.Node.state, s.Node.Home = s, m
	return x.follow(s.Node)
}

// become gives the node the relationships of a class below.
func (n *Node) become(class *mapper.Mapper) {
	if n.Mapper.Is(class) {
		return
	}
	had := len(n.Mapper.Relations)
	n.Mapper = class
	if n.links != nil {
		n.links = append(n.links, make([]Link, len(class.Relations)-had)...)
	}
	for _, r := range class.Relations[had:] {
		a := r.Anchor(n.Object)
		var loose *Loose
		if a.Relation == nil && a.Node != nil {
			loose = (*Loose)(a.Node)
		}
		*a = mapper.Anchor{Node: unsafe.Pointer(n), Relation: r}
		if loose != nil {
			n.takeOver(r, loose)
		}
	}
}
