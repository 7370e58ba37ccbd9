package orm

import (
	"context"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Loader says how a query loads a relationship: see [SelectIn]. It is
// immutable.
type Loader struct {
	run  runner
	at   unsafe.Pointer // the handle in a prototype
	next []Loader
}

// runner loads relationships of objects of a model. A query reaches it by its
// loaders only, so that the linker leaves it out of programs that use none.
type runner func(ctx context.Context, s *Session, l Loader, m *mapper.Mapper, objects []unsafe.Pointer) error

// SelectIn loads a relationship of all objects that a query finds, by one more
// query for every 500 of them:
//
//	users, err := Users.Select().Options(orm.SelectIn(&Users.F.Comments)).All(ctx, session)
//
// It suits collections. Objects whose relationship is loaded already keep what
// they have.
func SelectIn(relationship Handle) Loader { return loader(runSelectIn, relationship) }

func loader(run runner, h Handle) Loader {
	return Loader{run: run, at: unsafe.Pointer(h.anchor())}
}

// Then loads relationships of the objects that this one leads to:
//
//	orm.SelectIn(&Users.F.Comments).Then(orm.SelectIn(&Comments.F.Replies))
func (l Loader) Then(next ...Loader) Loader {
	l.next = append(l.next[:len(l.next):len(l.next)], next...)
	return l
}

// relation is the relationship that the loader names, of a model.
func (l Loader) relation(m *mapper.Mapper) (*mapper.Relation, error) {
	r, err := relationAt(l.at)
	if err != nil {
		return nil, err
	}
	if r.Owner != m {
		return nil, fmt.Errorf("orm: an option of the query loads %s, but here it reads objects of %s", r.Path, m.Name)
	}
	return r, nil
}

// relationAt is the relationship whose handle in a prototype has that address.
func relationAt(handle unsafe.Pointer) (*mapper.Relation, error) {
	p, offset, err := prototypeAt(handle)
	if err != nil {
		return nil, err
	}
	r := p.mapper.RelationAt(offset)
	if r == nil {
		return nil, errNotPrototype
	}
	return r, usable(p.mapper, nil)
}

// Options says how the query loads relationships of the objects that it finds.
func (q Query[T]) Options(loaders ...Loader) Query[T] {
	q.loaders = append(q.loaders[:len(q.loaders):len(q.loaders)], loaders...)
	return q
}

// eager loads relationships of objects of a model.
func (s *Session) eager(ctx context.Context, m *mapper.Mapper, objects []unsafe.Pointer, loaders []Loader) error {
	for _, l := range loaders {
		if err := l.run(ctx, s, l, m, objects); err != nil {
			return err
		}
	}
	return nil
}

func runSelectIn(ctx context.Context, s *Session, l Loader, m *mapper.Mapper, objects []unsafe.Pointer) error {
	r, err := l.relation(m)
	if err != nil || len(objects) == 0 {
		return err
	}
	nodes := nodesOf(m, objects)
	if err := s.selectIn(ctx, r, nodes); err != nil {
		return fmt.Errorf("loading %s: %w", r.Path, err)
	}
	if l.next == nil {
		return nil
	}
	return s.eager(ctx, r.Target, ends(r, nodes), l.next)
}

// nodesOf are those of objects of a model, each once.
func nodesOf(m *mapper.Mapper, objects []unsafe.Pointer) []*state.Node {
	nodes := make([]*state.Node, 0, len(objects))
	seen := make(map[*state.Node]bool, len(objects))
	for _, object := range objects {
		if n := state.NodeOf(m, object); n != nil && !seen[n] {
			seen[n] = true
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// ends are the objects that a relationship of all nodes leads to, each once.
func ends(r *mapper.Relation, nodes []*state.Node) (objects []unsafe.Pointer) {
	seen := map[unsafe.Pointer]bool{}
	for _, n := range nodes {
		items, _ := n.Known(r)
		for _, item := range items {
			if !seen[item] {
				seen[item] = true
				objects = append(objects, item)
			}
		}
	}
	return objects
}
