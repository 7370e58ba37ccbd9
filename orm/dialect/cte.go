package dialect

import (
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
)

// use notes that the statement needs the CTE. WITH stands before the first use,
// so a statement in which one turns up is written again, with all that were
// found.
func (c *compiler) use(cte *expr.CTE) {
	if at := slices.Index(c.ctes, cte); at >= 0 {
		c.reorder(at)
		return
	}
	for _, other := range c.ctes {
		if cte.Name != "" && other.Name == cte.Name {
			c.fail("two CTEs are called %s", cte.Name)
			return
		}
	}
	at := len(c.ctes)
	if c.writing != nil {
		at = slices.Index(c.ctes, c.writing)
	}
	c.ctes = slices.Insert(c.ctes, at, cte)
	c.redo = true
}

// reorder puts the CTE at that place before the one that is being written,
// which uses it.
func (c *compiler) reorder(at int) {
	if user := slices.Index(c.ctes, c.writing); user >= 0 && user < at {
		cte := c.ctes[at]
		c.ctes = slices.Insert(slices.Delete(c.ctes, at, at+1), user, cte)
		c.redo = true
	}
}

// with writes the CTEs that the statement needs.
func (c *compiler) with() {
	if len(c.ctes) == 0 {
		return
	}
	c.write("WITH ")
	if slices.ContainsFunc(c.ctes, func(cte *expr.CTE) bool { return cte.Recursive }) {
		c.write("RECURSIVE ")
	}
	for i, cte := range slices.Clone(c.ctes) {
		c.separate(i)
		c.cte(cte)
	}
	c.write(" ")
	c.writing = nil
}

func (c *compiler) cte(cte *expr.CTE) {
	c.writing = cte
	c.name(c.nameOf(cte))
	if cte.Recursive {
		c.columnList(cte.Columns)
	}
	c.write(" AS ")
	switch {
	case cte.Materialized == expr.MaterializeAny:
	case !c.features.Materialized:
		c.lacks("MATERIALIZED for a CTE")
		return
	case cte.Materialized == expr.MaterializeNot:
		c.write("NOT MATERIALIZED ")
	default:
		c.write("MATERIALIZED ")
	}
	c.write("(")
	if isChange(cte.Query) && !c.features.ChangeInCTE {
		c.lacks("INSERT, UPDATE or DELETE in a CTE")
		return
	}
	c.cteQuery(cte.Query)
	c.write(")")
}

// cteQuery writes the query of a CTE, which sees nothing of the statement.
func (c *compiler) cteQuery(s expr.Stmt) {
	outer := c.frame
	c.frame = frame{scope: &scope{}}
	switch s := s.(type) {
	case expr.Insert:
		c.insert(&s)
	case expr.Update:
		c.update(&s)
	case expr.Delete:
		c.delete(&s)
	default:
		c.query(s, nil)
	}
	c.frame = outer
}

// isChange says whether the statement changes rows.
func isChange(s expr.Stmt) bool {
	switch s.(type) {
	case expr.Insert, expr.Update, expr.Delete:
		return true
	}
	return false
}
