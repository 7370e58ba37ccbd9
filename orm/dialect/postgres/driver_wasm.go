//go:build js || wasip1

package postgres

import "github.com/ormlab/ormlab/orm/driver"

// Driver returns the driver that the dialect uses: pgx, or nil in a
// WebAssembly build, which has no network.
func Driver() driver.Driver { return nil }
