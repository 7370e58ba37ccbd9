package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func setHunger(t *testing.T, on orm.Executor, hunger int64) {
	t.Helper()
	_, err := orm.Update(Pets, orm.C(&Pets.F.Hunger).Set(hunger)).AllRows().SynchronizeSession(orm.SyncNone).Exec(context.Background(), on)
	require.NoError(t, err)
}

// committed is a session that has loaded a pet and committed, and an engine on
// which somebody else can change it.
func committed(t *testing.T) (*orm.Session, *orm.Engine, *Pet, *sent) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	s := session(t, engine)
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx))
	log.take()
	return s, engine, fluffy, log
}

func TestCommitExpiresObjects(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		read func(s *orm.Session) (*Pet, error)
		want []string
	}{
		"Get":   {func(s *orm.Session) (*Pet, error) { return Pets.Get(ctx, s, 1) }, []string{"BEGIN", selectPet + " [1]"}},
		"query": {func(s *orm.Session) (*Pet, error) { return Pets.Select().First(ctx, s) }, []string{"BEGIN", selectAll + " LIMIT ? [1]"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, engine, fluffy, log := committed(t)
			setHunger(t, engine, 3)
			assert.Equal(t, int64(20), fluffy.Hunger, "the fields keep their values")
			log.take()
			got, err := c.read(s)
			require.NoError(t, err)
			assert.Same(t, fluffy, got)
			assert.Equal(t, int64(3), fluffy.Hunger, "and are read anew into the same object")
			log.is(t, c.want...)
			got, err = Pets.Get(ctx, s, 1)
			require.NoError(t, err)
			assert.Same(t, fluffy, got)
			log.is(t) // it is not expired any more
		})
	}
}

func TestAChangeToAnExpiredObjectIsWritten(t *testing.T) {
	ctx := context.Background()
	s, engine, fluffy, log := committed(t)
	setHunger(t, engine, 3)
	log.take()
	fluffy.Name = "Flo"
	all, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, &Pet{ID: 1, Name: "Flo", Hunger: 3}, all[0])
	log.is(t, "BEGIN", "UPDATE pets SET name=? WHERE pets.id = ? [Flo 1]", selectAll)
}

func TestAQueryKeepsLoadedValues(t *testing.T) {
	ctx := context.Background()
	s, _, fluffy, _ := committed(t)
	_, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	setHunger(t, s, 3) // past the objects
	_, err = Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, int64(20), fluffy.Hunger)

	fluffy.Name = "dropped"
	require.NoError(t, s.Refresh(ctx, fluffy))
	assert.Equal(t, &Pet{ID: 1, Name: "Fluffy", Hunger: 3}, fluffy, "Refresh reads all, and drops changes")
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, "Fluffy", fluffy.Name)
}

func TestRowsThatAreGone(t *testing.T) {
	ctx := context.Background()
	for name, read := range map[string]func(s *orm.Session, p *Pet) error{
		"Get":     func(s *orm.Session, _ *Pet) error { _, err := Pets.Get(ctx, s, 1); return err },
		"Refresh": func(s *orm.Session, p *Pet) error { return s.Refresh(ctx, p) },
	} {
		t.Run(name, func(t *testing.T) {
			s, engine, fluffy, _ := committed(t)
			_, err := orm.Delete(Pets).AllRows().Exec(ctx, engine)
			require.NoError(t, err)
			assert.ErrorIs(t, read(s, fluffy), orm.ErrNoRows)
			assert.False(t, s.Contains(fluffy), "the session lets it go")
		})
	}
}

func TestARefreshThatFailsLeavesTheObject(t *testing.T) {
	ctx := context.Background()
	s, engine, fluffy, log := committed(t)
	_, err := orm.Text("UPDATE pets SET name = 'Flo', hunger = 'very'").Exec(ctx, engine)
	require.NoError(t, err)
	_, err = Pets.Get(ctx, s, 1)
	assert.ErrorContains(t, err, `column hunger into Pet.Hunger: it holds text "very", not an integer`)
	assert.Equal(t, &Pet{ID: 1, Name: "Fluffy", Hunger: 20}, fluffy)
	log.take()
	require.NoError(t, s.Commit(ctx))
	log.is(t, "COMMIT")
}

func TestSessionsOnOneFileSeeEachOthersCommits(t *testing.T) {
	ctx := context.Background()
	engine := open(t, fileURL(t), orm.Options{})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	reader, writer := session(t, engine), session(t, engine)
	theirs, err := Pets.Get(ctx, writer, 1)
	require.NoError(t, err)
	require.NoError(t, writer.Commit(ctx))

	mine, err := Pets.Get(ctx, reader, 1)
	require.NoError(t, err)
	require.NoError(t, reader.Commit(ctx))
	theirs.Hunger = 1
	require.NoError(t, writer.Commit(ctx))
	assert.Equal(t, int64(20), mine.Hunger)
	_, err = Pets.Get(ctx, reader, 1)
	require.NoError(t, err)
	assert.Equal(t, int64(1), mine.Hunger)
}
