package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// heldStaff is a session that holds Ann, a worker, Bob, a coder, Cid, an
// architect, and Dee, a chief.
func heldStaff(t testing.TB, engine *orm.Engine) (*orm.Session, *Worker, *Coder, *Architect, *Chief) {
	t.Helper()
	s := session(t, engine)
	all := byID(t, s, Workers, &Workers.F.ID)
	require.Len(t, all, 4)
	bob, _ := orm.AsA(Coders, all[1])
	cid, _ := orm.AsA(Architects, all[2])
	dee, _ := orm.AsA(Chiefs, all[3])
	return s, all[0], bob, cid, dee
}

// expired says which of the objects have expired.
func expired(t testing.TB, s *orm.Session, objects ...any) (list []bool) {
	t.Helper()
	for _, o := range objects {
		i, err := s.Inspect(o)
		require.NoError(t, err)
		list = append(list, i.Expired)
	}
	return list
}

func TestUpdateOfAHierarchyThroughASession(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, staffModels...)
	fillStaff(t, engine)
	name, budget := orm.C(&Workers.F.Name), orm.N(&Chiefs.F.Budget)

	t.Run("of the root's table", func(t *testing.T) {
		s, ann, bob, cid, dee := heldStaff(t, engine)
		log.take()
		n, err := orm.Update(Workers, name.Set("x")).Where(orm.C(&Workers.F.ID).In(2, 3)).Exec(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, int64(2), n)
		log.is(t, "UPDATE workers SET name=? WHERE workers.id IN (?, ?) [x 2 3]")
		assert.Equal(t, []string{"Ann", "x", "x", "Dee"}, []string{ann.Name, bob.Name, cid.Name, dee.Name})
		assert.Equal(t, []bool{false, false, false, false}, expired(t, s, ann, bob, cid, dee))
		require.NoError(t, s.Flush(ctx))
		log.is(t)
		require.NoError(t, s.Rollback(ctx))
		assert.Equal(t, []string{"Bob", "Cid"}, []string{bob.Name, cid.Name})
	})

	t.Run("of one class in a table of several", func(t *testing.T) {
		s, ann, _, _, dee := heldStaff(t, engine)
		log.take()
		_, err := orm.Update(Chiefs, budget.Set(7)).Where(budget.Gt(50)).Exec(ctx, s)
		require.NoError(t, err)
		log.is(t, "UPDATE workers SET budget=? WHERE workers.kind IN (?) AND workers.budget > ? [7 chief 50]")
		assert.Equal(t, orm.Some(int64(7)), dee.Budget, "the others are told apart by their class")
		assert.Equal(t, []bool{false, false}, expired(t, s, ann, dee))
		require.NoError(t, s.Rollback(ctx))
	})

	t.Run("of a column that other classes have", func(t *testing.T) {
		s, ann, bob, _, dee := heldStaff(t, engine)
		log.take()
		_, err := orm.Update(Workers, name.Set("x")).Where(budget.Gt(50)).Exec(ctx, s)
		require.NoError(t, err)
		log.is(t, "UPDATE workers SET name=? WHERE workers.budget > ? RETURNING id [x 50]")
		assert.Equal(t, []string{"Ann", "Bob", "x"}, []string{ann.Name, bob.Name, dee.Name})
		_, err = orm.Update(Workers, name.Set("x")).Where(budget.Gt(50)).SynchronizeSession(orm.SyncEvaluate).Exec(ctx, s)
		require.ErrorContains(t, err, "orm: finding the workers objects that the statement changes: ")
		require.NoError(t, s.Rollback(ctx))
	})

	t.Run("of a table further down", func(t *testing.T) {
		s, ann, bob, cid, dee := heldStaff(t, engine)
		language := orm.C(&Coders.F.Language)
		log.take()
		_, err := orm.Update(Coders, language.SetExpr(orm.Upper(language))).Where(language.Like("G%")).Exec(ctx, s)
		require.NoError(t, err)
		log.is(t, "UPDATE coders SET language=upper(coders.language) WHERE coders.language LIKE ? RETURNING id [G%]")
		assert.Equal(t, []bool{false, true, false, false}, expired(t, s, ann, bob, cid, dee))
		got, err := Workers.Get(ctx, s, 2)
		require.NoError(t, err)
		assert.Same(t, &bob.Worker, got)
		assert.Equal(t, "GO", bob.Language)
		_, err = orm.Update(Architects, orm.C(&Architects.F.Towers).Set(8)).AllRows().Exec(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, 8, cid.Towers)
		require.NoError(t, s.Rollback(ctx))
	})

	t.Run("of the class itself", func(t *testing.T) {
		s, ann, _, _, _ := heldStaff(t, engine)
		_, err := orm.Update(Workers, orm.C(&Workers.F.Kind).Set("chief")).Where(orm.C(&Workers.F.ID).Eq(1)).Exec(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, "worker", ann.Kind)
		_, err = Workers.Select().All(ctx, s)
		require.ErrorContains(t, err, "says now that it is a Chief; Expunge the object to read it as one")
		require.NoError(t, s.Rollback(ctx))
	})
}

func TestDeleteOfAHierarchyThroughASession(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, staffModels...)
	fillStaff(t, engine)
	name := orm.C(&Workers.F.Name)

	s, ann, bob, cid, dee := heldStaff(t, engine)
	log.take()
	_, err := orm.Delete(Workers).Where(name.Eq("Ann")).Exec(ctx, s)
	require.NoError(t, err)
	log.is(t, "DELETE FROM workers WHERE workers.name = ? [Ann]")
	assert.Equal(t, []bool{false, true, true, true}, []bool{s.Contains(ann), s.Contains(bob), s.Contains(cid), s.Contains(dee)})
	require.NoError(t, s.Rollback(ctx))
	assert.True(t, s.Contains(ann))
	again, err := Workers.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, ann, again)

	// A part of an object that goes leaves one that cannot be read.
	byID(t, s, Workers, &Workers.F.ID)
	_, err = orm.Delete(Architects).Where(orm.C(&Architects.F.Towers).Eq(3)).Exec(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, []bool{false, false, true, false}, expired(t, s, ann, bob, cid, dee))
	_, err = Architects.Get(ctx, s, 3)
	require.ErrorIs(t, err, orm.ErrNoRows)
}

func TestReturningThroughASession(t *testing.T) {
	ctx := context.Background()
	hunger, name := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name)
	s, pets, log := fourPets(t)
	rows, err := orm.Update(Pets, hunger.Set(9)).Where(hunger.Lt(3)).Returning(name).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, 2, rows.Len())
	log.is(t, "UPDATE pets SET hunger=? WHERE pets.hunger < ? RETURNING name [9 3]")
	assert.Equal(t, []int64{9, 9, 3, 4}, hungers(pets))

	// Objects that only the database finds are found before.
	row, err := orm.Update(Pets, hunger.Set(8)).Where(name.Like("c%")).Returning(name).One(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "('c')", row.String())
	log.is(t, "SELECT pets.id FROM pets WHERE pets.name LIKE ? [c%]", "UPDATE pets SET hunger=? WHERE pets.name LIKE ? RETURNING name [8 c%]")
	assert.Equal(t, []int64{9, 9, 8, 4}, hungers(pets))

	typed, err := orm.As[string](orm.Delete(Pets).Where(hunger.Eq(9)).Returning(name)).All(ctx, s)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"a", "b"}, typed)
	log.is(t, "DELETE FROM pets WHERE pets.hunger = ? RETURNING name [9]")
	assert.Equal(t, []bool{false, false, true}, []bool{s.Contains(pets[0]), s.Contains(pets[1]), s.Contains(pets[2])})

	_, err = orm.Update(Pets, hunger.Set(1)).AllRows().SynchronizeSession(orm.SyncNone).Returning(name).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, int64(8), pets[2].Hunger)
	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, []int64{1, 2, 3, 4}, hungers(pets))
}
