//go:build !js && !wasip1

package postgres

import (
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/pgxdriver"
	"github.com/ormlab/ormlab/orm/driver/sqldriver"
)

// DatabaseSQL says how the seam's adapter over database/sql handles pgx's
// driver, github.com/jackc/pgx/v5/stdlib.
func (postgres) DatabaseSQL() sqldriver.Options {
	return sqldriver.Options{MapError: mapAdapted, QueryOnly: sqldriver.ChangesNothing}
}

// mapAdapted knows what pgx itself refuses, too.
func mapAdapted(err error) error {
	if message := err.Error(); strings.HasPrefix(message, "failed to encode args") {
		return &driver.Error{Kind: driver.Data, Code: "22000", Message: message, Cause: err}
	}
	return pgxdriver.MapError(err)
}
