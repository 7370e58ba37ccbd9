package expr

import "github.com/ormlab/ormlab/orm/schema"

// Tables calls visit with every table that a query reads, those inside
// subqueries and CTEs included, some more than once. It returns false if the
// query reads what the tree does not tell: if it holds text, functions that
// return tables, or changes.
func Tables(s Stmt, visit func(*schema.Table)) bool {
	r := reading{visit: visit, known: true}
	r.stmt(s)
	return r.known
}

// reading is one run of Tables.
type reading struct {
	visit func(*schema.Table)
	known bool
	ctes  []*CTE // being read or read already
}

func (r *reading) stmt(s Stmt) {
	switch s := s.(type) {
	case Select:
		r.exprs(s.DistinctOn)
		r.columns(s.Columns)
		for _, from := range s.From {
			r.source(from)
		}
		r.expr(s.Where)
		r.exprs(s.GroupBy)
		r.expr(s.Having)
		r.exprs(s.OrderBy)
	case Compound:
		for _, o := range s.Operands {
			r.stmt(o)
		}
	default:
		r.known = false
	}
}

// columns are mostly all those of one table.
func (r *reading) columns(list []Expr) {
	var last *schema.Table
	for _, e := range list {
		if c, ok := e.(Column); ok && c.Of == nil && c.Column != nil && c.Table != nil {
			if c.Table != last {
				last = c.Table
				r.visit(last)
			}
			continue
		}
		r.expr(e)
	}
}

func (r *reading) exprs(list []Expr) {
	for _, e := range list {
		r.expr(e)
	}
}

func (r *reading) expr(e Expr) {
	switch e := e.(type) {
	case nil, Bind, Null, Bool, Name:
		return
	case Column:
		r.source(SourceOf(e))
		return
	case Text:
		star := len(e.Parts) == 1 && e.Parts[0].SQL == "*"
		r.known = r.known && star
		return
	case Invalid:
		r.known = false
		return
	case Binary: // without the function that Children calls
		r.expr(e.Left)
		r.expr(e.Right)
		return
	case Junction:
		r.exprs(e.Operands)
		return
	case In:
		if e.Query != nil {
			r.stmt(e.Query)
		}
	case Scalar:
		r.stmt(e.Query)
	case Exists:
		r.stmt(e.Query)
	case Quantified:
		r.stmt(e.Query)
	}
	Children(e, r.expr)
}

func (r *reading) source(s Source) {
	switch s := s.(type) {
	case nil:
	case Table:
		r.visit(s.Table)
	case *Alias:
		r.visit(s.Of)
	case *Subquery:
		r.stmt(s.Query)
	case *CTE:
		r.cte(s)
	case *CTEAlias:
		r.cte(s.Of)
	case *Values:
		for _, row := range s.Rows {
			r.exprs(row)
		}
	case *Join:
		r.source(s.Left)
		r.source(s.Right)
		r.expr(s.On)
	default:
		r.known = false
	}
}

func (r *reading) cte(c *CTE) {
	for _, seen := range r.ctes {
		if seen == c {
			return
		}
	}
	r.ctes = append(r.ctes, c)
	r.stmt(c.Query)
}
