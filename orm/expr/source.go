package expr

import "github.com/ormlab/ormlab/orm/schema"

// Source is what FROM can read. The interface is sealed. All but [Table] are
// pointers, because two that look alike are still two.
type Source interface{ sourceNode() }

// Table is a table under its own name.
type Table struct{ *schema.Table }

// Alias is a table under another name.
type Alias struct {
	Of   *schema.Table
	Name string // empty for one that the compiler makes
}

// Subquery is a query as a table.
type Subquery struct {
	Query   Stmt
	Columns []*schema.Column
	Name    string // empty for one that the compiler makes
	// Lateral lets the query use the sources before it.
	Lateral bool
}

// CTE is a query that stands before the statement, under a name. Every use of
// it is a source of that name; [CTEAlias] is one under another.
type CTE struct {
	Name    string
	Query   Stmt
	Columns []*schema.Column
	// Recursive lets the query use the CTE itself.
	Recursive bool
	// Materialized asks the database to compute the query once, or not to;
	// empty leaves it to the database.
	Materialized Materialization
}

// Materialization says whether a CTE is computed on its own.
type Materialization uint8

// The choices.
const (
	MaterializeAny Materialization = iota
	Materialize
	MaterializeNot
)

// CTEAlias is a CTE under another name.
type CTEAlias struct {
	Of   *CTE
	Name string
}

// Values is a list of rows as a table.
type Values struct {
	Name    string
	Columns []*schema.Column
	Rows    [][]Expr
}

// TableFunc is a function whose result is a table.
type TableFunc struct {
	Func    Func
	Name    string
	Columns []*schema.Column
	// Ordinality numbers the rows from 1, in the last of Columns.
	Ordinality bool
}

// Join puts the rows of two sources side by side.
type Join struct {
	Kind        JoinKind
	Left, Right Source
	On          Expr // nil for a CrossJoin
}

// JoinKind says which rows a [Join] keeps.
type JoinKind uint8

// The kinds.
const (
	InnerJoin JoinKind = iota
	LeftJoin
	RightJoin
	FullJoin
	CrossJoin
)

func (Table) sourceNode()      {}
func (*Alias) sourceNode()     {}
func (*Subquery) sourceNode()  {}
func (*CTE) sourceNode()       {}
func (*CTEAlias) sourceNode()  {}
func (*Values) sourceNode()    {}
func (*TableFunc) sourceNode() {}
func (*Join) sourceNode()      {}

// Leaves calls visit with the sources in s that are not joins, from left to
// right.
func Leaves(s Source, visit func(Source)) {
	if j, ok := s.(*Join); ok {
		Leaves(j.Left, visit)
		Leaves(j.Right, visit)
		return
	}
	visit(s)
}

// Same says whether two sources are the same one. A table is the same as any
// other description of it.
func Same(a, b Source) bool {
	if a == b {
		return true
	}
	s, ok := a.(Table)
	t, also := b.(Table)
	return ok && also && s.Table != nil && t.Table != nil && s.Name == t.Name && s.Schema == t.Schema
}

// SourceOf is the source that the column belongs to; nil if it has none.
func SourceOf(c Column) Source {
	switch {
	case c.Of != nil:
		return c.Of
	case c.Column == nil || c.Table == nil:
		return nil
	}
	return Table{c.Table}
}

// SourceName is the name that a source has by itself; empty if it has none,
// and the compiler is to make one.
func SourceName(s Source) string {
	switch s := s.(type) {
	case Table:
		return s.Name
	case *Alias:
		return s.Name
	case *Subquery:
		return s.Name
	case *CTE:
		return s.Name
	case *CTEAlias:
		return s.Name
	case *Values:
		return s.Name
	case *TableFunc:
		return s.Name
	}
	return ""
}
