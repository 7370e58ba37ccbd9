package dialect

import (
	"slices"
	"strconv"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// frame is what changes from one query to another inside it.
type frame struct {
	scope   *scope
	bare    bool // columns are written without their source
	storing bool // a value goes into a column, for messages
}

// scope is one query's sources; those of the queries around it are its
// parents.
type scope struct {
	parent  *scope
	sources []expr.Source
	room    [4]expr.Source // where sources begins
	columns []expr.Expr    // of the result, which ORDER BY may name
	samples []expr.Sample  // of the sources of which only some rows are read
	names   []string       // of the columns, where they differ from their own; or nil
}

// enter begins a query. The caller puts back the frame that it returns.
func (c *compiler) enter(parent *scope) (outer frame) {
	outer = c.frame
	s := &c.top
	if outer.scope != nil || parent != nil {
		s = &scope{}
	}
	*s = scope{parent: parent}
	s.sources = s.room[:0]
	c.frame = frame{scope: s}
	return outer
}

// visible says whether columns may come from the source.
func (s *scope) visible(source expr.Source) bool {
	for ; s != nil; s = s.parent {
		if contains(s.sources, source) {
			return true
		}
	}
	return false
}

func contains(list []expr.Source, source expr.Source) bool {
	return slices.ContainsFunc(list, func(other expr.Source) bool { return expr.Same(other, source) })
}

// add puts the source, or the sources that it joins, into the current scope.
func (c *compiler) add(source expr.Source) {
	if !isSource(source) {
		c.fail("a table in FROM is nil")
		return
	}
	if j, ok := source.(*expr.Join); ok {
		c.add(j.Left)
		c.add(j.Right)
		return
	}
	if !contains(c.scope.sources, source) {
		c.scope.sources = append(c.scope.sources, source)
	}
}

// isSource says whether a source is there at all.
func isSource(s expr.Source) bool {
	switch s := s.(type) {
	case nil:
		return false
	case expr.Table:
		return s.Table != nil
	case *expr.Alias:
		return s != nil && s.Of != nil
	case *expr.Subquery:
		return s != nil
	case *expr.CTE:
		return s != nil
	case *expr.CTEAlias:
		return s != nil && s.Of != nil
	case *expr.Values:
		return s != nil
	case *expr.TableFunc:
		return s != nil
	case *expr.Join:
		return s != nil
	}
	return false
}

// checkNames refuses two sources of one name.
func (c *compiler) checkNames() {
	list := c.scope.sources
	for i, s := range list {
		for _, other := range list[:i] {
			if name := expr.SourceName(s); name != "" && name == expr.SourceName(other) {
				c.fail("two tables of the statement are called %s; give one of them another name with As", name)
				return
			}
		}
	}
}

// nameOf is the name under which the statement knows a source: its own, or one
// with a number, such as users_1, in order of first use.
func (c *compiler) nameOf(s expr.Source) string {
	if name := expr.SourceName(s); name != "" {
		return name
	}
	if name, ok := c.made[s]; ok {
		return name
	}
	base := "anon"
	switch s := s.(type) {
	case *expr.Alias:
		base = s.Of.Name
	case *expr.CTEAlias:
		base = c.nameOf(s.Of)
	}
	if c.made == nil {
		c.made, c.counts = map[expr.Source]string{}, map[string]int{}
	}
	if max := c.features.MaxName; max > 0 && len(base)+len("_999") > max {
		base = schema.CutName(base, max-len("_99999"))
	}
	for {
		c.counts[base]++
		name := base + "_" + strconv.Itoa(c.counts[base])
		if !c.taken(name) {
			c.made[s] = name
			return name
		}
	}
}

// taken says whether a source around here has that name by itself.
func (c *compiler) taken(name string) bool {
	for s := c.scope; s != nil; s = s.parent {
		for _, source := range s.sources {
			if expr.SourceName(source) == name {
				return true
			}
		}
	}
	return false
}
