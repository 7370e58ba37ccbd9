//go:build !playground

package sqlite

import (
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/gosqlite3"
	"github.com/ormlab/ormlab/orm/driver/sqldriver"
)

// DatabaseSQL says how the seam's adapter over database/sql handles
// go-sqlite3's driver, github.com/ncruces/go-sqlite3/driver. With another
// driver of SQLite's errors are of an unknown kind.
func (sqlite) DatabaseSQL() sqldriver.Options {
	return sqldriver.Options{
		MapError:     func(err error) error { return gosqlite3.MapError(err, true) },
		MapRefused:   func(err error) error { return gosqlite3.MapError(err, false) },
		QueryOnly:    sqldriver.ChangesNothing,
		ColumnKind:   func(string) driver.Kind { return driver.Blob }, // text comes as a string
		WallClock:    true,
		Serializable: true,
	}
}
