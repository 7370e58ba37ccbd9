package dialect

import (
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

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
	const key = " PRIMARY KEY"
	if before, after, ok := strings.Cut(ddl, key); ok {
		c.write(before)
		c.keyName(column.Table.KeyName)
		ddl = key + after
	}
	c.write(ddl)
	if column.Unique && !column.PrimaryKey {
		c.write(" UNIQUE")
	}
	c.inlineComment(column)
	return nil
}

// collation writes the rules by which a column's text is compared.
func (c *compiler) collation(column *schema.Column) error {
	if column.Collation == "" {
		return nil
	}
	if t := column.Type.On(c.dialect.Name()); !t.IsText() && t.Kind != schema.Enum && t.Kind != schema.Native {
		return fmt.Errorf("the type %s has no collation, only text has", t.Kind)
	}
	c.write(" COLLATE ")
	c.name(column.Collation)
	return nil
}

func (c *compiler) defaultDDL(column *schema.Column) error {
	if column.Sequence != nil {
		return c.sequenceDefault(column.Sequence)
	}
	if column.Default == nil {
		return nil
	}
	sql, err := c.defaultSQL(column)
	c.write(" DEFAULT ")
	c.write(sql)
	return err
}

// defaultSQL is a column's default as the database reads it.
func (c *compiler) defaultSQL(column *schema.Column) (string, error) {
	sql, err := defaultLiteral(c.features, column)
	if err != nil {
		return "", err
	}
	if writer, ok := c.dialect.(DefaultWriter); ok {
		sql = writer.DefaultDDL(column, sql)
	}
	return sql, nil
}

func (c *compiler) sequenceDefault(s *schema.Sequence) error {
	if !c.features.DDL.Sequences {
		return fmt.Errorf("%s has no sequences", c.dialect.Name())
	}
	name, err := QuoteName(c.dialect, s.Name)
	if space := c.features.space(s.Schema); err == nil && space != "" {
		space, err = QuoteName(c.dialect, space)
		name = space + "." + name
	}
	c.write(" DEFAULT nextval(" + stringLiteral(c.features, name) + ")")
	return err
}

// computed writes GENERATED ALWAYS AS.
func (c *compiler) computed(column *schema.Column) error {
	computed := column.Computed
	if computed == nil {
		return nil
	}
	kind, has, other := " VIRTUAL", c.features.DDL.VirtualColumns, "stored"
	if computed.Stored {
		kind, has, other = " STORED", c.features.DDL.StoredColumns, "virtual"
	}
	if !has {
		return fmt.Errorf("%s has no%s computed columns, only %s ones", c.dialect.Name(), strings.ToLower(kind), other)
	}
	if strings.TrimSpace(string(computed.SQL)) == "" {
		return fmt.Errorf("the computed column has no expression")
	}
	c.write(" GENERATED ALWAYS AS (" + string(computed.SQL) + ")" + kind)
	return nil
}

// NeedsEnumCheck says whether a column of that type, as the dialect has it, is
// text that a CHECK limits to the values of an enumeration.
func NeedsEnumCheck(d Dialect, t schema.Type) bool {
	f := d.Features().DDL
	return t.Kind == schema.Enum && t.Detail != nil && !f.EnumColumns && !(f.EnumTypes && t.Detail.Name != "")
}

// LongestValue is the length of the longest value of an enumeration, in
// characters: what a text needs to hold one.
func LongestValue(t schema.Type) int {
	longest := 1
	if t.Detail != nil {
		for _, v := range t.Detail.Values {
			longest = max(longest, len([]rune(v)))
		}
	}
	return longest
}
