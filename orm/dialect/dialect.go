// Package dialect turns expression trees into SQL and arguments; it is the
// only place that writes SQL.
//
// Most users never need it: package orm compiles their statements. It is for
// code that adds a database, registers a driver or looks at the SQL.
//
// # Rules
//
// A dialect is data and a few small methods; whatever the databases share is
// written once, in this package, and asks a dialect's [Features] where they
// differ, never its name. A Go value of the tree becomes an argument; only
// identifiers, which are quoted, the defaults of columns and what a database
// takes as a literal only, which are written as such, and the SQL of an
// [expr.Text], [expr.Construct] or [schema.SQL] become text. [CompileLiteral]
// writes all values as literals, for people.
package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Dialect says how one kind of database differs from the others. Its methods
// are called from several goroutines.
type Dialect interface {
	// Name is the database's name in lower case: "sqlite", "postgresql", "mysql".
	Name() string
	// Features are the database's capabilities. The caller must not change them.
	Features() *Features
	// TypeDDL is the type as CREATE TABLE writes it, such as "VARCHAR(50)".
	TypeDDL(t schema.Type) (string, error)
	// GeneratedKeyDDL is what CREATE TABLE writes behind the name of the column
	// whose value the database makes, such as "SERIAL PRIMARY KEY". It leaves
	// PRIMARY KEY out when the key has other columns too.
	GeneratedKeyDDL(c *schema.Column) (string, error)
	// Reserved says whether the word, in lower case, must be quoted to be a name.
	Reserved(word string) bool
	// HasTable is a statement that returns one row if the table is there, and
	// none if it is not.
	HasTable(name string) expr.Stmt
}

// ColumnChecker is a [Dialect] that cannot have every column. CREATE TABLE
// reports the error for each column that it refuses.
type ColumnChecker interface {
	CheckColumn(c *schema.Column) error
}

// DefaultWriter is a [Dialect] that writes the default of some columns in a way
// of its own. CREATE TABLE asks it with the default as other databases write it.
type DefaultWriter interface {
	DefaultDDL(c *schema.Column, sql string) string
}

// NamespaceLooker is a [Dialect] whose database keeps tables in namespaces.
type NamespaceLooker interface {
	// HasTableIn is HasTable for a namespace other than the connection's own.
	HasTableIn(schema, name string) expr.Stmt
}

// TypeLooker is a [Dialect] whose database has types of its own for
// enumerations.
type TypeLooker interface {
	// HasType is a statement that returns a row if the type is there.
	HasType(name string) expr.Stmt
	// HasTypeIn is HasType for a namespace other than the connection's own.
	HasTypeIn(schema, name string) expr.Stmt
}
