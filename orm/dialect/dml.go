package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (c *compiler) update(s *expr.Update) {
	if !c.target(s.Table, s.From) || !c.guarded(s.Where, s.AllRows, "changes") {
		return
	}
	if len(s.Set) == 0 {
		c.fail("%s: nothing is set", s.Table.FullName())
		return
	}
	form := c.changeFrom(s.From, c.features.UpdateFrom, "UPDATE with other tables; read them with a subquery")
	c.write("UPDATE ")
	c.tableName(s.Table)
	if form == ChangeTables {
		c.from(", ", s.From)
	}
	c.write(" SET ")
	c.set(s.Table, s.Set, form == ChangeTables)
	c.onUpdate(s, form == ChangeTables)
	if form == ChangeFromList {
		c.from(" FROM ", s.From)
	}
	c.clause(" WHERE ", s.Where)
	c.lint("UPDATE", s.From, s.Where)
	c.returning("UPDATE", s.Returning, c.features.UpdateReturning, len(s.From) == 0)
}

// changeFrom is how to read the other tables of a change; ChangeAlone if there
// are none.
func (c *compiler) changeFrom(from []expr.Source, form ChangeFrom, feature string) ChangeFrom {
	switch {
	case len(from) == 0:
		return ChangeAlone
	case form == ChangeAlone:
		c.lacks(feature)
	}
	return form
}

// set writes assignments to columns of the table.
func (c *compiler) set(table *schema.Table, list []expr.Assignment, qualified bool) {
	for i, set := range list {
		if !c.owned(table, set.Column) {
			return
		}
		for _, other := range list[:i] {
			if other.Column == set.Column {
				c.fail("%s.%s is set twice", table.Name, set.Column.Name)
				return
			}
		}
		c.separate(i)
		if qualified {
			c.name(table.Name)
			c.write(".")
		}
		c.name(set.Column.Name)
		c.write("=")
		c.stored(set.Value)
	}
}

func (c *compiler) delete(s *expr.Delete) {
	if !c.target(s.Table, s.Using) || !c.guarded(s.Where, s.AllRows, "removes") {
		return
	}
	form := c.changeFrom(s.Using, c.features.DeleteUsing, "DELETE with other tables; read them with a subquery")
	c.write("DELETE FROM ")
	c.tableName(s.Table)
	switch form {
	case ChangeFromList:
		c.from(" USING ", s.Using)
	case ChangeTables:
		c.write(" USING ")
		c.name(s.Table.Name)
		c.from(", ", s.Using)
	}
	c.clause(" WHERE ", s.Where)
	c.lint("DELETE", s.Using, s.Where)
	if form == ChangeTables { // whose grammar has no RETURNING
		c.returning("DELETE with other tables", s.Returning, false, false)
		return
	}
	c.returning("DELETE", s.Returning, c.features.DeleteReturning, len(s.Using) == 0)
}

// returning writes what a change gives back.
func (c *compiler) returning(verb string, list []expr.Expr, has, alone bool) {
	if len(list) == 0 {
		return
	}
	switch {
	case has:
	case verb == "INSERT":
		c.fail("%s has no RETURNING; read the rows with a SELECT, or take the key that the driver tells", c.dialect.Name())
		return
	default:
		c.fail("%s has no RETURNING for %s; read the rows with a SELECT", c.dialect.Name(), verb)
		return
	}
	c.write(" RETURNING ")
	c.bare = alone
	c.scope.columns, c.scope.names = list, namesOf(list)
	c.results(list)
	c.bare = false
}

// target makes the table one of the statement's, and the other sources too.
func (c *compiler) target(table *schema.Table, others []expr.Source) bool {
	if c.scope == nil {
		c.enter(nil)
	}
	if table == nil {
		c.fail("no table is given")
		return false
	}
	c.add(expr.Table{Table: table})
	for _, s := range others {
		if isSource(s) && c.scope.visible(s) {
			c.fail("the table %s is the one that is changed; read it again under another name, with As", table.Name)
			return false
		}
		c.add(s)
	}
	c.checkNames()
	return c.err == nil
}

// guarded refuses a statement that would touch all rows by oversight.
func (c *compiler) guarded(where expr.Expr, allRows bool, verb string) bool {
	always, known := constant(where)
	if !allRows && (where == nil || known && always) {
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
