package sqlite

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

var ddlFeatures = dialect.DDLFeatures{
	KeyNames:          true,
	AttachedSchemas:   true,
	Deferrable:        true,
	SetDefault:        true,
	PartialIndexes:    true,
	ExpressionIndexes: true,
	VirtualColumns:    true,
	StoredColumns:     true,
	ComputedNotNull:   true,
}

var typeNames = map[schema.Kind]string{
	schema.SmallInteger: "SMALLINT",
	schema.Integer:      "INTEGER",
	schema.BigInteger:   "BIGINT",
	schema.Boolean:      "BOOLEAN",
	schema.Float:        "FLOAT",
	schema.String:       "VARCHAR",
	schema.Text:         "TEXT",
	schema.LargeBinary:  "BLOB",
	schema.DateTime:     "DATETIME",
	schema.Date:         "DATE",
	schema.Time:         "TIME",
	// As seconds, which SQLite can add and compare.
	schema.Interval: "NUMERIC(16, 6)",
	// Without TEXT in its name SQLite would make numbers of JSON's numbers, and
	// so lose digits.
	schema.JSON: "JSON TEXT",
	schema.UUID: "CHAR(36)",
}

// maxDigits are the digits that SQLite keeps of a number that is not whole.
const maxDigits = 15

func (sqlite) TypeDDL(t schema.Type) (string, error) {
	switch t.Kind {
	case schema.String:
		if t.Size > 0 {
			return fmt.Sprintf("VARCHAR(%d)", t.Size), nil
		}
	case schema.Numeric:
		if t.Size == 0 || t.Size > maxDigits {
			return "", fmt.Errorf("SQLite keeps %d digits of a Numeric exact: give it a precision of 1 to %d, or a variant for sqlite", maxDigits, maxDigits)
		}
		return fmt.Sprintf("NUMERIC(%d, %d)", t.Size, t.Scale), nil
	case schema.Enum:
		return fmt.Sprintf("VARCHAR(%d)", dialect.LongestValue(t)), nil
	case schema.Array:
		return "", errors.New("SQLite has no arrays: make the column a JSON, or give the type a variant for sqlite")
	case schema.Native:
		return t.Detail.Name, nil
	}
	if name, ok := typeNames[t.Kind]; ok {
		return name, nil
	}
	return "", fmt.Errorf("SQLite has no type for %s", t)
}

// GeneratedKeyDDL always writes INTEGER: SQLite makes keys for no other type.
func (sqlite) GeneratedKeyDDL(c *schema.Column) (string, error) {
	switch id := c.Identity; {
	case !c.PrimaryKey || len(c.Table.PrimaryKey()) > 1:
		return "", errors.New("SQLite makes a column's values only if the column alone is the primary key")
	case id != nil && (id.Always || id.Start > 1 || id.Increment > 1):
		return "", errors.New("SQLite has no identity columns that refuse values or count in another way than from 1 by 1")
	case c.Autoincrement:
		return "INTEGER PRIMARY KEY AUTOINCREMENT", nil
	}
	return "INTEGER PRIMARY KEY", nil
}
