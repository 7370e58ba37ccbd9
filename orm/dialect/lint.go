package dialect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
)

// lint warns of tables of the current query that no condition joins to the
// others, so that every row of one meets every row of the other.
func (c *compiler) lint(verb string, from []expr.Source, where expr.Expr) {
	sources := c.scope.sources
	if len(sources) < 2 || c.err != nil {
		return
	}
	g := groups{sources: sources, of: make([]int, len(sources))}
	for i := range g.of {
		g.of[i] = i
	}
	for i, s := range sources {
		if dependsOnOthers(s) {
			g.join(0, i)
		}
	}
	for _, s := range from {
		g.joins(s)
	}
	g.condition(where)
	var alone []string
	for i, s := range sources {
		if g.of[i] != g.of[0] {
			alone = append(alone, `"`+c.nameOf(s)+`"`)
		}
	}
	if alone == nil {
		return
	}
	c.warnings = append(c.warnings, fmt.Sprintf(
		"the %s has a cartesian product: no condition joins %s to %q, so every row of one meets every row of the other; add a condition, or say CrossJoin",
		verb, strings.Join(alone, ", "), c.nameOf(sources[0])))
}

// dependsOnOthers says whether the rows of a source are made for each row of
// those before it.
func dependsOnOthers(s expr.Source) bool {
	switch s := s.(type) {
	case *expr.Subquery:
		return s.Lateral
	case *expr.TableFunc:
		return true
	}
	return false
}

// groups are sources of which those that conditions join have one number.
type groups struct {
	sources []expr.Source
	of      []int
}

func (g *groups) join(a, b int) {
	from, to := g.of[b], g.of[a]
	for i, n := range g.of {
		if n == from {
			g.of[i] = to
		}
	}
}

// joins takes the joins of a source as they are: somebody wrote them.
func (g *groups) joins(s expr.Source) {
	j, ok := s.(*expr.Join)
	if !ok {
		return
	}
	g.joins(j.Left)
	g.joins(j.Right)
	if j.Kind != expr.CrossJoin {
		g.condition(j.On)
		return
	}
	left, right := -1, -1
	expr.Leaves(j.Left, func(s expr.Source) { left = g.index(s) })
	expr.Leaves(j.Right, func(s expr.Source) { right = g.index(s) })
	if left >= 0 && right >= 0 {
		g.join(left, right)
	}
}

func (g *groups) index(s expr.Source) int {
	return slices.IndexFunc(g.sources, func(other expr.Source) bool { return expr.Same(s, other) })
}

// condition joins the sources that one comparison has columns of. A query in
// it may join any of them.
func (g *groups) condition(e expr.Expr) {
	switch e := e.(type) {
	case nil:
		return
	case expr.Junction:
		for _, operand := range e.Operands {
			g.condition(operand)
		}
		return
	case expr.Not:
		g.condition(e.Operand)
		return
	case expr.Text:
		g.all()
		return
	}
	if hasQuery(e) {
		g.all()
		return
	}
	first := -1
	expr.Sources(e, func(s expr.Source) {
		i := g.index(s)
		switch {
		case i < 0:
		case first < 0:
			first = i
		default:
			g.join(first, i)
		}
	})
}

// all joins everything, where nobody knows what a condition joins.
func (g *groups) all() {
	for i := range g.of {
		g.of[i] = 0
	}
}

// hasQuery says whether there is a query, or somebody's text, in e.
func hasQuery(e expr.Expr) bool {
	switch e := e.(type) {
	case expr.Scalar, expr.Exists, expr.Quantified, expr.Text:
		return true
	case expr.In:
		if e.Query != nil {
			return true
		}
	case nil:
		return false
	}
	found := false
	expr.Children(e, func(child expr.Expr) { found = found || hasQuery(child) })
	return found
}
