package expr

import "github.com/ormlab/ormlab/orm/schema"

// Text is SQL that somebody wrote, with named binds. [ParseText] makes one. A
// bind whose value is a slice, other than of bytes, stands for a list between
// parentheses.
type Text struct {
	// Parts are the pieces in order.
	Parts []TextPart
	// Binds holds the values by name.
	Binds map[string]Bind
	// Question says that there is a ? outside quotes and comments: an operator
	// to some databases, an argument without a name to others.
	Question bool
	// Columns are those of its rows, in order, if somebody told.
	Columns []*schema.Column
}

// TextPart is a piece of SQL followed by the bind that stands behind it.
type TextPart struct {
	SQL  string
	Bind string // name of the bind; empty for the last piece
}

// Names returns the names of the binds in order of their first use.
func (t Text) Names() []string {
	var names []string
	seen := map[string]bool{}
	for _, p := range t.Parts {
		if p.Bind != "" && !seen[p.Bind] {
			seen[p.Bind] = true
			names = append(names, p.Bind)
		}
	}
	return names
}
