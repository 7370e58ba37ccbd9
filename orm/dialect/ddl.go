package dialect

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (c *compiler) createTable(s *expr.CreateTable) {
	if !c.target(s.Table, nil) {
		return
	}
	c.write("CREATE TABLE ")
	if s.IfNotExists {
		c.write("IF NOT EXISTS ")
	}
	c.name(s.Table.Name)
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
		c.write("PRIMARY KEY ")
		c.names(key)
	}
	c.foreignKeys(s.Table)
	c.write("\n)")
}

// line starts a line of the definition.
func (c *compiler) line(i int) {
	if i > 0 {
		c.write(",")
	}
	c.write("\n\t")
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
	ddl, err := c.dialect.TypeDDL(column.Type)
	if err != nil {
		return err
	}
	c.write(ddl)
	if !column.Nullable || column.PrimaryKey {
		c.write(" NOT NULL")
	}
	if column.PrimaryKey && soleKey {
		c.write(" PRIMARY KEY")
	}
	if column.Unique {
		c.write(" UNIQUE")
	}
	return c.defaultDDL(column)
}

func (c *compiler) generatedKey(column *schema.Column) error {
	switch {
	case !column.Type.IsInteger():
		return fmt.Errorf("a %s cannot be autoincrement, only an integer can", column.Type.Kind)
	case column.Default != nil:
		return fmt.Errorf("an autoincrement column cannot have a default")
	}
	ddl, err := c.dialect.GeneratedKeyDDL(column)
	if err != nil {
		return err
	}
	c.write(ddl)
	if column.Unique && !column.PrimaryKey {
		c.write(" UNIQUE")
	}
	return nil
}

func (c *compiler) defaultDDL(column *schema.Column) error {
	if column.Default == nil {
		return nil
	}
	sql, err := defaultLiteral(c.features, column)
	if err != nil {
		return err
	}
	if writer, ok := c.dialect.(DefaultWriter); ok {
		sql = writer.DefaultDDL(column, sql)
	}
	c.write(" DEFAULT ")
	c.write(sql)
	return nil
}

// foreignKeys writes them at the end of the table, because MySQL reads them at
// a column and then forgets them.
func (c *compiler) foreignKeys(table *schema.Table) {
	for _, column := range table.Columns {
		if column.References == nil {
			continue
		}
		c.line(1)
		c.write("FOREIGN KEY (")
		c.name(column.Name)
		c.write(") REFERENCES ")
		c.name(column.References.Table)
		c.write(" (")
		c.name(column.References.Column)
		c.write(")")
	}
}

func (c *compiler) dropTable(s *expr.DropTable) {
	if !c.target(s.Table, nil) {
		return
	}
	c.write("DROP TABLE ")
	if s.IfExists {
		c.write("IF EXISTS ")
	}
	c.name(s.Table.Name)
}
