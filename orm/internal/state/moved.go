package state

// moved tells that an object has come from another status to the one it has.
func (m *Map) moved(s *State, from Status) {
	if m.Moved != nil {
		m.Moved(s, from, s.Status)
	}
}

// left is moved for an object that the map lets go.
func (m *Map) left(s *State, from Status, hadRow bool) {
	var to Status
	if hadRow {
		to = Detached
	}
	m.Moved(s, from, to)
}
