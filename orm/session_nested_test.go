package orm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var errNested = errors.New("no")

var _ = behaviour(68, func(t *testing.T) {
	ctx := context.Background()
	begin := func(t *testing.T) (s *orm.Session, fluffy, rex *Pet, log *sent) {
		s, log = withPets(t, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
		all, err := Pets.Select().OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, s)
		require.NoError(t, err)
		log.take()
		return s, all[0], all[1], log
	}
	expired := func(t *testing.T, s *orm.Session, p *Pet) bool {
		i, err := s.Inspect(p)
		require.NoError(t, err)
		return i.Expired
	}
	t.Run("release", func(t *testing.T) {
		s, fluffy, _, log := begin(t)
		fluffy.Hunger = 1
		require.NoError(t, s.Nested(ctx, func(context.Context) error {
			fluffy.Hunger = 2
			return nil
		}))
		log.is(t, "UPDATE pets SET hunger=? WHERE pets.id = ? [1 1]", "SAVEPOINT sp_1",
			"UPDATE pets SET hunger=? WHERE pets.id = ? [2 1]", "RELEASE SAVEPOINT sp_1")
		require.NoError(t, s.Rollback(ctx))
		assert.Equal(t, int64(20), fluffy.Hunger, "the values of before the transaction")
	})
	t.Run("rollback to", func(t *testing.T) {
		s, fluffy, rex, log := begin(t)
		fluffy.Hunger, rex.Hunger = 1, 1
		var flo *Pet
		err := s.Nested(ctx, func(context.Context) error {
			fluffy.Hunger = 2
			flo = &Pet{Name: "Flo"}
			require.NoError(t, s.Add(flo))
			require.NoError(t, s.Flush(ctx))
			fluffy.Name = "not flushed"
			return errNested
		})
		require.ErrorIs(t, err, errNested)
		assert.Equal(t, []string{"SAVEPOINT sp_1", "ROLLBACK TO SAVEPOINT sp_1"}, controls(log))
		assert.Equal(t, &Pet{ID: 1, Name: "Fluffy", Hunger: 1}, fluffy)
		assert.True(t, expired(t, s, fluffy))
		assert.False(t, expired(t, s, rex), "only what changed inside expires")
		assert.False(t, s.Contains(flo))
		require.NoError(t, s.Commit(ctx))
		log.is(t, "COMMIT")
		got, err := orm.GetWith(ctx, s, Pets, orm.Key(1), orm.Fresh())
		require.NoError(t, err)
		assert.Equal(t, int64(1), got.Hunger, "what was done before stays")
	})
	t.Run("deletes come back", func(t *testing.T) {
		s, fluffy, rex, _ := begin(t)
		require.NoError(t, s.Delete(fluffy))
		require.NoError(t, s.Flush(ctx))
		require.ErrorIs(t, s.Nested(ctx, func(context.Context) error {
			require.NoError(t, s.Delete(rex))
			require.NoError(t, s.Flush(ctx))
			return errNested
		}), errNested)
		i, err := s.Inspect(fluffy)
		require.NoError(t, err)
		assert.Equal(t, orm.Deleted, i.State, "not those of before")
		got, err := Pets.Get(ctx, s, 2)
		require.NoError(t, err)
		assert.Same(t, rex, got)
		require.NoError(t, s.Rollback(ctx))
		got, err = Pets.Get(ctx, s, 1)
		require.NoError(t, err)
		assert.Same(t, fluffy, got)
	})
	t.Run("what was read inside expires", func(t *testing.T) {
		s, log := withPets(t, &Pet{Name: "Fluffy"})
		var fluffy *Pet
		require.ErrorIs(t, s.Nested(ctx, func(context.Context) (err error) {
			setHunger(t, s, 3)
			fluffy, err = Pets.Get(ctx, s, 1)
			require.NoError(t, err)
			return errNested
		}), errNested)
		log.take()
		_, err := Pets.Get(ctx, s, 1)
		require.NoError(t, err)
		assert.Equal(t, int64(20), fluffy.Hunger)
		log.is(t, selectPet+" [1]")
	})
	t.Run("a failed flush undoes the block only", func(t *testing.T) {
		s, fluffy, _, log := begin(t)
		fluffy.Hunger = 1
		err := s.Nested(ctx, func(context.Context) error {
			require.NoError(t, s.Add(&Pet{Name: "Rex"}))
			require.Error(t, s.Flush(ctx))
			require.ErrorIs(t, s.Flush(ctx), orm.ErrPendingRollback)
			return nil
		})
		require.ErrorIs(t, err, orm.ErrPendingRollback, "the block does not hide it")
		assert.Equal(t, []string{"SAVEPOINT sp_1", "ROLLBACK TO SAVEPOINT sp_1"}, controls(log))
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, int64(1), fluffy.Hunger)
	})
	t.Run("several deep", func(t *testing.T) {
		s, fluffy, rex, log := begin(t)
		require.NoError(t, s.Nested(ctx, func(context.Context) error {
			fluffy.Hunger = 1
			require.ErrorIs(t, s.Nested(ctx, func(context.Context) error {
				fluffy.Hunger, rex.Hunger = 2, 2
				return s.Nested(ctx, func(context.Context) error {
					fluffy.Hunger = 3
					return errNested
				})
			}), errNested)
			assert.Equal(t, []int64{1, 20}, []int64{fluffy.Hunger, rex.Hunger})
			return s.Nested(ctx, func(context.Context) error { rex.Hunger = 4; return nil })
		}))
		assert.Equal(t, []string{"SAVEPOINT sp_1", "SAVEPOINT sp_2", "SAVEPOINT sp_3", "ROLLBACK TO SAVEPOINT sp_3", "ROLLBACK TO SAVEPOINT sp_2",
			"SAVEPOINT sp_2", "RELEASE SAVEPOINT sp_2", "RELEASE SAVEPOINT sp_1"}, controls(log))
		require.ErrorIs(t, s.Nested(ctx, func(context.Context) error {
			require.NoError(t, s.Nested(ctx, func(context.Context) error { rex.Hunger = 5; return nil }))
			return errNested
		}), errNested)
		assert.Equal(t, int64(4), rex.Hunger, "a released savepoint is undone with the one around it")
		require.NoError(t, s.Commit(ctx))
		list, err := orm.As[int64](orm.Select(orm.C(&Pets.F.Hunger)).OrderBy(orm.C(&Pets.F.ID).Asc())).All(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []int64{1, 4}, list)
	})
	t.Run("Rollback inside ends the transaction", func(t *testing.T) {
		s, fluffy, _, log := begin(t)
		fluffy.Hunger = 1
		err := s.Nested(ctx, func(context.Context) error {
			require.ErrorContains(t, s.Commit(ctx), "a Nested block is open")
			return s.Rollback(ctx)
		})
		assert.EqualError(t, err, "orm: Nested: the transaction was rolled back inside the block")
		assert.Equal(t, []string{"SAVEPOINT sp_1", "ROLLBACK"}, controls(log))
		assert.Equal(t, int64(20), fluffy.Hunger)
		require.NoError(t, s.Commit(ctx))
	})
	t.Run("a panic undoes", func(t *testing.T) {
		s, fluffy, _, log := begin(t)
		assert.Panics(t, func() {
			_ = s.Nested(ctx, func(context.Context) error { fluffy.Hunger = 1; panic("!") })
		})
		assert.Equal(t, []string{"SAVEPOINT sp_1", "ROLLBACK TO SAVEPOINT sp_1"}, controls(log))
		assert.Equal(t, int64(20), fluffy.Hunger)
		require.NoError(t, s.Commit(ctx))
	})
})

// controls are the statements sent that begin or end transactions or
// savepoints, BEGIN left out.
func controls(log *sent) (list []string) {
	for _, st := range log.take() {
		if l := line(st); len(l) > 6 && (l[:6] == "SAVEPO" || l[:6] == "RELEAS" || l[:6] == "ROLLBA") {
			list = append(list, l)
		}
	}
	return list
}

var _ = behaviour(75, func(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	conn, err := engine.Connect(ctx)
	require.NoError(t, err)
	s := conn.Session()
	fluffy := &Pet{Name: "Fluffy"}
	require.NoError(t, s.Add(fluffy))
	require.NoError(t, s.Commit(ctx))
	log.is(t, "BEGIN", "SAVEPOINT sp_1", insertPet+" [Fluffy <nil>]", "RELEASE SAVEPOINT sp_1")

	fluffy.Hunger = 1
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Nested(ctx, func(context.Context) error { fluffy.Hunger = 2; return nil }))
	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, []string{"SAVEPOINT sp_1", "SAVEPOINT sp_2", "RELEASE SAVEPOINT sp_2", "ROLLBACK TO SAVEPOINT sp_1"}, controls(log))
	assert.Equal(t, int64(20), fluffy.Hunger)
	_, err = Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	list, err := orm.Select(Pets).All(ctx, conn)
	require.NoError(t, err)
	assert.Equal(t, 1, list.Len(), "the connection sees what the session committed")
	require.NoError(t, conn.Close())
	list, err = orm.Select(Pets).All(ctx, engine)
	require.NoError(t, err)
	assert.Zero(t, list.Len(), "and undoes it")
})
