package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// subquery loads a relationship by a query that has the one which found the
// objects inside.
func (ld *loading) subquery(l Loader, r *mapper.Relation, nodes []*state.Node, owners expr.Select) error {
	in := ld.end(l, r)
	wanting, keys := in.wanting(nodes)
	if len(wanting) == 0 {
		return in.give(nil, nil, nodes, expr.Select{})
	}
	base := expr.SourceOf(owners.Columns[0].(expr.Column))
	owners.Columns = columnsIn(base, fieldColumnsOf(r.Local))
	if owners.Limit == nil && owners.Offset == nil {
		owners.OrderBy = nil
	}
	owners.Lock = nil
	sub := subqueryOf(owners)
	target := expr.Table{Table: r.Target.Table}
	q := expr.Select{Columns: tableColumns(r.Target.Table), OrderBy: in.order()}
	q.From = []expr.Source{joinAlong(r, sub, sub, target, nil, expr.InnerJoin, in.conditions(l, r, nil))}
	in.keyed(&q, columnsIn(sub, sub.Columns), r.Local, r.Owner)
	if err := in.read(q); err != nil {
		return err
	}
	return in.give(wanting, keys, nodes, q)
}
