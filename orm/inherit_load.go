package orm

import (
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// OfType is a relationship to a base that leads to objects of one class only,
// for conditions, joins and loaders:
//
//	Companies.Select().Where(orm.Any(orm.OfType(&Companies.F.Staff, Engineers), orm.C(&Engineers.F.Language).Eq("Go")))
//	Companies.Select().Join(orm.Along(orm.OfType(&Companies.F.Staff, Engineers)))
//	Companies.Select().Options(orm.SelectIn(orm.OfType(&Companies.F.Staff, Engineers)))
//
// A loader leaves the others out, as [Loader.Where] does: the handle will take
// what it got for all there is.
func OfType[T any](relationship Handle, class *Model[T]) Handle {
	return typedHandle{relationship, class.mapper, class.err}
}

type typedHandle struct {
	Handle
	class *mapper.Mapper
	err   error
}

func (h typedHandle) narrow(r *mapper.Relation) (*mapper.Relation, error) {
	if h.err != nil {
		return nil, h.err
	}
	if !h.class.Is(r.Target) {
		return nil, fmt.Errorf("orm: OfType: %s leads to objects of %s, of which no %s is one", r.Path, r.Target.Name, h.class.Name)
	}
	narrowed := *r
	narrowed.Target = h.class
	return &narrowed, nil
}

// WithPolymorphic lets a query for a base read the tables of classes below by
// itself, by outer joins, instead of by more queries. Their columns can stand
// in its conditions.
//
//	Employees.Select().Options(orm.WithPolymorphic(Engineers)).Where(orm.C(&Engineers.F.Language).Eq("Go"))
func WithPolymorphic(classes ...Mapped) Loader {
	return Loader{how: widened, run: loadObjects, widen: func(m *mapper.Mapper) (widening, error) {
		w := &wide{of: m, joined: map[*schema.Table]expr.Source{}}
		for _, c := range classes {
			_, class, err := c.mapped()
			if err != nil {
				return nil, err
			}
			if class == nil || !class.Is(m) {
				return nil, fmt.Errorf("orm: WithPolymorphic: %s is no class below %s", nameOf(c), m.Name)
			}
			w.classes = append(w.classes, class)
		}
		return w, nil
	}}
}

func nameOf(c Mapped) string {
	t, m, _ := c.mapped()
	if m != nil {
		return m.Name
	}
	return t.FullName()
}

// wide is what WithPolymorphic adds to one query.
type wide struct {
	of      *mapper.Mapper
	classes []*mapper.Mapper
	joined  map[*schema.Table]expr.Source
	parts   []widePart
}

// widePart are the fields of one table, from a column on.
type widePart struct {
	table  *schema.Table
	fields []*mapper.Field
	at     int
}

func (w *wide) widen(node *expr.Select, left expr.Source) error {
	w.of.Tables(func(t *schema.Table) bool { w.joined[t] = left; return false })
	if _, plain := left.(expr.Table); plain {
		node.From = slices.DeleteFunc(node.From, w.mentioned)
	}
	at, err := sourceIndex(node.From, left)
	if err != nil {
		return fmt.Errorf("orm: WithPolymorphic: %w", err)
	}
	for _, class := range w.classes {
		for i, part := range class.Parts {
			if w.joined[part.Table] == nil {
				right := expr.Source(expr.Table{Table: part.Table})
				if _, plain := left.(expr.Table); !plain {
					right = &expr.Alias{Of: part.Table}
				}
				before := class.Parts[i-1]
				node.From[at] = &expr.Join{Kind: expr.LeftJoin, Left: node.From[at], Right: right,
					On: sameKey(before, w.joined[before.Table], part, right)}
				w.joined[part.Table] = right
				w.parts = append(w.parts, w.read(node, part, right))
			}
		}
	}
	return nil
}

// mentioned says whether a source is a table to be joined, which is read because
// a condition has columns of it.
func (w *wide) mentioned(s expr.Source) bool {
	table, ok := s.(expr.Table)
	return ok && w.joined[table.Table] == nil && slices.ContainsFunc(w.classes, func(class *mapper.Mapper) bool {
		return class.Tables(func(t *schema.Table) bool { return t == table.Table })
	})
}

// read adds the columns of a table to the query.
func (w *wide) read(node *expr.Select, part *mapper.Mapper, from expr.Source) widePart {
	p := widePart{table: part.Table, fields: own([]*mapper.Mapper{part}), at: len(node.Columns)}
	node.Columns = node.Columns[:p.at:p.at]
	for _, f := range p.fields {
		node.Columns = append(node.Columns, columnAmong(from, f.Column))
	}
	return p
}

// row completes an object of one of the classes.
func (w *wide) row(s *Session, object unsafe.Pointer, rows driver.Rows) error {
	held := s.identity.ByObject(object)
	if held == nil || !held.Expired || held.Partly == nil {
		return nil
	}
	for _, p := range w.parts {
		if held.Mapper.Tables(func(t *schema.Table) bool { return t == p.table }) {
			if err := readMissing(held, p.fields, rows, p.at); err != nil {
				return err
			}
		}
	}
	return nil
}
