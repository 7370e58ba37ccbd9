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
	keys  [][]driver.Value // of the objects to ask for, each once
	found map[state.Key][]unsafe.Pointer
	pairs map[endPair]bool
	key   rowKey
	plans []*joinPlan
}

// endPair is one object at the end of one key.
type endPair struct {
	key    state.Key
	object unsafe.Pointer
}

func (ld *loading) end(l Loader, r *mapper.Relation) *endLoad {
	return &endLoad{loading: ld, l: l, r: r, found: map[state.Key][]unsafe.Pointer{}, pairs: map[endPair]bool{}}
}

// selectIn loads a relationship of all the nodes that have not loaded it.
func (ld *loading) selectIn(l Loader, r *mapper.Relation, nodes []*state.Node) error {
	in := ld.end(l, r)
	wanting, keys := in.wanting(nodes)
	if err := in.run(); err != nil {
		return err
	}
	return in.give(wanting, keys, nodes, expr.Select{})
}

// wanting are the nodes that have not loaded the relationship, and the keys
// under which the result has their part.
func (in *endLoad) wanting(nodes []*state.Node) (wanting []*state.Node, keys []state.Key) {
	for _, n := range nodes {
		l := n.Link(in.r)
		if l.Loaded && !l.Expired || n.State == nil || n.State.Status == state.Pending {
			continue
		}
		wanting = append(wanting, n)
		keys = append(keys, in.ask(n))
	}
	return wanting, keys
}

// give hands out what was found, and goes on from there.
func (in *endLoad) give(wanting []*state.Node, keys []state.Key, nodes []*state.Node, node expr.Select) error {
	for i, n := range wanting {
		n.Link(in.r).Fill(in.found[keys[i]])
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

// ask adds what one object needs to what is asked for, and returns the key
// under which its part of the result will be.
func (in *endLoad) ask(n *state.Node) state.Key {
	m := in.r.Owner
	if in.r.Direction == mapper.ManyToOne {
		m = in.r.Target
	}
	key, ok := state.KeyFrom(m, in.r.Local, n.Object)
	if !ok {
		return state.Key{}
	}
	if _, asked := in.found[key]; asked {
		return key
	}
	if in.r.Direction == mapper.ManyToOne && in.r.ByKey && in.conditions(in.l, in.r, nil) == nil {
		if held := in.s.identity.ByKey(key); held != nil && !held.Expired && held.Status != state.Deleted {
			in.found[key] = []unsafe.Pointer{held.Object}
			in.pairs[endPair{key, held.Object}] = true
			return key
		}
	}
	values, _ := state.Values(in.r.Local, n.Object)
	in.found[key] = nil
	in.keys = append(in.keys, values)
	return key
}

// run asks for all keys.
func (in *endLoad) run() error {
	most := mostKeys
	if limit := in.s.engine.dialect.Features().MaxArgs; limit > 0 {
		most = max(min(most, (limit-100)/len(in.r.Local)), 1)
	}
	for len(in.keys) > 0 {
		n := min(len(in.keys), most)
		if err := in.read(in.query(in.keys[:n])); err != nil {
			return err
		}
		in.keys = in.keys[n:]
	}
	return nil
}

// read runs a query of objects at the other end, each with its key.
func (in *endLoad) read(q expr.Select) error {
	plan, err := in.rows(in.r.Target, q, in.l.next, func(object unsafe.Pointer, rows driver.Rows) error {
		key, ok, err := in.key.read(rows)
		if pair := (endPair{key, object}); err == nil && ok && !in.pairs[pair] {
			in.pairs[pair] = true
			in.found[key] = append(in.found[key], object)
		}
		return err
	})
	in.plans = append(in.plans, plan)
	return err
}

// keyed adds the columns that hold the owner's key.
func (in *endLoad) keyed(q *expr.Select, columns []expr.Expr, fields []*mapper.Field, of *mapper.Mapper) {
	in.key = rowKey{of: in.r.Owner, fields: fields, scratch: of.New()}
	if in.r.Direction == mapper.ManyToOne {
		in.key.of = in.r.Target
	}
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
	q := expr.Select{Columns: tableColumns(r.Target.Table), OrderBy: in.order()}
	link := fieldColumnsOf(r.Remote)
	if r.Secondary == nil {
		in.keyed(&q, columnsOf(link, nil), r.Remote, r.Target)
	} else {
		link = r.LocalLink
		q.From = []expr.Source{&expr.Join{Kind: expr.InnerJoin, Left: expr.Table{Table: r.Target.Table},
			Right: expr.Table{Table: r.Secondary}, On: conjunction(linkEquals(r, nil, nil))}}
		in.keyed(&q, columnsOf(link, nil), r.Local, r.Owner)
	}
	q.Where = both(inKeys(link, keys), in.conditions(in.l, r, nil))
	if in.l.limit > 0 {
		return in.limited(q, columnsOf(link, nil))
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

func fieldIndex(m *mapper.Mapper, f *mapper.Field) int {
	for i, other := range m.Fields {
		if other == f {
			return i
		}
	}
	return -1
}

// inKeys is true for rows whose columns have the values of one of the keys.
func inKeys(columns []*schema.Column, keys [][]driver.Value) expr.Expr {
	in := expr.In{List: make([]expr.Expr, len(keys))}
	if len(columns) == 1 {
		in.Operand = expr.Column{Column: columns[0]}
		for i, key := range keys {
			in.List[i] = storedBind(key[0], columns[0])
		}
		return in
	}
	in.Operand = expr.Tuple{Items: columnsOf(columns, nil)}
	for i, key := range keys {
		row := expr.Tuple{}
		for j, c := range columns {
			row.Items = append(row.Items, storedBind(key[j], c))
		}
		in.List[i] = row
	}
	return in
}
