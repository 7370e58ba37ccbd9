//go:build !js && !wasip1

package postgres

import (
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/pgxdriver"
)

// Driver returns the driver that the dialect uses: pgx, or nil in a
// WebAssembly build, which has no network.
func Driver() driver.Driver { return pgxdriver.Driver() }
