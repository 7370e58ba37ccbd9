package dialect

import (
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
)

// selectStmt writes a SELECT that is the whole statement.
func (c *compiler) selectStmt(s *expr.Select) { c.selectIn(s, nil) }

// selectIn writes a SELECT whose columns may come from the parent's sources.
func (c *compiler) selectIn(s *expr.Select, parent *scope) {
	if len(s.Columns) == 0 {
		c.fail("there are no columns to select")
		return
	}
	outer := c.enter(parent)
	c.sources(s)
	c.scope.samples = s.Samples
	c.scope.columns = s.Columns
	c.scope.names = namesOf(s.Columns)
	c.write("SELECT ")
	c.distinct(s)
	c.results(s.Columns)
	if len(s.From) > 0 {
		c.from(" FROM ", s.From)
	} else {
		c.from(" FROM ", c.scope.sources)
	}
	c.clause(" WHERE ", s.Where)
	c.groupBy(s.GroupBy)
	c.clause(" HAVING ", s.Having)
	c.orderBy(s.OrderBy)
	if s.WithTies {
		c.limitWithTies(s)
	} else {
		c.limit(s.Limit, s.Offset)
	}
	c.lock(s.Lock)
	c.checkSamples(s.Samples)
	if len(c.scope.sources) > 1 {
		c.lint("SELECT", s.From, s.Where)
	}
	c.frame = outer
}

// sources finds what the query reads. What an enclosing query reads already is
// not read again, unless there is nothing else.
func (c *compiler) sources(s *expr.Select) {
	for _, source := range s.From {
		c.add(source)
	}
	if len(s.From) == 0 {
		c.collectAll(s.Columns)
		c.collect(s.Where)
		c.correlate(s)
	}
	if len(c.scope.sources) > 1 {
		c.checkNames()
	}
}

// correlate drops the sources that the parents read.
func (c *compiler) correlate(s *expr.Select) {
	own := c.scope.sources
	if c.scope.parent == nil || len(own) < 2 && len(s.Correlate) == 0 {
		return
	}
	c.scope.sources = slices.DeleteFunc(own, func(source expr.Source) bool {
		return contains(s.Correlate, source) || len(own) > 1 && c.scope.parent.visible(source)
	})
	if len(own) > 0 && len(c.scope.sources) == 0 {
		c.fail("the subquery reads nothing of its own, because the statement around it reads the same tables; " +
			"give a table another name with As, or say with From what the subquery reads")
	}
}

func (c *compiler) distinct(s *expr.Select) {
	switch {
	case len(s.DistinctOn) > 0 && !c.features.DistinctOn:
		c.lacks("DISTINCT ON")
	case len(s.DistinctOn) > 0:
		c.write("DISTINCT ON (")
		for i, e := range s.DistinctOn {
			c.separate(i)
			c.expr(unlabelled(e), precedenceNone)
		}
		c.write(") ")
	case s.Distinct:
		c.write("DISTINCT ")
	}
}

func unlabelled(e expr.Expr) expr.Expr {
	if l, ok := e.(expr.Label); ok {
		return l.Operand
	}
	return e
}

// separate writes the comma before all members of a list but the first.
func (c *compiler) separate(i int) {
	if i > 0 {
		c.write(", ")
	}
}

// clause writes a condition behind its word; nil is no condition.
func (c *compiler) clause(word string, condition expr.Expr) {
	if condition != nil {
		c.write(word)
		c.condition(condition, precedenceNone)
	}
}
