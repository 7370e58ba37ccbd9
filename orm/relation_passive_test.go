package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Silo leaves its sacks to the database.
type Silo struct {
	ID    int64          `orm:"primary_key"`
	Sacks orm.Many[Sack] `orm:"cascade:all delete-orphan,passive_deletes"`
}

type Sack struct {
	ID     int64 `orm:"primary_key"`
	Label  string
	SiloID orm.Null[int64] `orm:"foreign_key:silos.id,on_delete:cascade"`
}

var (
	Silos = orm.Declare[Silo]("silos")
	Sacks = orm.Declare[Sack]("sacks")
)

// withSilo is a session that holds nothing, on a silo of two sacks.
func withSilo(t testing.TB) (*orm.Session, *sent) {
	t.Helper()
	ctx := context.Background()
	engine, log := recorded(t, Silos, Sacks)
	s := session(t, engine)
	silo := &Silo{}
	add(t, &silo.Sacks, &Sack{Label: "a"}, &Sack{Label: "b"})
	require.NoError(t, s.Add(silo))
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.ExpungeAll())
	log.take()
	return s, log
}

func testPassiveDeletes(t *testing.T) {
	ctx := context.Background()
	s, log := withSilo(t)
	silo, err := Silos.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	require.NoError(t, s.Delete(silo))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "DELETE FROM silos WHERE silos.id = ? [1]")
	left, err := Sacks.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Empty(t, left, "the database deleted them")
	require.NoError(t, s.Rollback(ctx))

	// What was added and not written does not exist for the database.
	silo, err = Silos.Get(ctx, s, 1)
	require.NoError(t, err)
	fresh := &Sack{Label: "fresh"}
	add(t, &silo.Sacks, fresh)
	require.NoError(t, s.Delete(silo))
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "DELETE FROM silos WHERE silos.id = ? [1]")
	assert.False(t, s.Contains(fresh))
}
