package orm

import (
	"context"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// What statements, queries and sessions need of the code for inheritance. They
// are apart so that a program without sessions does not link what those need.
type (
	classRows interface {
		restrict(q *expr.Select, m *mapper.Mapper, of expr.Source)
		ofClass(m *mapper.Mapper, of expr.Source) expr.Expr
	}
	classTables interface {
		columns(m *mapper.Mapper, of expr.Source) []expr.Expr
		source(m *mapper.Mapper) expr.Source
		aliased(m *mapper.Mapper) expr.Source
	}
	classObjects interface {
		complete(ctx context.Context, s *Session) error
	}
)

// objectColumns are those that objects of a model are read from, in a source;
// nil is their own tables.
func objectColumns(m *mapper.Mapper, of expr.Source) []expr.Expr {
	if m.Inherited != nil {
		return m.Code.(classTables).columns(m, of)
	}
	return columnsRead(m.Loads, of)
}

// allColumns are those that a row of a model has.
func allColumns(m *mapper.Mapper, of expr.Source) []expr.Expr {
	if m.Inherited != nil {
		return m.Code.(classTables).columns(m, of)
	}
	return columnsIn(of, m.Table.Columns)
}

func (inheritance) columns(m *mapper.Mapper, of expr.Source) (list []expr.Expr) {
	for _, f := range m.Wide {
		list = append(list, inSource(of, f))
	}
	return list
}

// columnAmong is a column of a source, which may be the tables of a class, or nil
// for the column's own table.
func columnAmong(s expr.Source, c *schema.Column) expr.Expr {
	if s == nil {
		return expr.Column{Column: c}
	}
	if j, ok := s.(*expr.Join); ok {
		expr.Leaves(j, func(leaf expr.Source) {
			if tableOf(leaf) == c.Table {
				s = leaf
			}
		})
	}
	return columnIn(s, c)
}

// sourceOf is what the objects of a model are read from.
func sourceOf(m *mapper.Mapper) expr.Source {
	if m.IsJoined() {
		return m.Code.(classTables).source(m)
	}
	return expr.Table{Table: m.Table}
}

// aliasOfAll is what the objects of a model are read from once more.
func aliasOfAll(m *mapper.Mapper) expr.Source {
	if m.IsJoined() {
		return m.Code.(classTables).aliased(m)
	}
	return &expr.Alias{Of: m.Table}
}

// ofClass is the condition that rows are of the model's class; nil if the
// source has no others.
func ofClass(m *mapper.Mapper, of expr.Source) expr.Expr {
	if m.Inherited == nil {
		return nil
	}
	return m.Code.(classRows).ofClass(m, of)
}

// discriminatorOf is the field that says of which class an object is; nil if
// there is none. An object cannot become one of another class.
func discriminatorOf(m *mapper.Mapper) *mapper.Field {
	if m.Inherited == nil {
		return nil
	}
	return m.Discriminator
}

// selectOf makes a query one of the objects of a model.
func selectOf(m *mapper.Mapper, q expr.Select) expr.Select { return selectFrom(m, nil, q) }

// selectFrom is selectOf from a source; nil is the model's own tables.
func selectFrom(m *mapper.Mapper, of expr.Source, q expr.Select) expr.Select {
	q.Columns = objectColumns(m, of)
	if m.Inherited != nil {
		m.Code.(classRows).restrict(&q, m, of)
	}
	return q
}

// both1 is a AND b, each of which may be nil.
func both1(a, b expr.Expr) expr.Expr {
	if a == nil {
		return b
	}
	return both(a, b)
}

// restrict lets a query read the tables and the rows of a model, from a source;
// nil is its own tables.
func (inheritance) restrict(q *expr.Select, m *mapper.Mapper, of expr.Source) {
	if of == nil {
		of = sourceOf(m)
	}
	if _, joined := of.(*expr.Join); joined && len(q.From) == 0 {
		q.From = []expr.Source{of}
	}
	if class := ofClass(m, of); class != nil {
		q.Where = both1(q.Where, class)
	}
}

func (inheritance) source(m *mapper.Mapper) expr.Source {
	return joinParts(m.Parts, func(t *schema.Table) expr.Source { return expr.Table{Table: t} })
}

func (inheritance) aliased(m *mapper.Mapper) expr.Source {
	return joinParts(m.Parts, func(t *schema.Table) expr.Source { return &expr.Alias{Of: t} })
}

// joinParts joins tables of an object by their primary keys.
func joinParts(parts []*mapper.Mapper, read func(*schema.Table) expr.Source) expr.Source {
	whole := read(parts[0].Table)
	left := whole
	for i, p := range parts[1:] {
		right := read(p.Table)
		whole = &expr.Join{Kind: expr.InnerJoin, Left: whole, Right: right, On: sameKey(parts[i], left, p, right)}
		left = right
	}
	return whole
}

// sameKey is the condition that rows of two tables are of one object.
func sameKey(a *mapper.Mapper, left expr.Source, b *mapper.Mapper, right expr.Source) expr.Expr {
	var equal []expr.Expr
	for i, f := range a.Key {
		equal = append(equal, expr.Binary{Op: expr.Eq, Left: columnAmong(left, f.Column), Right: columnAmong(right, b.Key[i].Column)})
	}
	return conjunction(equal)
}

func (inheritance) ofClass(m *mapper.Mapper, of expr.Source) expr.Expr {
	if m.Base == nil || m.Table != m.Base.Table {
		return nil
	}
	c := m.Discriminator.Column
	in := expr.In{Operand: inSource(of, m.Discriminator)}
	for _, class := range mapper.Below(m) {
		if class.Identity != nil {
			in.List = append(in.List, bindFor(c, class.Identity))
		}
	}
	return in
}

// complete reads what objects have in tables below that of the class by which
// they were read: one query for each class and every 500 objects.
func (inheritance) complete(ctx context.Context, s *Session) error {
	byClass := map[*mapper.Mapper][]*state.State{}
	var classes []*mapper.Mapper
	for _, half := range s.identity.Halves {
		if !half.Expired || half.Partly == nil || half.Status != state.Persistent {
			continue
		}
		if byClass[half.Mapper] == nil {
			classes = append(classes, half.Mapper)
		}
		byClass[half.Mapper] = append(byClass[half.Mapper], half)
	}
	s.identity.Halves = nil
	for _, class := range classes {
		most := mostKeys
		if limit := s.engine.dialect.Features().MaxArgs; limit > 0 {
			most = max(min(most, (limit-100)/len(class.Key)), 1)
		}
		for halves := range slices.Chunk(byClass[class], most) {
			if err := s.completeClass(ctx, class, halves); err != nil {
				return fmt.Errorf("reading the rest of each %s: %w", class.Name, err)
			}
		}
	}
	return nil
}

func (s *Session) completeClass(ctx context.Context, class *mapper.Mapper, halves []*state.State) error {
	parts := lacking(class, halves)
	first := parts[0]
	q := expr.Select{Columns: columnsOf(fieldColumnsOf(first.Key), nil)}
	q.From = []expr.Source{joinParts(parts, func(t *schema.Table) expr.Source { return expr.Table{Table: t} })}
	fields := own(parts)
	q.Columns = append(q.Columns, columnsOf(fieldColumnsOf(fields), nil)...)
	waiting := map[state.Key]*state.State{}
	var keys [][]driver.Value
	for _, half := range halves {
		if waiting[half.Key] == nil {
			waiting[half.Key] = half
			keys = append(keys, keyOf(class, half.Snapshot))
		}
	}
	q.Where = inKeys(fieldColumnsOf(first.Key), nil, keys)
	query, err := compiled(s, q, nil)
	if err != nil {
		return err
	}
	key := rowKey{of: class, fields: first.Key, scratch: class.New()}
	for i := range first.Key {
		key.at = append(key.at, i)
	}
	err = s.eachRowAfter(ctx, &query, noTable, func(rows driver.Rows) error {
		k, _, err := key.read(rows)
		half := waiting[k]
		if err != nil || half == nil {
			return err
		}
		delete(waiting, k)
		return readMissing(half, fields, rows, len(first.Key))
	})
	for _, half := range halves {
		if err == nil && waiting[half.Key] != nil {
			err = fmt.Errorf("the row of %s with the key %v is that of a %s, but %s has no such row",
				class.Root.Table.FullName(), shownKey(class, half), class.Name, first.Table.FullName())
		}
	}
	return err
}

func shownKey(m *mapper.Mapper, s *state.State) (key []any) {
	for _, v := range keyOf(m, s.Snapshot) {
		key = append(key, v.Any())
	}
	return key
}

// readMissing reads those of the fields, which begin at a column, that an object
// lacks.
func readMissing(s *state.State, fields []*mapper.Field, rows driver.Rows, at int) error {
	var read []*mapper.Field
	for i, f := range fields {
		if !slices.Contains(s.Partly, f) {
			continue
		}
		read = append(read, f)
		if err := f.Read(s.Object, rows, at+i); err != nil {
			s.Drop(read)
			return err
		}
	}
	s.Read(read)
	return nil
}

// lacking are the tables of a class from the first one on that objects lack
// fields of.
func lacking(class *mapper.Mapper, objects []*state.State) []*mapper.Mapper {
	for i := range class.Parts {
		for _, f := range own(class.Parts[i : i+1]) {
			for _, s := range objects {
				if slices.Contains(s.Partly, f) {
					return class.Parts[i:]
				}
			}
		}
	}
	return class.Parts
}

// own are the fields of parts, without the keys that join them.
func own(parts []*mapper.Mapper) (fields []*mapper.Field) {
	for _, p := range parts {
		for _, f := range p.Fields {
			if !slices.Contains(p.Key, f) {
				fields = append(fields, f)
			}
		}
	}
	return fields
}
