package flush

import (
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// update writes the columns that changed.
func (w *writer) update(ch change) error {
	s := ch.state
	if ch.old != nil {
		w.held.Switch(ch.old, s)
		if len(ch.fields) == 0 {
			return nil
		}
	}
	if s.Mapper.HasHooks(mapper.BeforeUpdate) {
		if err := w.hooks(mapper.BeforeUpdate, s); err != nil {
			return err
		}
		ch.fields = s.Changed()
	}
	var err error
	if m := s.Mapper; m.IsJoined() {
		err = m.Code.(inheritance).update(w, s, ch.fields)
	} else {
		err = updateRow(w, m, s, ch.fields)
	}
	if err != nil {
		return err
	}
	w.held.Updated(s)
	return w.hooks(mapper.AfterUpdate, s)
}

// updateRow writes fields to the row that an object has by a mapper.
func updateRow(w *writer, m *mapper.Mapper, s *state.State, fields []*mapper.Field) error {
	st, err := w.cache.update(w.dialect, m, fields)
	if err != nil {
		return err
	}
	w.args = w.args[:0]
	for _, f := range fields {
		if err := w.arg(f, s.Object); err != nil {
			return err
		}
	}
	if err := w.one(st, m, s, "UPDATE"); err != nil {
		return err
	}
	return w.reread(m, s, fields)
}

// delete removes the row.
func (w *writer) delete(s *state.State) error {
	if err := w.hooks(mapper.BeforeDelete, s); err != nil {
		return err
	}
	var err error
	if m := s.Mapper; m.IsJoined() {
		err = m.Code.(inheritance).delete(w, s)
	} else {
		err = deleteRow(w, m, s)
	}
	if err != nil {
		return err
	}
	w.held.Removed(s)
	return w.hooks(mapper.AfterDelete, s)
}

// deleteRow removes the row that an object has by a mapper.
func deleteRow(w *writer, m *mapper.Mapper, s *state.State) error {
	st, err := w.cache.delete(w.dialect, m)
	if err != nil {
		return err
	}
	w.args = w.args[:0]
	return w.one(st, m, s, "DELETE")
}

// reread takes over what the database set in an UPDATE.
func (w *writer) reread(m *mapper.Mapper, s *state.State, fields []*mapper.Field) error {
	var made mask
	for i, f := range m.Fields {
		if f.Column.Computed != nil || f.Column.OnUpdate != nil && !slices.Contains(fields, f) {
			made.set(i)
		}
	}
	if made == (mask{}) {
		return nil
	}
	st, err := w.cache.reread(w.dialect, m, made)
	if err != nil {
		return err
	}
	w.args = w.args[:0]
	for _, f := range m.Key {
		w.args = append(w.args, f.Value(s.Object))
	}
	return w.insertReturning(st, s)
}

// arg adds a field to the arguments.
func (w *writer) arg(f *mapper.Field, object unsafe.Pointer) error {
	v, err := f.Arg(object)
	w.args = append(w.args, v)
	return err
}

// one runs a statement for the row of s, by the key that the row has in the
// database, and insists that it hit that row.
func (w *writer) one(st *statement, m *mapper.Mapper, s *state.State, verb string) error {
	for _, f := range m.Key {
		w.args = append(w.args, f.Value(s.Snapshot))
	}
	if v := m.Version; v != nil {
		w.args = append(w.args, v.Value(s.Snapshot))
	}
	r, err := w.exec(st)
	if err != nil {
		return err
	}
	if r.RowsAffected != 1 {
		return &StaleError{Model: s.Mapper.Name, Verb: verb, Rows: r.RowsAffected}
	}
	return nil
}
