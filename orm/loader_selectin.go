package orm

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// mostKeys is how many objects a query of SelectIn is for.
const mostKeys = 500

// endLoad loads one relationship of many objects.
type endLoad struct {
	*loading
	l     Loader
	r     *mapper.Relation
	by    []*mapper.Field  // of the owner, by which the result is handed out
	keys  [][]driver.Value // of the objects to ask for, each once
	found endGroups
	pairs map[endPair]bool // that were found; nil if no row repeats one
	key   rowKey
	plans []*joinPlan
	shape *shape
}

// endPair is one object in one group.
type endPair struct {
	group  *endGroup
	object unsafe.Pointer
}

func (ld *loading) end(l Loader, r *mapper.Relation) (*endLoad, error) {
	by := r.Local
	if r.OnOwner || len(by) == 0 {
		by = r.Owner.Key
	}
	sh, err := shapeOf(r.Target, l.next)
	return &endLoad{loading: ld, l: l, r: r, by: by, shape: sh}, err
}

// selectIn loads a relationship of all the nodes that have not loaded it.
func (ld *loading) selectIn(l Loader, r *mapper.Relation, nodes []*state.Node) error {
	in, err := ld.end(l, r)
	if err != nil {
		return err
	}
	if r.Secondary != nil || in.byOwner() || !plainRepeats(l.next) {
		in.pairs = map[endPair]bool{}
	}
	wanting, groups := in.wanting(nodes)
	if err := in.run(); err != nil {
		return err
	}
	return in.give(wanting, groups, nodes, expr.Select{})
}

// wanting are the nodes that have not loaded the relationship, and the groups
// that will be theirs; nil for none.
func (in *endLoad) wanting(nodes []*state.Node) (wanting []*state.Node, groups []*endGroup) {
	for _, n := range nodes {
		l := n.Link(in.r)
		if l.Loaded && !l.Expired || n.Home == nil || n.Pending() {
			continue
		}
		wanting = append(wanting, n)
		groups = append(groups, in.ask(n))
	}
	return wanting, groups
}

// give hands out what was found, and goes on from there.
func (in *endLoad) give(wanting []*state.Node, groups []*endGroup, nodes []*state.Node, node expr.Select) error {
	for i, n := range wanting {
		var items []unsafe.Pointer
		if groups[i] != nil {
			items = groups[i].items
		}
		n.Fill(n.Link(in.r), items)
	}
	for _, p := range in.plans {
		p.fill()
		if err := p.after(in.loading); err != nil {
			return err
		}
	}
	if in.l.next == nil {
		return nil
	}
	return in.after(in.r.Target, ends(in.r, nodes), in.l.next, node)
}

// ask adds what one object needs to what is asked for, and returns the group
// that will be its part of the result; nil if it has none.
func (in *endLoad) ask(n *state.Node) *endGroup {
	key, ok := state.KeyFrom(in.keyOf(), in.by, n.Object)
	if !ok {
		return nil
	}
	if asked := in.found.of(key); asked != nil {
		return asked
	}
	group := in.found.add(key)
	if in.r.Direction == mapper.ManyToOne && in.r.ByKey && in.conditions(in.l, in.r, nil) == nil {
		if held := in.s.identity.ByKey(key); held != nil && !held.Expired && held.Status != state.Deleted && held.Mapper.Is(in.r.Target) {
			group.items = []unsafe.Pointer{held.Object}
			if in.pairs != nil {
				in.pairs[endPair{group, held.Object}] = true
			}
			return group
		}
	}
	values, _ := state.Values(in.by, n.Object)
	in.keys = append(in.keys, values)
	return group
}

// byOwner says that the owners must be read too, because the condition of the
// relationship asks for more of them than what joins the two.
func (in *endLoad) byOwner() bool { return in.r.OnOwner || len(in.r.Local) == 0 }

// keyOf is the model whose keys tell the parts of the result apart.
func (in *endLoad) keyOf() *mapper.Mapper {
	if in.r.Direction == mapper.ManyToOne && !in.byOwner() {
		return in.r.Target
	}
	return in.r.Owner
}

// run asks for all keys.
func (in *endLoad) run() error {
	most := in.most(len(in.by))
	for len(in.keys) > 0 {
		n := min(len(in.keys), most)
		if err := in.read(in.query(in.keys[:n])); err != nil {
			return err
		}
		in.keys = in.keys[n:]
	}
	return nil
}

// most is how many keys of that many columns a query may have.
func (ld *loading) most(columns int) int {
	if limit := ld.s.engine.dialect.Features().MaxArgs; limit > 0 {
		return max(min(mostKeys, (limit-100)/columns), 1)
	}
	return mostKeys
}

// read runs a query of objects at the other end, each with its key.
func (in *endLoad) read(q expr.Select) error {
	plan, err := in.rows(in.shape, q, in.l.next, func(object unsafe.Pointer, rows driver.Rows) error {
		key, ok, err := in.key.read(rows)
		if err != nil || !ok {
			return err
		}
		group := in.found.of(key)
		if group == nil { // of an object that had loaded it
			group = in.found.add(key)
		}
		if pair := (endPair{group, object}); in.pairs != nil {
			if in.pairs[pair] {
				return nil
			}
			in.pairs[pair] = true
		}
		in.found.put(group, object)
		return nil
	})
	in.plans = append(in.plans, plan)
	return err
}

// keyed adds the columns that hold the owner's key.
func (in *endLoad) keyed(q *expr.Select, columns []expr.Expr, fields []*mapper.Field, of *mapper.Mapper) {
	in.key = rowKey{of: in.keyOf(), fields: fields, scratch: of.New()}
	for _, c := range columns {
		if at := columnIndex(q.Columns, c); at >= 0 {
			in.key.at = append(in.key.at, at)
			continue
		}
		in.key.at = append(in.key.at, len(q.Columns))
		q.Columns = append(q.Columns, c)
	}
}

// query is the SELECT of the objects at the other end of those with the keys.
func (in *endLoad) query(keys [][]driver.Value) expr.Select {
	r := in.r
	q := in.shape.query(expr.Select{OrderBy: in.order()})
	link, of := fieldColumnsOf(r.Remote), expr.Source(nil)
	where := in.conditions(in.l, r, nil)
	switch {
	case in.byOwner():
		link, of = fieldColumnsOf(in.by), aliasOfAll(r.Owner)
		q.From = []expr.Source{joinAlong(r, of, of, sourceOf(r.Target), nil, expr.InnerJoin, nil)}
		in.keyed(&q, columnsIn(of, link), in.by, r.Owner)
	case r.Secondary == nil:
		in.keyed(&q, columnsOf(link, nil), r.Remote, r.Target)
		where = both1(onIn(r, nil, nil, nil), where)
	default:
		link = r.LocalLink
		q.From = []expr.Source{&expr.Join{Kind: expr.InnerJoin, Left: sourceOf(r.Target),
			Right: expr.Table{Table: r.Secondary}, On: conjunction(linkEquals(r, nil, nil))}}
		in.keyed(&q, columnsOf(link, nil), r.Local, r.Owner)
		where = both1(onIn(r, nil, nil, nil), where)
	}
	q.Where = both(both(inKeys(link, of, keys), where), q.Where)
	if in.l.limit > 0 {
		return in.limited(q, columnsIn(of, link))
	}
	return q
}

// order is how what is loaded is sorted.
func (in *endLoad) order() []expr.Expr {
	if in.l.order != nil {
		return in.l.order
	}
	return orderOf(in.r, nil)
}

// limited keeps the first objects of each owner.
func (in *endLoad) limited(q expr.Select, key []expr.Expr) expr.Select {
	inner, order := q, q.OrderBy
	if inner.OrderBy = nil; order == nil {
		for _, f := range in.r.Target.Key {
			order = append(order, expr.Order{Operand: expr.Column{Column: f.Column}})
		}
	}
	number := expr.Window{Func: expr.Func{Name: "row_number", Type: bigInteger}, PartitionBy: key, OrderBy: order}
	inner.Columns = append(inner.Columns[:len(q.Columns):len(q.Columns)], expr.Label{Name: "row_of_owner", Operand: number})
	sub := subqueryOf(inner)
	last := len(q.Columns)
	outer := expr.Select{From: []expr.Source{sub}, Columns: columnsIn(sub, sub.Columns[:last])}
	outer.Where = expr.Binary{Op: expr.Le, Left: expr.Column{Column: sub.Columns[last], Of: sub}, Right: rowCount("Limit", in.l.limit)}
	outer.OrderBy = []expr.Expr{expr.Order{Operand: expr.Column{Column: sub.Columns[last], Of: sub}}}
	return outer
}

func fieldColumnsOf(fields []*mapper.Field) []*schema.Column {
	columns := make([]*schema.Column, len(fields))
	for i, f := range fields {
		columns[i] = f.Column
	}
	return columns
}

// inKeys is true for rows whose columns, of a source, have the values of one of the keys.
func inKeys(columns []*schema.Column, of expr.Source, keys [][]driver.Value) expr.Expr {
	in := expr.In{List: make([]expr.Expr, len(keys))}
	if len(columns) == 1 {
		in.Operand = columnAmong(of, columns[0])
		for i, key := range keys {
			in.List[i] = storedBind(key[0], columns[0])
		}
		return in
	}
	in.Operand = expr.Tuple{Items: columnsIn(of, columns)}
	for i, key := range keys {
		row := expr.Tuple{}
		for j, c := range columns {
			row.Items = append(row.Items, storedBind(key[j], c))
		}
		in.List[i] = row
	}
	return in
}
