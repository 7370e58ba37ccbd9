//go:build !playground

package sqlite

import (
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/gosqlite3"
)

// Driver returns the driver that the dialect uses: go-sqlite3 in this build,
// the playground's client in a build with the tag playground.
func Driver() driver.Driver { return gosqlite3.Driver() }
