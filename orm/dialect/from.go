package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
)

// from writes the sources behind FROM or USING.
func (c *compiler) from(word string, list []expr.Source) {
	for i, s := range list {
		if i == 0 {
			c.write(word)
		}
		c.separate(i)
		c.source(s)
	}
}

// source writes what is read, with its name.
func (c *compiler) source(s expr.Source) {
	if !isSource(s) {
		c.fail("a table in FROM is nil")
		return
	}
	switch s := s.(type) {
	case expr.Table:
		c.tableName(s.Table)
		c.sample(s)
	case *expr.Alias:
		c.tableName(s.Of)
		c.as(s)
		c.sample(s)
	case *expr.Subquery:
		c.subquery(s)
	case *expr.CTE:
		c.use(s)
		c.name(c.nameOf(s))
	case *expr.CTEAlias:
		c.use(s.Of)
		c.name(c.nameOf(s.Of))
		c.as(s)
	case *expr.Values:
		c.values1(s)
	case *expr.TableFunc:
		c.tableFunction(s)
	case *expr.Join:
		c.join(s)
	}
}

func (c *compiler) as(s expr.Source) {
	c.write(" AS ")
	c.name(c.nameOf(s))
}

// subquery writes a query as a table. It sees the tables before it only if it
// is lateral.
func (c *compiler) subquery(s *expr.Subquery) {
	parent := c.scope.parent
	if s.Lateral {
		if !c.features.Lateral {
			c.lacks("LATERAL")
			return
		}
		c.write("LATERAL ")
		parent = c.scope
	}
	c.write("(")
	c.query(s.Query, parent)
	c.write(")")
	c.as(s)
}

var joinWords = [...]string{
	expr.InnerJoin: " JOIN ",
	expr.LeftJoin:  " LEFT OUTER JOIN ",
	expr.RightJoin: " RIGHT OUTER JOIN ",
	expr.FullJoin:  " FULL OUTER JOIN ",
	expr.CrossJoin: " CROSS JOIN ",
}

func (c *compiler) join(j *expr.Join) {
	switch {
	case int(j.Kind) >= len(joinWords):
		c.fail("there is no join %d", j.Kind)
		return
	case j.Kind == expr.FullJoin && !c.features.FullJoin:
		c.lacks("FULL JOIN")
		return
	case (j.On == nil) != (j.Kind == expr.CrossJoin):
		c.fail("a join needs a condition, and a cross join has none")
		return
	}
	c.source(j.Left)
	c.write(joinWords[j.Kind])
	if _, nested := j.Right.(*expr.Join); nested {
		c.write("(")
		c.source(j.Right)
		c.write(")")
	} else {
		c.source(j.Right)
	}
	c.clause(" ON ", j.On)
}

// lacks is the error for what the database does not have.
func (c *compiler) lacks(feature string) {
	c.fail("%s has no %s", c.dialect.Name(), feature)
}

// query writes a query inside the statement. Its columns may come from the
// parent's sources.
func (c *compiler) query(s expr.Stmt, parent *scope) {
	switch s := s.(type) {
	case expr.Select:
		c.selectIn(&s, parent)
	case expr.Compound:
		c.compound(&s, parent)
	case expr.Text:
		c.textQuery(s)
	case nil:
		c.fail("a query is nil")
	default:
		c.fail("%T cannot stand inside a statement; a SELECT can", s)
	}
}

// textQuery writes somebody's query as a part of a statement.
func (c *compiler) textQuery(t expr.Text) {
	c.text(t)
	if n := len(t.Parts); n > 0 && hasLineComment(t.Parts[n-1].SQL) {
		c.write("\n")
	}
}
