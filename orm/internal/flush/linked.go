package flush

import (
	"github.com/ormlab/ormlab/orm/internal/state"
)

// run writes the plan with its links: INSERTs, UPDATEs, rows of secondary
// tables, DELETEs.
func (l *links) run(w *writer) error {
	for _, t := range l.taken {
		if t.link.Changes = t.left; t.forget && t.left == nil {
			t.link.Forget()
		}
	}
	for _, step := range []func(*writer) error{l.makeRoom, l.insertRows, l.updateLater, l.updateRows, l.writePairs, l.deleteRows} {
		if err := step(w); err != nil {
			return err
		}
	}
	return nil
}

func (l *links) makeRoom(w *writer) error {
	for _, s := range l.first {
		if err := w.delete(s); err != nil {
			return err
		}
	}
	for _, m := range l.models {
		for _, ch := range l.updates[m] {
			if l.isEarly(ch) {
				if err := w.update(ch); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (l *links) isEarly(ch change) bool { return l.early[ch.state] && l.fills[ch.state] == nil }

func (l *links) insertRows(w *writer) error {
	for _, s := range l.inOrder {
		if l.waits(s) {
			if err := w.drain(); err != nil {
				return err
			}
		}
		if _, err := l.fill(s); err != nil {
			return err
		}
		if err := w.queue(s); err != nil {
			return err
		}
	}
	return w.drain()
}

// waits says whether a foreign key of the row refers to one that is still to be
// inserted.
func (l *links) waits(s *state.State) bool {
	for _, f := range l.fills[s] {
		if f.parent.Status == state.Pending {
			return true
		}
	}
	return false
}

// fill sets the foreign keys that refer to rows of this flush.
func (l *links) fill(s *state.State) (filled bool, err error) {
	for _, f := range l.fills[s] {
		if err := f.set(); err != nil {
			return false, err
		}
		filled = true
	}
	return filled, nil
}

// updateLater writes the foreign keys of post_update.
func (l *links) updateLater(w *writer) error {
	for _, f := range l.post {
		if err := f.set(); err != nil {
			return err
		}
		s := f.child
		fields := s.Changed()
		if fields == nil {
			continue
		}
		if s.Mapper.Version != nil {
			s.Mapper.NextVersion(s.Object, s.Snapshot)
			fields = s.Changed()
		}
		if err := w.update(change{s, fields, nil}); err != nil {
			return err
		}
	}
	return nil
}

func (l *links) updateRows(w *writer) error {
	for _, m := range l.models {
		for _, ch := range l.updates[m] {
			if l.isEarly(ch) {
				continue
			}
			filled, err := l.fill(ch.state)
			if err != nil {
				return err
			}
			if filled && ch.old == nil {
				if ch.fields = ch.state.Changed(); ch.fields == nil {
					continue
				}
			}
			if err := w.update(ch); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *links) deleteRows(w *writer) error {
	for _, ch := range l.cut {
		if err := w.update(ch); err != nil {
			return err
		}
	}
	for _, s := range l.gone {
		if l.Plan.gone[s] {
			continue
		}
		if err := w.delete(s); err != nil {
			return err
		}
	}
	return nil
}
