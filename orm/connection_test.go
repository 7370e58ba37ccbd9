//go:build !js && !wasip1

package orm_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// connected is a connection to a new database with the table pets, and what
// its engine sends from then on.
func connected(t *testing.T, url string) (*orm.Engine, *orm.Conn, *sent) {
	t.Helper()
	ctx := context.Background()
	log := &sent{}
	engine := open(t, url, orm.Options{Observers: []orm.Observer{log.observer()}})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	conn, err := engine.Connect(ctx)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, conn.Close()) })
	log.take()
	return engine, conn, log
}

func addPet(ctx context.Context, on orm.Executor, name string) error {
	_, err := orm.Insert(Pets, "name").Row(name).Exec(ctx, on)
	return err
}

// petNames lists the pets that another connection sees.
func petNames(t *testing.T, on orm.Executor) []string {
	t.Helper()
	rows, err := orm.Select(orm.C(&Pets.F.Name)).OrderBy(orm.C(&Pets.F.Name).Asc()).All(context.Background(), on)
	require.NoError(t, err)
	list := []string{}
	for _, r := range rows.Values() {
		list = append(list, r[0].(string))
	}
	return list
}

func TestConnSendsOneBeginAndOneEnd(t *testing.T) {
	ctx := context.Background()
	_, conn, log := connected(t, fileURL(t))
	require.NoError(t, addPet(ctx, conn, "Fluffy"))
	require.NoError(t, addPet(ctx, conn, "Rex"))
	require.NoError(t, conn.Commit(ctx))
	require.NoError(t, conn.Nested(ctx, func() error { return nil }))
	require.NoError(t, conn.Rollback(ctx))
	log.is(t, "BEGIN", "INSERT INTO pets (name) VALUES (?) [Fluffy]", "INSERT INTO pets (name) VALUES (?) [Rex]", "COMMIT",
		"BEGIN", "SAVEPOINT sp_1", "RELEASE SAVEPOINT sp_1", "ROLLBACK")
}

func TestPoolRecycle(t *testing.T) {
	ctx := context.Background()
	url := testdb.Postgres(t)
	engine := open(t, url, orm.Options{PoolRecycle: time.Nanosecond, PoolSize: 1})
	pid := func(e *orm.Engine) any {
		row, err := orm.Text("SELECT pg_backend_pid()").One(ctx, e)
		require.NoError(t, err)
		return row.Values()[0]
	}
	assert.NotEqual(t, pid(engine), pid(engine))
	lasting := open(t, url, orm.Options{PoolRecycle: time.Hour, PoolSize: 1})
	assert.Equal(t, pid(lasting), pid(lasting))
}
