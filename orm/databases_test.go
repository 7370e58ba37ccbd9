//go:build !js && !wasip1

package orm_test

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/mysql"
	_ "github.com/ormlab/ormlab/orm/dialect/postgres"
)

// place is a database to test on: url returns the URL of an empty one.
type place struct {
	name string
	url  func(t testing.TB) string
}

// places are SQLite, and the servers that answer. One that the environment
// names must answer.
var places = []place{
	{"sqlite", func(t testing.TB) string { return fileURL(t) }},
	{"postgresql", func(t testing.TB) string {
		u := server(t, "ORMLAB_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test?sslmode=disable")
		schema := scratch(t, u, "CREATE SCHEMA %s", "DROP SCHEMA %s CASCADE")
		u.Options = append(u.Options, orm.URLOption{Name: "search_path", Value: schema})
		return u.Reveal()
	}},
	{"mysql", func(t testing.TB) string {
		u := server(t, "ORMLAB_TEST_MYSQL", "mysql://root@127.0.0.1:3306/test")
		u.Database = scratch(t, u, "CREATE DATABASE %s", "DROP DATABASE %s")
		return u.Reveal()
	}},
}

// everyPlace runs a test on all databases.
func everyPlace(t *testing.T, test func(t *testing.T, url string)) {
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) { test(t, p.url(t)) })
	}
}

// server returns the URL of a server that answers; without one it skips.
func server(t testing.TB, variable, usual string) orm.URL {
	t.Helper()
	text, named := os.LookupEnv(variable)
	if !named {
		text = usual
	}
	u, err := orm.ParseURL(text)
	require.NoError(t, err, variable)
	engine, err := orm.Open(text, orm.Options{})
	require.NoError(t, err, variable)
	defer engine.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if _, err = orm.Text("SELECT 1").All(ctx, engine); err != nil && !named {
		t.Skipf("no server answers at %s, and %s names none: %v", u, variable, err)
	}
	require.NoError(t, err, variable)
	return u
}

var scratches atomic.Int64

// scratch makes something with a name of its own, which is dropped after the
// test.
func scratch(t testing.TB, u orm.URL, create, drop string) string {
	t.Helper()
	name := fmt.Sprintf("ormlab_orm_%d_%d", os.Getpid(), scratches.Add(1))
	do := func(sql string) {
		engine, err := orm.Open(u.Reveal(), orm.Options{})
		require.NoError(t, err)
		defer engine.Close()
		_, err = orm.Text(fmt.Sprintf(sql, name)).Exec(context.Background(), engine)
		require.NoError(t, err)
	}
	do(create)
	t.Cleanup(func() { do(drop) })
	return name
}

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
	everyPlace(t, func(t *testing.T, url string) {
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
	everyPlace(t, func(t *testing.T, url string) {
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
