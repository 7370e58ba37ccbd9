package orm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/load"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// InsertStructs returns an INSERT of rows that structs hold, of those columns
// whose fields are named, as in &Pets.F.Name. Without fields it is all columns
// but a primary key that the database makes, if no struct has one, and those
// that the database computes, and that says of which class the rows are. The
// structs stay outside any session.
//
//	orm.InsertStructs(Pets, pets).OnConflict("name").DoReplace()
func InsertStructs[T any](model *Model[T], rows []*T, fields ...any) InsertStmt {
	return insertStructs(model, model.mapper, model.err, pointers(rows), fields)
}

func insertStructs(into Mapped, m *mapper.Mapper, err error, rows []unsafe.Pointer, names []any) InsertStmt {
	var s InsertStmt
	if s.table, _, s.err = into.mapped(); s.err != nil {
		return s
	}
	if s.err = usable(m, err); s.err != nil {
		return s
	}
	fields, err := insertedFields(m, rows, names)
	if err == nil && m.Inherited != nil {
		fields, err = withClass(m, rows, fields)
	}
	if err != nil {
		s.err = fmt.Errorf("orm: inserting into %s: %w", s.table.Name, err)
		return s
	}
	for _, f := range fields {
		s.columns = append(s.columns, f.Column)
	}
	kind := discriminatorOf(m)
	for _, row := range rows {
		m.FillGenerated(row)
		values := make([]any, len(fields))
		for i, f := range fields {
			if f == kind {
				values[i] = m.Identity
				continue
			}
			v, err := f.Arg(row)
			if err != nil {
				s.err = fmt.Errorf("orm: inserting into %s: %w", s.table.Name, err)
				return s
			}
			values[i] = v.Any()
		}
		s.rows = append(s.rows, values)
	}
	return s
}

// withClass adds the field that says of which class the rows are, which need not
// have it.
func withClass(m *mapper.Mapper, rows []unsafe.Pointer, fields []*mapper.Field) ([]*mapper.Field, error) {
	kind := m.Discriminator
	switch {
	case m.IsJoined():
		return nil, fmt.Errorf("the objects of %s have rows in several tables, which one INSERT cannot write; Add them to a session", m.Name)
	case m.Identity == nil:
		return nil, fmt.Errorf("%s has no identity of its own, so no row can be just one", m.Name)
	}
	for _, row := range rows {
		if v := kind.Value(row).Any(); !kind.IsZero(row) && v != m.Identity {
			return nil, fmt.Errorf("%s is %#v in an object of %s, whose identity is %#v; leave the field alone", kind.Path, v, m.Name, m.Identity)
		}
	}
	if !slices.Contains(fields, kind) {
		fields = append(slices.Clip(fields), kind)
	}
	return fields, nil
}

func insertedFields(m *mapper.Mapper, rows []unsafe.Pointer, names []any) ([]*mapper.Field, error) {
	if i := slices.Index(rows, nil); i >= 0 {
		return nil, fmt.Errorf("row %d is nil", i+1)
	}
	if len(names) > 0 {
		return fieldsOf(m, names)
	}
	var fields []*mapper.Field
	for _, f := range m.Fields {
		zero := func(row unsafe.Pointer) bool { return f.IsZero(row) }
		given := slices.ContainsFunc(rows, func(row unsafe.Pointer) bool { return !zero(row) })
		if f.ReadOnly || (f == m.Generated || f.OmitZero) && !given {
			continue
		}
		if (f == m.Generated || f.OmitZero) && slices.ContainsFunc(rows, zero) {
			return nil, fmt.Errorf("some rows have a value in %s and some leave it to the database; insert them by two statements", f.Path)
		}
		fields = append(fields, f)
	}
	return fields, nil
}

// ReturnObjects runs an INSERT in a session and returns the objects of its
// rows, in the order in which the rows were given: new ones, and those that the
// session holds for rows that were there already, with the values that the rows
// have now. A row that was left as it is, by DoNothing or a condition, is nil.
// The database must have RETURNING.
//
// Rows are told apart by the primary key, if it was given, otherwise by the
// columns of OnConflict, otherwise by the order in which keys are made.
func ReturnObjects[T any](ctx context.Context, s *Session, model *Model[T], stmt InsertStmt) ([]*T, error) {
	list, err := s.returnObjects(ctx, model.mapper, model.err, stmt)
	return unsafe.Slice((**T)(unsafe.Pointer(unsafe.SliceData(list))), len(list)), err
}

func (s *Session) returnObjects(ctx context.Context, m *mapper.Mapper, err error, stmt InsertStmt) ([]unsafe.Pointer, error) {
	if err := usable(m, err); err != nil {
		return nil, err
	}
	if err := stmt.check(); err != nil {
		return nil, err
	}
	if m.IsJoined() {
		return nil, fmt.Errorf("orm: inserting into %s: the objects of %s have rows in several tables, which one INSERT cannot write; Add them to the session", m.Table.Name, m.Name)
	}
	if stmt.table != m.Table || stmt.query != nil {
		return nil, fmt.Errorf("orm: inserting into %s: objects of %s come only of rows that are given for its table", stmt.table.Name, m.Name)
	}
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	var all []unsafe.Pointer
	for _, batch := range stmt.filled().batches(s.engine.dialect) {
		list, err := s.returnBatch(ctx, m, batch)
		if err != nil {
			return nil, fmt.Errorf("inserting rows of %s: %w", m.Table.Name, err)
		}
		all = append(all, list...)
	}
	return all, nil
}

func (s *Session) returnBatch(ctx context.Context, m *mapper.Mapper, stmt InsertStmt) ([]unsafe.Pointer, error) {
	node := stmt.statement(stmt.rows)
	node.Returning = objectColumns(m, nil)
	match := stmt.identifying(m)
	if order := s.engine.dialect.Features().OrderedRows; order != nil && match == nil && !stmt.atOnce() {
		node.Query, node.Rows = order(node.Table, node.Columns, node.Rows), nil
	}
	q, err := compiled(s, node, nil)
	if err != nil {
		return nil, err
	}
	var returned []unsafe.Pointer
	err = s.eachRow(ctx, &q, func(rows driver.Rows) error {
		object, err := s.inserted(m, rows, stmt.clash == nil)
		returned = append(returned, object)
		return err
	})
	if err != nil {
		return nil, err
	}
	if match == nil {
		return inOrderOfKeys(m, returned, len(stmt.rows))
	}
	return stmt.matched(match, returned)
}

// inserted is the object of a row that was inserted or changed.
func (s *Session) inserted(m *mapper.Mapper, rows driver.Rows, fresh bool) (unsafe.Pointer, error) {
	class, at := m, []int(nil)
	var missing []*mapper.Field
	if m.Inherited != nil {
		var err error
		if class, err = mapper.ClassOf(m, rows); err != nil {
			return nil, err
		}
		at, missing = mapper.View(m, class)
	}
	row := class.New()
	var fields []*mapper.Field
	for i, f := range class.Loads {
		if at != nil {
			if i = at[i]; i < 0 {
				continue // in another table
			}
		}
		if err := f.Read(row, rows, i); err != nil {
			return nil, err
		}
		fields = append(fields, f)
	}
	held := s.identity.ByKey(state.KeyOf(m, row))
	if held == nil || held.Status != state.Persistent {
		object, err := load.Row(s.identity, m, rows)
		if err == nil && fresh {
			s.identity.ByKey(state.KeyOf(m, object)).Fresh = true
		}
		return object, err
	}
	if held.Mapper != class {
		return nil, fmt.Errorf("the row of a %s says now that it is a %s; Expunge the object to read it as one", held.Mapper.Name, class.Name)
	}
	s.identity.Overwritten(held, fields, row)
	s.identity.Got(held, fields)
	held.Expired, held.Partly = missing != nil, missing
	if missing != nil {
		s.identity.Halves = append(s.identity.Halves, held)
	}
	return held.Object, nil
}

// identifying are the fields whose values tell the rows apart; nil if there are
// none, so that the order must.
func (s InsertStmt) identifying(m *mapper.Mapper) (fields []*mapper.Field) {
	given := func(columns []*mapper.Field) bool {
		return len(columns) > 0 && !slices.ContainsFunc(columns, func(f *mapper.Field) bool { return !slices.Contains(s.columns, f.Column) })
	}
	if given(m.Key) {
		return m.Key
	}
	if s.clash != nil {
		for _, c := range s.clash.Columns {
			fields = append(fields, m.FieldOf(c))
		}
	}
	if slices.Contains(fields, nil) || !given(fields) {
		return nil
	}
	return fields
}

// matched puts objects in the order of the rows.
func (s InsertStmt) matched(by []*mapper.Field, returned []unsafe.Pointer) ([]unsafe.Pointer, error) {
	list, byKey := make([]unsafe.Pointer, len(s.rows)), map[state.Key]unsafe.Pointer{}
	for _, object := range returned {
		values, _ := state.Values(by, object)
		byKey[state.NewKey(nil, values...)] = object
	}
	args := make([]driver.Value, len(s.columns))
	var open []int
	for i, row := range s.rows {
		if slices.ContainsFunc(row, func(v any) bool { _, ok := v.(Operand); return ok }) {
			return nil, errors.New("rows that hold expressions cannot be matched to objects")
		}
		if err := s.values(args, row); err != nil {
			return nil, err
		}
		key := make([]driver.Value, len(by))
		for j, f := range by {
			key[j] = args[slices.Index(s.columns, f.Column)]
		}
		if list[i] = byKey[state.NewKey(nil, key...)]; list[i] == nil {
			open = append(open, i)
		}
	}
	returned = slices.DeleteFunc(returned, func(o unsafe.Pointer) bool { return slices.Contains(list, o) })
	switch {
	case len(returned) == 0: // rows that were left as they are
	case len(returned) == 1 && len(open) == 1: // its key was spelled in another way
		list[open[0]] = returned[0]
	default:
		return nil, fmt.Errorf("%d returned rows have other values in %s than were given, so it is not clear which is which", len(returned), by[0].Path)
	}
	return list, nil
}

// inOrderOfKeys is for rows whose keys rise with their order.
func inOrderOfKeys(m *mapper.Mapper, returned []unsafe.Pointer, n int) ([]unsafe.Pointer, error) {
	if len(returned) != n || m.Generated == nil && n > 1 {
		return nil, errors.New("the rows cannot be told apart: give their primary keys, or name the columns of OnConflict")
	}
	if m.Generated != nil {
		slices.SortFunc(returned, func(a, b unsafe.Pointer) int {
			return state.KeyOf(m, a).Compare(state.KeyOf(m, b))
		})
	}
	return returned, nil
}
