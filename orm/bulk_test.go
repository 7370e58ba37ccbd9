package orm_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestBulkUpdate(t *testing.T) {
	ctx := context.Background()
	s, pets, log := fourPets(t)
	rows := []*Pet{{ID: 2, Hunger: 22, Name: "not written"}, {ID: 1, Hunger: 11}}
	require.NoError(t, orm.BulkUpdate(ctx, s, Pets, rows, &Pets.F.Hunger))
	log.is(t, "UPDATE pets SET hunger=? WHERE pets.id = ? [22 2]", "UPDATE pets SET hunger=? WHERE pets.id = ? [11 1]")
	assert.Equal(t, []int64{11, 22, 3, 4}, hungers(pets))
	assert.Equal(t, "b", pets[1].Name)
	require.NoError(t, s.Flush(ctx))
	log.is(t)
	assert.False(t, s.Contains(rows[0]))

	err := orm.BulkUpdate(ctx, s, Pets, []*Pet{{ID: 99}}, &Pets.F.Hunger)
	require.ErrorIs(t, err, orm.ErrStale)
	assert.EqualError(t, err, "updating rows of pets: "+orm.ErrStale.Error()+": UPDATE of one Pet hit 0 rows; somebody else changed or deleted it")
	require.ErrorContains(t, orm.BulkUpdate(ctx, s, Pets, rows), "orm: updating rows of pets: no fields are named")
	require.ErrorContains(t, orm.BulkUpdate(ctx, s, Pets, rows, &Pets.F.ID), "Pet.ID is part of the primary key, or only read, so it cannot be written")
	require.ErrorContains(t, orm.BulkUpdate(ctx, s, Pets, []*Pet{nil}, &Pets.F.Name), "row 1 is nil")

	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, []int64{1, 2, 3, 4}, hungers(pets))
}

// upsert inserts pets, or changes the hunger of those that are there.
func upsert(pets ...*Pet) orm.InsertStmt {
	return orm.InsertStructs(Pets, pets, &Pets.F.Name, &Pets.F.Hunger).OnConflict("name").DoUpdate(
		orm.C(&Pets.F.Hunger).SetExpr(orm.Excluded(orm.C(&Pets.F.Hunger))))
}

func TestUpsertReturnsObjects(t *testing.T) {
	ctx := context.Background()
	s, pets, log := fourPets(t)
	got, err := orm.ReturnObjects(ctx, s, Pets, upsert(&Pet{Name: "new", Hunger: 5}, &Pet{Name: "c", Hunger: 33}, &Pet{Name: "a", Hunger: 11}, &Pet{Name: "newer", Hunger: 6}))
	require.NoError(t, err)
	log.is(t, "INSERT INTO pets (name, hunger) VALUES (?, ?), (?, ?), (?, ?), (?, ?) ON CONFLICT (name) DO UPDATE SET hunger=excluded.hunger "+
		"RETURNING id, name, species, hunger [new 5 c 33 a 11 newer 6]")
	assert.Equal(t, []string{"new", "c", "a", "newer"}, names(got))
	assert.Same(t, pets[2], got[1])
	assert.Same(t, pets[0], got[2])
	assert.Equal(t, []int64{11, 2, 33, 4}, hungers(pets), "populated though they had not expired")
	assert.True(t, s.Contains(got[0]))
	require.NoError(t, s.Flush(ctx))
	log.is(t)

	none, err := orm.ReturnObjects(ctx, s, Pets, orm.InsertStructs(Pets, []*Pet{{Name: "d", Hunger: 1}, {Name: "e", Hunger: 2}}).OnConflict("name").DoNothing())
	require.NoError(t, err)
	assert.Nil(t, none[0])
	assert.Equal(t, "e", none[1].Name)

	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, []int64{1, 2, 3, 4}, hungers(pets))
	_, err = Pets.Get(ctx, s, got[0].ID)
	require.ErrorIs(t, err, orm.ErrNoRows)
}

func TestInsertReturnsObjects(t *testing.T) {
	ctx := context.Background()
	s, _, log := fourPets(t)
	var rows []*Pet
	for i := range 1200 {
		rows = append(rows, &Pet{Name: fmt.Sprint("pet ", i), Hunger: int64(i + 1)})
	}
	got, err := orm.ReturnObjects(ctx, s, Pets, orm.InsertStructs(Pets, rows))
	require.NoError(t, err)
	assert.Len(t, log.take(), 2)
	for i, p := range got {
		require.Equal(t, rows[i].Name, p.Name)
		require.NotZero(t, p.ID)
	}
	byKey, err := orm.ReturnObjects(ctx, s, Pets, orm.InsertStructs(Pets, []*Pet{{ID: 9009, Name: "x", Hunger: 1}, {ID: 9003, Name: "y", Hunger: 1}}))
	require.NoError(t, err)
	assert.Equal(t, []string{"x", "y"}, names(byKey))
	require.NoError(t, s.Rollback(ctx))
	assert.False(t, s.Contains(got[0]))

	_, err = orm.ReturnObjects(ctx, s, Pets, orm.InsertStructs(Pets, []*Pet{{ID: 1, Name: "x"}, {Name: "y"}}))
	require.ErrorContains(t, err, "orm: inserting into pets: some rows have a value in Pet.ID and some leave it to the database; insert them by two statements")
	_, err = orm.ReturnObjects(ctx, s, Words, orm.InsertStructs(Pets, rows[:1]))
	require.Error(t, err)
}

var _ = behaviour(62, func(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t)
	for i := range 20 {
		require.NoError(t, s.Add(&Pet{Name: fmt.Sprint(i)}))
	}
	require.NoError(t, s.Add(&Pet{Name: "full", Hunger: 1}))
	require.NoError(t, s.Flush(ctx))
	list := log.take()
	require.Len(t, list, 4, "BEGIN, 16 rows, 4 rows, and the one with other columns")
	assert.Equal(t, "INSERT INTO pets (name, species) VALUES (?, ?), (?, ?), (?, ?), (?, ?) RETURNING id, hunger [16 <nil> 17 <nil> 18 <nil> 19 <nil>]", line(list[2]))
})

var _ = behaviour(84, func(t *testing.T) {
	ctx := context.Background()
	s, pets, log := fourPets(t)
	_, err := orm.Update(Pets).Set(orm.C(&Pets.F.Hunger).Set(9)).Where(orm.C(&Pets.F.Name).Eq("a")).Exec(ctx, s)
	require.NoError(t, err)
	log.is(t, "UPDATE pets SET hunger=? WHERE pets.name = ? [9 a]")
	assert.Equal(t, int64(9), pets[0].Hunger, "evaluated")
	_, err = orm.Update(Pets).Set(orm.C(&Pets.F.Hunger).SetExpr(orm.Length(orm.C(&Pets.F.Name)))).Where(orm.C(&Pets.F.Name).Like("b")).Exec(ctx, s)
	require.NoError(t, err)
	log.is(t, "UPDATE pets SET hunger=length(pets.name) WHERE pets.name LIKE ? RETURNING id [b]")
	info, err := s.Inspect(pets[1])
	require.NoError(t, err)
	assert.True(t, info.Expired)
	err = orm.BulkUpdate(ctx, s, Pets, []*Pet{{ID: 1, Hunger: 2}, {ID: 77, Hunger: 3}}, &Pets.F.Hunger)
	assert.True(t, errors.Is(err, orm.ErrStale))
	got, err := orm.ReturnObjects(ctx, s, Pets, upsert(&Pet{Name: "d", Hunger: 44}))
	require.NoError(t, err)
	assert.Same(t, pets[3], got[0])
	assert.Equal(t, int64(44), pets[3].Hunger)
})
