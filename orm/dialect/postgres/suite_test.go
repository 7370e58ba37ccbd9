//go:build !js && !wasip1

package postgres_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/ormlab/ormlab/orm/ormtest"
)

func TestSuite(t *testing.T) {
	testdb.PostgresServer(t)
	ormtest.TestDialect(t, ormtest.Config{URL: testdb.Postgres, Disconnect: disconnect})
}

// disconnect ends the sessions of a database that are in the engine's schema.
func disconnect(t testing.TB, e *orm.Engine) {
	t.Helper()
	ctx := context.Background()
	admin, err := orm.Open(testdb.PostgresServer(t).Reveal(), orm.Options{})
	require.NoError(t, err)
	defer admin.Close()
	a, err := e.Connect(ctx)
	require.NoError(t, err)
	defer a.Close()
	b, err := e.Connect(ctx)
	require.NoError(t, err)
	defer b.Close()
	for _, conn := range []*orm.Conn{a, b} {
		row, err := orm.Text("SELECT pg_backend_pid()").One(ctx, conn)
		require.NoError(t, err)
		require.NoError(t, conn.Commit(ctx))
		_, err = orm.Text("SELECT pg_terminate_backend(:id)").Bind("id", row.Values()[0]).All(ctx, admin)
		require.NoError(t, err)
	}
}
