package flush

import (
	"errors"
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// batch is a run of new rows for one table that leave the same columns to the
// database, so that one statement can insert several of them.
type batch struct {
	states []*state.State
	mapper *mapper.Mapper
	left   mask
	key    bool // the generated key is one of left
	part   bool // other rows of the objects are still to come
}

// queue is insert, but that the row may wait until drain to go with others.
// Rows whose models have hooks do not wait, because a hook sees what was
// written before it.
func (w *writer) queue(s *state.State) error {
	m, q := s.Mapper, &w.queued
	if m.HasHooks(mapper.BeforeInsert) || m.HasHooks(mapper.AfterInsert) {
		if err := w.drain(); err != nil {
			return err
		}
		return w.insert(s)
	}
	left, key := fillNew(s)
	if len(q.states) > 0 && (q.mapper != m || q.left != left) {
		if err := w.drain(); err != nil {
			return err
		}
	}
	q.mapper, q.left, q.key = m, left, key
	q.states = append(q.states, s)
	return nil
}

// drain inserts the rows that wait.
func (w *writer) drain() error {
	q := w.queued
	if len(q.states) == 0 {
		return nil
	}
	w.queued.states = q.states[:0]
	w.held.Expect(q.mapper, len(q.states))
	var err error
	if m := q.mapper; m.IsJoined() {
		err = m.Code.(inheritance).insertAll(w, &q)
	} else {
		err = w.insertBatch(&q)
	}
	if err != nil {
		q.keyless(q.states)
	}
	return err
}

// inserted notes that rows are there.
func (w *writer) inserted(q *batch, states []*state.State) error {
	if q.part {
		return nil
	}
	for _, s := range states {
		if err := w.held.Inserted(s); err != nil {
			return err
		}
	}
	return nil
}

// keyless takes the keys back that rows were thought to have which are not
// there.
func (q *batch) keyless(states []*state.State) {
	if !q.key {
		return
	}
	for _, s := range states {
		if s.Status == state.Pending {
			q.mapper.Generated.SetInt(s.Object, 0)
		}
	}
}

func (w *writer) insertBatch(q *batch) error {
	f := w.dialect.Features()
	plain := q.left == mask{} // nothing comes back
	switch {
	case len(q.states) < leastRows(f):
	case plain:
		return w.insertChunks(q, q.states, func(part []*state.State) error { return w.many(q, part) })
	case q.key && q.left.without(slices.Index(q.mapper.Fields, q.mapper.Generated)) == mask{} && f.LastInsertID:
		switch f.BatchKeys {
		case dialect.KeysToLast:
			return w.insertToLast(q)
		case dialect.KeysFromFirst:
			return w.insertFromFirst(q)
		}
	case f.Returning && (!q.key || f.BatchKeys != dialect.KeysUnknown || f.OrderedRows != nil):
		return w.insertChunks(q, q.states, func(part []*state.State) error { return w.manyReturning(q, part) })
	}
	return w.oneByOne(q, q.states)
}

// oneByOne inserts rows by a statement each.
func (w *writer) oneByOne(q *batch, states []*state.State) error {
	for i, s := range states {
		if err := insertRow(w, q.mapper, s, q.left, q.key); err != nil {
			return err
		}
		if err := w.inserted(q, states[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// leastRows is how many rows are worth a statement of several. Where a database
// is in the same process one statement a row costs little, and is easier to
// read in a log.
func leastRows(f *dialect.Features) int {
	if f.BatchKeys == dialect.KeysToLast {
		return 17
	}
	return 2
}

// Sizes of statements. There are few, because each is prepared and kept.
const (
	mostBatch  = 512 // of rows in one statement
	localBatch = 64  // where the database is in the same process: more is no faster
	anySize    = 32  // up to here there is a statement of every size
)

// batchSize is how many of n rows go into the next statement.
func batchSize(f *dialect.Features, n, columns int) int {
	most := mostBatch
	if f.BatchKeys == dialect.KeysToLast {
		most = localBatch
	}
	for most > 1 && most*columns+spareArgs > f.MaxArgs {
		most /= 2
	}
	switch {
	case f.BatchKeys == dialect.KeysToLast:
		for most > n {
			most /= 4
		}
		if most < 4 {
			return 1
		}
	case n <= anySize:
		most = min(most, n)
	default:
		for most > n {
			most /= 2
		}
	}
	return max(most, 1)
}

// spareArgs is room for the arguments that are not those of rows.
const spareArgs = 16

// insertChunks inserts states by statements of several rows each, and enters
// them into the map.
func (w *writer) insertChunks(q *batch, states []*state.State, insert func([]*state.State) error) error {
	f, columns := w.dialect.Features(), len(q.mapper.Fields)
	for len(states) > 0 {
		n := batchSize(f, len(states), columns)
		part := states[:n]
		states = states[n:]
		if n == 1 {
			if err := w.oneByOne(q, part); err != nil {
				return err
			}
			continue
		}
		if err := insert(part); err != nil {
			return err
		}
		if err := w.inserted(q, part); err != nil {
			return err
		}
	}
	return nil
}

// manyArgs makes the arguments those of the rows.
func (w *writer) manyArgs(q *batch, part []*state.State) error {
	w.args = w.args[:0]
	for _, s := range part {
		if err := w.row(q.mapper, s, &q.left); err != nil {
			return err
		}
	}
	return nil
}

// many inserts rows of which nothing needs to come back.
func (w *writer) many(q *batch, part []*state.State) error {
	_, err := w.manyResult(q, part)
	return err
}

func (w *writer) manyResult(q *batch, part []*state.State) (driver.Result, error) {
	if err := w.manyArgs(q, part); err != nil {
		return driver.Result{}, err
	}
	st, err := w.cache.insertMany(w.dialect, q, len(part), false)
	if err != nil {
		return driver.Result{}, err
	}
	return w.exec(st)
}

// errNotInLine says that other rows came between those of a statement.
var errNotInLine = errors.New("keys are not in line")

// insertToLast is for a database that tells only the last key. Keys rise, so if
// the last is as far from the one before the statement as there are rows, each
// row has the next one. Otherwise, as when a trigger adds rows to the table or
// skips some, all is undone and done again row by row.
func (w *writer) insertToLast(q *batch) error {
	if err := w.oneByOne(q, q.states[:1]); err != nil {
		return err
	}
	m, rest := q.mapper, q.states[1:]
	last := m.Generated.Value(q.states[0].Object).Int()
	if err := w.conn.Savepoint(w.ctx, batchSavepoint); err != nil {
		return err
	}
	err := w.toLast(q, rest, last)
	if errors.Is(err, errNotInLine) {
		if err := w.conn.RollbackTo(w.ctx, batchSavepoint); err != nil {
			return err
		}
		q.keyless(rest)
		return w.oneByOne(q, rest)
	}
	if err != nil {
		return err
	}
	if err := w.conn.Release(w.ctx, batchSavepoint); err != nil {
		return err
	}
	return w.inserted(q, rest)
}

const batchSavepoint = "sp_batch"

func (w *writer) toLast(q *batch, states []*state.State, last int64) error {
	f, m := w.dialect.Features(), q.mapper
	for len(states) > 0 {
		n := batchSize(f, len(states), len(m.Fields))
		part := states[:n]
		states = states[n:]
		if n == 1 {
			if err := insertRow(w, m, part[0], q.left, true); err != nil {
				return err
			}
			if key := m.Generated.Value(part[0].Object).Int(); key <= last {
				return errNotInLine
			} else {
				last = key
			}
			continue
		}
		r, err := w.manyResult(q, part)
		if err != nil {
			return err
		}
		if r.LastInsertID != last+int64(n) {
			return errNotInLine
		}
		for i, s := range part {
			m.Generated.SetInt(s.Object, last+1+int64(i))
		}
		last = r.LastInsertID
	}
	return nil
}

// insertFromFirst is for MySQL and MariaDB, which tell the first key. The keys
// of an INSERT whose number of rows is known are a fixed step apart, whatever
// innodb_autoinc_lock_mode is.
func (w *writer) insertFromFirst(q *batch) error {
	step, err := w.keyStep()
	if err != nil {
		return err
	}
	return w.insertChunks(q, q.states, func(part []*state.State) error {
		r, err := w.manyResult(q, part)
		if err != nil {
			return err
		}
		if r.LastInsertID == 0 || r.RowsAffected != int64(len(part)) {
			return fmt.Errorf("INSERT of %d %s told no keys, or left rows out", len(part), q.mapper.Name)
		}
		for i, s := range part {
			q.mapper.Generated.SetInt(s.Object, r.LastInsertID+int64(i)*step)
		}
		return nil
	})
}

// keyStep is how far apart the keys are that MySQL makes. It is asked once in a
// flush.
func (w *writer) keyStep() (step int64, err error) {
	if w.step > 0 {
		return w.step, nil
	}
	w.release()
	rows, err := w.conn.Query(w.ctx, "SELECT @@auto_increment_increment", nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	for {
		ok, err := rows.Next()
		if err != nil || !ok {
			return w.step, err
		}
		w.step = max(rows.Int(0), 1)
	}
}

// manyReturning inserts rows and takes over what the database put into the
// columns left to it. Rows that come back are matched by their keys: those that
// the program gave, or those that the database made in the order of the rows.
func (w *writer) manyReturning(q *batch, part []*state.State) error {
	if err := w.manyArgs(q, part); err != nil {
		return err
	}
	st, err := w.cache.insertMany(w.dialect, q, len(part), true)
	if err != nil {
		return err
	}
	returned, err := w.returned(q, st, len(part))
	if err != nil {
		return err
	}
	if q.key {
		q.sort(returned)
	}
	for i, s := range part {
		row := returned[i]
		if !q.key {
			if row = q.find(returned, i, s); row == nil {
				return fmt.Errorf("INSERT of a %s returned another key than was given", q.mapper.Name)
			}
		}
		for j, f := range q.mapper.Fields {
			if q.left.has(j) {
				f.Copy(s.Object, row)
			}
		}
	}
	return nil
}

// sort orders rows by the keys that the database made, which they mostly are
// already.
func (q *batch) sort(rows []unsafe.Pointer) {
	key := func(i int) int64 { return q.mapper.Generated.Value(rows[i]).Int() }
	for i := range rows {
		for j := i; j > 0 && key(j) < key(j-1); j-- {
			rows[j], rows[j-1] = rows[j-1], rows[j]
		}
	}
}

// find returns the row with the key of s, which is mostly at place i.
func (q *batch) find(rows []unsafe.Pointer, i int, s *state.State) unsafe.Pointer {
	key := state.KeyOf(q.mapper, s.Object)
	for j := range rows {
		if row := rows[(i+j)%len(rows)]; state.KeyOf(q.mapper, row) == key {
			return row
		}
	}
	return nil
}

// returned runs the statement and reads its rows into objects of their own.
func (w *writer) returned(q *batch, st *statement, n int) (list []unsafe.Pointer, err error) {
	w.release()
	w.conn.From(st)
	rows, err := w.conn.Query(w.ctx, st.sql, w.args)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	block := q.mapper.NewBlock(n)
	for {
		ok, err := rows.Next()
		if err != nil {
			return nil, err
		}
		if !ok && len(list) == n {
			return list, nil
		}
		if !ok || len(list) == n {
			return nil, fmt.Errorf("INSERT of %d %s returned another number of rows", n, q.mapper.Name)
		}
		row := unsafe.Add(block, uintptr(len(list))*q.mapper.Size)
		for i, f := range st.read {
			if err := f.Read(row, rows.Rows, i); err != nil {
				return nil, err
			}
		}
		list = append(list, row)
	}
}
