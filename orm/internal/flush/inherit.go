package flush

import (
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// inheritance writes objects that have rows in several tables. It is reached
// through the mapper, so that the linker leaves it out of programs without any;
// [Inheritance] has it.
type inheritance interface {
	insert(w *writer, s *state.State) error
	insertAll(w *writer, q *batch) error
	update(w *writer, s *state.State, fields []*mapper.Field) error
	delete(w *writer, s *state.State) error
	bulkUpdate(w *writer, b bulk, fields []*mapper.Field) error
	sort(p *Plan)
}

// Inheritance is the code for it.
type Inheritance struct{}

// insert begins with the root's row, which may get its key there.
func (Inheritance) insert(w *writer, s *state.State) error {
	for _, part := range s.Mapper.Parts {
		left, key := leftOf(part, s.Object)
		if err := insertRow(w, part, s, left, key); err != nil {
			return err
		}
	}
	return nil
}

// insertAll inserts objects of one class, table by table, so that those of each
// go in few statements. They leave the same columns to the database, so the
// first tells which these are in each table.
func (Inheritance) insertAll(w *writer, q *batch) error {
	for i, part := range q.mapper.Parts {
		left, key := leftOf(part, q.states[0].Object)
		rows := batch{states: q.states, mapper: part, left: left, key: key, part: i+1 < len(q.mapper.Parts)}
		if err := w.insertBatch(&rows); err != nil {
			return err
		}
	}
	return nil
}

// update leaves out the tables in which nothing changes.
func (Inheritance) update(w *writer, s *state.State, fields []*mapper.Field) error {
	for _, f := range s.Mapper.Key {
		if slices.Contains(fields, f) {
			return fmt.Errorf("%s: the key of a %s stands in several tables, so it cannot change", f.Path, s.Mapper.Name)
		}
	}
	for _, part := range s.Mapper.Parts {
		own := among(fields, part)
		if own == nil {
			continue
		}
		if err := updateRow(w, part, s, own); err != nil {
			return err
		}
	}
	return nil
}

// among are those of the fields that a part has.
func among(fields []*mapper.Field, part *mapper.Mapper) (own []*mapper.Field) {
	for _, f := range part.Fields {
		if slices.Contains(fields, f) {
			own = append(own, f)
		}
	}
	return own
}

// bulkUpdate leaves out the tables in which nothing changes. A row of the table
// with the discriminator may be that of another class.
func (Inheritance) bulkUpdate(w *writer, b bulk, fields []*mapper.Field) error {
	m := b.mapper
	parts := m.Parts
	if parts == nil {
		parts = []*mapper.Mapper{m}
	}
	for _, part := range parts {
		own := among(fields, part)
		if own == nil {
			continue
		}
		var class expr.Expr
		if m.Base != nil && part.Table == m.Discriminator.Column.Table {
			class = ofClass(m)
		}
		if err := b.update(w, part, own, class); err != nil {
			return err
		}
	}
	return nil
}

// ofClass is the condition that a row is of a class, or of one below.
func ofClass(m *mapper.Mapper) expr.Expr {
	c := m.Discriminator.Column
	in := expr.In{Operand: expr.Column{Column: c}}
	for _, class := range mapper.Below(m) {
		if class.Identity != nil {
			in.List = append(in.List, expr.Bind{Type: c.Type, Value: class.Identity, Near: c.Table.Name + "." + c.Name})
		}
	}
	return in
}

// delete ends with the root's row.
func (Inheritance) delete(w *writer, s *state.State) error {
	for _, part := range slices.Backward(s.Mapper.Parts) {
		if err := deleteRow(w, part, s); err != nil {
			return err
		}
	}
	return nil
}

// sort puts a model behind those that foreign keys of any of its tables refer
// to.
func (Inheritance) sort(p *Plan) {
	var sorted []*mapper.Mapper
	met := map[*mapper.Mapper]bool{}
	var visit func(m *mapper.Mapper)
	visit = func(m *mapper.Mapper) {
		if met[m] {
			return
		}
		met[m] = true
		for _, other := range p.models {
			if refersTo(m, other) {
				visit(other)
			}
		}
		sorted = append(sorted, m)
	}
	for _, m := range p.models {
		visit(m)
	}
	p.models = sorted
}

// refersTo says whether a row of one model may refer to a row of another that
// is not its own.
func refersTo(m, other *mapper.Mapper) bool {
	return m.Tables(func(t *schema.Table) bool {
		for _, key := range t.AllForeignKeys() {
			is := func(target *schema.Table) bool { return t.TargetOf(key) == target.FullName() }
			if other.Tables(is) && !m.Tables(is) {
				return true
			}
		}
		return false
	})
}
