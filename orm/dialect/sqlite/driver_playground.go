//go:build playground

package sqlite

import (
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/client"
)

// Driver returns the driver that the dialect uses: the playground's client in
// this build, go-sqlite3 in a build without the tag playground.
func Driver() driver.Driver { return client.Driver() }
