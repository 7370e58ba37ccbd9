package orm_test

import (
	"context"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const tiny = time.Millisecond

// busy is an engine all of whose connections are in use by sessions.
func busy(t *testing.T, url string, options orm.Options, sessions int) (*orm.Engine, []*orm.Session) {
	t.Helper()
	engine := open(t, url, options)
	var list []*orm.Session
	for range sessions {
		s := session(t, engine)
		_, err := orm.Text("SELECT 1").All(context.Background(), s)
		require.NoError(t, err)
		list = append(list, s)
	}
	return engine, list
}

func TestADatabaseInMemoryHasOneConnection(t *testing.T) {
	ctx := context.Background()
	engine, sessions := busy(t, "sqlite://", orm.Options{PoolSize: 5, PoolTimeout: tiny}, 1)
	_, err := orm.Text("SELECT 1").All(ctx, engine)
	assert.EqualError(t, err, "orm: connecting to sqlite: no connection came free within 1ms: all 1 are in use; commit, roll back or close a session, or close rows, before asking for more")
	other := session(t, engine)
	_, err = Pets.Get(ctx, other, 1)
	assert.ErrorContains(t, err, "no connection came free within 1ms")

	require.NoError(t, sessions[0].Commit(ctx))
	_, err = orm.Text("SELECT 1").All(ctx, engine)
	assert.NoError(t, err, "a commit gives the connection back")
	_, err = orm.Text("SELECT 1").All(ctx, other)
	assert.NoError(t, err)
}

func TestAFileHasSeveralConnections(t *testing.T) {
	ctx := context.Background()
	engine, sessions := busy(t, fileURL(t), orm.Options{PoolSize: 3, PoolTimeout: tiny}, 3)
	_, err := orm.Text("SELECT 1").All(ctx, engine)
	assert.ErrorContains(t, err, "all 3 are in use")
	require.NoError(t, sessions[1].Close())
	_, err = orm.Text("SELECT 1").All(ctx, engine)
	assert.NoError(t, err)
}

func TestFailuresGiveTheConnectionBack(t *testing.T) {
	ctx := context.Background()
	engine := open(t, "sqlite://", orm.Options{PoolTimeout: tiny})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	broken := orm.Text("broken")
	for name, fail := range map[string]func() error{
		"All":  func() error { _, err := broken.All(ctx, engine); return err },
		"Exec": func() error { _, err := broken.Exec(ctx, engine); return err },
		"Insert": func() error {
			_, err := orm.Insert(Pets, "name").Row("a").Row("a").Exec(ctx, engine)
			return err
		},
		"value": func() error {
			_, err := orm.Insert(Pets, "name").Row("a").Row(5).Exec(ctx, engine)
			return err
		},
		"CreateTable": func() error { return orm.CreateTable(Pets).Exec(ctx, engine) },
		"Transaction": func() error {
			return engine.Transaction(ctx, func(tx orm.Executor) error { _, err := broken.All(ctx, tx); return err })
		},
		"Flush": func() error {
			s := orm.NewSession(engine)
			s.Add(&Pet{Name: "Fluffy"})
			return s.Flush(ctx) // and the session is never closed
		},
	} {
		t.Run(name, func(t *testing.T) {
			require.Error(t, fail())
			_, err := orm.Text("SELECT 1").All(ctx, engine)
			assert.NoError(t, err)
		})
	}
}

func TestWaitingForAConnectionEndsWithTheContext(t *testing.T) {
	engine, _ := busy(t, "sqlite://", orm.Options{PoolTimeout: time.Hour}, 1)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := orm.Text("SELECT 1").All(ctx, engine)
		done <- err
	}()
	cancel()
	err := <-done
	assert.ErrorIs(t, err, context.Canceled)
	var failure *orm.Error
	require.ErrorAs(t, err, &failure)
	assert.Equal(t, orm.KindInterrupted, failure.Kind)
}

func TestAWaiterGetsTheConnectionThatComesBack(t *testing.T) {
	ctx := context.Background()
	engine, sessions := busy(t, "sqlite://", orm.Options{PoolTimeout: time.Hour}, 1)
	done := make(chan error)
	go func() {
		_, err := orm.Text("SELECT 1").All(ctx, engine)
		done <- err
	}()
	require.NoError(t, sessions[0].Rollback(ctx))
	assert.NoError(t, <-done)
}

func TestOpenDoesNotConnect(t *testing.T) {
	ctx := context.Background()
	engine := open(t, "sqlite:////nowhere/at/all/pets.db", orm.Options{})
	_, err := orm.Text("SELECT 1").All(ctx, engine)
	assert.ErrorContains(t, err, `orm: connecting to sqlite: sqlite: opening "/nowhere/at/all/pets.db"`)
	_, err = orm.Text("SELECT 1").All(ctx, engine)
	assert.Error(t, err, "the second time too, and not for want of a connection")
	assert.NotContains(t, err.Error(), "in use")
}

func TestEngineClose(t *testing.T) {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{PoolTimeout: tiny})
	require.NoError(t, err)
	s := orm.NewSession(engine)
	_, err = orm.Text("CREATE TABLE t (n)").Exec(ctx, s)
	require.NoError(t, err)
	require.NoError(t, engine.Close())
	require.NoError(t, engine.Close(), "the second time has no effect")
	_, err = orm.Text("INSERT INTO t VALUES (1)").Exec(ctx, s)
	assert.NoError(t, err, "a session that has its connection goes on")
	require.NoError(t, s.Commit(ctx))

	_, sessionErr := orm.Text("SELECT 1").All(ctx, s)
	_, engineErr := orm.Text("SELECT 1").All(ctx, engine)
	for _, err := range []error{sessionErr, engineErr, orm.CreateAll(ctx, engine, Pets), engine.Transaction(ctx, nil)} {
		assert.ErrorIs(t, err, orm.ErrClosed)
		assert.ErrorContains(t, err, "orm: closed: the engine")
	}
	require.NoError(t, s.Close())
	assert.Equal(t, "Engine(sqlite://)", engine.String())
	assert.Equal(t, "sqlite", engine.Dialect().Name())
}
