package dialect

import (
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// ddlObject writes a statement for what is neither a table nor of one.
func (c *compiler) ddlObject(s expr.Stmt) (verb string, ok bool) {
	switch s := s.(type) {
	case expr.CreateType:
		c.createType(s.Type)
		return "CREATE TYPE", true
	case expr.DropType:
		if c.enumType(s.Type) {
			c.write("DROP TYPE ")
			c.qualified("", s.Type.Detail.Name)
		}
		return "DROP TYPE", true
	case expr.CreateSequence:
		c.createSequence(s)
		return "CREATE SEQUENCE", true
	case expr.DropSequence:
		c.dropSequence(s)
		return "DROP SEQUENCE", true
	case expr.CreateView:
		c.createView(s.View)
		return "CREATE VIEW", true
	case expr.CreateViewOf:
		c.createViewOf(s)
		return "CREATE VIEW", true
	case expr.CreateTableOf:
		c.createTableOf(s)
		return "CREATE TABLE", true
	case expr.DropView:
		c.dropView(s)
		return "DROP VIEW", true
	case expr.CreateSchema:
		c.createSchema(s)
		return "CREATE SCHEMA", true
	}
	return "", false
}

// enumType fails unless the type is an enumeration that is a type of its own.
func (c *compiler) enumType(t schema.Type) bool {
	switch {
	case t.Kind != schema.Enum || t.Detail == nil || t.Detail.Name == "":
		c.fail("only an enumeration with a name is a type of its own, not %s", t)
	case !c.features.DDL.EnumTypes:
		c.lacksDDL("types for enumerations")
	case len(t.Detail.Values) == 0:
		c.fail("the enumeration %s has no values", t.Detail.Name)
	}
	return c.err == nil
}

func (c *compiler) createType(t schema.Type) {
	if !c.enumType(t) {
		return
	}
	c.write("CREATE TYPE ")
	c.qualified("", t.Detail.Name)
	c.write(" AS ENUM (")
	for i, v := range t.Detail.Values {
		c.separate(i)
		c.write(stringLiteral(c.features, v))
	}
	c.write(")")
}

func (c *compiler) createSequence(s expr.CreateSequence) {
	if !c.hasSequence(s.Sequence) {
		return
	}
	c.write("CREATE SEQUENCE ")
	if s.IfNotExists {
		c.write("IF NOT EXISTS ")
	}
	c.qualified(s.Sequence.Schema, s.Sequence.Name)
	if options := SequenceOptions(s.Sequence.Start, s.Sequence.Increment); options != "" {
		c.write(" " + options)
	}
}

// SequenceOptions are START WITH and INCREMENT BY where they are not 1.
func SequenceOptions(start, increment int64) string {
	var options []string
	if start != 0 && start != 1 {
		options = append(options, "START WITH "+strconv.FormatInt(start, 10))
	}
	if increment != 0 && increment != 1 {
		options = append(options, "INCREMENT BY "+strconv.FormatInt(increment, 10))
	}
	return strings.Join(options, " ")
}

func (c *compiler) hasSequence(s *schema.Sequence) bool {
	switch {
	case s == nil || s.Name == "":
		c.fail("no sequence is given")
	case !c.features.DDL.Sequences:
		c.lacksDDL("sequences")
	}
	return c.err == nil
}

func (c *compiler) dropSequence(s expr.DropSequence) {
	if c.hasSequence(s.Sequence) {
		c.write("DROP SEQUENCE ")
		c.ifExists(s.IfExists)
		c.qualified(s.Sequence.Schema, s.Sequence.Name)
	}
}

func (c *compiler) createView(v *schema.View) {
	if v == nil || v.Name == "" || strings.TrimSpace(string(v.SQL)) == "" {
		c.fail("a view needs a name and a query")
		return
	}
	c.write("CREATE VIEW ")
	c.qualified(v.Schema, v.Name)
	c.write(" AS\n" + string(v.SQL))
}

func (c *compiler) dropView(s expr.DropView) {
	if s.View == nil {
		c.fail("no view is given")
		return
	}
	c.write("DROP VIEW ")
	c.ifExists(s.IfExists)
	c.qualified(s.View.Schema, s.View.Name)
}

func (c *compiler) createSchema(s expr.CreateSchema) {
	if !c.features.DDL.Schemas {
		c.lacksDDL("namespaces for tables, such as " + s.Name)
	}
	c.write("CREATE SCHEMA ")
	if s.IfNotExists {
		c.write("IF NOT EXISTS ")
	}
	c.name(s.Name)
}

func (c *compiler) setComment(s expr.SetComment) {
	switch {
	case s.Table == nil:
		c.fail("no table is given")
		return
	case !c.features.DDL.CommentStatements:
		c.lacksDDL("COMMENT statements")
	}
	text := s.Table.Comment
	if s.Column == nil {
		c.write("COMMENT ON TABLE ")
		c.tableName(s.Table)
	} else {
		text = s.Column.Comment
		c.write("COMMENT ON COLUMN ")
		c.tableName(s.Table)
		c.write(".")
		c.name(s.Column.Name)
	}
	c.write(" IS " + stringLiteral(c.features, text))
}
