package dialect

import (
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

func (c *compiler) function(f expr.Func) {
	for part := range strings.SplitSeq(f.Name, ".") {
		if !isFunctionName(part) {
			c.fail("%q is not a function's name: it takes letters, digits and _, in parts joined by dots", f.Name)
			return
		}
	}
	name := f.Name
	if f.Name == "string_agg" && c.features.GroupConcat {
		c.groupConcat(f)
		return
	}
	if own, ok := c.features.Functions[f.Name]; ok {
		name = own.Name
		if own.Bare && len(f.Args) == 0 {
			c.write(name)
			return
		}
	}
	c.write(name)
	c.write("(")
	c.arguments(f)
	c.write(")")
	c.aggregateClauses(f)
}

func (c *compiler) arguments(f expr.Func) {
	if f.Star && len(f.Args) == 0 {
		c.write("*")
	}
	if f.Distinct {
		if len(f.Args) > 1 && c.features.DistinctAlone {
			c.lacks("DISTINCT in an aggregate of several arguments")
			return
		}
		c.write("DISTINCT ")
	}
	for i, arg := range f.Args {
		c.separate(i)
		c.expr(arg, precedenceNone)
	}
	if len(f.OrderBy) > 0 {
		if !c.features.AggregateOrder {
			c.lacks("ORDER BY in an aggregate")
			return
		}
		c.write(" ORDER BY ")
		c.orderings(f.OrderBy)
	}
}

// orderings writes a list to sort by, which does not know the names of the
// result.
func (c *compiler) orderings(list []expr.Expr) {
	for i, e := range list {
		c.separate(i)
		c.ordering(e, false)
	}
}

func (c *compiler) aggregateClauses(f expr.Func) {
	if len(f.WithinGroup) > 0 {
		if !c.features.WithinGroup {
			c.lacks("WITHIN GROUP")
			return
		}
		c.write(" WITHIN GROUP (ORDER BY ")
		c.orderings(f.WithinGroup)
		c.write(")")
	}
	if f.Filter != nil {
		if !c.features.AggregateFilter {
			c.lacks("FILTER for an aggregate; aggregate a Case instead")
			return
		}
		c.clause(" FILTER (WHERE ", f.Filter)
		c.write(")")
	}
}

func isFunctionName(s string) bool {
	return isPlainName(strings.ToLower(s)) && !strings.Contains(s, "$")
}

// window writes a function over the rows around the current one.
func (c *compiler) window(w expr.Window) {
	f, ok := w.Func.(expr.Func)
	if !ok {
		c.fail("only a function can be OVER a window")
		return
	}
	c.function(f)
	c.write(" OVER (")
	for i, e := range w.PartitionBy {
		if i == 0 {
			c.write("PARTITION BY ")
		}
		c.separate(i)
		c.expr(e, precedenceNone)
	}
	space := len(w.PartitionBy) > 0
	if len(w.OrderBy) > 0 {
		if space {
			c.write(" ")
		}
		space = true
		c.write("ORDER BY ")
		c.orderings(w.OrderBy)
	}
	if w.Frame != nil {
		if space {
			c.write(" ")
		}
		c.windowFrame(w.Frame)
	}
	c.write(")")
}

func (c *compiler) windowFrame(f *expr.Frame) {
	switch f.Unit {
	case expr.Rows:
		c.write("ROWS")
	case expr.Range:
		c.write("RANGE")
	default:
		if !c.features.FrameGroups {
			c.lacks("GROUPS in the frame of a window")
			return
		}
		c.write("GROUPS")
	}
	c.write(" BETWEEN ")
	c.bound(f.Start, " PRECEDING")
	c.write(" AND ")
	c.bound(f.End, " FOLLOWING")
	if f.Start.Kind == expr.UnboundedFollowing || f.End.Kind == expr.UnboundedPreceding || f.Start.Kind > f.End.Kind {
		c.fail("the frame of a window ends before it starts")
	}
}

func (c *compiler) bound(b expr.Bound, unbounded string) {
	switch b.Kind {
	case expr.CurrentRow:
		c.write("CURRENT ROW")
	case expr.Preceding:
		c.distance(b.Offset)
		c.write(" PRECEDING")
	case expr.Following:
		c.distance(b.Offset)
		c.write(" FOLLOWING")
	default:
		c.write("UNBOUNDED")
		c.write(unbounded)
	}
}

// distance writes how far a bound is, which some databases take as a number
// only.
func (c *compiler) distance(e expr.Expr) {
	if b, ok := e.(expr.Bind); ok && c.features.FrameLiterals {
		if v, err := convert(b.Type, b.Value); err == nil && v.Kind() == driver.Int {
			c.write(strconv.FormatInt(v.Int(), 10))
			return
		}
	}
	c.expr(e, precedenceTerm)
}
