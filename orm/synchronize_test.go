package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// fourPets is a session that has loaded a (hunger 1), b (2), c (3) and d (4, a
// cat).
func fourPets(t *testing.T) (*orm.Session, []*Pet, *sent) {
	t.Helper()
	s, log := withPets(t, &Pet{Name: "a", Hunger: 1}, &Pet{Name: "b", Hunger: 2}, &Pet{Name: "c", Hunger: 3}, &Pet{Name: "d", Hunger: 4, Species: orm.Some("cat")})
	pets, err := Pets.Select().OrderBy(orm.C(&Pets.F.ID).Asc()).All(context.Background(), s)
	require.NoError(t, err)
	log.take()
	return s, pets, log
}

func hungers(pets []*Pet) (list []int64) {
	for _, p := range pets {
		list = append(list, p.Hunger)
	}
	return list
}

func TestUpdateThroughASession(t *testing.T) {
	ctx := context.Background()
	hunger, name, species := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name), orm.N(&Pets.F.Species)
	set := orm.Update(Pets, hunger.Set(9))
	for label, c := range map[string]struct {
		where orm.Cond
		want  []int64
	}{
		"greater":     {hunger.Gt(2), []int64{1, 2, 9, 9}},
		"text":        {name.Eq("b"), []int64{1, 9, 3, 4}},
		"not in":      {name.NotIn("b", "c"), []int64{9, 2, 3, 9}},
		"null":        {species.IsNull(), []int64{9, 9, 9, 4}},
		"unknown":     {orm.Not(species.Eq("dog")), []int64{1, 2, 3, 9}},
		"and, or":     {orm.Or(name.Eq("a"), orm.And(species.Eq("cat"), hunger.Between(4, 5))), []int64{9, 2, 3, 9}},
		"null or yes": {orm.Or(species.Eq("dog"), hunger.Eq(1)), []int64{9, 2, 3, 4}},
		"arithmetic":  {orm.Add(hunger, 1).Eq(3), []int64{1, 9, 3, 4}},
		"none":        {hunger.Gt(100), []int64{1, 2, 3, 4}},
	} {
		t.Run(label, func(t *testing.T) {
			s, pets, log := fourPets(t)
			_, err := set.Where(c.where).SynchronizeSession(orm.SyncEvaluate).Exec(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, c.want, hungers(pets))
			require.Len(t, log.take(), 1, "one UPDATE and nothing else")
			require.NoError(t, s.Flush(ctx))
			log.is(t) // the objects are as their rows
			rows, err := orm.Select1(hunger).OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, c.want, rows, "as the database has it")
			require.NoError(t, s.Rollback(ctx))
			assert.Equal(t, []int64{1, 2, 3, 4}, hungers(pets))
		})
	}
}

func TestUpdateOfRowsThatMemoryCannotFind(t *testing.T) {
	ctx := context.Background()
	hunger, name := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name)
	update := orm.Update(Pets, hunger.Set(9)).Where(name.Like("%b%"))

	s, pets, log := fourPets(t)
	n, err := update.Exec(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, int64(1), n)
	log.is(t, "UPDATE pets SET hunger=? WHERE pets.name LIKE ? RETURNING id [9 %b%]")
	assert.Equal(t, []int64{1, 9, 3, 4}, hungers(pets))
	_, err = update.SynchronizeSession(orm.SyncEvaluate).Exec(ctx, s)
	require.ErrorContains(t, err, "orm: finding the pets objects that the statement changes: expr.Like cannot be evaluated in memory; use SyncFetch")

	// What is set to what only the database knows expires.
	_, err = orm.Update(Pets, name.SetExpr(orm.Upper(name))).Where(hunger.Eq(1)).Exec(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "a", pets[0].Name)
	got, err := Pets.Get(ctx, s, pets[0].ID)
	require.NoError(t, err)
	assert.Same(t, pets[0], got)
	assert.Equal(t, "A", got.Name)

	// Expired objects may be other than their rows.
	require.NoError(t, s.Commit(ctx))
	log.take()
	_, err = orm.Update(Pets, hunger.Set(7)).Where(hunger.Eq(3)).Exec(ctx, s)
	require.NoError(t, err)
	log.is(t, "BEGIN", "UPDATE pets SET hunger=? WHERE pets.hunger = ? RETURNING id [7 3]")
	assert.Equal(t, int64(7), pets[2].Hunger)

	_, err = orm.Update(Pets, hunger.Set(0)).AllRows().SynchronizeSession(orm.SyncNone).Exec(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, int64(7), pets[2].Hunger)
}

func TestUpdateThroughASessionKeepsWhatIsNotFlushed(t *testing.T) {
	ctx := context.Background()
	s, pets, log := fourPets(t)
	pets[0].Hunger = 50
	pets[1].Name = "bb"
	require.NoError(t, s.NoAutoflush(func() error {
		_, err := orm.Update(Pets, orm.C(&Pets.F.Hunger).Set(9)).Where(orm.C(&Pets.F.Hunger).Lt(3)).Exec(ctx, s)
		return err
	}))
	assert.Equal(t, []int64{50, 9, 3, 4}, hungers(pets))
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE pets SET hunger=? WHERE pets.id = ? [50 1]", "UPDATE pets SET name=? WHERE pets.id = ? [bb 2]")
}

func TestUpdateOfKeysThroughASession(t *testing.T) {
	ctx := context.Background()
	s, pets, log := fourPets(t)
	id := orm.C(&Pets.F.ID)
	_, err := orm.Update(Pets, id.SetExpr(orm.Add(id, 100))).Where(orm.C(&Pets.F.Name).Like("a%")).Exec(ctx, s)
	require.NoError(t, err)
	log.is(t, "SELECT pets.id FROM pets WHERE pets.name LIKE ? [a%]",
		"UPDATE pets SET id=(pets.id + ?) WHERE pets.name LIKE ? [100 a%]")
	assert.Equal(t, int64(101), pets[0].ID)
	got, err := Pets.Get(ctx, s, 101)
	require.NoError(t, err)
	assert.Same(t, pets[0], got)
}

func TestDeleteThroughASession(t *testing.T) {
	ctx := context.Background()
	hunger, name := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name)
	for label, c := range map[string]struct {
		where orm.Cond
		sql   string
	}{
		"evaluated": {hunger.Le(2), "DELETE FROM pets WHERE pets.hunger <= ? [2]"},
		"fetched":   {orm.Or(name.Like("a"), name.Like("b")), "DELETE FROM pets WHERE pets.name LIKE ? OR pets.name LIKE ? RETURNING id [a b]"},
	} {
		t.Run(label, func(t *testing.T) {
			s, pets, log := fourPets(t)
			n, err := orm.Delete(Pets).Where(c.where).Exec(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, int64(2), n)
			log.is(t, c.sql)
			_, err = Pets.Get(ctx, s, pets[0].ID)
			require.ErrorIs(t, err, orm.ErrNoRows)
			info, err := s.Inspect(pets[1])
			require.NoError(t, err)
			assert.Equal(t, orm.Deleted, info.State)
			pets[1].Hunger = 100 // goes nowhere
			require.NoError(t, s.Flush(ctx))

			require.NoError(t, s.Rollback(ctx))
			got, err := Pets.Get(ctx, s, pets[0].ID)
			require.NoError(t, err)
			assert.Same(t, pets[0], got)

			_, err = orm.Delete(Pets).Where(c.where).Exec(ctx, s)
			require.NoError(t, err)
			require.NoError(t, s.Commit(ctx))
			assert.False(t, s.Contains(pets[0]))
			assert.True(t, s.Contains(pets[2]))
		})
	}
}

func TestSynchronizedStatementsInSavepoints(t *testing.T) {
	ctx := context.Background()
	s, pets, _ := fourPets(t)
	err := s.Nested(ctx, func(ctx context.Context) error {
		_, err := orm.Update(Pets, orm.C(&Pets.F.Hunger).Set(9)).Where(orm.C(&Pets.F.Hunger).Eq(1)).Exec(ctx, s)
		require.NoError(t, err)
		_, err = orm.Delete(Pets).Where(orm.C(&Pets.F.Hunger).Eq(2)).Exec(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, int64(9), pets[0].Hunger)
		return assert.AnError
	})
	require.ErrorIs(t, err, assert.AnError)
	assert.Equal(t, int64(1), pets[0].Hunger)
	got, err := Pets.Get(ctx, s, pets[1].ID)
	require.NoError(t, err)
	assert.Same(t, pets[1], got)
}
