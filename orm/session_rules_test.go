package orm_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var _ = behaviour(60, together(testSaveUpdate, func(t *testing.T) {
	ctx := context.Background()
	s, _ := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	other := session(t, open(t, "sqlite://", orm.Options{}))
	err = other.Add(fluffy)
	require.ErrorIs(t, err, orm.ErrAttached)
	assert.ErrorContains(t, err, "the Pet is already attached to session ")
	require.NoError(t, other.Rollback(ctx))
	require.NoError(t, s.Expunge(fluffy))
	require.NoError(t, other.Add(fluffy))
	require.NoError(t, other.Expunge(fluffy))
}))

var _ = behaviour(61, together(TestFlushFollowsTheForeignKeys, testFlushOrder))

var _ = behaviour(64, func(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	fluffy := &Pet{Name: "Fluffy"}
	require.NoError(t, s.Add(fluffy))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "BEGIN", insertPet+" [Fluffy <nil>]")
	assert.Equal(t, &Pet{ID: 1, Name: "Fluffy", Hunger: 20}, fluffy)
})

var _ = behaviour(65, func(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	fluffy.Hunger = 1
	log.take()
	require.NoError(t, s.Commit(ctx))
	log.is(t, "UPDATE pets SET hunger=? WHERE pets.id = ? [1 1]", "COMMIT")
	assert.Equal(t, int64(1), fluffy.Hunger, "a Go field cannot be read anew by itself: it keeps its value")
	_, err = Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.is(t, "BEGIN", selectPet+" [1]")
})

var _ = behaviour(66, func(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	rex, err := Pets.Get(ctx, s, 2)
	require.NoError(t, err)
	flo := &Pet{Name: "Flo"}
	require.NoError(t, s.Add(flo))
	require.NoError(t, s.Delete(rex))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Rollback(ctx))
	assert.False(t, s.Contains(flo), "pending becomes transient")
	assert.Equal(t, int64(3), flo.ID, "with its key")
	assert.True(t, s.Contains(rex), "deleted becomes persistent")
	log.take()
	_, err = Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.True(t, s.Contains(fluffy))
	log.is(t, "BEGIN", selectPet+" [1]") // persistent is expired
})

var _ = behaviour(67, TestAFailedFlushNeedsARollback)

// SQLAlchemy's map is weak, because it hears of every change. Ours cannot let
// go of an object that nobody else refers to, because it may be changed.
var _ = behaviour(73, func(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	func() {
		fluffy, err := Pets.Get(ctx, s, 1)
		require.NoError(t, err)
		fluffy.Hunger = 1
	}()
	runtime.GC()
	log.take()
	require.NoError(t, s.Commit(ctx))
	log.is(t, "UPDATE pets SET hunger=? WHERE pets.id = ? [1 1]", "COMMIT")
})
