//go:build !js && !wasip1

package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// TestBatchesOnEveryDatabase: keys and defaults go to the objects of their
// rows, with far fewer statements than rows.
func TestBatchesOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		log := &sent{}
		engine := open(t, url, orm.Options{Observers: []orm.Observer{log.observer()}})
		require.NoError(t, orm.CreateAll(ctx, engine, Persons, Pets))
		s := session(t, engine)
		log.take()
		people := addPeople(t, s, 700)
		assert.Less(t, log.verbs()["INSERT"], 30)
		haveTheirRows(t, s, people)

		var pets []*Pet
		for i := range 80 {
			p := &Pet{Name: fmt.Sprint("pet ", i)}
			if i >= 40 {
				p.ID = int64(2000 - i)
			}
			pets = append(pets, p)
			require.NoError(t, s.Add(p))
		}
		require.NoError(t, s.Flush(ctx))
		names := namesByKey(t, s, Pets)
		for _, p := range pets {
			assert.Equal(t, p.Name, names[p.ID])
			assert.Equal(t, int64(20), p.Hunger)
		}
		require.NoError(t, s.Commit(ctx))
	})
}

// TestBatchesKeepWhatColumnsRefuse: a batch does not cut off what is too long,
// and fills columns of types that the program does not know.
func TestBatchesKeepWhatColumnsRefuse(t *testing.T) {
	ctx := context.Background()
	engine := open(t, testdb.Postgres(t), orm.Options{})
	for _, sql := range []string{
		"CREATE TYPE mood AS ENUM ('sad', 'happy')",
		"CREATE TABLE persons (id SERIAL PRIMARY KEY, name VARCHAR(9) NOT NULL, city mood NOT NULL, age SMALLINT NOT NULL, score NUMERIC(5,2) NOT NULL)",
	} {
		_, err := orm.Text(sql).Exec(ctx, engine)
		require.NoError(t, err)
	}
	s := session(t, engine)
	add := func(name string) error {
		for i := range 3 {
			require.NoError(t, s.Add(&Person{Name: name, City: "happy", Age: int64(i), Score: 1.25}))
		}
		return s.Flush(ctx)
	}
	require.NoError(t, add("short"))
	assert.Equal(t, map[int64]string{1: "short", 2: "short", 3: "short"}, namesByKey(t, s, orm.C(&Persons.F.ID), orm.C(&Persons.F.Name)))
	require.ErrorContains(t, add("much too long"), "value too long")
}

// TestKeysOfAnotherStep: MySQL may leave gaps of the same width between keys.
func TestKeysOfAnotherStep(t *testing.T) {
	ctx := context.Background()
	engine := open(t, testdb.MySQL(t), orm.Options{PoolSize: 1})
	require.NoError(t, orm.CreateAll(ctx, engine, Persons))
	_, err := orm.Text("SET SESSION auto_increment_increment = 7").Exec(ctx, engine)
	require.NoError(t, err)
	s := session(t, engine)
	list := addPeople(t, s, 50)
	assert.Equal(t, int64(7), list[1].ID-list[0].ID)
	haveTheirRows(t, s, list)
}

// TestBulkChangesOnEveryDatabase: objects follow statements of all kinds.
func TestBulkChangesOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine := open(t, url, orm.Options{})
		require.NoError(t, orm.CreateAll(ctx, engine, Pets))
		insertPets(t, engine, &Pet{Name: "a", Hunger: 1}, &Pet{Name: "b", Hunger: 2}, &Pet{Name: "c", Hunger: 3}, &Pet{Name: "d", Hunger: 4})
		s := session(t, engine)
		pets, err := Pets.Select().OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, s)
		require.NoError(t, err)
		hunger, name := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name)
		update := func(where orm.Cond, set ...orm.Assignment) {
			_, err := orm.Update(Pets, set...).Where(where).Exec(ctx, s)
			require.NoError(t, err)
			rows, err := orm.Select1(hunger).OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			_, err = Pets.Select().All(ctx, s) // reads what has expired
			require.NoError(t, err)
			assert.Equal(t, rows, hungers(pets))
		}
		update(hunger.Gt(2), hunger.Set(9))
		update(name.Eq("B"), hunger.Set(7)) // MySQL finds b
		update(name.Like("%a%"), hunger.SetExpr(orm.Add(hunger, 10)))
		update(name.Eq("c"), hunger.Set(1), name.Set("cc"))
		require.NoError(t, orm.BulkUpdate(ctx, s, Pets, []*Pet{{ID: pets[1].ID, Hunger: 21}, {ID: pets[0].ID, Hunger: 21}}, &Pets.F.Hunger))
		require.ErrorIs(t, orm.BulkUpdate(ctx, s, Pets, []*Pet{{ID: 999}}, &Pets.F.Hunger), orm.ErrStale)

		got, err := orm.ReturnObjects(ctx, s, Pets, upsert(&Pet{Name: "new", Hunger: 5}, &Pet{Name: "d", Hunger: 44}, &Pet{Name: "newer", Hunger: 6}))
		require.NoError(t, err)
		assert.Equal(t, []string{"new", "d", "newer"}, names(got))
		assert.Same(t, pets[3], got[1])
		assert.Equal(t, int64(44), pets[3].Hunger)
		fresh, err := orm.ReturnObjects(ctx, s, Pets, orm.InsertStructs(Pets, []*Pet{{Name: "z", Hunger: 1}, {Name: "y", Hunger: 1}, {Name: "x", Hunger: 1}}))
		require.NoError(t, err)
		assert.Equal(t, []string{"z", "y", "x"}, names(fresh))

		n, err := orm.Delete(Pets).Where(orm.Or(name.Like("n%"), hunger.Eq(44))).Exec(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, int64(3), n)
		_, err = Pets.Get(ctx, s, pets[3].ID)
		require.ErrorIs(t, err, orm.ErrNoRows)
		require.NoError(t, s.Commit(ctx))
		assert.False(t, s.Contains(pets[3]))
		assert.False(t, s.Contains(got[0]))
		assert.True(t, s.Contains(fresh[0]))
	})
}
