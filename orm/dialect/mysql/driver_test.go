//go:build !js && !wasip1

package mysql_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/drivertest"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

func run(t testing.TB, conn driver.Conn, sql string, args ...driver.Value) driver.Result {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	stmt, err := conn.Prepare(ctx, sql)
	require.NoError(t, err, sql)
	result, err := stmt.Exec(ctx, args)
	require.NoError(t, err, sql)
	require.NoError(t, stmt.Close())
	return result
}

func TestDriver(t *testing.T) {
	testdb.MySQLServer(t)
	drivertest.Run(t, drivertest.Config{
		Driver: mysql.Driver(),
		// The suite joins text by ||, as the standard has it.
		Name: func(t testing.TB) string {
			return testdb.MySQL(t) + "?sql_mode=%27ANSI%2CSTRICT_ALL_TABLES%27&max_recursive_iterations=10000"
		},
		Endless: "SELECT SLEEP(10)",
		Types: map[string]string{"INTEGER": "BIGINT", "REAL": "DOUBLE", "TEXT": "LONGTEXT",
			"AUTOKEY": "BIGINT PRIMARY KEY AUTO_INCREMENT"},
		Refused:       []string{"not UTF-8", "infinity", "not a number"},
		Constraints:   true,
		NoMemory:      true,
		NoKeyColumns:  true,
		NoDescription: true,
		Fragile:       true,
	})
}
