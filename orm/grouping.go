package orm

import "github.com/ormlab/ormlab/orm/expr"

// Grouping stands in GroupBy for several groupings at once. The columns by
// which a row is not grouped are NULL in it; orm.Func[int64]("grouping", column)
// is 1 for those, on PostgreSQL and MySQL.
type Grouping struct{ node expr.Grouping }

func (g Grouping) columns() []expr.Expr { return []expr.Expr{g.node} }

// Rollup groups by all columns, by all but the last, and so on down to none:
// subtotals and a total. MySQL and MariaDB write it as WITH ROLLUP, beside
// which GroupBy has nothing else. SQLite has none.
func Rollup(columns ...Selectable) Grouping { return grouping(expr.Rollup, singles(columns)) }

// Cube groups by every selection of the columns. Only PostgreSQL has it.
func Cube(columns ...Selectable) Grouping { return grouping(expr.Cube, singles(columns)) }

// GroupingSets groups by each of the sets; an empty one makes a total. Only
// PostgreSQL has it.
//
//	GroupBy(orm.GroupingSets(orm.Set(state, sex), orm.Set(state), orm.Set()))
func GroupingSets(sets ...GroupingSet) Grouping {
	g := Grouping{expr.Grouping{Kind: expr.GroupingSets}}
	for _, s := range sets {
		g.node.Sets = append(g.node.Sets, s.list)
	}
	return g
}

// GroupingSet is columns to group by together.
type GroupingSet struct{ list []expr.Expr }

// Set is columns to group by together, for [GroupingSets].
func Set(columns ...Selectable) GroupingSet { return GroupingSet{resultOf(columns)} }

func grouping(kind expr.GroupingKind, sets [][]expr.Expr) Grouping {
	return Grouping{expr.Grouping{Kind: kind, Sets: sets}}
}

func singles(columns []Selectable) (sets [][]expr.Expr) {
	for _, e := range resultOf(columns) {
		sets = append(sets, []expr.Expr{e})
	}
	return sets
}
