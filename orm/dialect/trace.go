package dialect

import "github.com/ormlab/ormlab/orm/expr"

// origin says which value of the tree an argument is: a bind that stands
// alone, or one of a text. The zero origin is neither.
type origin struct {
	bind *expr.Bind
	text textOrigin
	own  bool // the compiler's own value, the same each time
}

// trace is what a compiler notes for a cache.
type trace struct {
	origins []origin // of the arguments
	places  []place
}

// place is where an argument stands in the SQL.
type place struct {
	from, to int // bytes
	arg      int // counted from 0
}

// bindOf makes a Go value an argument; node is what holds it in the tree.
func (c *compiler) bindOf(node expr.Expr, b expr.Bind) {
	c.origin = origin{bind: boxOf(node)}
	c.bind(b)
}

// noteArgument notes where the argument that follows comes from.
func (c *compiler) noteArgument() {
	if c.trace != nil {
		c.trace.origins = append(c.trace.origins, c.origin)
	}
	c.origin = origin{}
}

// notePlace notes where argument n, counted from 1, stands.
func (c *compiler) notePlace(from, n int) {
	if c.trace != nil {
		c.trace.places = append(c.trace.places, place{from, c.sql.Len(), n - 1})
	}
}
