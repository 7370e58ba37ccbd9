package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var _ = behaviour(56, func(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets, Seats)
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	s := session(t, engine)
	log.take()
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.is(t, "BEGIN", selectPet+" [1]")
	all, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Same(t, fluffy, all[0])
	log.is(t, selectAll)
	again, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Same(t, fluffy, again)
	log.is(t) // a hit sends nothing
	_, err = Pets.Get(ctx, s, 2)
	assert.ErrorIs(t, err, orm.ErrNoRows, "SQLAlchemy's get returns None; ours is its get_one")
	_, err = Seats.Get(ctx, s, "A", 1)
	assert.EqualError(t, err, "orm: getting a Seat: its primary key has 3 columns, got 2 values")
})

var _ = behaviour(58, func(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "Fluffy", Hunger: 5})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	fluffy.Name = string([]byte("Fluffy"))
	require.NoError(t, s.Flush(ctx))
	log.is(t) // an equal value is no change
	fluffy.Name = "Flo"
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE pets SET name=? WHERE pets.id = ? [Flo 1]")
	require.NoError(t, s.Flush(ctx))
	log.is(t)
})

// A query flushes first if it could miss a change.
var _ = behaviour(59, func(t *testing.T) {
	ctx := context.Background()
	const update = "UPDATE pets SET hunger=? WHERE pets.id = ? [0 1]"
	hunger, name, word := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name), orm.C(&Words.F.Text)
	rows := func(q interface {
		All(context.Context, orm.Executor) (*orm.Rows, error)
	}) func(*orm.Session) error {
		return func(s *orm.Session) error { _, err := q.All(ctx, s); return err }
	}
	some := orm.Select(hunger).CTE("some")
	for what, c := range map[string]struct {
		query func(*orm.Session) error
		reads bool
	}{
		"objects":               {func(s *orm.Session) error { _, err := Pets.Select().All(ctx, s); return err }, true},
		"the table":             {rows(orm.Select(Pets)), true},
		"a column":              {rows(orm.Select(hunger)), true},
		"in a condition":        {rows(orm.Select(Words).From(Words).Where(orm.Exists(orm.Select(Pets).Where(name.EqExpr(word))))), true},
		"in a list":             {rows(orm.Select(Words).Where(orm.InSelect(word, orm.Select(name)))), true},
		"in an alias":           {rows(orm.Select(Pets.As("p"))), true},
		"in a CTE":              {rows(orm.Select(some)), true},
		"in a subquery":         {rows(orm.Select(orm.Select(hunger).Subquery("s"))), true},
		"in a join":             {rows(orm.Select(word).From(Words).Join(Pets, name.EqExpr(word))), true},
		"in an order":           {rows(orm.Select(word).From(Words).OrderBy(orm.ScalarSubquery[int64](orm.Select(orm.Max(hunger))).Asc())), true},
		"in a union":            {rows(orm.Union(orm.Select(word), orm.Select(name))), true},
		"text":                  {rows(orm.Text("SELECT 1")), true},
		"text in a condition":   {rows(orm.Select(Words).Where(orm.Text("1 = 1").Cond())), true},
		"a table of no model":   {rows(orm.Select(orm.NewTable("sqlite_master", orm.Column("name", orm.String(20))))), true},
		"another model's table": {rows(orm.Select(Words)), false},
		"another key":           {func(s *orm.Session) error { _, err := Pets.Get(ctx, s, 2); return err }, false},
		"the same key": {func(s *orm.Session) error {
			_, err := Pets.Get(ctx, s, 1)
			return err
		}, false},
	} {
		t.Run(what, func(t *testing.T) {
			for _, others := range []int{0, 200} {
				engine, log := recorded(t, Pets, Words, Owners)
				insertPets(t, engine, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
				s := session(t, engine)
				for i := range others {
					require.NoError(t, s.Add(&Owner{ID: int64(i + 1)}))
				}
				fluffy, err := Pets.Get(ctx, s, 1)
				require.NoError(t, err)
				log.take()
				fluffy.Hunger = 0
				require.NoError(t, c.query(s))
				list := log.take()
				assert.Equal(t, c.reads, len(list) > 0 && line(list[0]) == update, "%v", list)
			}
		})
	}

	t.Run("what is new is flushed before all", func(t *testing.T) {
		s, log := withPets(t)
		require.NoError(t, s.Add(&Pet{Name: "Fluffy"}))
		_, err := Pets.Get(ctx, s, 2)
		require.ErrorIs(t, err, orm.ErrNoRows)
		log.is(t, "BEGIN", insertPet+" [Fluffy <nil>]", selectPet+" [2]")
	})
	t.Run("a key that an object was given is found", func(t *testing.T) {
		s, log := withPets(t, &Pet{Name: "Fluffy"})
		fluffy, err := Pets.Get(ctx, s, 1)
		require.NoError(t, err)
		fluffy.ID = 7
		log.take()
		got, err := Pets.Get(ctx, s, 7)
		require.NoError(t, err)
		assert.Same(t, fluffy, got)
		log.is(t, selectPet+" [7]", "UPDATE pets SET id=? WHERE pets.id = ? [7 1]", selectPet+" [7]")
	})
	t.Run("no_autoflush", func(t *testing.T) {
		s, log := withPets(t)
		require.NoError(t, s.Add(&Pet{Name: "Fluffy"}))
		require.NoError(t, s.NoAutoflush(func() error {
			all, err := Pets.Select().All(ctx, s)
			assert.Empty(t, all)
			return err
		}))
		log.is(t, "BEGIN", selectAll)
		all, err := Pets.Select().All(ctx, s)
		require.NoError(t, err)
		assert.Len(t, all, 1)
	})
})

// Folk refers to Folk's names, which change with those that they refer to.
type (
	Clan struct {
		Name string `orm:"primary_key,size:10"`
	}
	Folk struct {
		ID   int64  `orm:"primary_key"`
		Clan string `orm:"size:10,foreign_key:clans.name,on_update:cascade"`
	}
	// Hungry is a view.
	Hungry struct {
		ID   int64 `orm:"primary_key"`
		Name string
	}
)

var (
	Clans    = orm.Declare[Clan]("clans")
	Folks    = orm.Declare[Folk]("folks")
	Hungries = orm.Declare[Hungry]("hungry_pets")
)

func TestAutoflushBeforeWhatChangesInTheDatabase(t *testing.T) {
	ctx := context.Background()
	s, _ := withPets(t, &Pet{Name: "Fluffy"})
	_, err := orm.Text("CREATE VIEW hungry_pets AS SELECT id, name FROM pets WHERE hunger > 50").Exec(ctx, s)
	require.NoError(t, err)
	orm.NewMetadata().AddView("hungry_pets", "SELECT id, name FROM pets WHERE hunger > 50")
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	fluffy.Hunger = 99
	found, err := Hungries.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, found, 1, "a view reads other tables")

	engine, _ := recorded(t, Clans, Folks)
	s = session(t, engine)
	clan := &Clan{"a"}
	require.NoError(t, s.Add(clan, &Folk{1, "a"}))
	require.NoError(t, s.Flush(ctx))
	clan.Name = "b"
	names, err := orm.As[string](orm.Select(orm.C(&Folks.F.Clan))).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, []string{"b"}, names, "a cascade changes other tables")
}
