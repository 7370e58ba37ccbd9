package postgres

import (
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// HasTableIn is HasTable for a namespace.
func (postgres) HasTableIn(schema, name string) expr.Stmt {
	return dialect.Ask("SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "+
		"WHERE n.nspname = :schema AND c.relname = :name AND c.relkind IN ('r', 'p', 'f', 'v', 'm')", "schema", schema, "name", name)
}

// HasType asks for types of any kind, because they share their names.
func (postgres) HasType(name string) expr.Stmt {
	return dialect.Ask("SELECT typname FROM pg_catalog.pg_type WHERE typname = :name AND pg_catalog.pg_type_is_visible(oid)", "name", name)
}

// HasTypeIn is HasType for a namespace.
func (postgres) HasTypeIn(schema, name string) expr.Stmt {
	return dialect.Ask("SELECT t.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "+
		"WHERE n.nspname = :schema AND t.typname = :name", "schema", schema, "name", name)
}
