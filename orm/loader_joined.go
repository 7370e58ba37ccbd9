package orm

import (
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// joinPlan is what a query reads beside its own objects.
type joinPlan struct {
	ends []*joinedEnd
	wide []widening
}

// widening adds columns of classes below to what a query reads of objects.
type widening interface {
	widen(node *expr.Select, left expr.Source) error
	row(s *Session, object unsafe.Pointer, rows driver.Rows) error
}

// joinedEnd is the other end of one relationship in the rows of a query.
type joinedEnd struct {
	joinPlan // of the objects there
	loader   Loader
	r        *mapper.Relation
	source   expr.Source
	shape    *shape
	at       int   // its first column
	keys     []int // the columns of its primary key
	owners   []unsafe.Pointer
	items    map[unsafe.Pointer][]unsafe.Pointer // by owner
	pairs    map[[2]unsafe.Pointer]bool
	objects  []unsafe.Pointer
}

// plan adds to a query what the loaders join to it.
func (ld *loading) plan(m *mapper.Mapper, node *expr.Select, loaders []Loader) (*joinPlan, error) {
	plan := &joinPlan{}
	if err := plan.find(m, loaders); err != nil || len(plan.ends)+len(plan.wide) == 0 {
		return plan, err
	}
	base := expr.SourceOf(node.Columns[0].(expr.Column))
	from := node.From
	if len(from) == 0 {
		from = readBy(*node)
	}
	node.From = append([]expr.Source(nil), from...)
	if err := plan.widen(node, base); err != nil {
		return plan, err
	}
	plan.readOwn(node)
	if plan.hasCollection() && (node.Limit != nil || node.Offset != nil || node.Distinct || node.DistinctOn != nil || node.GroupBy != nil) {
		base = wrap(node)
	}
	return plan, plan.join(ld, node, base)
}

// readBy are the sources of a query that does not list them.
func readBy(node expr.Select) []expr.Source {
	list := SelectStmt{node: node}.reads(nil)
	expr.Sources(node.Where, func(s expr.Source) {
		for _, other := range list {
			if expr.Same(s, other) {
				return
			}
		}
		list = append(list, s)
	})
	return list
}

// find collects the ends that are read by joins.
func (p *joinPlan) find(m *mapper.Mapper, loaders []Loader) error {
	for _, l := range loaders {
		if l.how == widened {
			w, err := l.widen(m)
			if err != nil {
				return err
			}
			p.wide = append(p.wide, w)
		}
		if l.how != byJoin && l.how != byOwnJoin {
			continue
		}
		r, err := l.relation(m)
		if err != nil {
			return err
		}
		e := &joinedEnd{loader: l, r: r, items: map[unsafe.Pointer][]unsafe.Pointer{},
			pairs: map[[2]unsafe.Pointer]bool{}}
		e.source = aliasOfAll(r.Target)
		if l.how == byOwnJoin {
			if e.source, err = ownSource(l, r); err != nil {
				return err
			}
		}
		if e.shape, err = shapeOf(r.Target, l.next); err != nil {
			return err
		}
		p.ends = append(p.ends, e)
		if err := e.find(r.Target, l.next); err != nil {
			return err
		}
	}
	return nil
}

// ownSource is what ContainsEager reads.
func ownSource(l Loader, r *mapper.Relation) (expr.Source, error) {
	if l.from == nil {
		return sourceOf(r.Target), nil
	}
	source, err := l.from.source()
	if err == nil && tableOf(source) != r.Target.Table {
		err = fmt.Errorf("orm: ContainsEager of %s reads the table %s, not %s", r.Path, r.Target.Table.FullName(), sourceName(source))
	}
	return source, err
}

// hasCollection says whether a join of the plan's own multiplies rows.
func (p *joinPlan) hasCollection() bool {
	for _, e := range p.ends {
		if e.loader.how == byJoin && e.r.Many || e.hasCollection() {
			return true
		}
	}
	return false
}

// readOwn adds the columns of what the query joins itself.
func (p *joinPlan) readOwn(node *expr.Select) {
	for _, e := range p.ends {
		if e.loader.how == byOwnJoin {
			e.read(node)
			e.readOwn(node)
		}
	}
}

// read adds the columns of the end.
func (e *joinedEnd) read(node *expr.Select) {
	e.at = len(node.Columns)
	for _, f := range e.r.Target.Key {
		e.keys = append(e.keys, e.at+e.shape.index(f))
	}
	node.Columns = append(node.Columns[:e.at:e.at], e.shape.columns(e.source)...)
}

// join joins the ends to the source that has the relationships.
func (p *joinPlan) join(ld *loading, node *expr.Select, left expr.Source) error {
	for _, e := range p.ends {
		if e.loader.how == byJoin {
			at, err := sourceIndex(node.From, left)
			if err != nil {
				return fmt.Errorf("orm: joining %s: %w", e.r.Path, err)
			}
			var link expr.Source
			if e.r.Secondary != nil {
				link = &expr.Alias{Of: e.r.Secondary}
			}
			node.From[at] = joinAlong(e.r, node.From[at], left, e.source, link, expr.LeftJoin, both1(ld.conditions(e.loader, e.r, e.source), ofClass(e.r.Target, e.source)))
			e.read(node)
			node.OrderBy = append(node.OrderBy[:len(node.OrderBy):len(node.OrderBy)], orderOf(e.r, e.source)...)
		}
		if err := e.widen(node, e.source); err != nil {
			return err
		}
		if err := e.join(ld, node, e.source); err != nil {
			return err
		}
	}
	return nil
}

// widen joins the tables of classes below to a source.
func (p *joinPlan) widen(node *expr.Select, left expr.Source) error {
	for _, w := range p.wide {
		if err := w.widen(node, left); err != nil {
			return err
		}
	}
	return nil
}

// sourceIndex is the place of the list that holds a source.
func sourceIndex(from []expr.Source, source expr.Source) (int, error) {
	at := -1
	if j, ok := source.(*expr.Join); ok {
		expr.Leaves(j, func(leaf expr.Source) { source = leaf })
	}
	for i, s := range from {
		expr.Leaves(s, func(leaf expr.Source) {
			if expr.Same(leaf, source) {
				at = i
			}
		})
	}
	if at < 0 {
		return 0, fmt.Errorf("the query does not read %s itself", sourceName(source))
	}
	return at, nil
}

// row takes what a row holds beside the owner.
func (p *joinPlan) row(s *Session, owner unsafe.Pointer, rows driver.Rows) error {
	for _, w := range p.wide {
		if err := w.row(s, owner, rows); err != nil {
			return err
		}
	}
	for _, e := range p.ends {
		if _, known := e.items[owner]; !known {
			e.items[owner] = nil
			e.owners = append(e.owners, owner)
		}
		if e.absent(rows) {
			continue
		}
		object, err := e.shape.read(s.identity, shifted{rows, e.at})
		if err != nil {
			return err
		}
		if pair := [2]unsafe.Pointer{owner, object}; !e.pairs[pair] {
			e.pairs[pair] = true
			e.items[owner] = append(e.items[owner], object)
			e.objects = append(e.objects, object)
		}
		if err := e.row(s, object, rows); err != nil {
			return err
		}
	}
	return nil
}

// absent says whether the row has no object at the end.
func (e *joinedEnd) absent(rows driver.Rows) bool {
	for _, i := range e.keys {
		if rows.Kind(i) == driver.Null {
			return true
		}
	}
	return false
}

// fill gives the owners what was found.
func (p *joinPlan) fill() {
	for _, e := range p.ends {
		for _, owner := range e.owners {
			if n := state.NodeOf(e.r.Owner, owner); n != nil {
				if l := n.Link(e.r); !l.Loaded || l.Expired {
					n.Fill(l, e.items[owner])
				}
			}
		}
		e.fill()
	}
}

// after loads what the ends' own loaders ask for.
func (p *joinPlan) after(ld *loading) error {
	for _, e := range p.ends {
		if err := e.after(ld); err != nil {
			return err
		}
		if err := ld.after(e.r.Target, e.objects, e.loader.next, expr.Select{}); err != nil {
			return err
		}
	}
	return nil
}

// shifted are rows whose first column is another one.
type shifted struct {
	driver.Rows
	at int
}

func (r shifted) Columns() []driver.Column { return r.Rows.Columns()[r.at:] }
func (r shifted) Kind(i int) driver.Kind   { return r.Rows.Kind(r.at + i) }
func (r shifted) Int(i int) int64          { return r.Rows.Int(r.at + i) }
func (r shifted) Float(i int) float64      { return r.Rows.Float(r.at + i) }
func (r shifted) Bool(i int) bool          { return r.Rows.Bool(r.at + i) }
func (r shifted) Text(i int) string        { return r.Rows.Text(r.at + i) }
func (r shifted) Blob(i int) []byte        { return r.Rows.Blob(r.at + i) }
func (r shifted) Value(i int) driver.Value { return r.Rows.Value(r.at + i) }
