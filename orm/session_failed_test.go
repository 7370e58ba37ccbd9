package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAFailedFlushNeedsARollback(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	fluffy.Hunger = 1
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Add(&Pet{Name: "Rex"}, &Pet{Name: "Fluffy"}))
	log.take()

	err = s.Flush(ctx)
	var refusal *orm.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, orm.KindUnique, refusal.Kind)
	assert.NotErrorIs(t, err, orm.ErrPendingRollback, "the first error is the cause itself")
	log.is(t, insertPet+" [Rex <nil>]", insertPet+" [Fluffy <nil>]", "ROLLBACK")

	_, getErr := Pets.Get(ctx, s, 1)
	_, allErr := Pets.Select().All(ctx, s)
	_, coreErr := orm.Select(Pets).All(ctx, s)
	for name, err := range map[string]error{"Flush": s.Flush(ctx), "Commit": s.Commit(ctx), "Get": getErr,
		"All": allErr, "Core": coreErr, "Refresh": s.Refresh(ctx, fluffy)} {
		assert.ErrorIs(t, err, orm.ErrPendingRollback, name)
		assert.ErrorAs(t, err, &refusal, "%s tells the cause again", name)
	}
	log.is(t)

	require.NoError(t, s.Rollback(ctx))
	log.is(t) // the transaction is rolled back already
	assert.Equal(t, int64(20), fluffy.Hunger)
	all, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, []string{"Fluffy"}, names(all))
	assert.Same(t, fluffy, all[0])
}

func TestAFailedQueryKeepsTheTransaction(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Pets)
	s := session(t, engine)
	require.NoError(t, s.Add(&Pet{Name: "Fluffy"}))
	require.NoError(t, s.Flush(ctx))
	_, err := orm.Text("SELECT nothing FROM nowhere").All(ctx, s)
	require.Error(t, err)
	require.NoError(t, s.Commit(ctx))
	all, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, []string{"Fluffy"}, names(all))
}

func TestStaleObjects(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		change func(s *orm.Session, p *Pet) error
		want   string
	}{
		"UPDATE": {func(_ *orm.Session, p *Pet) error { p.Hunger = 0; return nil },
			"flushing the session: orm: stale object: UPDATE of one Pet hit 0 rows; somebody else changed or deleted it"},
		"DELETE": {func(s *orm.Session, p *Pet) error { return s.Delete(p) },
			"flushing the session: orm: stale object: DELETE of one Pet hit 0 rows; somebody else changed or deleted it"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := withPets(t, &Pet{Name: "Fluffy"})
			fluffy, err := Pets.Get(ctx, s, 1)
			require.NoError(t, err)
			_, err = orm.Delete(Pets).Where(orm.C(&Pets.F.ID).Eq(1)).SynchronizeSession(orm.SyncNone).Exec(ctx, s)
			require.NoError(t, err)
			require.NoError(t, c.change(s, fluffy))
			err = s.Flush(ctx)
			assert.ErrorIs(t, err, orm.ErrStale)
			assert.EqualError(t, err, c.want)
			assert.ErrorIs(t, s.Flush(ctx), orm.ErrPendingRollback)
			require.NoError(t, s.Rollback(ctx))
			_, err = Pets.Get(ctx, s, 1)
			assert.NoError(t, err, "the row is back, as is the object")
		})
	}
}

func TestACommitThatFailsRollsBack(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Owners)
	_, err := orm.Text("CREATE TABLE late (owner INTEGER REFERENCES owners (id) DEFERRABLE INITIALLY DEFERRED)").Exec(ctx, engine)
	require.NoError(t, err)
	s := session(t, engine)
	require.NoError(t, s.Add(&Owner{ID: 1, Name: "Ann"}))
	_, err = orm.Text("INSERT INTO late VALUES (99)").Exec(ctx, s)
	require.NoError(t, err)
	err = s.Commit(ctx)
	var refusal *orm.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, orm.KindForeignKey, refusal.Kind)
	assert.ErrorIs(t, s.Commit(ctx), orm.ErrPendingRollback)
	require.NoError(t, s.Rollback(ctx))
	_, err = Owners.Get(ctx, s, 1)
	assert.ErrorIs(t, err, orm.ErrNoRows)
}
