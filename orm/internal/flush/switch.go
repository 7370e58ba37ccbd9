package flush

import (
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// switches takes the pending object in as an UPDATE, if its row is there and
// belongs to an object that is to be deleted. If a field is left to the
// database's default, which an UPDATE cannot ask for, the row is deleted before
// the INSERT.
func (p *Plan) switches(s *state.State) bool {
	m := s.Mapper
	old := p.predecessor(s)
	if old == nil {
		return false
	}
	if p.gone == nil {
		p.gone = map[*state.State]bool{}
	}
	p.gone[old] = true
	if old.Mapper != m {
		p.first = append(p.first, old) // of another class
		return false
	}
	m.FillGenerated(s.Object)
	if m.Version != nil {
		m.NextVersion(s.Object, old.Snapshot)
	}
	var fields []*mapper.Field
	for _, f := range m.Fields {
		if f.OmitZero && f.IsZero(s.Object) {
			p.first = append(p.first, old)
			return false
		}
		if !f.Equal(s.Object, old.Snapshot) || p.held.Lacks(old, f) {
			fields = append(fields, f)
		}
	}
	put(&p.updates, m, change{s, fields, old})
	return true
}

// predecessor is the object that is to be deleted and has the same key; nil if
// there is none.
func (p *Plan) predecessor(s *state.State) *state.State {
	m := s.Mapper
	if !p.deleting || m.Generated != nil && m.Generated.IsZero(s.Object) {
		return nil
	}
	old := p.held.ByKey(state.KeyOf(m, s.Object))
	if old == nil || old.Status != state.Deleting || p.gone[old] {
		return nil
	}
	return old
}
