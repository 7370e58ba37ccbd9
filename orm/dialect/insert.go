package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (c *compiler) insert(s *expr.Insert) {
	if !c.target(s.Table, nil) || !c.checkColumns(s) || s.Query == nil && !c.checkRows(s) {
		return
	}
	if len(c.ctes) > 0 && (s.Query == nil || c.features.WithInsert) && c.writing == nil {
		c.withInsert()
	}
	c.write("INSERT INTO ")
	c.tableName(s.Table)
	switch {
	case s.Query != nil:
		c.insertQuery(s)
	case len(s.Columns) > 0:
		c.write(" ")
		c.names(s.Columns)
		c.rows(s.Rows)
	case c.features.DefaultValues:
		c.write(" DEFAULT VALUES")
	default:
		c.write(" () VALUES ()")
	}
	c.conflict(s)
	c.returning("INSERT", s.Returning, c.features.Returning, true)
}

// withInsert writes the CTEs before INSERT, where not every database takes
// them.
func (c *compiler) withInsert() {
	if !c.features.WithInsert {
		c.lacks("WITH before INSERT")
		return
	}
	c.with()
}

// insertQuery writes the query whose rows are inserted.
func (c *compiler) insertQuery(s *expr.Insert) {
	if len(s.Columns) > 0 {
		c.write(" ")
		c.names(s.Columns)
	}
	c.write(" ")
	columns := expr.ResultColumns(s.Query)
	if want := len(s.Columns); want > 0 && columns != nil && len(columns) != want {
		c.fail("the query has %d columns for %d columns of %s", len(columns), want, s.Table.Name)
		return
	}
	if !c.features.WithInsert && c.writing == nil {
		c.with()
	}
	query := s.Query
	if s.Conflict != nil && c.features.ConflictNeedsWhere {
		query = withWhere(query)
	}
	outer := c.frame
	c.query(query, nil)
	c.frame = outer
}

// withWhere gives a query a WHERE, so that what follows ON is not taken for
// the condition of a join.
func withWhere(query expr.Stmt) expr.Stmt {
	switch q := query.(type) {
	case expr.Select:
		if q.Where == nil {
			q.Where = expr.Bool{Value: true}
		}
		return q
	case expr.Compound:
		sub := &expr.Subquery{Query: q, Columns: expr.ResultColumns(q)}
		outer := expr.Select{Where: expr.Bool{Value: true}, From: []expr.Source{sub}}
		for _, column := range sub.Columns {
			outer.Columns = append(outer.Columns, expr.Column{Column: column, Of: sub})
		}
		return outer
	}
	return query
}

// checkColumns makes sure that the columns are the table's, each once.
func (c *compiler) checkColumns(s *expr.Insert) bool {
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
	return true
}

// checkRows makes sure that the rows fit the columns.
func (c *compiler) checkRows(s *expr.Insert) bool {
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

// conflict writes what an INSERT does about rows that are there already.
func (c *compiler) conflict(s *expr.Insert) {
	if s.Conflict == nil {
		return
	}
	for _, column := range s.Conflict.Columns {
		if !c.owned(s.Table, column) {
			return
		}
	}
	switch c.features.Conflict {
	case ConflictStandard:
		c.onConflict(s.Table, s.Conflict)
	case ConflictOnDuplicate:
		c.onDuplicate(s.Table, s.Conflict)
	default:
		c.lacks("INSERT that deals with rows that are there already")
	}
}

func (c *compiler) onConflict(table *schema.Table, k *expr.Conflict) {
	c.write(" ON CONFLICT")
	switch {
	case k.Constraint != "" && !c.features.ConflictConstraint:
		c.lacks("ON CONFLICT ON CONSTRAINT; name the key's columns")
		return
	case k.Constraint != "":
		c.write(" ON CONSTRAINT ")
		c.name(k.Constraint)
	case len(k.Columns) > 0:
		c.write(" ")
		c.names(k.Columns)
		if k.Partial != nil {
			c.bare = true
			c.clause(" WHERE ", k.Partial)
			c.bare = false
		}
	case len(k.Set) > 0:
		c.fail("an INSERT that changes the row that is there needs the columns of the key")
		return
	}
	if len(k.Set) == 0 {
		c.write(" DO NOTHING")
		return
	}
	c.write(" DO UPDATE SET ")
	c.set(table, k.Set, false)
	c.clause(" WHERE ", k.Where)
}

// onDuplicate writes MySQL's form, which knows no key and no condition. To do
// nothing is to set a column to itself.
func (c *compiler) onDuplicate(table *schema.Table, k *expr.Conflict) {
	if k.Where != nil || k.Partial != nil || k.Constraint != "" {
		c.lacks("condition or constraint for the update of a row that is there")
		return
	}
	c.write(" ON DUPLICATE KEY UPDATE ")
	if len(k.Set) > 0 {
		c.set(table, k.Set, false)
		return
	}
	column := table.Columns[0]
	if key := table.PrimaryKey(); len(key) > 0 {
		column = key[0]
	}
	c.name(column.Name)
	c.write("=")
	c.column(expr.Column{Column: column})
}

// excluded writes the value that was to be inserted.
func (c *compiler) excluded(e expr.Excluded) {
	if e.Column == nil {
		c.fail("a column is nil")
		return
	}
	if c.features.Conflict == ConflictOnDuplicate {
		c.write("VALUES(")
		c.name(e.Name)
		c.write(")")
		return
	}
	c.write("excluded.")
	c.name(e.Name)
}
