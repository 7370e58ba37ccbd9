// Package driver is the seam between ormlab and a database's client: prepare,
// bind, step, read a column into a typed place, begin, savepoint, close.
//
// It lies below database/sql, because that is where the time goes: a value
// crosses it without an allocation. Most users never need it; an implementer
// of a new driver needs nothing else.
//
// # Contract
//
// A [Conn] and what comes from it belong to one goroutine at a time. A [Stmt]
// has at most one open [Rows]. A call that fails returns a [*Error] where the
// database said no, and any other error where the database could not be asked.
// A context that ends makes the call return soon with the context's error in
// its chain.
package driver

import "context"

// Driver opens connections to one kind of database.
type Driver interface {
	// Open opens one connection. Name is the database in the driver's own
	// notation: a file name, ":memory:", a connection string.
	Open(ctx context.Context, name string) (Conn, error)
}

// Conn is one connection to a database.
type Conn interface {
	// Prepare makes sql, one statement, ready to run.
	Prepare(ctx context.Context, sql string) (Stmt, error)
	// Begin starts a transaction, Commit and Rollback end it. Rollback without
	// a transaction has no effect.
	Begin(ctx context.Context, options TxOptions) error
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	// Savepoint sets a savepoint, Release forgets it and keeps its work,
	// RollbackTo undoes its work and keeps it.
	Savepoint(ctx context.Context, name string) error
	Release(ctx context.Context, name string) error
	RollbackTo(ctx context.Context, name string) error
	// Close ends the connection, and with it an open transaction.
	Close() error
}

// TxOptions says how a transaction starts. The zero value is the database's
// default.
type TxOptions struct {
	// ReadOnly asks for a transaction that cannot write.
	ReadOnly bool
	// Immediate asks a database with one writer for the right to write at
	// once, not at the first write. Others ignore it.
	Immediate bool
	// Isolation says how much a transaction sees of others. A database that
	// lacks a level gives the next stronger one; SQLite is always serializable.
	Isolation Isolation
}

// Isolation is how much a transaction sees of others that run beside it.
type Isolation uint8

// The levels of isolation.
const (
	DefaultIsolation Isolation = iota // the database's own
	ReadUncommitted                   // what others have not committed yet
	ReadCommitted                     // what others have committed, at each statement
	RepeatableRead                    // what was there when the transaction began
	Serializable                      // as if transactions ran one after another
)

var isolationNames = [...]string{"default", "read uncommitted", "read committed", "repeatable read", "serializable"}

// String returns the level in words.
func (i Isolation) String() string {
	if int(i) < len(isolationNames) {
		return isolationNames[i]
	}
	return isolationNames[DefaultIsolation]
}

// Pinger is a [Conn] that can ask its database for an answer. A pool that is
// told to do so calls Ping before it lends the connection again.
type Pinger interface {
	Ping(ctx context.Context) error
}

// Validator is a [Conn] that knows whether it can still be used, without
// asking its database. A pool drops a connection that is not valid any more.
type Validator interface {
	Valid() bool
}

// Stmt is a prepared statement.
type Stmt interface {
	// NumParams is the number of parameters that Exec and Query need.
	NumParams() int
	// Columns describes the rows of the statement; it is empty for a statement
	// that returns none. The caller must not change it.
	Columns() []Column
	// Exec runs the statement to its end and drops its rows.
	Exec(ctx context.Context, args []Value) (Result, error)
	// Query starts the statement; its rows come from the result. The driver
	// does not keep args.
	Query(ctx context.Context, args []Value) (Rows, error)
	// Close frees the statement.
	Close() error
}

// Column describes one column of a result.
type Column struct {
	// Name is the column's name or label as the database gives it.
	Name string
	// DeclType is the type that the table declares for it, in upper case, such
	// as "INTEGER" or "VARCHAR(50)"; empty for an expression.
	DeclType string
}

// Result is what a statement did.
type Result struct {
	// RowsAffected is the number of rows inserted, updated or deleted.
	RowsAffected int64
	// LastInsertID is the key that the database made for the last row
	// inserted, where it says so; otherwise 0.
	LastInsertID int64
}

// Rows is a running statement. The typed readers convert nothing: ask Kind,
// then call the reader of that kind. What they return stays valid after Next.
type Rows interface {
	// Columns describes the columns, as [Stmt].Columns does.
	Columns() []Column
	// Next steps to the next row and says whether there is one.
	Next(ctx context.Context) (bool, error)
	// Kind is the kind of the value in column i of the current row.
	Kind(i int) Kind
	Int(i int) int64
	Float(i int) float64
	Bool(i int) bool
	Text(i int) string
	Blob(i int) []byte
	// Value is column i as a value that stays valid.
	Value(i int) Value
	// Close ends the statement's run. It has no effect the second time.
	Close() error
}
