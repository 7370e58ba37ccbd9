package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var _ = behaviour(57, func(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	setHunger(t, s, 3) // past the objects
	_, err = Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, int64(20), fluffy.Hunger, "a query overwrites nothing")
	_, err = orm.PopulateExisting(Pets.Select()).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, int64(3), fluffy.Hunger)

	setHunger(t, s, 4)
	fluffy.Name = "Flo"
	log.take()
	require.NoError(t, s.NoAutoflush(func() error { return s.Refresh(ctx, fluffy, &Pets.F.Hunger) }))
	log.is(t, "SELECT pets.hunger FROM pets WHERE pets.id = ? [1]")
	assert.Equal(t, &Pet{ID: 1, Name: "Flo", Hunger: 4}, fluffy, "the other columns stay as they are")
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE pets SET name=? WHERE pets.id = ? [Flo 1]")

	require.NoError(t, s.Expire(fluffy, "Hunger", "species"))
	setHunger(t, s, 5)
	fluffy.Name = "Fred"
	log.take()
	all, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, &Pet{ID: 1, Name: "Fred", Hunger: 5}, all[0], "a query reads what has expired")
	log.is(t, "UPDATE pets SET name=? WHERE pets.id = ? [Fred 1]", selectAll)
	_, err = Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.is(t) // nothing has expired any more
})

var _ = behaviour(69, func(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t)
	fluffy := &Pet{Name: "Fluffy"}
	is := func(want orm.Inspection) {
		t.Helper()
		got, err := s.Inspect(fluffy)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	key := []any{int64(1)}
	is(orm.Inspection{State: orm.Transient})
	for _, gone := range []func(...any) error{s.Delete, s.Expunge} {
		require.Error(t, gone(fluffy))
	}
	require.NoError(t, s.Add(fluffy))
	is(orm.Inspection{State: orm.Pending, Modified: true})
	assert.Equal(t, []any{fluffy}, s.New())
	assert.ErrorContains(t, s.Delete(fluffy), "is not in the database")
	log.is(t) // Add sends no BEGIN
	require.NoError(t, s.Flush(ctx))
	is(orm.Inspection{State: orm.Persistent, Key: key})
	assert.Empty(t, s.New())
	assert.Equal(t, []any{fluffy}, s.Objects())
	fluffy.Hunger = 7
	is(orm.Inspection{State: orm.Persistent, Key: key, Modified: true, Changes: []orm.FieldChange{{"Pet.Hunger", "hunger", int64(20), int64(7)}}})
	assert.Equal(t, []any{fluffy}, s.Dirty())
	require.NoError(t, s.Commit(ctx))
	is(orm.Inspection{State: orm.Persistent, Key: key, Expired: true})
	assert.Empty(t, s.Dirty())
	_, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Delete(fluffy))
	is(orm.Inspection{State: orm.Persistent, Key: key, Modified: true})
	assert.Equal(t, []any{fluffy}, s.Deleted())
	assert.True(t, s.Contains(fluffy), "until the flush")
	require.NoError(t, s.Flush(ctx))
	is(orm.Inspection{State: orm.Deleted, Key: key})
	assert.False(t, s.Contains(fluffy))
	assert.Empty(t, s.Deleted())
	assert.ErrorContains(t, s.Add(fluffy), "was deleted in this transaction")
	assert.ErrorContains(t, s.Expunge(fluffy), "was deleted in this transaction")
	require.NoError(t, s.Rollback(ctx))
	is(orm.Inspection{State: orm.Persistent, Key: key, Expired: true})
	assert.True(t, s.Contains(fluffy))
	require.NoError(t, s.Delete(fluffy))
	require.NoError(t, s.Commit(ctx))
	is(orm.Inspection{State: orm.Detached})
	require.NoError(t, s.Add(fluffy))
	is(orm.Inspection{State: orm.Pending, Modified: true})
	require.NoError(t, s.Expunge(fluffy))
	is(orm.Inspection{State: orm.Transient})
})

func TestHistory(t *testing.T) {
	ctx := context.Background()
	s, _ := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	h, err := orm.History(s, fluffy, &Pets.F.Species)
	require.NoError(t, err)
	assert.Equal(t, orm.Change[orm.Null[string]]{}, h)
	fluffy.Species = orm.Some("Cat")
	h, err = orm.History(s, fluffy, &Pets.F.Species)
	require.NoError(t, err)
	assert.Equal(t, orm.Change[orm.Null[string]]{New: orm.Some("Cat"), Changed: true}, h)
	rex := &Pet{Name: "Rex"}
	_, err = orm.History(s, rex, &Pets.F.Name)
	assert.EqualError(t, err, "orm: history: the Pet is not in this session")
	require.NoError(t, s.Add(rex))
	name, err := orm.History(s, rex, &Pets.F.Name)
	require.NoError(t, err)
	assert.Equal(t, orm.Change[string]{New: "Rex", Changed: true}, name)
	_, err = orm.History(s, fluffy, &Owners.F.Name)
	assert.EqualError(t, err, "orm: history: owners.name is not a column of a Pet")
	_, err = orm.History(s, fluffy, &fluffy.Name)
	assert.ErrorContains(t, err, "is not a field of a declared model's prototype")
	assert.EqualError(t, s.Expire(fluffy, "colour"), `orm: expiring: a Pet has no field or column "colour"`)
	assert.EqualError(t, s.Refresh(ctx, fluffy, 5), "orm: refreshing: a field is named by its address in the prototype, as in &Pets.F.Name, or by a text, not by a int")
}

func TestExpireDropsChanges(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
	all, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	fluffy, rex := all[0], all[1]
	fluffy.Name, fluffy.Hunger, rex.Hunger = "Flo", 1, 1
	require.NoError(t, s.Expire(fluffy, &Pets.F.Name))
	assert.Equal(t, &Pet{ID: 1, Name: "Fluffy", Hunger: 1}, fluffy)
	require.NoError(t, s.ExpireAll())
	assert.Equal(t, []int64{20, 20}, []int64{fluffy.Hunger, rex.Hunger})
	log.take()
	require.NoError(t, s.Refresh(ctx, rex, "name"))
	i, err := s.Inspect(rex)
	require.NoError(t, err)
	assert.True(t, i.Expired, "the other columns are still expired")
	_, err = Pets.Get(ctx, s, 2)
	require.NoError(t, err)
	log.is(t, "SELECT pets.name FROM pets WHERE pets.id = ? [2]", selectPet+" [2]")
	require.NoError(t, s.Expire(rex, "name", "hunger"))
	require.NoError(t, s.Refresh(ctx, rex, "name"))
	i, err = s.Inspect(rex)
	require.NoError(t, err)
	assert.True(t, i.Expired, "hunger still is")
	require.NoError(t, s.Refresh(ctx, rex, "hunger"))
	i, err = s.Inspect(rex)
	require.NoError(t, err)
	assert.False(t, i.Expired)
	assert.EqualError(t, s.Expire(&Pet{}), "orm: expiring: the Pet is not in the database, as far as this session knows")
	require.NoError(t, s.ExpungeAll())
	assert.False(t, s.Contains(rex))
	again, err := Pets.Get(ctx, s, 2)
	require.NoError(t, err)
	assert.NotSame(t, rex, again)
}

func TestGetWith(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	setHunger(t, s, 3)
	log.take()
	got, err := orm.GetWith(ctx, s, Pets, orm.Key(1))
	require.NoError(t, err)
	assert.Same(t, fluffy, got)
	log.is(t)
	got, err = orm.GetWith(ctx, s, Pets, orm.Key(1), orm.Fresh())
	require.NoError(t, err)
	assert.Same(t, fluffy, got)
	assert.Equal(t, int64(3), got.Hunger)
	log.is(t, selectPet+" [1]")
	_, err = orm.GetWith(ctx, s, Pets, orm.Key(1), orm.Locked(orm.SkipLocked()))
	require.NoError(t, err)
	log.is(t, selectPet+" [1]") // SQLite has one writer and no row locks
	_, err = orm.GetWith(ctx, s, Pets, orm.Key(9), orm.Locked())
	assert.ErrorIs(t, err, orm.ErrNoRows)
}
