package dialect

import (
	"strconv"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// values1 writes rows as a table.
func (c *compiler) values1(v *expr.Values) {
	if len(v.Columns) == 0 || len(v.Rows) == 0 {
		c.fail("a list of values needs columns and rows")
		return
	}
	for i, row := range v.Rows {
		if len(row) != len(v.Columns) {
			c.fail("row %d of the values has %d values for %d columns", i+1, len(row), len(v.Columns))
			return
		}
	}
	switch c.features.Values {
	case ValuesNamed:
		c.write("(VALUES ")
		c.valueRows(v.Rows, "(")
		c.write(")")
		c.as(v)
		c.columnList(v.Columns)
	case ValuesRow:
		c.write("(VALUES ")
		c.valueRows(v.Rows, "ROW(")
		c.write(")")
		c.as(v)
		c.columnList(v.Columns)
	case ValuesNumbered:
		c.write("(SELECT ")
		for i, column := range v.Columns {
			c.separate(i)
			c.write("column" + strconv.Itoa(i+1) + " AS ")
			c.name(column.Name)
		}
		c.write(" FROM (VALUES ")
		c.valueRows(v.Rows, "(")
		c.write("))")
		c.as(v)
	default:
		c.valueUnion(v)
	}
}

func (c *compiler) valueRows(rows [][]expr.Expr, open string) {
	for i, row := range rows {
		c.separate(i)
		c.write(open)
		for j, e := range row {
			c.separate(j)
			c.expr(e, precedenceNone)
		}
		c.write(")")
	}
}

// valueUnion writes rows for a database that has no VALUES in FROM.
func (c *compiler) valueUnion(v *expr.Values) {
	c.write("(")
	for i, row := range v.Rows {
		if i > 0 {
			c.write(" UNION ALL ")
		}
		c.write("SELECT ")
		for j, e := range row {
			c.separate(j)
			c.expr(e, precedenceNone)
			if i == 0 {
				c.write(" AS ")
				c.name(v.Columns[j].Name)
			}
		}
	}
	c.write(")")
	c.as(v)
}

// columnList writes names between parentheses, as behind the name of a source.
func (c *compiler) columnList(columns []*schema.Column) {
	c.names(columns)
}

// tableFunction writes a function whose result is a table.
func (c *compiler) tableFunction(f *expr.TableFunc) {
	c.function(f.Func)
	if f.Ordinality {
		if !c.features.Ordinality {
			c.lacks("WITH ORDINALITY")
			return
		}
		c.write(" WITH ORDINALITY")
	}
	c.as(f)
	if len(f.Columns) == 0 {
		return
	}
	if !c.features.TableFunctionColumns {
		return // the function's own names
	}
	c.write(" ")
	c.columnList(f.Columns)
}
