package orm_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// connections are options whose observer writes into the list.
func connections(list *[]string) orm.Options {
	return orm.Options{Observers: []orm.Observer{{Connection: func(_ context.Context, c orm.ConnectionEvent) {
		text := fmt.Sprint(c.ID, " ", c.Kind)
		if c.Reason != "" {
			text += ": " + c.Reason
		}
		if c.Err != nil {
			text += " (failed)"
		}
		*list = append(*list, text)
	}}}}
}

func TestAnObserverHearsOfConnections(t *testing.T) {
	ctx := context.Background()
	var told []string
	engine := open(t, fileURL(t), connections(&told))
	assert.Empty(t, told, "Open does not connect")
	_, err := orm.Text("SELECT 1").All(ctx, engine)
	require.NoError(t, err)
	conn, err := engine.Connect(ctx)
	require.NoError(t, err)
	_, err = orm.Text("SELECT 1").All(ctx, engine)
	require.NoError(t, err)
	require.NoError(t, conn.Close())
	require.NoError(t, engine.Close())
	assert.Equal(t, []string{
		"1 opened", "1 checked out", "1 checked in",
		"1 checked out",
		"2 opened", "2 checked out", "2 checked in",
		"1 checked in",
		"2 closed: the engine was closed", "1 closed: the engine was closed",
	}, told)

	told = nil
	options := connections(&told)
	options.PoolRecycle = time.Nanosecond
	engine = open(t, fileURL(t), options)
	_, err = orm.Text("SELECT 1").All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []string{"1 opened", "1 checked out", "1 checked in", "1 closed: it is older than PoolRecycle"}, told)

	told = nil
	engine = open(t, "sqlite:////nowhere/at/all.db", connections(&told))
	_, err = orm.Text("SELECT 1").All(ctx, engine)
	require.Error(t, err)
	assert.Equal(t, []string{"1 opened (failed)"}, told)
}

func TestAnObserverHearsOfLostConnections(t *testing.T) {
	ctx := context.Background()
	var told []string
	engine := open(t, testdb.Postgres(t), connections(&told))
	conn, err := engine.Connect(ctx)
	require.NoError(t, err)
	pid, err := orm.Text("SELECT pg_backend_pid()").All(ctx, conn)
	require.NoError(t, err)
	_, err = orm.Text("SELECT pg_terminate_backend(:pid)").Bind("pid", pid.At(0).Values()[0]).All(ctx, engine)
	require.NoError(t, err)
	_, err = orm.Text("SELECT 1").All(ctx, conn)
	require.Error(t, err)
	_ = conn.Close()
	assert.Equal(t, []string{
		"1 opened", "1 checked out",
		"2 opened", "2 checked out", "2 checked in",
		"2 invalidated: the database ended another connection that was opened before or with it",
		"2 closed: the database ended another connection that was opened before or with it",
		"1 checked in", "1 invalidated: the database ended it (failed)", "1 closed: the database ended it",
	}, told)
}
