package schema

// Sorted returns the tables with each behind those that its foreign keys refer
// to; otherwise they stay in order. Tables that refer to each other in a circle
// stay in order too. A table that is there twice is returned once.
func Sorted(tables []*Table) []*Table {
	byName := make(map[string]*Table, len(tables))
	for _, t := range tables {
		byName[t.Name] = t
	}
	sorted := make([]*Table, 0, len(tables))
	seen := make(map[*Table]bool, len(tables))
	var visit func(t *Table)
	visit = func(t *Table) {
		if seen[t] {
			return
		}
		seen[t] = true
		for _, c := range t.Columns {
			if c.References != nil && byName[c.References.Table] != nil {
				visit(byName[c.References.Table])
			}
		}
		sorted = append(sorted, t)
	}
	for _, t := range tables {
		visit(t)
	}
	return sorted
}
