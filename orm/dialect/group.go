package dialect

import "github.com/ormlab/ormlab/orm/expr"

func (c *compiler) groupBy(list []expr.Expr) {
	for i, e := range list {
		if i == 0 {
			c.write(" GROUP BY ")
		}
		c.separate(i)
		if g, ok := e.(expr.Grouping); ok {
			c.grouping(g, len(list) == 1)
		} else {
			c.byLabel(e)
		}
	}
}

var groupingWords = [...]string{expr.GroupingSets: "GROUPING SETS", expr.Rollup: "ROLLUP", expr.Cube: "CUBE"}

// grouping writes several groupings at once; alone says that GROUP BY has
// nothing else.
func (c *compiler) grouping(g expr.Grouping, alone bool) {
	switch {
	case int(g.Kind) >= len(groupingWords) || len(g.Sets) == 0:
		c.fail("a grouping needs a kind and sets of expressions")
	case c.features.Groupings == GroupingsAll:
		c.write(groupingWords[g.Kind])
		c.write(" (")
		for i, set := range g.Sets {
			c.separate(i)
			c.groupingSet(set, g.Kind != expr.GroupingSets)
		}
		c.write(")")
	case c.features.Groupings == GroupingsRollup && g.Kind == expr.Rollup:
		c.withRollup(g, alone)
	default:
		c.lacks(groupingWords[g.Kind])
	}
}

// groupingSet writes one set; a single expression can stand without
// parentheses.
func (c *compiler) groupingSet(set []expr.Expr, bare bool) {
	if bare && len(set) == 1 {
		c.byLabel(set[0])
		return
	}
	c.write("(")
	for i, e := range set {
		c.separate(i)
		c.byLabel(e)
	}
	c.write(")")
}

// withRollup writes MySQL's form, which rolls up all of GROUP BY.
func (c *compiler) withRollup(g expr.Grouping, alone bool) {
	if !alone {
		c.lacks("ROLLUP beside other expressions in GROUP BY")
		return
	}
	for i, set := range g.Sets {
		if len(set) != 1 {
			c.lacks("ROLLUP of several expressions as one")
			return
		}
		c.separate(i)
		c.byLabel(set[0])
	}
	c.write(" WITH ROLLUP")
}
