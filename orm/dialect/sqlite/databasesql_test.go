//go:build !playground && !js && !wasip1

package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	client "github.com/ncruces/go-sqlite3/driver"

	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/drivertest"
	"github.com/ormlab/ormlab/orm/driver/sqldriver"
)

// adapted opens connections of go-sqlite3's database/sql driver.
type adapted struct{}

func (adapted) Open(ctx context.Context, name string) (driver.Conn, error) {
	connector, err := new(client.SQLite).OpenConnector(name)
	if err != nil {
		return nil, err
	}
	raw, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	options := sqlite.Dialect.(interface{ DatabaseSQL() sqldriver.Options }).DatabaseSQL()
	return sqldriver.New(raw, options), nil
}

// TestAdapter runs the suite of drivers over the adapter of database/sql.
func TestAdapter(t *testing.T) {
	drivertest.Run(t, drivertest.Config{
		Driver: adapted{},
		Name: func(t testing.TB) string {
			return "file:" + filepath.Join(t.TempDir(), "test.db") + "?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)"
		},
		NoDescription: true,
		FixedColumns:  true,
	})
}
