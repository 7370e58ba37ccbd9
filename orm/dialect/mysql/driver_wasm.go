//go:build js || wasip1

package mysql

import (
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
)

// Driver returns the driver that the dialect uses: go-sql-driver, or nil in a
// WebAssembly build, which has no network.
func Driver() driver.Driver { return nil }

// check leaves the options to the driver, which is not there.
func check(dialect.URL) error { return nil }
