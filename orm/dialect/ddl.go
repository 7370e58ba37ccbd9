package dialect

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// ddl writes a statement that makes or removes something, if s is one.
func (c *compiler) ddl(s expr.Stmt) (verb string, ok bool) {
	switch s := s.(type) {
	case expr.CreateTable:
		c.createTable(&s)
		return "CREATE TABLE", true
	case expr.DropTable:
		c.dropTable(&s)
		return "DROP TABLE", true
	case expr.AddForeignKey:
		c.addForeignKey(s)
		return "ALTER TABLE", true
	case expr.DropForeignKey:
		c.dropForeignKey(s)
		return "ALTER TABLE", true
	case expr.CreateIndex:
		c.createIndex(s)
		return "CREATE INDEX", true
	case expr.DropIndex:
		c.dropIndex(s)
		return "DROP INDEX", true
	case expr.SetComment:
		c.setComment(s)
		return "COMMENT", true
	}
	return c.ddlObject(s)
}

// lacksDDL fails because the database has no such thing.
func (c *compiler) lacksDDL(what string) {
	c.fail("%s has no %s", c.dialect.Name(), what)
}

// qualified writes a name with the namespace that it is in.
func (c *compiler) qualified(space, name string) {
	if space = c.features.space(space); space != "" {
		if !c.features.DDL.Schemas && !c.attached() {
			c.lacksDDL("namespaces for tables, such as " + space)
		}
		c.name(space)
		c.write(".")
	}
	c.name(name)
}

func (c *compiler) tableName(t *schema.Table) { c.qualified(t.Schema, t.Name) }

func (c *compiler) createTable(s *expr.CreateTable) {
	if !c.target(s.Table, nil) {
		return
	}
	c.write("CREATE TABLE ")
	if s.IfNotExists {
		c.write("IF NOT EXISTS ")
	}
	c.tableName(s.Table)
	c.write(" (")
	key, generated := s.Table.PrimaryKey(), s.Table.GeneratedKey()
	for i, column := range s.Table.Columns {
		c.line(i)
		c.name(column.Name)
		c.write(" ")
		if err := c.columnDDL(column, column == generated, len(key) == 1); err != nil {
			c.fail("%s.%s: %w", s.Table.Name, column.Name, err)
			return
		}
	}
	if len(key) > 1 {
		c.line(1)
		c.constraintName(s.Table.KeyName)
		c.write("PRIMARY KEY ")
		c.names(key)
	}
	c.constraints(s.Table)
	c.foreignKeys(s.Table, s.Later)
	c.write("\n)")
	if s.Table.Comment != "" && c.features.DDL.InlineComments {
		c.write(" COMMENT=")
		c.write(stringLiteral(c.features, s.Table.Comment))
	}
}

// line starts a line of the definition.
func (c *compiler) line(i int) {
	if i > 0 {
		c.write(",")
	}
	c.write("\n\t")
}

// typeDDL is the type as the database has it.
func (c *compiler) typeDDL(t schema.Type) (string, error) {
	t = t.On(c.dialect.Name())
	name, err := c.dialect.TypeDDL(t)
	if err != nil {
		return "", err
	}
	return c.inSpace(t, name)
}

// columnDDL writes what stands behind a column's name.
func (c *compiler) columnDDL(column *schema.Column, generated, soleKey bool) error {
	if checker, ok := c.dialect.(ColumnChecker); ok {
		if err := checker.CheckColumn(column); err != nil {
			return err
		}
	}
	if generated {
		return c.generatedKey(column)
	}
	ddl, err := c.typeDDL(column.Type)
	if err != nil {
		return err
	}
	c.write(ddl)
	if err := c.collation(column); err != nil {
		return err
	}
	if err := c.computed(column); err != nil {
		return err
	}
	if (!column.Nullable || column.PrimaryKey) && (column.Computed == nil || c.features.DDL.ComputedNotNull) {
		c.write(" NOT NULL")
	}
	if column.PrimaryKey && soleKey {
		c.keyName(column.Table.KeyName)
		c.write(" PRIMARY KEY")
	}
	if column.Unique {
		c.write(" UNIQUE")
	}
	if err := c.defaultDDL(column); err != nil {
		return err
	}
	c.inlineComment(column)
	return nil
}

// keyName writes the name of a primary key that stands at its column.
func (c *compiler) keyName(name string) {
	if name != "" && c.features.DDL.KeyNames {
		c.write(" CONSTRAINT ")
		c.name(name)
	}
}

func (c *compiler) inlineComment(column *schema.Column) {
	if column.Comment != "" && c.features.DDL.InlineComments {
		c.write(" COMMENT ")
		c.write(stringLiteral(c.features, column.Comment))
	}
}

func (c *compiler) dropTable(s *expr.DropTable) {
	if !c.target(s.Table, nil) {
		return
	}
	c.write("DROP TABLE ")
	c.ifExists(s.IfExists)
	c.tableName(s.Table)
}

func (c *compiler) ifExists(is bool) {
	if is {
		c.write("IF EXISTS ")
	}
}

// Ask is a statement that a dialect asks its database, written with :name
// binds, each followed by its value: Ask("SELECT … :t", "t", "pets").
func Ask(sql string, binds ...string) expr.Stmt {
	text, err := expr.ParseText(sql)
	if err != nil {
		panic(fmt.Sprintf("dialect: a statement of a dialect: %v", err))
	}
	text.Binds = map[string]expr.Bind{}
	for i := 0; i+1 < len(binds); i += 2 {
		text.Binds[binds[i]] = expr.Bind{Value: binds[i+1]}
	}
	return text
}
