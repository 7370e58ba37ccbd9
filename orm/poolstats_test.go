package orm_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestPoolStats(t *testing.T) {
	ctx := context.Background()
	engine := open(t, fileURL(t), orm.Options{PoolSize: 2, PoolTimeout: tiny})
	assert.Equal(t, orm.PoolStats{Size: 2}, engine.PoolStats(), "nothing connects before the first statement")
	first, err := engine.Connect(ctx)
	require.NoError(t, err)
	second, err := engine.ReadOnly().Connect(ctx)
	require.NoError(t, err)
	assert.Equal(t, orm.PoolStats{Size: 2, InUse: 2, Opened: 2}, engine.PoolStats())

	_, err = orm.Text("SELECT 1").All(ctx, engine)
	assert.ErrorContains(t, err, "all 2 are in use")
	assert.ErrorContains(t, err, "or give the engine a larger PoolSize")
	stats := engine.PoolStats()
	assert.GreaterOrEqual(t, stats.WaitTime, tiny)
	assert.Equal(t, orm.PoolStats{Size: 2, InUse: 2, Opened: 2, Waits: 1, Timeouts: 1, WaitTime: stats.WaitTime}, stats)

	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = orm.Text("SELECT 1").All(ended, engine)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, first.Close())
	require.NoError(t, second.Close())
	stats = engine.PoolStats()
	assert.Equal(t, []int{0, 2}, []int{stats.InUse, stats.Idle})
	assert.Equal(t, []uint64{2, 2, 1}, []uint64{stats.Opened, stats.Waits, stats.Timeouts})
	require.NoError(t, engine.Close())
	assert.Zero(t, engine.PoolStats().Idle)
}

func TestPoolMaxIdle(t *testing.T) {
	ctx := context.Background()
	for idle, want := range map[int]int{0: 3, 1: 1, 2: 2, -1: 0} {
		engine := open(t, fileURL(t), orm.Options{PoolSize: 3, PoolMaxIdle: idle})
		var conns []*orm.Conn
		for range 3 {
			c, err := engine.Connect(ctx)
			require.NoError(t, err)
			conns = append(conns, c)
		}
		for _, c := range conns {
			require.NoError(t, c.Close())
		}
		assert.Equal(t, want, engine.PoolStats().Idle, "PoolMaxIdle %d", idle)
	}
}

// All users of an engine share its database in memory, and nobody else does.
func TestManyShareADatabaseInMemory(t *testing.T) {
	ctx := context.Background()
	engine := open(t, "sqlite://", orm.Options{PoolSize: 5, PoolMaxIdle: -1, PoolRecycle: 1, PoolTimeout: time.Minute})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	const users, times = 8, 10
	errs := make(chan error, users)
	var all sync.WaitGroup
	for user := range users {
		all.Go(func() { errs <- addAll(ctx, engine, user, times) })
	}
	all.Wait()
	for range users {
		assert.NoError(t, <-errs)
	}
	pets, err := Pets.Select().All(ctx, session(t, engine))
	require.NoError(t, err)
	assert.Len(t, pets, users*times)
	assert.Equal(t, uint64(1), engine.PoolStats().Opened)

	names, err := orm.Inspect(open(t, "sqlite://", orm.Options{})).TableNames(ctx)
	require.NoError(t, err)
	assert.Empty(t, names, "another engine has a database of its own")
}

// addAll adds pets in each way there is, one after another.
func addAll(ctx context.Context, engine *orm.Engine, user, times int) error {
	for i := range times {
		var err error
		name := fmt.Sprintf("%d %d", user, i)
		insert := orm.Insert(Pets, "name").Row(name)
		switch i % 3 {
		case 0:
			_, err = insert.Exec(ctx, engine)
		case 1:
			err = engine.Transaction(ctx, func(tx orm.Executor) error { _, err := insert.Exec(ctx, tx); return err })
		default:
			s := orm.NewSession(engine)
			if err = s.Add(&Pet{Name: name}); err == nil {
				err = s.Commit(ctx)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
