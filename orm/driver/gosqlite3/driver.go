// Package gosqlite3 implements the driver seam directly on
// github.com/ncruces/go-sqlite3, without database/sql.
//
// Most programs get it by importing the dialect orm/dialect/sqlite. This
// package is for those who open the connection themselves and want to set it
// up their own way: see [New].
//
// # How values are stored
//
// SQLite has five storage classes. A Bool is stored as the integer 0 or 1, a
// Time as text in UTC with microseconds, "2006-01-02 15:04:05.000000", so that
// stored times sort in the order of time. A float that is not a number is
// stored as NULL by SQLite. The rows of a query hold Null, Int, Float, Text
// and Blob only.
package gosqlite3

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
)

// busyTimeout is how long a statement waits for another connection's lock.
const busyTimeout = 5 * time.Second

// Driver returns the driver. The name it opens is a file's path, ":memory:" or
// "" for a database in memory that is private to the connection, or an SQLite
// URI that begins with "file:".
//
// Foreign keys are enforced and a statement waits five seconds for a lock,
// except where a URI sets the pragma foreign_keys or busy_timeout itself.
func Driver() driver.Driver { return opener{} }

type opener struct{}

func (opener) Open(ctx context.Context, name string) (driver.Conn, error) {
	flags := sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
	switch {
	case name == "" || name == ":memory:":
		name = ":memory:"
	case strings.HasPrefix(name, "file:"):
		flags |= sqlite3.OPEN_URI
	case strings.IndexByte(name, 0) >= 0:
		return nil, fmt.Errorf("sqlite: opening %q: a file name cannot hold a NUL byte", name)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("sqlite: opening %q: %w", name, err)
	}
	raw, err := open(name, flags)
	if err != nil {
		return nil, fmt.Errorf("sqlite: opening %q: %w", name, openError(name, err))
	}
	return New(raw), nil
}

// open opens and sets up a connection; go-sqlite3 panics when it lacks memory.
func open(name string, flags sqlite3.OpenFlag) (conn *sqlite3.Conn, err error) {
	defer recoverAsError(&err)
	conn, err = sqlite3.OpenFlags(name, flags)
	if err != nil {
		return nil, err
	}
	if !setsPragma(name, "foreign_keys") {
		_, err = conn.Config(sqlite3.DBCONFIG_ENABLE_FKEY, true)
	}
	if err == nil && !setsPragma(name, "busy_timeout") {
		err = conn.BusyTimeout(busyTimeout)
	}
	if err == nil && name != ":memory:" {
		err = probe(conn)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func setsPragma(name, pragma string) bool {
	return strings.HasPrefix(name, "file:") && strings.Contains(name, "_pragma="+pragma)
}

// probe reads the header, because SQLite opens a file lazily: without it a
// file that is not a database, or that this platform cannot lock, would come
// to light only at the first statement.
func probe(conn *sqlite3.Conn) error {
	err := conn.Exec("PRAGMA schema_version")
	if errors.Is(err, sqlite3.BUSY) {
		return nil
	}
	return err
}

func openError(name string, err error) error {
	mapped := asError(err, preparing)
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		return fmt.Errorf("%w (this platform cannot lock files: use \":memory:\", or \"file:%s?nolock=1\" if no other connection uses the file)",
			mapped, strings.TrimPrefix(name, "file:"))
	}
	return mapped
}
