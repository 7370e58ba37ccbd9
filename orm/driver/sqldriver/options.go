// Package sqldriver implements the driver seam over database/sql and its
// drivers.
//
// Most programs get it by importing the dialect orm/dialect/mysql, or by
// calling OpenDB of package orm with a pool that they have. This package is
// for those who bring the driver of another database: [Pool] makes a driver of
// a *sql.DB, and [New] a connection of a database/sql driver's.
//
// It calls the database/sql driver itself, beneath the conversions of
// database/sql.
//
// # Rows
//
// Most protocols know one running query for each connection, so if another
// statement starts while rows are open, those that are left are taken into
// memory first.
package sqldriver

import (
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

// Options say how a database differs from others. The zero Options suit a
// database/sql driver that keeps to the rules.
type Options struct {
	// MapError gives an error of the database/sql driver the seam's form; nil,
	// or an error that it returns as it is, leaves the kind unknown.
	MapError func(err error) error
	// MapRefused does the same for an error of Prepare; nil means that MapError
	// does.
	MapRefused func(err error) error
	// Ends says that after this error the database has rolled the transaction
	// back by itself; nil means that no error does.
	Ends func(err error) bool
	// Unpreparable says that this error of Prepare means that the statement
	// can be run only unprepared; nil means that all can be prepared.
	Unpreparable func(err error) bool
	// QueryOnly says that the statement must be run as a query, even if its rows
	// are not wanted, because the database/sql driver cannot skip them; nil means
	// that it can.
	QueryOnly func(sql string) bool
	// ColumnKind is how the bytes of a column of this type, in upper case, are
	// read: as Text, Blob or Time; nil means as Blob where the type's name
	// holds BLOB, BINARY or BYTEA, and otherwise as Text.
	ColumnKind func(databaseType string) driver.Kind
	// WallClock says that instants are kept as date and time of day in UTC.
	// They are then sent as text and read by their digits, whatever location
	// the database/sql driver gives them. Otherwise a time.Time is sent.
	WallClock bool
	// Serializable says that transactions run one after another whatever level
	// of isolation is asked for, so that the database/sql driver is not asked.
	// It is asked for the level Serializable where a transaction is to be
	// immediate, see [driver.TxOptions].
	Serializable bool
	// Abandoned is called once if the end of a context has cost the connection,
	// or if many rows are left when Rows are closed outside a transaction, so
	// that the database can be told to stop what it still does for it; nil for
	// no call, and then all rows are read. It must not wait.
	Abandoned func()
	// Quote is the character around the names of savepoints; 0 means ".
	Quote byte
}

// timeLayout is how an instant is sent as text.
const timeLayout = "2006-01-02 15:04:05.000000"

// parseTime reads a date and time of day, such as "2006-01-02
// 15:04:05.000000", as an instant in UTC. It reports false for anything else,
// such as the "0000-00-00" that MySQL allows.
func parseTime(s string) (time.Time, bool) {
	t, err := time.Parse("2006-01-02 15:04:05.999999999", s)
	return t, err == nil
}
