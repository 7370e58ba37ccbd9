package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (c *compiler) insert(s *expr.Insert) {
	if !c.target(s.Table) || !c.checkRows(s) {
		return
	}
	c.write("INSERT INTO ")
	c.name(s.Table.Name)
	switch {
	case len(s.Columns) > 0:
		c.write(" ")
		c.names(s.Columns)
		c.rows(s.Rows)
	case c.features.DefaultValues:
		c.write(" DEFAULT VALUES")
	default:
		c.write(" () VALUES ()")
	}
	c.returning(s.Returning)
}

// checkRows makes sure that the rows fit the columns and the columns the table.
func (c *compiler) checkRows(s *expr.Insert) bool {
	for i, column := range s.Columns {
		if !c.owned(s.Table, column) {
			return false
		}
		for _, other := range s.Columns[:i] {
			if other == column {
				c.fail("%s.%s is there twice", s.Table.Name, column.Name)
				return false
			}
		}
	}
	for i, row := range s.Rows {
		if len(row) != len(s.Columns) {
			c.fail("row %d has %d values for %d columns", i+1, len(row), len(s.Columns))
			return false
		}
	}
	switch {
	case len(s.Rows) == 0:
		c.fail("there are no rows to insert")
		return false
	case len(s.Columns) == 0 && len(s.Rows) > 1:
		c.fail("%d rows have no columns; only one row of defaults can be inserted at a time", len(s.Rows))
		return false
	}
	return true
}

func (c *compiler) rows(rows [][]expr.Expr) {
	c.write(" VALUES ")
	for i, row := range rows {
		c.separate(i)
		c.write("(")
		for j, value := range row {
			c.separate(j)
			c.stored(value)
		}
		c.write(")")
	}
}

func (c *compiler) returning(list []expr.Expr) {
	if len(list) == 0 {
		return
	}
	if !c.features.Returning {
		c.fail("%s has no RETURNING; read the rows with a SELECT, or take the key that the driver tells", c.dialect.Name())
		return
	}
	c.write(" RETURNING ")
	c.bare = true
	for i, e := range list {
		c.separate(i)
		c.resultColumn(e)
	}
	c.bare = false
}

func (c *compiler) update(s *expr.Update) {
	if !c.target(s.Table) || !c.guarded(s.Where, s.AllRows, "changes") {
		return
	}
	if len(s.Set) == 0 {
		c.fail("nothing is set")
		return
	}
	c.write("UPDATE ")
	c.name(s.Table.Name)
	c.write(" SET ")
	for i, set := range s.Set {
		if !c.owned(s.Table, set.Column) {
			return
		}
		for _, other := range s.Set[:i] {
			if other.Column == set.Column {
				c.fail("%s.%s is set twice", s.Table.Name, set.Column.Name)
				return
			}
		}
		c.separate(i)
		c.name(set.Column.Name)
		c.write("=")
		c.stored(set.Value)
	}
	c.clause(" WHERE ", s.Where)
}

func (c *compiler) delete(s *expr.Delete) {
	if !c.target(s.Table) || !c.guarded(s.Where, s.AllRows, "removes") {
		return
	}
	c.write("DELETE FROM ")
	c.name(s.Table.Name)
	c.clause(" WHERE ", s.Where)
}

// target makes the table the only one of the statement.
func (c *compiler) target(table *schema.Table) bool {
	if table == nil {
		c.fail("no table is given")
		return false
	}
	c.addTable(table)
	return true
}

// guarded refuses a statement that would touch all rows by oversight.
func (c *compiler) guarded(where expr.Expr, allRows bool, verb string) bool {
	if where == nil && !allRows {
		c.fail("without Where it %s all rows of the table; say so with AllRows()", verb)
		return false
	}
	return true
}

// owned makes sure that the column is the table's.
func (c *compiler) owned(table *schema.Table, column *schema.Column) bool {
	switch {
	case column == nil:
		c.fail("a column is nil")
	case table.Column(column.Name) != column:
		c.fail("%s is not a column of the table %s", column.Name, table.Name)
	default:
		return true
	}
	return false
}
