package schema

// Sorted returns the tables with each behind those that its foreign keys refer
// to; otherwise they stay in order. Tables that refer to each other in a circle
// stay in order too. A table that is there twice is returned once.
func Sorted(tables []*Table) []*Table {
	sorted, _ := SortedCycles(tables)
	return sorted
}

// SortedCycles is Sorted, and returns besides the foreign keys that refer to a
// table further behind: they can only be made when all tables are there.
func SortedCycles(tables []*Table) (sorted []*Table, late map[*Table][]*ForeignKey) {
	if len(tables) == 1 { // what a flush most often asks
		return []*Table{tables[0]}, nil
	}
	byName := make(map[string]*Table, len(tables))
	for _, t := range tables {
		byName[t.FullName()] = t
	}
	sorted = make([]*Table, 0, len(tables))
	late = map[*Table][]*ForeignKey{}
	const visiting, done = 1, 2
	state := make(map[*Table]int, len(tables))
	var visit func(t *Table)
	visit = func(t *Table) {
		state[t] = visiting
		for _, k := range t.AllForeignKeys() {
			other := byName[t.TargetOf(k)]
			switch {
			case other == nil || other == t:
			case state[other] == visiting:
				late[t] = append(late[t], k)
			case state[other] != done:
				visit(other)
			}
		}
		state[t] = done
		sorted = append(sorted, t)
	}
	for _, t := range tables {
		if state[t] == 0 {
			visit(t)
		}
	}
	return sorted, late
}

// View is a query that can be read like a table.
type View struct {
	Schema, Name string
	// SQL is the query.
	SQL SQL
	// Table are its columns, as a table without keys, if the view was read from
	// a database. Its columns may all be NULL: no database says which may not.
	Table *Table
}

// FullName is the name with its schema.
func (v *View) FullName() string { return join(v.Schema, v.Name) }
