package dialect

import (
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// QuoteName returns the name as SQL, in quotes if it needs them: because it is
// a reserved word, has upper case or other characters than letters, digits, _
// and $, or begins with a digit.
func QuoteName(d Dialect, name string) (string, error) {
	f := d.Features()
	if f.MaxName > 0 && len(name) > f.MaxName {
		return "", fmt.Errorf("the name %q has %d bytes, %s takes %d", name, len(name), d.Name(), f.MaxName)
	}
	if isPlainName(name) && !d.Reserved(name) {
		return name, nil
	}
	if strings.IndexByte(name, 0) >= 0 {
		return "", fmt.Errorf("the name %q has a NUL character, which no database takes", name)
	}
	q := string(f.Quote)
	return q + strings.ReplaceAll(name, q, q+q) + q, nil
}

// isPlainName says whether every database reads the name as it is written.
func isPlainName(name string) bool {
	for i := 0; i < len(name); i++ {
		switch b := name[i]; {
		case b >= 'a' && b <= 'z' || b == '_':
		case (b >= '0' && b <= '9' || b == '$') && i > 0:
		default:
			return false
		}
	}
	return name != ""
}

func (c *compiler) name(name string) {
	plain := c.plainName(name)
	if plain != nil && *plain == name {
		c.write(name)
		return
	}
	quoted, err := QuoteName(c.dialect, name)
	if err != nil {
		c.fail("%w", err)
	}
	if plain != nil && quoted == name {
		*plain = name
	}
	c.write(quoted)
}

// plainName is where the compiler remembers that the name needs no quotes: a
// statement says the same few names again and again.
func (c *compiler) plainName(name string) *string {
	if name == "" {
		return nil
	}
	return &c.unquoted[(int(name[0])+len(name))%len(c.unquoted)]
}

// names writes the columns' names between parentheses.
func (c *compiler) names(columns []*schema.Column) {
	c.write("(")
	for i, column := range columns {
		if i > 0 {
			c.write(", ")
		}
		c.name(column.Name)
	}
	c.write(")")
}

// column writes a column with its source, which must be one of the query's or
// of those around it.
func (c *compiler) column(column expr.Column) {
	if column.Column == nil {
		c.fail("a column is nil")
		return
	}
	if source := expr.SourceOf(column); source != nil && !c.bare {
		if !c.scope.visible(source) {
			c.notRead(column, source)
			return
		}
		c.name(c.nameOf(source))
		c.write(".")
	}
	c.name(column.Name)
}

// notRead is the error for a column of something that the statement does not
// read.
func (c *compiler) notRead(column expr.Column, source expr.Source) {
	name := c.nameOf(source)
	for s := c.scope; s != nil; s = s.parent {
		for _, other := range s.sources {
			if a, ok := other.(*expr.Alias); ok && expr.Same(expr.Table{Table: a.Of}, source) {
				c.fail("%s.%s: the statement reads the table %s under the name %s only; take the column from the alias",
					name, column.Name, name, c.nameOf(a))
				return
			}
		}
	}
	c.fail("%s.%s: the table %s is not one of the statement's; add it with Join or From", name, column.Name, name)
}
