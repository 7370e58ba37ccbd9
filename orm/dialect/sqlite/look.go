package sqlite

import (
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// HasTableIn is HasTable for an attached database.
func (sqlite) HasTableIn(schema, name string) expr.Stmt {
	return dialect.Ask("SELECT name FROM pragma_table_list WHERE schema = :schema COLLATE NOCASE AND name = :name COLLATE NOCASE",
		"schema", schema, "name", name)
}
