//go:build !js && !wasip1 && !playground

package orm_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// text is the single value of a query.
func text(t *testing.T, on orm.Executor, sql string) any {
	t.Helper()
	row, err := orm.Text(sql).One(context.Background(), on)
	require.NoError(t, err)
	return row.Values()[0]
}

func TestOptionsOfSQLiteURLs(t *testing.T) {
	file := fileURL(t) + "#100%"
	engine := open(t, file+"?journal_mode=WAL&synchronous=normal&foreign_keys=off&busy_timeout=7000&cache_size=-4000", orm.Options{})
	for pragma, want := range map[string]any{"journal_mode": "wal", "synchronous": int64(1), "foreign_keys": int64(0),
		"busy_timeout": int64(7000), "cache_size": int64(-4000)} {
		assert.Equal(t, want, text(t, engine, "PRAGMA "+pragma), pragma)
	}
	runAll(t, engine, "CREATE TABLE t (x INTEGER)")
	plain := open(t, file, orm.Options{})
	assert.Equal(t, int64(0), text(t, plain, "SELECT count(*) FROM t"), "it is the same file")
	assert.Equal(t, int64(1), text(t, plain, "PRAGMA foreign_keys"))
	assert.Equal(t, int64(5000), text(t, open(t, file+"?cache_size=7", orm.Options{}), "PRAGMA busy_timeout"))
	for _, bad := range []string{"?", "?mode=ro", "?journal_mode=fast", "?cache_size=1);DROP", "?busy_timeout=", "?foreign_keys=on&"} {
		_, err := orm.Open(file+bad, orm.Options{})
		assert.ErrorContains(t, err, "is not an option; there are journal_mode=wal", bad)
	}
}

// Many goroutines read and then write through one engine; none meets a lock.
func TestWritersOfAFileWaitForEachOther(t *testing.T) {
	ctx := context.Background()
	engine := open(t, fileURL(t)+"?journal_mode=wal&synchronous=off&busy_timeout=60000", orm.Options{Immediate: true})
	require.NoError(t, orm.CreateAll(ctx, engine, Owners))
	require.NoError(t, engine.Transaction(ctx, func(tx orm.Executor) error {
		_, err := orm.Insert(Owners, "id", "name").Row(1, "0").Exec(ctx, tx)
		return err
	}))
	const writers, times = 8, 20
	errs := make(chan error, 2*writers)
	var all sync.WaitGroup
	for range writers {
		all.Go(func() { errs <- countUp(ctx, engine, times) })
		all.Go(func() {
			_, err := orm.Select(Owners).All(ctx, engine.ReadOnly())
			errs <- err
		})
	}
	all.Wait()
	for range 2 * writers {
		assert.NoError(t, <-errs)
	}
	assert.Equal(t, int64(writers*times), text(t, engine, "SELECT CAST(name AS INTEGER) FROM owners"), "no change was lost")
}

// countUp adds to a number what it has read before, some times.
func countUp(ctx context.Context, engine *orm.Engine, times int) error {
	for range times {
		err := engine.Transaction(ctx, func(tx orm.Executor) error {
			if _, err := orm.Select(Owners).All(ctx, tx); err != nil {
				return err
			}
			_, err := orm.Text("UPDATE owners SET name = CAST(name AS INTEGER) + 1").Exec(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// aloneSQL are statements that no transaction takes.
var aloneSQL = map[string]string{"sqlite": "VACUUM", "postgresql": "VACUUM pets"}

func TestAutocommit(t *testing.T) {
	engines(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		require.NoError(t, orm.CreateAll(ctx, e, Pets))
		conn, err := e.Autocommit().Connect(ctx)
		require.NoError(t, err)
		require.NoError(t, addPet(ctx, conn, "Fluffy"))
		assert.False(t, conn.InTransaction())
		require.NoError(t, conn.Rollback(ctx), "there is nothing to undo")
		assert.ErrorContains(t, conn.Nested(ctx, func() error { return nil }), "the engine is in autocommit")
		joined := conn.Session()
		require.NoError(t, joined.Add(&Pet{Name: "Rex"}))
		assert.ErrorContains(t, joined.Flush(ctx), "the engine is in autocommit")
		require.NoError(t, joined.Close())
		alone := aloneSQL[e.Dialect().Name()]
		if alone != "" {
			runAll(t, conn, alone)
		}
		require.NoError(t, conn.Begin(ctx))
		require.NoError(t, addPet(ctx, conn, "Rex"))
		require.NoError(t, conn.Nested(ctx, func() error { return addPet(ctx, conn, "Tom") }))
		require.NoError(t, conn.Rollback(ctx))
		require.NoError(t, conn.Close())
		assert.Equal(t, []string{"Fluffy"}, petNames(t, e))

		conn, err = e.Connect(ctx)
		require.NoError(t, err)
		require.NoError(t, addPet(ctx, conn, "Rex"))
		assert.True(t, conn.InTransaction(), "the engine itself is as before")
		if alone != "" {
			_, err = orm.Text(alone).Exec(ctx, conn)
			assert.Error(t, err, alone)
		}
		require.NoError(t, conn.Close())
	})
}

func TestAutocommitIsAnOption(t *testing.T) {
	ctx := context.Background()
	engine := open(t, fileURL(t), orm.Options{Autocommit: true})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	conn, err := engine.Connect(ctx)
	require.NoError(t, err)
	require.NoError(t, addPet(ctx, conn, "Fluffy"))
	require.NoError(t, conn.Close())
	assert.Equal(t, []string{"Fluffy"}, petNames(t, engine))
}
