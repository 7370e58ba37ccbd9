//go:build !js && !wasip1

package orm_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// Checkup has a column of every kind.
type Checkup struct {
	ID     int64  `orm:"primary_key,autoincrement"`
	Vet    string `orm:"size:40"`
	Notes  string `orm:"type:text"`
	Weight float64
	Paid   bool
	Scan   []byte
	At     time.Time
	Small  int16
	Big    int64            `orm:"type:bigint"`
	Next   orm.Null[string] `orm:"size:10"`
	Count  int64            `orm:"default:7,omitzero"`
}

var Checkups = orm.Declare[Checkup]("checkups")

func TestSessionOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine := open(t, url, orm.Options{})
		require.NoError(t, orm.CreateAll(ctx, engine, Pets, Checkups))
		require.NoError(t, orm.CreateAll(ctx, engine, Pets, Checkups), "what is there stays")
		s := session(t, engine)

		fluffy, rex := &Pet{Name: "Fluffy", Species: orm.Some("Cat")}, &Pet{Name: "Rex", Hunger: 3}
		require.NoError(t, s.Add(fluffy, rex))
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, []int64{1, 2}, []int64{fluffy.ID, rex.ID}, "keys come back")
		assert.Equal(t, int64(20), fluffy.Hunger, "and defaults")

		fluffy.Hunger = 5
		require.NoError(t, s.Commit(ctx))
		other := session(t, engine)
		again, err := Pets.Get(ctx, other, fluffy.ID)
		require.NoError(t, err)
		assert.Equal(t, *fluffy, *again)
		hungry, err := Pets.Select().Where(orm.C(&Pets.F.Hunger).Gt(4), orm.C(&Pets.F.Name).Like("F%")).All(ctx, other)
		require.NoError(t, err)
		require.Len(t, hungry, 1)
		assert.Same(t, again, hungry[0])
		require.NoError(t, other.Close())

		require.NoError(t, s.Add(&Pet{Name: "Rex"}))
		err = s.Flush(ctx)
		var failure *orm.Error
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, orm.KindUnique, failure.Kind)
		assert.Contains(t, fmt.Sprint(failure.Constraint, failure.Columns), "name")
		require.ErrorIs(t, s.Flush(ctx), orm.ErrPendingRollback)
		require.NoError(t, s.Rollback(ctx))

		require.NoError(t, s.Delete(rex))
		require.NoError(t, s.Commit(ctx))
		_, err = Pets.Get(ctx, s, rex.ID)
		require.ErrorIs(t, err, orm.ErrNoRows)
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, orm.DropAll(ctx, engine, Pets, Checkups))
	})
}

func TestValuesOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine := open(t, url, orm.Options{})
		require.NoError(t, orm.CreateAll(ctx, engine, Checkups))
		at := time.Date(2024, 2, 29, 23, 59, 58, 123456000, time.FixedZone("", 3600))
		want := &Checkup{Vet: "Dr. Ó 猫 😀", Notes: "it's \"fine\" \\ ?", Weight: 0.1, Paid: true, Scan: []byte{0, 1, 255},
			At: at, Small: -32768, Big: 1<<62 + 1, Next: orm.Some("")}
		s := session(t, engine)
		require.NoError(t, s.Add(want, &Checkup{Scan: []byte{}, At: time.Unix(0, 0)}))
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, s.Close())

		got, err := Checkups.Select().OrderBy(orm.C(&Checkups.F.ID).Asc()).All(ctx, session(t, engine))
		require.NoError(t, err)
		require.Len(t, got, 2)
		assert.True(t, at.Equal(got[0].At), "%v", got[0].At)
		assert.Equal(t, time.UTC, got[0].At.Location())
		want.At, want.ID, want.Count = got[0].At, 1, 7
		assert.Equal(t, want, got[0])
		assert.Equal(t, orm.Null[string]{}, got[1].Next)
		assert.Equal(t, []byte{}, got[1].Scan)
	})
}
