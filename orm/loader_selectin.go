package orm

import (
	"context"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// mostKeys is how many objects a query of SelectIn is for.
const mostKeys = 500

// inLoad is one run of SelectIn for one relationship.
type inLoad struct {
	s     *Session
	r     *mapper.Relation
	keys  [][]driver.Value // of the objects to ask for, each once
	found map[state.Key][]unsafe.Pointer
	key   rowKey
}

// selectIn loads a relationship of all the nodes that have not loaded it.
func (s *Session) selectIn(ctx context.Context, r *mapper.Relation, nodes []*state.Node) error {
	in := &inLoad{s: s, r: r, found: map[state.Key][]unsafe.Pointer{}}
	var wanting []*state.Node
	keys := make([]state.Key, 0, len(nodes))
	for _, n := range nodes {
		l := n.Link(r)
		if l.Loaded && !l.Expired || n.State == nil || n.State.Status == state.Pending {
			continue
		}
		wanting = append(wanting, n)
		keys = append(keys, in.ask(n))
	}
	if err := in.run(ctx); err != nil {
		return err
	}
	for i, n := range wanting {
		n.Link(r).Fill(in.found[keys[i]])
	}
	return nil
}

// ask adds what one object needs to what is asked for, and returns the key
// under which its part of the result will be.
func (in *inLoad) ask(n *state.Node) state.Key {
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
	if in.r.Direction == mapper.ManyToOne && in.r.ByKey {
		if held := in.s.identity.ByKey(key); held != nil && !held.Expired && held.Status != state.Deleted {
			in.found[key] = []unsafe.Pointer{held.Object}
			return key
		}
	}
	values, _ := state.Values(in.r.Local, n.Object)
	in.found[key] = nil
	in.keys = append(in.keys, values)
	return key
}

// run asks for all keys.
func (in *inLoad) run(ctx context.Context) error {
	most := mostKeys
	if limit := in.s.engine.dialect.Features().MaxArgs; limit > 0 {
		most = max(min(most, limit/len(in.r.Local)), 1)
	}
	in.prepare()
	for len(in.keys) > 0 {
		n := min(len(in.keys), most)
		if err := in.chunk(ctx, in.keys[:n]); err != nil {
			return err
		}
		in.keys = in.keys[n:]
	}
	return nil
}

// prepare finds out where in a row the key stands.
func (in *inLoad) prepare() {
	r := in.r
	in.key = rowKey{of: r.Owner, fields: r.Remote, scratch: r.Target.New()}
	if r.Direction == mapper.ManyToOne {
		in.key.of = r.Target
	}
	if r.Secondary != nil {
		in.key.fields, in.key.scratch = r.Local, r.Owner.New()
		for i := range r.LocalLink {
			in.key.at = append(in.key.at, len(r.Target.Fields)+i)
		}
		return
	}
	for _, f := range r.Remote {
		in.key.at = append(in.key.at, fieldIndex(r.Target, f))
	}
}

func fieldIndex(m *mapper.Mapper, f *mapper.Field) int {
	for i, other := range m.Fields {
		if other == f {
			return i
		}
	}
	return -1
}

func (in *inLoad) chunk(ctx context.Context, keys [][]driver.Value) error {
	q, err := compiled(in.s, in.query(keys), nil)
	if err != nil {
		return err
	}
	return in.s.eachRow(ctx, &q, func(rows driver.Rows) error {
		key, ok, err := in.key.read(rows)
		if err != nil || !ok {
			return err
		}
		object, err := in.s.loadRow(in.r.Target, rows)
		if err == nil {
			in.found[key] = append(in.found[key], object)
		}
		return err
	})
}

// query is the SELECT of the objects at the other end of those with the keys.
func (in *inLoad) query(keys [][]driver.Value) expr.Select {
	r := in.r
	q := expr.Select{Columns: tableColumns(r.Target.Table), OrderBy: orderOf(r, nil)}
	if r.Secondary == nil {
		q.Where = inKeys(fieldColumnsOf(r.Remote), keys)
		return q
	}
	q.Columns = append(q.Columns, columnsOf(r.LocalLink, nil)...)
	q.From = []expr.Source{&expr.Join{Kind: expr.InnerJoin, Left: expr.Table{Table: r.Target.Table},
		Right: expr.Table{Table: r.Secondary}, On: conjunction(linkEquals(r, nil, nil))}}
	q.Where = inKeys(r.LocalLink, keys)
	return q
}

func fieldColumnsOf(fields []*mapper.Field) []*schema.Column {
	columns := make([]*schema.Column, len(fields))
	for i, f := range fields {
		columns[i] = f.Column
	}
	return columns
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
