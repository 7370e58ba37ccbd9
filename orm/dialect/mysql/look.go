package mysql

import (
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// HasTableIn is HasTable for another database of the server.
func (mysql) HasTableIn(schema, name string) expr.Stmt {
	return dialect.Ask("SELECT table_name FROM information_schema.tables WHERE table_schema = :schema AND table_name = :name",
		"schema", schema, "name", name)
}
