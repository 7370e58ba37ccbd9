package orm

import (
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// subquery loads a relationship by a query that has the one which found the
// objects inside.
func (ld *loading) subquery(l Loader, r *mapper.Relation, nodes []*state.Node, owners expr.Select) error {
	in, err := ld.end(l, r)
	if err != nil {
		return err
	}
	in.pairs = map[endPair]bool{}
	wanting, groups := in.wanting(nodes)
	if len(wanting) == 0 {
		return in.give(nil, nil, nodes, expr.Select{})
	}
	base := expr.SourceOf(owners.Columns[0].(expr.Column))
	key := fieldColumnsOf(in.by)
	owners.Columns = columnsIn(base, in.ownColumns(key))
	if owners.Limit == nil && owners.Offset == nil {
		owners.OrderBy = nil
	}
	owners.Lock = nil
	sub := subqueryOf(owners)
	target := sourceOf(r.Target)
	q := in.shape.query(expr.Select{OrderBy: in.order()})
	q.From = []expr.Source{joinAlong(r, sub, sub, target, nil, expr.InnerJoin, in.conditions(l, r, nil))}
	in.keyed(&q, columnsIn(sub, sub.Columns[:len(key)]), in.by, r.Owner)
	if err := in.read(q); err != nil {
		return err
	}
	return in.give(wanting, groups, nodes, q)
}

// ownColumns are the columns of the owners that the join asks for, the key
// first.
func (in *endLoad) ownColumns(key []*schema.Column) []*schema.Column {
	list := slices.Clone(key)
	note := func(c *schema.Column) {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	for _, f := range in.r.Local {
		note(f.Column)
	}
	onWith(in.r, nil, nil, func(c expr.Column) expr.Expr { note(c.Column); return c })
	return list
}
