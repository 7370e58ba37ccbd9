package dialect

import (
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
)

// onUpdate sets the columns that an UPDATE changes unless it says otherwise.
func (c *compiler) onUpdate(s *expr.Update, qualified bool) {
	for _, column := range s.Table.Columns {
		if column.OnUpdate == nil || slices.ContainsFunc(s.Set, func(a expr.Assignment) bool { return a.Column == column }) {
			continue
		}
		value := *column
		value.Default = column.OnUpdate
		sql, err := c.defaultSQL(&value)
		if err != nil {
			c.fail("%s.%s on update: %w", s.Table.Name, column.Name, err)
			return
		}
		c.write(", ")
		if qualified {
			c.name(s.Table.Name)
			c.write(".")
		}
		c.name(column.Name)
		c.write("=" + sql)
	}
}
