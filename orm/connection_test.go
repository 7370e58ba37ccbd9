//go:build !js && !wasip1

package orm_test

import (
	"context"
	"errors"
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

func TestConnOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, conn, _ := connected(t, url)
		require.NoError(t, conn.Commit(ctx), "nothing to commit")
		require.NoError(t, addPet(ctx, conn, "Fluffy"))
		assert.True(t, conn.InTransaction(), "the statement has begun one")
		assert.Empty(t, petNames(t, engine))
		assert.ErrorContains(t, conn.Begin(ctx), "one is open already")
		require.NoError(t, conn.Commit(ctx))
		assert.False(t, conn.InTransaction())
		assert.Equal(t, []string{"Fluffy"}, petNames(t, engine))

		require.NoError(t, conn.Begin(ctx))
		require.NoError(t, addPet(ctx, conn, "Rex"))
		require.NoError(t, conn.Rollback(ctx))
		assert.Equal(t, []string{"Fluffy"}, petNames(t, conn))
		require.NoError(t, conn.Rollback(ctx))

		require.NoError(t, addPet(ctx, conn, "Tom"))
		require.NoError(t, conn.Close(), "without a commit")
		require.NoError(t, conn.Close(), "the second time has no effect")
		assert.Equal(t, []string{"Fluffy"}, petNames(t, engine))
		for _, err := range []error{conn.Begin(ctx), conn.Commit(ctx), conn.Rollback(ctx), addPet(ctx, conn, "x"),
			conn.Nested(ctx, func() error { return nil })} {
			assert.ErrorIs(t, err, orm.ErrClosed)
		}
	})
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

func TestNestedOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, conn, _ := connected(t, url)
		require.NoError(t, addPet(ctx, conn, "Fluffy"))
		err := conn.Nested(ctx, func() error {
			require.NoError(t, addPet(ctx, conn, "Rex"))
			return addPet(ctx, conn, "Fluffy")
		})
		var failure *orm.Error
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, orm.KindUnique, failure.Kind)
		require.NoError(t, conn.Nested(ctx, func() error {
			require.NoError(t, addPet(ctx, conn, "Tom"))
			assert.ErrorContains(t, conn.Commit(ctx), "a Nested block is open")
			inner := conn.Nested(ctx, func() error {
				require.NoError(t, addPet(ctx, conn, "Kit"))
				return errors.New("no more")
			})
			assert.EqualError(t, inner, "no more")
			return nil
		}))
		assert.Panics(t, func() {
			_ = conn.Nested(ctx, func() error {
				require.NoError(t, addPet(ctx, conn, "Max"))
				panic("oh")
			})
		})
		require.NoError(t, conn.Commit(ctx))
		assert.Equal(t, []string{"Fluffy", "Tom"}, petNames(t, engine))
	})
}

func TestReadOnlyOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _, _ := connected(t, url)
		reader := engine.ReadOnly()
		s := session(t, reader)
		require.NoError(t, s.Add(&Pet{Name: "Rex"}))
		for name, err := range map[string]error{
			"statement":   addPet(ctx, reader, "Rex"),
			"session":     s.Commit(ctx),
			"transaction": reader.Transaction(ctx, func(tx orm.Executor) error { return addPet(ctx, tx, "Rex") }),
		} {
			var failure *orm.Error
			require.ErrorAs(t, err, &failure, name)
			assert.Equal(t, orm.KindReadOnly, failure.Kind, name)
		}
		require.NoError(t, s.Close())
		assert.Empty(t, petNames(t, reader))
		require.NoError(t, addPet(ctx, engine, "Rex"), "the engine itself can write")
	})
}

func TestIsolationOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _, _ := connected(t, url)
		for _, level := range []orm.Isolation{orm.DefaultIsolation, orm.ReadUncommitted, orm.ReadCommitted} {
			require.NoError(t, engine.Isolated(level).Transaction(ctx, func(tx orm.Executor) error {
				return addPet(ctx, tx, level.String())
			}))
		}
		conn, err := engine.Isolated(orm.RepeatableRead).Connect(ctx)
		require.NoError(t, err)
		defer conn.Close()
		before := petNames(t, conn)
		if engine.Dialect().Name() != "sqlite" { // where the reader would hold up the writer
			require.NoError(t, addPet(ctx, engine, "new"))
		}
		assert.Equal(t, before, petNames(t, conn))
	})
}

func TestALostConnectionEmptiesThePool(t *testing.T) {
	for _, p := range testdb.Servers {
		for _, ping := range []bool{false, true} {
			t.Run(p.Name, func(t *testing.T) {
				ctx := context.Background()
				url := p.URL(t)
				engine := open(t, url, orm.Options{PrePing: ping})
				kill(t, engine, url)
				_, err := orm.Text("SELECT 1").All(ctx, engine)
				if !ping {
					var failure *orm.Error
					require.ErrorAs(t, err, &failure)
					assert.Equal(t, orm.KindDisconnected, failure.Kind)
					_, err = orm.Text("SELECT 1").All(ctx, engine)
				}
				assert.NoError(t, err)
			})
		}
	}
}

// kill ends all connections of the engine's pool from another one, as a
// restart of the server does.
func kill(t *testing.T, engine *orm.Engine, url string) {
	t.Helper()
	ctx := context.Background()
	id, end := "SELECT pg_backend_pid() AS id", "SELECT pg_terminate_backend(:id)"
	if engine.Dialect().Name() != "postgresql" {
		id, end = "SELECT connection_id() AS id", "KILL :id"
	}
	a, err := engine.Connect(ctx)
	require.NoError(t, err)
	b, err := engine.Connect(ctx)
	require.NoError(t, err)
	killer := open(t, url, orm.Options{})
	for _, conn := range []*orm.Conn{a, b} {
		row, err := orm.Text(id).One(ctx, conn)
		require.NoError(t, err)
		number, err := row.Get("id")
		require.NoError(t, err)
		require.NoError(t, conn.Commit(ctx))
		_, err = orm.Text(end).Bind("id", number).All(ctx, killer)
		require.NoError(t, err)
	}
	require.NoError(t, a.Close())
	require.NoError(t, b.Close())
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
