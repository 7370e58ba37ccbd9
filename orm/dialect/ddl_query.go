package dialect

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
)

// createViewOf writes a view. The database keeps its query as text, in which
// an argument has no place.
func (c *compiler) createViewOf(s expr.CreateViewOf) {
	if s.Name == "" {
		c.fail("a view needs a name")
		return
	}
	c.write("CREATE VIEW ")
	c.qualified(s.Schema, s.Name)
	c.queryOf(s.Query)
	if len(c.args) > 0 {
		c.fail("the query of the view %s holds the value %v, and a view has no arguments; write a constant into it with TextExpr", s.Name, shortened(c.values[0]))
	}
}

func shortened(v any) string {
	text := []rune(fmt.Sprint(v))
	if len(text) > 60 {
		return string(text[:60]) + "…"
	}
	return string(text)
}

func (c *compiler) createTableOf(s expr.CreateTableOf) {
	if s.Name == "" {
		c.fail("a table needs a name")
		return
	}
	c.write("CREATE ")
	if s.Temporary {
		c.write("TEMPORARY ")
	}
	c.write("TABLE ")
	c.qualified(s.Schema, s.Name)
	c.queryOf(s.Query)
}

// queryOf writes a query with its CTEs behind AS.
func (c *compiler) queryOf(query expr.Stmt) {
	c.write(" AS ")
	c.with()
	c.query(query, nil)
}
