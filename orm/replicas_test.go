package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// holding is an engine whose only pet has that name.
func holding(t *testing.T, name string) *orm.Engine {
	ctx := context.Background()
	engine := open(t, "sqlite://", orm.Options{})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	_, err := orm.Insert(Pets, "name", "hunger").Row(name, 1).Exec(ctx, engine)
	require.NoError(t, err)
	return engine
}

// namesOn is what a query finds on an executor.
func namesOn(t *testing.T, on orm.Executor, stmt orm.RowStmt) []string {
	t.Helper()
	names, err := orm.As[string](stmt).All(context.Background(), on)
	require.NoError(t, err)
	return names
}

func TestReplicas(t *testing.T) {
	ctx := context.Background()
	primary, a, b := holding(t, "primary"), holding(t, "a"), holding(t, "b")
	engine := primary.Replicas(a, b)
	name := orm.C(&Pets.F.Name)
	query := orm.Select(name)

	for _, want := range []string{"a", "b", "a"} {
		assert.Equal(t, []string{want}, namesOn(t, engine, query), "in turn")
	}
	rows, err := query.All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, "b", rows.At(0).Values()[0], "rows without a model, too")
	assert.Equal(t, []string{"a"}, namesOn(t, engine, orm.Union(query, query)), "compounds, too")
	assert.Equal(t, []string{"b"}, namesOn(t, engine.ReadOnly(), query), "and a view of the engine")

	assert.Equal(t, []string{"primary"}, namesOn(t, engine, orm.Text("SELECT name FROM pets")), "nobody knows what a text does")
	assert.Equal(t, []string{"primary"}, namesOn(t, primary, query), "the engine itself stays as it is")
	assert.Equal(t, []string{"primary"}, namesOn(t, engine.Replicas(), query))
	require.NoError(t, engine.Transaction(ctx, func(tx orm.Executor) error {
		assert.Equal(t, []string{"primary"}, namesOn(t, tx, query))
		return nil
	}))
	s := session(t, engine)
	assert.Equal(t, []string{"primary"}, namesOn(t, s, query))
	require.NoError(t, s.Close())
	conn, err := engine.Connect(ctx)
	require.NoError(t, err)
	assert.Equal(t, []string{"primary"}, namesOn(t, conn, query))
	require.NoError(t, conn.Close())

	_, err = orm.Update(Pets, name.Set("changed")).AllRows().Exec(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []string{"changed"}, namesOn(t, primary, query))
	assert.Equal(t, []string{"a"}, namesOn(t, a, query))
}

func TestReplicasThatCannotBeReached(t *testing.T) {
	primary, b := holding(t, "primary"), holding(t, "b")
	away := open(t, "sqlite:////no/such/folder/pets.db", orm.Options{})
	query := orm.Select(orm.C(&Pets.F.Name))
	_, err := query.All(context.Background(), primary.Replicas(away))
	require.Error(t, err, "a replica that refuses is told: a wrong name would never be noticed")
	_, err = query.All(context.Background(), primary.Replicas(b, nil))
	assert.EqualError(t, err, "orm: replica 2 of Engine(sqlite://) is nil")
}
