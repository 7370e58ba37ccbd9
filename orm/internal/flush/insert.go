package flush

import (
	"fmt"
	"slices"
	"strings"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// insert writes a new row and takes over what the database made up.
func (w *writer) insert(s *state.State) error {
	if err := w.hooks(mapper.BeforeInsert, s); err != nil {
		return err
	}
	left, key := fillNew(s)
	var err error
	if m := s.Mapper; m.IsJoined() {
		err = m.Code.(inheritance).insert(w, s)
	} else {
		err = insertRow(w, m, s, left, key)
	}
	if err != nil {
		return err
	}
	if err := w.held.Inserted(s); err != nil {
		return err
	}
	return w.hooks(mapper.AfterInsert, s)
}

// fillNew sets what the program makes for a new row. It returns the columns
// that are left to the database, and whether the key is one of them.
func fillNew(s *state.State) (left mask, key bool) {
	m, object := s.Mapper, s.Object
	m.FillGenerated(object)
	if m.Version != nil {
		m.NextVersion(object, nil)
	}
	return leftOf(m, object)
}

// leftOf are the columns of a mapper that are left to the database.
func leftOf(m *mapper.Mapper, object unsafe.Pointer) (left mask, key bool) {
	for i, f := range m.Fields {
		switch {
		case f == m.Generated && f.IsZero(object):
			left.set(i)
			key = true
		case f.OmitZero && f.IsZero(object), f.ReadOnly:
			left.set(i)
		}
	}
	return left, key
}

// row adds the fields of a new row to the arguments.
func (w *writer) row(m *mapper.Mapper, s *state.State, left *mask) error {
	for i, f := range m.Fields {
		if left.has(i) {
			continue
		}
		if err := w.arg(f, s.Object); err != nil {
			return err
		}
	}
	return nil
}

// insertRow writes the row that an object has by a mapper.
func insertRow(w *writer, m *mapper.Mapper, s *state.State, left mask, key bool) error {
	w.args = w.args[:0]
	if err := w.row(m, s, &left); err != nil {
		return err
	}
	st, err := w.insertStatement(m, left, key)
	if err != nil {
		return err
	}
	if st.read == nil {
		return w.insertPlain(st, m, s, left, key)
	}
	return w.insertReturning(st, s)
}

// insertStatement remembers the last one, because the next is often the same.
func (w *writer) insertStatement(m *mapper.Mapper, left mask, key bool) (*statement, error) {
	if w.last != nil && w.lastMapper == m && w.lastLeft == left {
		return w.last, nil
	}
	st, err := w.cache.insert(w.dialect, m, left, key)
	if err == nil {
		w.last, w.lastMapper, w.lastLeft = st, m, left
	}
	return st, err
}

// insertPlain takes the key from the driver's result. What else was left to
// the database is read by the key.
func (w *writer) insertPlain(st *statement, m *mapper.Mapper, s *state.State, left mask, key bool) error {
	r, err := w.exec(st)
	if err != nil {
		return err
	}
	if key {
		m.Generated.SetInt(s.Object, r.LastInsertID)
	}
	others := left
	if key {
		others = left.without(slices.Index(m.Fields, m.Generated))
	}
	if others == (mask{}) {
		return nil
	}
	if st, err = w.cache.reread(w.dialect, m, others); err != nil {
		return err
	}
	w.args = w.args[:0]
	for _, f := range m.Key {
		w.args = append(w.args, f.Value(s.Object))
	}
	return w.insertReturning(st, s)
}

// insertReturning runs a statement for what the database put into the columns
// left to it.
func (w *writer) insertReturning(st *statement, s *state.State) (err error) {
	w.release()
	w.conn.From(st)
	rows, err := w.conn.Query(w.ctx, st.sql, w.args)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	ok, err := rows.Next()
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("INSERT of one %s returned no row", s.Mapper.Name)
	}
	for i, f := range st.read {
		if err := f.Read(s.Object, rows.Rows, i); err != nil {
			return err
		}
	}
	_, err = rows.Next() // to the end, so that the statement is done
	return err
}

// mask is a set of field numbers. Models of more than 64 columns keep the rest
// in more.
type mask struct {
	low  uint64
	more string
}

func (m *mask) set(i int) {
	if i < 64 {
		m.low |= 1 << i
		return
	}
	m.more += string(rune(i))
}

// without is the set without the field i.
func (m mask) without(i int) mask {
	if i < 64 {
		m.low &^= 1 << i
		return m
	}
	m.more = strings.ReplaceAll(m.more, string(rune(i)), "")
	return m
}

func (m *mask) has(i int) bool {
	if i < 64 {
		return m.low&(1<<i) != 0
	}
	return strings.ContainsRune(m.more, rune(i))
}

func maskOf(m *mapper.Mapper, fields []*mapper.Field) (set mask) {
	j := 0
	for i, f := range m.Fields {
		if j < len(fields) && fields[j] == f {
			set.set(i)
			j++
		}
	}
	return set
}
