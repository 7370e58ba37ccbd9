package orm

import (
	"context"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// loading is one run of a query with loaders.
type loading struct {
	ctx      context.Context
	s        *Session
	criteria []Loader
}

// loadObjects runs a query for objects of a model, with loaders.
func loadObjects(ctx context.Context, s *Session, m *mapper.Mapper, node expr.Select, loaders []Loader) ([]unsafe.Pointer, error) {
	ld := &loading{ctx: ctx, s: s}
	if err := ld.collect(s.criteria); err != nil {
		return nil, err
	}
	if err := ld.collect(loaders); err != nil {
		return nil, err
	}
	base := expr.SourceOf(node.Columns[0].(expr.Column))
	sh, err := shapeOf(m, loaders)
	if err != nil {
		return nil, err
	}
	node.Columns = sh.columns(base)
	node.Where = both1(node.Where, ld.criteriaFor(m, base))
	var objects []unsafe.Pointer
	var seen map[unsafe.Pointer]bool // nil if an object that comes twice is there twice
	if !plainRepeats(loaders) {
		seen = map[unsafe.Pointer]bool{}
	}
	plan, err := ld.rows(sh, node, loaders, func(object unsafe.Pointer, _ driver.Rows) error {
		if seen[object] {
			return nil
		}
		if seen != nil {
			seen[object] = true
		}
		objects = append(objects, object)
		return nil
	})
	if err != nil {
		return nil, err
	}
	plan.fill()
	if err := plan.after(ld); err != nil {
		return nil, err
	}
	return objects, ld.after(m, objects, loaders, node)
}

// plainRepeats says whether the rows are those of the query itself, so that an
// object that comes twice is there twice.
func plainRepeats(loaders []Loader) bool {
	for _, l := range loaders {
		if l.how == byJoin || l.how == byOwnJoin {
			return false
		}
	}
	return true
}

// collect takes the criteria of models out of the loaders.
func (ld *loading) collect(loaders []Loader) error {
	for _, l := range loaders {
		if l.err != nil {
			return l.err
		}
		if l.how == criteria {
			ld.criteria = append(ld.criteria, l)
		}
		if err := ld.collect(l.next); err != nil {
			return err
		}
	}
	return nil
}

// criteriaFor are the conditions for objects of a model that are read from a
// source; nil is its table.
func (ld *loading) criteriaFor(m *mapper.Mapper, source expr.Source) (where expr.Expr) {
	for _, l := range ld.criteria {
		if m.Is(l.model) && l.where != nil {
			where = both1(where, l.where)
		}
	}
	return rebased(m, where, source)
}

// rebased are conditions on a model's table for another source.
func rebased(m *mapper.Mapper, where expr.Expr, source expr.Source) expr.Expr {
	if j, ok := source.(*expr.Join); ok {
		return rebasedToAll(where, j)
	}
	if m.IsJoined() {
		return where
	}
	table := expr.Table{Table: m.Table}
	if where == nil || source == nil || expr.Same(source, table) {
		return where
	}
	return expr.Rebase(where, table, source)
}

// rebasedToAll are conditions on the tables of a class for aliases of them.
func rebasedToAll(where expr.Expr, to *expr.Join) expr.Expr {
	expr.Leaves(to, func(leaf expr.Source) {
		if alias, ok := leaf.(*expr.Alias); ok && where != nil {
			where = expr.Rebase(where, expr.Table{Table: alias.Of}, alias)
		}
	})
	return where
}

// ofOwner are the objects of a class that have a relationship, which others of
// those that a query found have not.
func ofOwner(r *mapper.Relation, m *mapper.Mapper, objects []unsafe.Pointer) (list []unsafe.Pointer) {
	for _, object := range objects {
		if m.Class(object).Is(r.Owner) {
			list = append(list, object)
		}
	}
	return list
}

// conditions are those for what a loader loads from a source.
func (ld *loading) conditions(l Loader, r *mapper.Relation, source expr.Source) expr.Expr {
	return both1(rebased(r.Target, l.where, source), ld.criteriaFor(r.Target, source))
}

// rows runs a query whose first columns are those of a model, with what the
// loaders join to it, and calls each with every row and its object.
func (ld *loading) rows(sh *shape, node expr.Select, loaders []Loader, each func(unsafe.Pointer, driver.Rows) error) (*joinPlan, error) {
	plan, err := ld.plan(sh.m, &node, loaders)
	if err != nil {
		return nil, err
	}
	q, err := compiled(ld.s, node, nil)
	if err != nil {
		return nil, err
	}
	return plan, ld.s.eachRowAfter(ld.ctx, &q, tables{stmt: node}, func(rows driver.Rows) error {
		object, err := sh.read(ld.s.identity, rows)
		if err == nil {
			err = each(object, rows)
		}
		if err == nil {
			err = plan.row(ld.s, object, rows)
		}
		return err
	})
}

// after loads what takes queries of its own. The node is the query that found
// the objects; it may be empty.
func (ld *loading) after(m *mapper.Mapper, objects []unsafe.Pointer, loaders []Loader, node expr.Select) error {
	for _, l := range loaders {
		if l.how == byJoin || l.how == byOwnJoin || l.how == criteria || l.how == byColumns || l.how == widened {
			continue
		}
		if l.at == nil {
			forbid(m.Relations, nodesOf(m, objects))
			continue
		}
		r, err := l.relation(m)
		if err != nil {
			return err
		}
		if len(objects) == 0 {
			continue
		}
		if !m.Is(r.Owner) {
			objects, node := ofOwner(r, m, objects), expr.Select{}
			if err := ld.load(l, r, nodesOf(r.Owner, objects), node); err != nil {
				return fmt.Errorf("loading %s: %w", r.Path, err)
			}
			continue
		}
		if err := ld.load(l, r, nodesOf(r.Owner, objects), node); err != nil {
			return fmt.Errorf("loading %s: %w", r.Path, err)
		}
	}
	return nil
}

func (ld *loading) load(l Loader, r *mapper.Relation, nodes []*state.Node, node expr.Select) error {
	switch {
	case l.how == byNothing:
		forbid([]*mapper.Relation{r}, nodes)
		return nil
	case l.how == bySubquery && node.Columns != nil:
		return ld.subquery(l, r, nodes, node)
	}
	return ld.selectIn(l, r, nodes)
}

// forbid lets Load fail where nothing is loaded.
func forbid(relations []*mapper.Relation, nodes []*state.Node) {
	for _, n := range nodes {
		for _, r := range relations {
			if l := n.Link(r); !l.Loaded {
				l.Forbidden = true
			}
		}
	}
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
