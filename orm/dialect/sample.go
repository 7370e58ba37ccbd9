package dialect

import "github.com/ormlab/ormlab/orm/expr"

// sample writes which part of a source's rows is read, if not all are.
func (c *compiler) sample(source expr.Source) {
	if c.scope == nil {
		return
	}
	for _, s := range c.scope.samples {
		if !expr.Same(s.Of, source) {
			continue
		}
		if !c.features.Samples {
			c.lacks("TABLESAMPLE")
			return
		}
		if !isFunctionName(s.Method) || s.Percent == nil {
			c.fail("a sample needs a method, such as BERNOULLI, and a percentage")
			return
		}
		c.write(" TABLESAMPLE " + s.Method + "(")
		c.expr(s.Percent, precedenceNone)
		c.write(")")
		if s.Seed != nil {
			c.write(" REPEATABLE (")
			c.expr(s.Seed, precedenceNone)
			c.write(")")
		}
		return
	}
}

// checkSamples makes sure that the samples are of tables that the query reads.
func (c *compiler) checkSamples(samples []expr.Sample) {
	for i, s := range samples {
		switch s.Of.(type) {
		case expr.Table, *expr.Alias:
		default:
			c.fail("only a table has samples, not a subquery or a function")
			return
		}
		if !contains(c.scope.sources, s.Of) {
			c.fail("a sample is of the table %s, which the statement does not read", expr.SourceName(s.Of))
			return
		}
		for _, other := range samples[:i] {
			if expr.Same(other.Of, s.Of) {
				c.fail("there are two samples of the table %s", expr.SourceName(s.Of))
				return
			}
		}
	}
}
