package expr

// Grouping stands in GROUP BY for several groupings at once.
type Grouping struct {
	Kind GroupingKind
	Sets [][]Expr
}

// GroupingKind says by which sets of expressions a [Grouping] groups.
type GroupingKind uint8

// The kinds.
const (
	GroupingSets GroupingKind = iota // by each of the sets
	Rollup                           // by all, by all but the last, … and by none
	Cube                             // by every selection of them
)

func (Grouping) exprNode() {}
