package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	insertPet = "INSERT INTO pets (name, species) VALUES (?, ?) RETURNING id, hunger"
	selectPet = "SELECT pets.id, pets.name, pets.species, pets.hunger FROM pets WHERE pets.id = ?"
	selectAll = "SELECT pets.id, pets.name, pets.species, pets.hunger FROM pets"
)

func TestAddSendsNothingUntilTheFlush(t *testing.T) {
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	fluffy := &Pet{Name: "Fluffy"}
	require.NoError(t, s.Add(fluffy))
	assert.True(t, s.Contains(fluffy))
	assert.Zero(t, fluffy.ID)
	log.is(t)

	require.NoError(t, s.Flush(context.Background()))
	log.is(t, "BEGIN", insertPet+" [Fluffy <nil>]")
	assert.Equal(t, &Pet{ID: 1, Name: "Fluffy", Hunger: 20}, fluffy, "the key and the default are read back")

	require.NoError(t, s.Flush(context.Background()))
	log.is(t)
	require.NoError(t, s.Commit(context.Background()))
	log.is(t, "COMMIT")
	require.NoError(t, s.Commit(context.Background()))
	log.is(t)
}

func TestAddTwiceInsertsOnce(t *testing.T) {
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	fluffy := &Pet{Name: "Fluffy"}
	require.NoError(t, s.Add(fluffy, fluffy))
	require.NoError(t, s.Add(fluffy))
	require.NoError(t, s.Flush(context.Background()))
	require.NoError(t, s.Add(fluffy))
	require.NoError(t, s.Commit(context.Background()))
	log.is(t, "BEGIN", insertPet+" [Fluffy <nil>]", "COMMIT")
}

func TestDeleteGoesThroughItsStates(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()

	require.NoError(t, s.Delete(fluffy))
	require.NoError(t, s.Delete(fluffy), "twice is once")
	log.is(t)
	_, err = Pets.Get(ctx, s, 1)
	assert.ErrorIs(t, err, orm.ErrNoRows, "it is on its way out")
	log.is(t)
	require.NoError(t, s.Flush(ctx))
	log.is(t, "DELETE FROM pets WHERE pets.id = ? [1]")

	assert.ErrorContains(t, s.Add(fluffy), "orm: adding to the session: the Pet was deleted in this transaction")
	require.NoError(t, s.Rollback(ctx))
	log.is(t, "ROLLBACK")
	again, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, fluffy, again, "a rollback makes it persistent again")

	require.NoError(t, s.Delete(fluffy))
	require.NoError(t, s.Commit(ctx))
	assert.False(t, s.Contains(fluffy), "after the commit the session has let it go")
	fluffy.ID = 0
	require.NoError(t, s.Add(fluffy), "so that it can be added anew")
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, int64(2), fluffy.ID, "an autoincrement key is never used again")
}

func TestAddTakesBackADelete(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	require.NoError(t, s.Delete(fluffy))
	require.NoError(t, s.Add(fluffy))
	require.NoError(t, s.Commit(ctx))
	log.is(t, "COMMIT")
}

func TestDeleteNeedsAPersistentObject(t *testing.T) {
	engine, _ := recorded(t, Pets)
	s := session(t, engine)
	transient, pending := &Pet{Name: "T"}, &Pet{Name: "P"}
	require.NoError(t, s.Add(pending))
	for _, p := range []*Pet{transient, pending} {
		assert.EqualError(t, s.Delete(p), "orm: deleting: the Pet is not in the database, as far as this session knows; load it or flush it first")
	}
}

func TestSessionRefusesWhatIsNoObject(t *testing.T) {
	type Stray struct{ ID int64 }
	var null *Pet
	ctx := context.Background()
	for name, c := range map[string]struct {
		object any
		want   string
	}{
		"nil":            {nil, "an object is a pointer to a struct, not <nil>"},
		"nil pointer":    {null, "an object is a pointer to a struct, not *orm_test.Pet"},
		"struct":         {Pet{}, "an object is a pointer to a struct, not orm_test.Pet"},
		"pointer to int": {new(int), "an object is a pointer to a struct, not *int"},
		"not declared":   {&Stray{}, "orm_test.Stray is not a declared model, or its mapping is wrong: see orm.Declare"},
	} {
		t.Run(name, func(t *testing.T) {
			engine, log := recorded(t, Pets)
			s := session(t, engine)
			want := "orm: adding to the session: " + c.want
			assert.EqualError(t, s.Add(&Pet{Name: "Fluffy"}, c.object), want)
			assert.EqualError(t, s.Commit(ctx), want, "a caller who does not look at Add's error hears of it here")
			log.is(t)
			assert.EqualError(t, s.Delete(c.object), "orm: deleting: "+c.want)
			assert.EqualError(t, s.Refresh(ctx, c.object), "orm: refreshing: "+c.want)
			assert.False(t, s.Contains(c.object))
			require.NoError(t, s.Rollback(ctx))
			assert.NoError(t, s.Commit(ctx), "a rollback clears the error")
		})
	}
}

func TestCloseRollsBackAndLetsGo(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := orm.NewSession(engine)
	fluffy := &Pet{Name: "Fluffy"}
	require.NoError(t, s.Add(fluffy))
	require.NoError(t, s.Flush(ctx))
	log.take()
	require.NoError(t, s.Close())
	log.is(t, "ROLLBACK")
	require.NoError(t, s.Close(), "the second time has no effect")
	log.is(t)

	assert.False(t, s.Contains(fluffy))
	_, getErr := Pets.Get(ctx, s, 1)
	_, allErr := Pets.Select().All(ctx, s)
	_, coreErr := orm.Select(Pets).All(ctx, s)
	for name, err := range map[string]error{"Flush": s.Flush(ctx), "Commit": s.Commit(ctx), "Rollback": s.Rollback(ctx),
		"Get": getErr, "All": allErr, "Core": coreErr, "Refresh": s.Refresh(ctx, fluffy)} {
		assert.ErrorIs(t, err, orm.ErrClosed, name)
	}
	log.is(t)
}
