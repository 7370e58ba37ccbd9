// Package flush writes what changed in a session: INSERTs in the order of the
// foreign keys, then UPDATEs of the columns that changed, then DELETEs.
package flush

import (
	"context"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// StaleError says that a row that was to be changed was not there.
type StaleError struct {
	Model string
	Verb  string // "UPDATE" or "DELETE"
	Rows  int64  // rows that were hit
}

func (e *StaleError) Error() string {
	return fmt.Sprintf("%s of one %s hit %d rows; somebody else changed or deleted it", e.Verb, e.Model, e.Rows)
}

// Plan is the work of one flush, by model.
type Plan struct {
	held     *state.Map
	models   []*mapper.Mapper // those referred to before those that refer
	inserts  map[*mapper.Mapper][]*state.State
	updates  map[*mapper.Mapper][]change
	deletes  map[*mapper.Mapper][]*state.State
	first    []*state.State        // deletes that make room for inserts
	gone     map[*state.State]bool // deletes that are not needed, or done first
	deleting bool                  // there are deletes
	links    work                  // of relationships; nil if there is none
}

// change is an UPDATE to be.
type change struct {
	state  *state.State
	fields []*mapper.Field
	old    *state.State // the object whose row the new one gets; nil for an UPDATE of its own row
}

// NewPlan looks for all that a flush of the map has to write. The plan holds
// until the map or one of its objects changes.
func NewPlan(held *state.Map, load Loader) (*Plan, error) {
	p := &Plan{held: held}
	if x := held.Machinery(); x != nil {
		if err := x.(relations).prepare(p, load); err != nil {
			return nil, err
		}
	}
	for _, s := range held.Unwritten() {
		p.deleting = p.deleting || s.Status == state.Deleting
	}
	for _, s := range held.Unwritten() {
		p.take(s)
	}
	held.Differing(p.take)
	p.sort()
	p.sortUpdates()
	if p.links != nil {
		return p, p.links.plan()
	}
	return p, nil
}

// Empty says that there is nothing to write.
func (p *Plan) Empty() bool { return len(p.models) == 0 && (p.links == nil || p.links.empty()) }

func (p *Plan) take(s *state.State) {
	m := s.Mapper
	switch s.Status {
	case state.Pending:
		if !p.switches(s) {
			put(&p.inserts, m, s)
		}
	case state.Deleting:
		put(&p.deletes, m, s)
	case state.Persistent:
		fields := s.Changed()
		if fields == nil {
			return
		}
		if m.FillUpdated(s.Object, fields) {
			fields = s.Changed()
		}
		if m.Version != nil {
			m.NextVersion(s.Object, s.Snapshot)
			fields = s.Changed()
		}
		put(&p.updates, m, change{s, fields, nil})
	default:
		return
	}
	if !slices.Contains(p.models, m) {
		p.models = append(p.models, m)
	}
}

// put adds work for a model. Most plans are empty and need no maps.
func put[T any](work *map[*mapper.Mapper][]T, m *mapper.Mapper, w T) {
	if *work == nil {
		*work = map[*mapper.Mapper][]T{}
	}
	(*work)[m] = append((*work)[m], w)
}

// sort puts a model behind those that its foreign keys refer to.
func (p *Plan) sort() {
	if len(p.models) < 2 {
		return
	}
	for _, m := range p.models {
		if m.IsJoined() {
			m.Code.(inheritance).sort(p)
			return
		}
	}
	rank := map[*schema.Table]int{}
	tables := make([]*schema.Table, len(p.models))
	for i, m := range p.models {
		tables[i] = m.Table
	}
	for i, t := range schema.Sorted(tables) {
		rank[t] = i
	}
	for i := range p.models {
		for ; i > 0 && rank[p.models[i].Table] < rank[p.models[i-1].Table]; i-- {
			p.models[i], p.models[i-1] = p.models[i-1], p.models[i]
		}
	}
}

// sortUpdates orders the UPDATEs of a model by key, so that two programs that
// change the same rows lock them in the same order and none waits for the other
// in a circle.
func (p *Plan) sortUpdates() {
	for _, list := range p.updates {
		if !slices.IsSortedFunc(list, byRow) {
			sortRows(list)
		}
	}
}

// sortRows is a stable sort by merging. Those of the standard library are many
// times as large, which each program with a session would pay for.
func sortRows(list []change) {
	if len(list) < 2 {
		return
	}
	half := len(list) / 2
	left, right := slices.Clone(list[:half]), list[half:]
	sortRows(left)
	sortRows(right)
	for i := 0; len(left) > 0; i++ { // what is left of right is in its place
		if len(right) > 0 && byRow(right[0], left[0]) < 0 {
			list[i], right = right[0], right[1:]
		} else {
			list[i], left = left[0], left[1:]
		}
	}
}

func byRow(a, b change) int { return a.row().Compare(b.row()) }

// row is the key of the row that is changed.
func (ch change) row() state.Key {
	if ch.old != nil {
		return ch.old.Key
	}
	return ch.state.Key
}

// Run writes it all on the connection, which is in a transaction. After an
// error the transaction is to be rolled back.
func (p *Plan) Run(ctx context.Context, c *exec.Conn, d dialect.Dialect, cache *Cache, outside Outside) error {
	w := &writer{ctx: ctx, conn: c, dialect: d, cache: cache, held: p.held, outside: outside}
	defer w.release()
	if p.links != nil {
		return p.links.run(w)
	}
	if err := p.insertAll(w); err != nil {
		return err
	}
	if err := p.updateAll(w); err != nil {
		return err
	}
	return p.deleteAll(w)
}

// insertAll writes the new rows, after the deletes that make room for them.
func (p *Plan) insertAll(w *writer) error {
	for _, s := range p.first {
		if err := w.delete(s); err != nil {
			return err
		}
	}
	for _, m := range p.models {
		for _, s := range p.inserts[m] {
			if err := w.queue(s); err != nil {
				return err
			}
		}
	}
	return w.drain()
}

func (p *Plan) updateAll(w *writer) error {
	for _, m := range p.models {
		for _, ch := range p.updates[m] {
			if err := w.update(ch); err != nil {
				return err
			}
		}
	}
	return nil
}

// deleteAll deletes those that refer before those that they refer to.
func (p *Plan) deleteAll(w *writer) error {
	for _, m := range slices.Backward(p.models) {
		for _, s := range p.deletes[m] {
			if p.gone[s] {
				continue
			}
			if err := w.delete(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// Outside calls a function of the program, which may use the session.
type Outside func(func() error) error

// hooks calls the program's functions for an object.
func (w *writer) hooks(moment mapper.Moment, s *state.State) error {
	return hooksOf(w, s.Mapper, moment, s)
}

// hooksOf calls those of a class behind those of its base.
func hooksOf(w *writer, m *mapper.Mapper, moment mapper.Moment, s *state.State) error {
	if m.Inherited != nil && m.Base != nil {
		if err := hooksOf(w, m.Base, moment, s); err != nil {
			return err
		}
	}
	for _, h := range m.Hooks[moment] {
		if err := w.outside(func() error { return h(w.ctx, s.Object) }); err != nil {
			return fmt.Errorf("%s of a %s: %w", moment, m.Name, err)
		}
	}
	return nil
}

// Each calls f with every object that is inserted or updated.
func (p *Plan) Each(f func(*state.State)) {
	for _, m := range p.models {
		for _, s := range p.inserts[m] {
			f(s)
		}
		for _, ch := range p.updates[m] {
			f(ch.state)
		}
	}
}

// writer runs the statements of one flush, and keeps the last one prepared,
// because the next is often the same.
type writer struct {
	ctx     context.Context
	conn    *exec.Conn
	dialect dialect.Dialect
	cache   *Cache
	held    *state.Map
	outside Outside
	stmt    *exec.Stmt
	sql     string
	args    []driver.Value

	queued     batch
	step       int64      // between keys of MySQL; 0 until somebody asks
	last       *statement // the last INSERT, and what it was for
	lastMapper *mapper.Mapper
	lastLeft   mask
}

func (w *writer) release() {
	if w.stmt != nil {
		w.stmt.Release()
		w.stmt = nil
	}
}

// exec runs a statement with w.args.
func (w *writer) exec(st *statement) (driver.Result, error) {
	if w.stmt == nil || w.sql != st.sql {
		w.release()
		w.conn.From(st)
		s, err := w.conn.Prepare(w.ctx, st.sql)
		if err != nil {
			return driver.Result{}, w.conn.Refused(w.ctx, st.sql, w.args, err)
		}
		w.stmt, w.sql = s, st.sql
	}
	return w.stmt.Exec(w.ctx, w.args)
}
