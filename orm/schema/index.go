package schema

import "slices"

// Index speeds up the search for some columns or expressions.
type Index struct {
	// Name is the name; [Define] makes one of the table and the columns if it
	// is empty.
	Name  string
	Parts []IndexPart
	// Unique says that no two rows have the same parts.
	Unique bool
	// Where is the condition of the rows that the index holds; empty for all.
	Where SQL
	// Include are columns that the index holds besides, so that a query need
	// not look into the table.
	Include []string
	// Dialects are those that have the index; empty for all.
	Dialects []string
}

// IndexPart is a column or an expression.
type IndexPart struct {
	Column     string
	SQL        SQL // used if Column is empty
	Descending bool
}

// On says whether a dialect has the index.
func (i *Index) On(dialect string) bool {
	return len(i.Dialects) == 0 || slices.Contains(i.Dialects, dialect)
}

// Columns are the names of the columns among the parts.
func (i *Index) Columns() []string {
	var names []string
	for _, p := range i.Parts {
		if p.Column != "" {
			names = append(names, p.Column)
		}
	}
	return names
}
