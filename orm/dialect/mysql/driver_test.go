//go:build !js && !wasip1

package mysql_test

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/drivertest"
)

var count atomic.Int64

// server returns the URL of a server to test on. Without one the test is
// skipped, unless the environment names a server that does not answer.
func server(t testing.TB) dialect.URL {
	t.Helper()
	text, named := os.LookupEnv("ORMLAB_TEST_MYSQL")
	if !named {
		text = "mysql://root@127.0.0.1:3306/test"
	}
	u, err := dialect.ParseURL(text)
	require.NoError(t, err)
	conn, err := mysql.Driver().Open(t.Context(), u.Reveal())
	if err != nil && !named {
		t.Skipf("no MySQL or MariaDB answers at 127.0.0.1:3306 and ORMLAB_TEST_MYSQL names none: %v", err)
	}
	require.NoError(t, err, "ORMLAB_TEST_MYSQL")
	require.NoError(t, conn.Close())
	return u
}

// newDatabase makes an empty database and returns its URL.
func newDatabase(t testing.TB) string {
	t.Helper()
	u := server(t)
	conn, err := mysql.Driver().Open(t.Context(), u.Reveal())
	require.NoError(t, err)
	u.Database = fmt.Sprintf("ormlab_%d_%d", os.Getpid(), count.Add(1))
	run(t, conn, "CREATE DATABASE "+u.Database)
	t.Cleanup(func() {
		run(t, conn, "DROP DATABASE "+u.Database)
		require.NoError(t, conn.Close())
	})
	return u.Reveal()
}

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
	server(t)
	drivertest.Run(t, drivertest.Config{
		Driver: mysql.Driver(),
		// The suite joins text by ||, as the standard has it.
		Name: func(t testing.TB) string {
			return newDatabase(t) + "?sql_mode=%27ANSI%2CSTRICT_ALL_TABLES%27&max_recursive_iterations=10000"
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
