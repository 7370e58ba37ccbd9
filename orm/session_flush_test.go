package orm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUpdateWritesOnlyWhatChanged(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy", Species: orm.Some("Cat"), Hunger: 5})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	for name, c := range map[string]struct {
		change func()
		want   []string
	}{
		"nothing":          {func() {}, nil},
		"an equal value":   {func() { fluffy.Name, fluffy.Species = "Fluffy", orm.Some("Cat") }, nil},
		"there and back":   {func() { fluffy.Hunger++; fluffy.Hunger-- }, nil},
		"one column":       {func() { fluffy.Name = "Flo" }, []string{"UPDATE pets SET name=? WHERE pets.id = ? [Flo 1]"}},
		"two columns":      {func() { fluffy.Name, fluffy.Hunger = "Fred", 9 }, []string{"UPDATE pets SET name=?, hunger=? WHERE pets.id = ? [Fred 9 1]"}},
		"zero is a value":  {func() { fluffy.Name, fluffy.Hunger = "", 0 }, []string{"UPDATE pets SET name=?, hunger=? WHERE pets.id = ? [ 0 1]"}},
		"NULL is a value":  {func() { fluffy.Species = orm.None[string]() }, []string{"UPDATE pets SET species=? WHERE pets.id = ? [<nil> 1]"}},
		"empty is no NULL": {func() { fluffy.Species = orm.Some("") }, []string{"UPDATE pets SET species=? WHERE pets.id = ? [ 1]"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, s.Rollback(ctx))
			_, err := Pets.Get(ctx, s, 1)
			require.NoError(t, err)
			log.take()
			c.change()
			require.NoError(t, s.Flush(ctx))
			log.is(t, c.want...)
			require.NoError(t, s.Flush(ctx))
			log.is(t) // a second flush has nothing to do
		})
	}
}

func TestQueriesFlushFirst(t *testing.T) {
	ctx := context.Background()
	const update, core = "UPDATE pets SET hunger=? WHERE pets.id = ? [0 1]", "SELECT pets.hunger FROM pets"
	for name, c := range map[string]struct {
		query func(s *orm.Session) error
		want  string // the last statement
	}{
		"All":    {func(s *orm.Session) error { _, err := Pets.Select().All(ctx, s); return err }, selectAll},
		"Core":   {func(s *orm.Session) error { _, err := orm.Select(orm.C(&Pets.F.Hunger)).All(ctx, s); return err }, core},
		"Text":   {func(s *orm.Session) error { _, err := orm.Text("SELECT 1").All(ctx, s); return err }, "SELECT 1"},
		"Delete": {func(s *orm.Session) error { _, err := orm.Delete(Pets).AllRows().Exec(ctx, s); return err }, "DELETE FROM pets"},
		"Refresh": {func(s *orm.Session) error {
			var rex *Pet
			err := s.NoAutoflush(func() (err error) { rex, err = Pets.Get(ctx, s, 2); return err })
			return errors.Join(err, s.Refresh(ctx, rex))
		}, selectPet + " [2]"},
	} {
		t.Run(name, func(t *testing.T) {
			s, log := withPets(t, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
			fluffy, err := Pets.Get(ctx, s, 1)
			require.NoError(t, err)
			log.take()
			fluffy.Hunger = 0
			require.NoError(t, c.query(s))
			list := log.take()
			require.GreaterOrEqual(t, len(list), 2)
			assert.Equal(t, update, line(list[len(list)-2]))
			assert.Equal(t, c.want, line(list[len(list)-1]))
		})
	}
}

// The three models refer to each other: Toy to Owner and Collar, Collar to
// Owner. Each is declared before what it refers to.
type (
	Toy struct {
		ID     int64 `orm:"primary_key"`
		Owner  int64 `orm:"foreign_key:owners.id"`
		Collar int64 `orm:"foreign_key:collars.id"`
	}
	Collar struct {
		ID    int64 `orm:"primary_key"`
		Owner int64 `orm:"foreign_key:owners.id"`
	}
	Owner struct {
		ID   int64 `orm:"primary_key"`
		Name string
	}
)

var (
	Toys    = orm.Declare[Toy]("toys")
	Collars = orm.Declare[Collar]("collars")
	Owners  = orm.Declare[Owner]("owners")
)

func TestFlushFollowsTheForeignKeys(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Toys, Collars, Owners)
	s := session(t, engine)
	toy, collar := &Toy{ID: 1, Owner: 1, Collar: 1}, &Collar{ID: 1, Owner: 1}
	ann, bob := &Owner{ID: 1, Name: "Ann"}, &Owner{ID: 2, Name: "Bob"}
	require.NoError(t, s.Add(toy, collar, ann, bob))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "BEGIN",
		"INSERT INTO owners (id, name) VALUES (?, ?) [1 Ann]",
		"INSERT INTO owners (id, name) VALUES (?, ?) [2 Bob]",
		"INSERT INTO collars (id, owner) VALUES (?, ?) [1 1]",
		"INSERT INTO toys (id, owner, collar) VALUES (?, ?, ?) [1 1 1]")

	// Inserts come before updates, and those before deletes, which go backwards.
	require.NoError(t, s.Delete(ann, collar, toy))
	bob.Name = "Bea"
	require.NoError(t, s.Add(&Collar{ID: 2, Owner: 2}))
	require.NoError(t, s.Commit(ctx))
	log.is(t, "INSERT INTO collars (id, owner) VALUES (?, ?) [2 2]",
		"UPDATE owners SET name=? WHERE owners.id = ? [Bea 2]",
		"DELETE FROM toys WHERE toys.id = ? [1]",
		"DELETE FROM collars WHERE collars.id = ? [1]",
		"DELETE FROM owners WHERE owners.id = ? [1]",
		"COMMIT")
}

func TestInsertsKeepTheOrderOfAdd(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	require.NoError(t, s.Add(&Pet{Name: "b", Hunger: 1}, &Pet{Name: "a"}, &Pet{ID: 9, Name: "c"}, &Pet{ID: 8, Name: "d", Hunger: 2}))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "BEGIN",
		"INSERT INTO pets (name, species, hunger) VALUES (?, ?, ?) [b <nil> 1]",
		insertPet+" [a <nil>]",
		"INSERT INTO pets (id, name, species) VALUES (?, ?, ?) RETURNING hunger [9 c <nil>]",
		"INSERT INTO pets (id, name, species, hunger) VALUES (?, ?, ?, ?) [8 d <nil> 2]")
}
