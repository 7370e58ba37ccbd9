package dialect

import (
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (c *compiler) constraintName(name string) {
	if name != "" {
		c.write("CONSTRAINT ")
		c.name(name)
		c.write(" ")
	}
}

// nameList writes the names of columns between parentheses.
func (c *compiler) nameList(names []string) {
	c.write("(")
	for i, name := range names {
		c.separate(i)
		c.name(name)
	}
	c.write(")")
}

// constraints writes what stands behind the columns, but for keys.
func (c *compiler) constraints(t *schema.Table) {
	for _, u := range t.Uniques {
		c.line(1)
		c.constraintName(u.Name)
		c.write("UNIQUE ")
		c.nameList(u.Columns)
	}
	for _, check := range t.Checks {
		c.line(1)
		c.constraintName(check.Name)
		c.write("CHECK (" + string(check.SQL) + ")")
	}
	for _, column := range t.Columns {
		if typ := column.Type.On(c.dialect.Name()); NeedsEnumCheck(c.dialect, typ) {
			c.enumCheck(column, typ)
		}
	}
}

// enumCheck limits a text to the values of an enumeration.
func (c *compiler) enumCheck(column *schema.Column, t schema.Type) {
	c.line(1)
	c.constraintName(t.Detail.Name)
	c.write("CHECK (")
	c.name(column.Name)
	c.write(" IN (")
	for i, v := range t.Detail.Values {
		c.separate(i)
		c.write(stringLiteral(c.features, v))
	}
	c.write("))")
}

// foreignKeys writes them at the end of the table, because MySQL reads them at
// a column and then forgets them.
func (c *compiler) foreignKeys(t *schema.Table, later []*schema.ForeignKey) {
	for _, k := range t.AllForeignKeys() {
		if slices.ContainsFunc(later, func(l *schema.ForeignKey) bool { return sameKey(k, l) }) {
			continue
		}
		c.line(1)
		c.foreignKey(t, k)
	}
}

func sameKey(a, b *schema.ForeignKey) bool {
	return a.Table == b.Table && a.Schema == b.Schema && a.Name == b.Name &&
		slices.Equal(a.Columns, b.Columns) && slices.Equal(a.Targets, b.Targets)
}

func (c *compiler) foreignKey(t *schema.Table, k *schema.ForeignKey) {
	c.constraintName(k.Name)
	c.write("FOREIGN KEY ")
	c.nameList(k.Columns)
	c.write(" REFERENCES ")
	space := k.Schema
	if space == "" {
		space = t.Schema
	}
	c.keyTarget(t.Schema, space, k.Table)
	c.write(" ")
	c.nameList(k.Targets)
	c.action(" ON DELETE ", k.OnDelete)
	c.action(" ON UPDATE ", k.OnUpdate)
	c.deferrable(k.Deferrable)
}

// keyTarget writes the table that a foreign key refers to.
func (c *compiler) keyTarget(own, space, table string) {
	if !c.attached() {
		c.qualified(space, table)
		return
	}
	if c.features.space(own) != c.features.space(space) {
		c.lacksDDL("foreign keys to a table of another namespace, such as " + space + "." + table)
	}
	c.name(table)
}

func (c *compiler) action(when string, a schema.Action) {
	switch a {
	case schema.NoAction:
		return
	case schema.SetDefault:
		if !c.features.DDL.SetDefault {
			c.lacksDDL("SET DEFAULT as an action of a foreign key")
		}
	case schema.Restrict, schema.Cascade, schema.SetNull:
	default:
		c.fail("%q is not an action of a foreign key", a)
	}
	c.write(when)
	c.write(string(a))
}

func (c *compiler) deferrable(d schema.Deferrable) {
	if d != schema.NotDeferrable && !c.features.DDL.Deferrable {
		c.lacksDDL("deferrable foreign keys")
	}
	switch d {
	case schema.InitiallyImmediate:
		c.write(" DEFERRABLE")
	case schema.InitiallyDeferred:
		c.write(" DEFERRABLE INITIALLY DEFERRED")
	}
}

func (c *compiler) addForeignKey(s expr.AddForeignKey) {
	if !c.altersKey(s.Table, s.Key) {
		return
	}
	c.write("ALTER TABLE ")
	c.tableName(s.Table)
	c.write(" ADD ")
	c.foreignKey(s.Table, s.Key)
}

func (c *compiler) dropForeignKey(s expr.DropForeignKey) {
	if !c.altersKey(s.Table, s.Key) {
		return
	}
	if s.Key.Name == "" {
		c.fail("the foreign key of %s to %s has no name, by which it could be dropped; name it", s.Table.Name, s.Key.Table)
		return
	}
	c.write("ALTER TABLE ")
	c.tableName(s.Table)
	c.write(" DROP " + c.features.DDL.DropKey + " ")
	c.name(s.Key.Name)
}

func (c *compiler) altersKey(t *schema.Table, k *schema.ForeignKey) bool {
	switch {
	case t == nil || k == nil:
		c.fail("no table or no foreign key is given")
	case !c.features.DDL.AlterKeys:
		c.lacksDDL("ALTER TABLE for foreign keys")
	}
	return c.err == nil
}
