package orm

import (
	"context"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/flush"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// cascading is how a flush reads what a cascade needs. It is reached through the
// map, so that programs without relationships do not link it.
type cascading interface {
	flushLoader(ctx context.Context, s *Session) flush.Loader
}

func (machinery) flushLoader(ctx context.Context, s *Session) flush.Loader {
	return func(n *state.Node, r *mapper.Relation, anew bool) ([]unsafe.Pointer, error) {
		criteria := s.criteria // those of the session hide rows that refer to others all the same
		s.criteria = nil
		defer func() { s.criteria = criteria }()
		l := n.Link(r)
		if anew || r.WriteOnly {
			probe := state.Link{}
			if !anew {
				probe.Changes = l.Changes
			}
			err := s.loadLink(ctx, n, r, &probe)
			return probe.Items, err
		}
		if items, all := n.Known(r); all && !l.Expired {
			return items, nil
		}
		err := s.loadLink(ctx, n, r, l)
		return l.Items, err
	}
}
