package mysql

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

var ddlFeatures = dialect.DDLFeatures{
	AlterKeys:         true,
	DropKey:           "FOREIGN KEY",
	InlineComments:    true,
	EnumColumns:       true,
	ExpressionIndexes: true,
	IndexOfTable:      true,
	UniqueIsIndex:     true,
	RestrictIsDefault: true,
	VirtualColumns:    true,
	StoredColumns:     true,
	Schemas:           true,
}

// mariaDDL are those of MariaDB.
func mariaDDL(f dialect.DDLFeatures) dialect.DDLFeatures {
	f.ExpressionIndexes = false
	return f
}

var typeNames = map[schema.Kind]string{
	schema.SmallInteger: "SMALLINT",
	schema.Integer:      "INTEGER",
	schema.BigInteger:   "BIGINT",
	schema.Boolean:      "BOOL",
	schema.Float:        "DOUBLE",
	schema.Text:         "TEXT",
	schema.LargeBinary:  "LONGBLOB",
	schema.DateTime:     "DATETIME(6)",
	schema.Date:         "DATE",
	schema.Time:         "TIME(6)",
	// As seconds, because TIME ends at 838 hours.
	schema.Interval: "DECIMAL(16, 6)",
	schema.JSON:     "JSON",
	schema.UUID:     "CHAR(36)",
}

func (mysql) TypeDDL(t schema.Type) (string, error) {
	switch t.Kind {
	case schema.String:
		if t.Size > 0 {
			return fmt.Sprintf("VARCHAR(%d)", t.Size), nil
		}
		return "", errors.New("VARCHAR needs a length on MySQL: give the column a size, or make it a text")
	case schema.Numeric:
		if t.Size == 0 {
			return "", errors.New("MySQL rounds a DECIMAL without a precision to whole numbers: give it one")
		}
		return fmt.Sprintf("DECIMAL(%d, %d)", t.Size, t.Scale), nil
	case schema.Enum:
		return enum(t), nil
	case schema.Array:
		return "", errors.New("MySQL has no arrays: make the column a JSON, or give the type a variant for mysql")
	case schema.Native:
		return t.Detail.Name, nil
	}
	if name, ok := typeNames[t.Kind]; ok {
		return name, nil
	}
	return "", fmt.Errorf("MySQL has no type for %s", t)
}

func enum(t schema.Type) string {
	values := make([]string, len(t.Detail.Values))
	for i, v := range t.Detail.Values {
		values[i] = "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(v) + "'"
	}
	return "ENUM(" + strings.Join(values, ", ") + ")"
}

func (d mysql) GeneratedKeyDDL(c *schema.Column) (string, error) {
	ddl, err := d.TypeDDL(c.Type)
	if err != nil {
		return "", err
	}
	if id := c.Identity; id != nil && (id.Always || id.Start > 1 || id.Increment > 1) {
		return "", errors.New("MySQL has no identity columns that refuse values or count in another way than from 1 by 1")
	}
	key := c.Table.PrimaryKey()
	switch {
	case len(key) == 1 && key[0] == c:
		return ddl + " PRIMARY KEY AUTO_INCREMENT", nil
	case len(key) > 1 && key[0] == c, c.Unique:
		return ddl + " NOT NULL AUTO_INCREMENT", nil
	}
	return "", errors.New("MySQL needs an autoincrement column to be unique or to be the first of the primary key")
}

// isLong says whether MySQL keeps a type apart from its row: it can only index
// a prefix, and takes a default only as an expression.
func isLong(t schema.Type) bool {
	return t.Kind == schema.Text || t.Kind == schema.LargeBinary || t.Kind == schema.JSON
}

// CheckColumn refuses keys over types of which MySQL can only index a prefix.
func (d mysql) CheckColumn(c *schema.Column) error {
	t := c.Type.On(d.name)
	if isLong(t) && (c.Unique || c.PrimaryKey || c.References != nil || isConstrained(c)) {
		return fmt.Errorf("MySQL cannot make a key of a whole %s column; make it a String with a size", t.Kind)
	}
	return nil
}

// isConstrained says whether a unique constraint or a foreign key of the table
// holds the column.
func isConstrained(c *schema.Column) bool {
	for _, u := range c.Table.Uniques {
		if slices.Contains(u.Columns, c.Name) {
			return true
		}
	}
	for _, k := range c.Table.ForeignKeys {
		if slices.Contains(k.Columns, c.Name) {
			return true
		}
	}
	return false
}

// DefaultDDL writes the default of a TEXT as an expression, the only form that
// MySQL takes there, and the current time with the column's precision.
func (d mysql) DefaultDDL(c *schema.Column, sql string) string {
	_, verbatim := c.Default.(schema.SQL)
	t := c.Type.On(d.name)
	switch {
	case isLong(t) && !verbatim:
		return "(" + sql + ")"
	case t.Kind == schema.DateTime && strings.EqualFold(sql, "CURRENT_TIMESTAMP"):
		return sql + "(6)"
	}
	return sql
}
