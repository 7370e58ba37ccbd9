package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

const workerColumns = "workers.id, workers.name, workers.kind, workers.studio_id, workers.chief_id"

// Port: the columns of joined tables are read by one more query for each class
// and not when a field is used, which Go does not tell. The columns of
// single-table classes are read with the base's.
var _ = behaviour(85, func(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, staffModels...)
	s := session(t, engine)
	bob := &Coder{Worker: Worker{Name: "Bob"}, Language: "Go"}
	require.NoError(t, s.Add(&Worker{Name: "Ann"}, bob, &Chief{Worker: Worker{Name: "Dee"}, Budget: orm.Some(int64(5))}))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "BEGIN",
		"INSERT INTO workers (name, kind, studio_id, chief_id) VALUES (?, ?, ?, ?) [Ann worker <nil> <nil>]",
		"INSERT INTO workers (name, kind, studio_id, chief_id) VALUES (?, ?, ?, ?) [Bob coder <nil> <nil>]",
		"INSERT INTO coders (id, language) VALUES (?, ?) [2 Go]",
		"INSERT INTO workers (name, kind, studio_id, chief_id, budget) VALUES (?, ?, ?, ?, ?) [Dee chief <nil> <nil> 5]")
	assert.Equal(t, "coder", bob.Kind)

	bob.Name = "Rob"
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE workers SET name=? WHERE workers.id = ? [Rob 2]")
	bob.Language = "C"
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE coders SET language=? WHERE coders.id = ? [C 2]")
	bob.Name, bob.Language = "Bob", "Go"
	require.NoError(t, s.Commit(ctx))
	log.is(t, "UPDATE workers SET name=? WHERE workers.id = ? [Bob 2]", "UPDATE coders SET language=? WHERE coders.id = ? [Go 2]", "COMMIT")
	require.NoError(t, s.Close())

	s = session(t, engine)
	all, err := Workers.Select().OrderBy(orm.C(&Workers.F.ID).Asc()).All(ctx, s)
	require.NoError(t, err)
	log.is(t, "BEGIN", "SELECT "+workerColumns+", workers.budget FROM workers ORDER BY workers.id",
		"SELECT coders.id, coders.language FROM coders WHERE coders.id IN (?) [2]")
	require.Len(t, all, 3)
	whole, ok := orm.AsA(Coders, all[1])
	require.True(t, ok)
	assert.Equal(t, "Go", whole.Language)
	got, err := Coders.Get(ctx, s, 2)
	require.NoError(t, err)
	assert.Same(t, whole, got)
	base, err := Workers.Get(ctx, s, 2)
	require.NoError(t, err)
	assert.Same(t, &whole.Worker, base, "one row, one object")
	_, err = Chiefs.Get(ctx, s, 2)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	_, ok = orm.AsA(Chiefs, base)
	assert.False(t, ok)
	log.is(t)
	require.NoError(t, s.Close())

	s = session(t, engine)
	base, err = Workers.Get(ctx, s, 2)
	require.NoError(t, err)
	log.take()
	whole, ok = orm.AsA(Coders, base)
	assert.True(t, ok && whole.Language == "Go", "Get of the base returns the subclass")
	require.NoError(t, s.Close())
	log.take()
	s = session(t, engine)
	_, err = Chiefs.Get(ctx, s, 2)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	_, err = Coders.Get(ctx, s, 3)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	log.is(t, "BEGIN", "SELECT "+workerColumns+", workers.budget FROM workers WHERE workers.id = ? AND workers.kind IN (?) [2 chief]",
		"SELECT "+workerColumns+", coders.language FROM workers JOIN coders ON workers.id = coders.id WHERE workers.id = ? [3]")

	_, err = Workers.Select().Options(orm.WithPolymorphic(Coders)).Where(orm.Or(orm.C(&Coders.F.Language).Eq("Go"), orm.C(&Workers.F.Name).Eq("Ann"))).All(ctx, s)
	require.NoError(t, err)
	log.is(t, "SELECT "+workerColumns+", workers.budget, coders.language FROM workers LEFT OUTER JOIN coders ON workers.id = coders.id "+
		"WHERE coders.language = ? OR workers.name = ? [Go Ann]")
	chiefs, err := Chiefs.Select().All(ctx, s)
	require.NoError(t, err)
	require.Len(t, chiefs, 1)
	assert.Equal(t, orm.Some(int64(5)), chiefs[0].Budget)
	log.is(t, "SELECT "+workerColumns+", workers.budget FROM workers WHERE workers.kind IN (?) [chief]")

	bob, err = Coders.Get(ctx, s, 2)
	require.NoError(t, err)
	log.is(t)
	require.NoError(t, s.Delete(&bob.Worker, chiefs[0]))
	require.NoError(t, s.NoAutoflush(func() error { _, err := bob.Laptops.Load(ctx); return err }))
	require.NoError(t, s.NoAutoflush(func() error { _, err := chiefs[0].Team.Load(ctx); return err }))
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "DELETE FROM coder_skills WHERE coder_skills.coder_id = ? [2]", "DELETE FROM workers WHERE workers.id = ? [3]",
		"DELETE FROM coders WHERE coders.id = ? [2]", "DELETE FROM workers WHERE workers.id = ? [2]")
})
