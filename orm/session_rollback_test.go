package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRollbackRestoresObjects(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy", Species: orm.Some("Cat"), Hunger: 5})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	before := *fluffy
	log.take()

	fluffy.Name = "Flo"
	require.NoError(t, s.Flush(ctx))
	fluffy.Species, fluffy.Hunger = orm.None[string](), 0
	require.NoError(t, s.Flush(ctx))
	fluffy.Hunger = 77 // not flushed
	log.take()
	require.NoError(t, s.Rollback(ctx))
	log.is(t, "ROLLBACK")
	assert.Equal(t, before, *fluffy, "flushed and unflushed changes are undone")
	require.NoError(t, s.Commit(ctx))
	log.is(t) // and are no changes

	got, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, fluffy, got)
	log.is(t, "BEGIN", selectPet+" [1]") // it is expired
}

func TestRollbackMakesPendingTransient(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	flushed, added := &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"}
	require.NoError(t, s.Add(flushed))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Add(added))
	require.NoError(t, s.Rollback(ctx))
	assert.False(t, s.Contains(flushed))
	assert.False(t, s.Contains(added))
	assert.Equal(t, int64(1), flushed.ID, "the fields stay as they are")
	log.take()
	require.NoError(t, s.Commit(ctx))
	log.is(t)

	require.NoError(t, s.Add(flushed), "it can be added again")
	require.NoError(t, s.Commit(ctx))
	log.is(t, "BEGIN", "INSERT INTO pets (id, name, species, hunger) VALUES (?, ?, ?, ?) [1 Fluffy <nil> 20]", "COMMIT")
}

func TestRollbackOfADeleteThatWasNotFlushed(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Delete(fluffy))
	require.NoError(t, s.Rollback(ctx))
	log.take()
	require.NoError(t, s.Commit(ctx))
	log.is(t)
	assert.True(t, s.Contains(fluffy))
}

func TestRollbackOfANewObjectWithADeletedOnesKey(t *testing.T) {
	ctx := context.Background()
	s, _ := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Delete(fluffy))
	require.NoError(t, s.Flush(ctx))
	heir := &Pet{ID: 1, Name: "Heir"}
	require.NoError(t, s.Add(heir))
	require.NoError(t, s.Flush(ctx))
	got, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, heir, got)

	require.NoError(t, s.Rollback(ctx))
	got, err = Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, fluffy, got)
	assert.Equal(t, "Fluffy", got.Name)
	assert.False(t, s.Contains(heir))
}

func TestRollbackWithoutATransactionSendsNothing(t *testing.T) {
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	require.NoError(t, s.Rollback(context.Background()))
	log.is(t)
}
