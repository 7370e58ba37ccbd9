package flush

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// plan completes the plan: UPDATEs for foreign keys that are filled later, and
// the order of the rows.
func (l *links) plan() error {
	updated := map[*state.State]bool{}
	if l.fills != nil {
		for _, list := range l.updates {
			for _, ch := range list {
				updated[ch.state] = true
			}
		}
	}
	for _, s := range l.waiting {
		if s.Status == state.Persistent && !updated[s] {
			l.late(s)
		}
	}
	l.sort()
	if err := l.orderInserts(); err != nil {
		return err
	}
	return l.orderDeletes()
}

// late adds an UPDATE whose columns are known when it runs.
func (l *links) late(s *state.State) {
	m := s.Mapper
	m.FillUpdated(s.Object, nil)
	if m.Version != nil {
		m.NextVersion(s.Object, s.Snapshot)
	}
	put(&l.updates, m, change{s, nil, nil})
	if !slices.Contains(l.models, m) {
		l.models = append(l.models, m)
	}
}

// step is one row on the way of a search, and the relationship that led to it.
type step struct {
	state *state.State
	by    *mapper.Relation
}

// search puts rows behind those that they need.
type search struct {
	done  map[*state.State]bool
	way   []step
	order []*state.State
	needs func(*state.State) []step
	what  string
}

func (x *search) visit(at step) error {
	s := at.state
	if done, met := x.done[s]; done {
		return nil
	} else if met {
		return x.circle(at)
	}
	x.done[s] = false
	x.way = append(x.way, at)
	for _, next := range x.needs(s) {
		if err := x.visit(next); err != nil {
			return err
		}
	}
	x.way = x.way[:len(x.way)-1]
	x.done[s] = true
	x.order = append(x.order, s)
	return nil
}

// circle names the relationships by which rows wait for each other.
func (x *search) circle(last step) error {
	from := slices.IndexFunc(x.way, func(s step) bool { return s.state == last.state })
	var names []string
	for _, s := range append(slices.Clone(x.way[from+1:]), last) {
		by := s.by
		if by.Direction == mapper.OneToMany && by.Back != nil {
			by = by.Back // the side that has the key
		}
		names = append(names, by.Path)
	}
	return fmt.Errorf("objects refer to each other in a circle, %s, so none can be %s first; tag one of these relationships with post_update",
		strings.Join(names, " → "), x.what)
}

// orderInserts keeps the order of Add, but that parents come first.
func (l *links) orderInserts() error {
	// A pending object may also take over the row of one that is deleted.
	inserted := map[*state.State]bool{}
	for _, list := range l.inserts {
		for _, s := range list {
			inserted[s] = true
		}
	}
	x := &search{done: map[*state.State]bool{}, what: "inserted", needs: func(s *state.State) (list []step) {
		for _, f := range l.fills[s] {
			if inserted[f.parent] {
				list = append(list, step{f.parent, f.relation})
			}
		}
		return list
	}}
	for _, m := range l.models {
		for _, s := range l.inserts[m] {
			if err := x.visit(step{state: s}); err != nil {
				return err
			}
		}
	}
	l.inOrder = x.order
	return nil
}

// reference is a foreign key of a model, by a relationship.
type reference struct {
	by     *mapper.Relation
	fields []*mapper.Field
	parent *mapper.Mapper
}

// references are the foreign keys of all models with rows that go.
func (l *links) references() map[*mapper.Mapper][]reference {
	list := map[*mapper.Mapper][]reference{}
	for m := range l.deletes {
		for _, r := range m.Relations {
			switch {
			case r.ViewOnly || r.PassiveDeletes || r.Back != nil && r.Back.PassiveDeletes:
			case r.Direction == mapper.ManyToOne && r.ByKey:
				list[m] = append(list[m], reference{r, r.Local, r.Target})
			case r.Direction == mapper.OneToMany && r.Back == nil && slices.Equal(r.Local, m.Key):
				list[r.Target] = append(list[r.Target], reference{r, r.Remote, m})
			}
		}
	}
	return list
}

// inheritedBy are the references that a class has, and its bases.
func inheritedBy(references map[*mapper.Mapper][]reference, m *mapper.Mapper) []reference {
	list := references[m]
	for m.Inherited != nil && m.Base != nil {
		m = m.Base
		list = append(list[:len(list):len(list)], references[m]...)
	}
	return list
}

// orderDeletes puts children before their parents.
func (l *links) orderDeletes() error {
	if len(l.deletes) == 0 {
		return nil
	}
	references := l.references()
	children := map[*state.State][]step{}
	for _, m := range l.models {
		for _, s := range l.deletes[m] {
			for _, ref := range inheritedBy(references, m) {
				key, ok := state.KeyFrom(ref.parent, ref.fields, s.Snapshot)
				if !ok {
					continue
				}
				p := l.held.ByKey(key)
				if p == nil || p == s || p.Status != state.Deleting {
					continue
				}
				if (fill{relation: ref.by}).postponed() {
					if err := l.cutOff(s, ref); err != nil {
						return err
					}
					continue
				}
				children[p] = append(children[p], step{s, ref.by})
			}
		}
	}
	x := &search{done: map[*state.State]bool{}, what: "deleted", needs: func(s *state.State) []step { return children[s] }}
	for _, m := range slices.Backward(l.models) {
		for _, s := range l.deletes[m] {
			if err := x.visit(step{state: s}); err != nil {
				return err
			}
		}
	}
	l.gone = x.order
	return nil
}

// cutOff makes a foreign key NULL before the rows go.
func (l *links) cutOff(s *state.State, ref reference) error {
	var fields []*mapper.Field
	for _, f := range ref.fields {
		if f.MayBeNull() {
			if err := f.SetNull(s.Object); err != nil {
				return err
			}
			fields = append(fields, f)
		}
	}
	if fields == nil {
		return l.stuck(s, ref.by, ref.fields[0], true)
	}
	l.cut = append(l.cut, change{s, fields, nil})
	return nil
}
