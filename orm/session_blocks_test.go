package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Booking has a key of two columns, of which one is text.
type Booking struct {
	Room string `orm:"primary_key,size:10"`
	Day  int64  `orm:"primary_key"`
	Who  orm.Null[string]
}

var Bookings = orm.Declare[Booking]("bookings")

// Objects share pieces of memory, but nothing else.
func TestObjectsReadTogetherAreApart(t *testing.T) {
	ctx := context.Background()
	engine := open(t, "sqlite://", orm.Options{})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets, Bookings))
	s := session(t, engine)
	for i := range 100 {
		b := &Booking{Room: fmt.Sprint("r", i), Day: int64(i)}
		if i%2 == 0 {
			b.Who = orm.Some("ed")
		}
		require.NoError(t, s.Add(b, &Pet{Name: fmt.Sprint("pet ", i), Species: b.Who}))
	}
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.Close())
	s = session(t, engine)
	day := orm.C(&Bookings.F.Day)
	_, err := Bookings.Select().Where(day.Lt(50)).All(ctx, s)
	require.NoError(t, err)
	bookings, err := Bookings.Select().OrderBy(day.Asc()).All(ctx, s)
	require.NoError(t, err)
	pets, err := Pets.Select().OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, pets, 100)
	for i, b := range bookings {
		want := Booking{Room: fmt.Sprint("r", i), Day: int64(i)}
		if i%2 == 0 {
			want.Who = orm.Some("ed")
		}
		assert.Equal(t, want, *b)
		assert.Equal(t, Pet{ID: int64(i + 1), Name: fmt.Sprint("pet ", i), Species: want.Who, Hunger: 20}, *pets[i])
		pets[i].Name = "x"
	}
}
