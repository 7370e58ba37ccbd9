package orm_test

import (
	"context"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOneRowIsOneObject(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.is(t, "BEGIN", selectPet+" [1]")

	again, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, fluffy, again)
	log.is(t) // a hit needs no SQL

	all, err := Pets.Select().OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, all, 2)
	assert.Same(t, fluffy, all[0])
	rex, err := Pets.Select().Where(orm.C(&Pets.F.Name).Eq("Rex")).One(ctx, s)
	require.NoError(t, err)
	assert.Same(t, rex, all[1])

	other := session(t, open(t, "sqlite://", orm.Options{}))
	assert.False(t, other.Contains(fluffy))
}

func TestSessionsHaveObjectsOfTheirOwn(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Pets)
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	first := orm.NewSession(engine)
	a, err := Pets.Get(ctx, first, 1)
	require.NoError(t, err)
	require.NoError(t, first.Close())
	b, err := Pets.Get(ctx, session(t, engine), 1)
	require.NoError(t, err)
	assert.NotSame(t, a, b)
}

func TestAddedObjectsAreFoundByKey(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	fluffy := &Pet{Name: "Fluffy"}
	require.NoError(t, s.Add(fluffy))
	got, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, fluffy, got, "the miss flushes first, and then the row is there")
	log.is(t, "BEGIN", insertPet+" [Fluffy <nil>]", selectPet+" [1]")
	got, err = Pets.Get(ctx, s, int8(1))
	require.NoError(t, err)
	assert.Same(t, fluffy, got)
	log.is(t)
}

func TestGetReportsABadKey(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t)
	for name, c := range map[string]struct {
		key  []any
		want string
	}{
		"none":       {nil, "orm: getting a Pet: its primary key has 1 columns, got 0 values"},
		"too many":   {[]any{1, 2}, "orm: getting a Pet: its primary key has 1 columns, got 2 values"},
		"NULL":       {[]any{nil}, "orm: getting a Pet by Pet.ID: a primary key is never NULL"},
		"wrong type": {[]any{"1"}, `orm: getting a Pet by Pet.ID: dialect: an Integer column cannot hold "1" (string)`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Pets.Get(ctx, s, c.key...)
			assert.EqualError(t, err, c.want)
			log.is(t)
		})
	}
	_, err := Pets.Get(ctx, s, 99)
	assert.EqualError(t, err, "getting the Pet with key [99]: orm: no row found")
	for _, st := range log.take() {
		assert.NoError(t, st.Err, "a row that is not there is no failed statement")
	}
}

// Word has a text as its key, Seat three columns of three types.
type (
	Word struct {
		Text    string `orm:"primary_key,size:20"`
		Meaning string
	}
	Seat struct {
		Row    string    `orm:"primary_key,size:2"`
		Number int64     `orm:"primary_key"`
		Day    time.Time `orm:"primary_key"`
		Guest  string
	}
)

var (
	Words = orm.Declare[Word]("words")
	Seats = orm.Declare[Seat]("seats")
)

func TestKeysOfText(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Words)
	s := session(t, engine)
	empty := &Word{Meaning: "nothing"}
	require.NoError(t, s.Add(&Word{"cat", "meows"}, empty))
	require.NoError(t, s.Commit(ctx))
	log.is(t, "BEGIN", "INSERT INTO words (text, meaning) VALUES (?, ?) [cat meows]",
		"INSERT INTO words (text, meaning) VALUES (?, ?) [ nothing]", "COMMIT")
	got, err := Words.Get(ctx, s, "")
	require.NoError(t, err)
	assert.Same(t, empty, got, "the empty text is a key like any other")
}

func TestKeysOfSeveralColumns(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Seats)
	s := session(t, engine)
	day := time.Date(2026, 5, 1, 20, 0, 0, 123456000, time.FixedZone("CEST", 7200))
	a, b := &Seat{"A", 1, day, "Ann"}, &Seat{"A", 2, day, "Bob"}
	require.NoError(t, s.Add(a, b, &Seat{"A1", 1, day, "Cid"}))
	require.NoError(t, s.Flush(ctx))
	log.take()

	got, err := Seats.Get(ctx, s, "A", 2, day.UTC())
	require.NoError(t, err)
	assert.Same(t, b, got, "the same instant in another zone is the same key")
	log.is(t)

	b.Guest = "Bea"
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE seats SET guest=? WHERE seats.\"row\" = ? AND seats.number = ? AND seats.day = ? [Bea A 2 2026-05-01 18:00:00.123456 +0000 UTC]")
	require.NoError(t, s.Delete(a))
	require.NoError(t, s.Commit(ctx))
	log.take()

	got, err = Seats.Get(ctx, s, "A", 2, day)
	require.NoError(t, err)
	assert.Same(t, b, got)
	all, err := Seats.Select().OrderBy(orm.C(&Seats.F.Row).Asc()).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, all, 2)
	assert.Same(t, b, all[0])
	_, err = Seats.Get(ctx, s, "A", 1)
	assert.EqualError(t, err, "orm: getting a Seat: its primary key has 3 columns, got 2 values")
}

func TestAPrimaryKeyCanChange(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	fluffy.ID = 7
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE pets SET id=? WHERE pets.id = ? [7 1]")
	got, err := Pets.Get(ctx, s, 7)
	require.NoError(t, err)
	assert.Same(t, fluffy, got)
	log.is(t)
	_, err = Pets.Get(ctx, s, 1)
	assert.ErrorIs(t, err, orm.ErrNoRows)

	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, int64(1), fluffy.ID)
	got, err = Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, fluffy, got)
	_, err = Pets.Get(ctx, s, 7)
	assert.ErrorIs(t, err, orm.ErrNoRows)
}

func TestKeysThatMoveUpAreRolledBack(t *testing.T) {
	ctx := context.Background()
	s, _ := withPets(t, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	rex, err := Pets.Get(ctx, s, 2)
	require.NoError(t, err)
	fluffy.ID = 9
	require.NoError(t, s.Flush(ctx))
	rex.ID = 1
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Rollback(ctx))
	for id, want := range map[int]*Pet{1: fluffy, 2: rex} {
		got, err := Pets.Get(ctx, s, id)
		require.NoError(t, err)
		assert.Same(t, want, got, "%d", id)
	}
}

// A Get of an object that the session holds is a look into a table.
func TestGetOfAHeldObjectAllocatesNothing(t *testing.T) {
	ctx := context.Background()
	engine := open(t, "sqlite://", orm.Options{})
	require.NoError(t, orm.CreateAll(ctx, engine, Persons))
	s := orm.NewSession(engine)
	defer s.Close()
	p := person(1)
	require.NoError(t, s.Add(&p))
	require.NoError(t, s.Flush(ctx))
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if got, err := Persons.Get(ctx, s, 1); err != nil || got != &p {
			t.Error(got, err)
		}
	}))
}
