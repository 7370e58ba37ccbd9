package orm_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// verbs are the first words of what was sent, with how often each came.
func (s *sent) verbs() map[string]int {
	counts := map[string]int{}
	for _, st := range s.take() {
		verb, _, _ := strings.Cut(strings.TrimSpace(st.SQL), " ")
		counts[verb]++
	}
	return counts
}

// addPeople adds so many persons and flushes.
func addPeople(t *testing.T, s *orm.Session, n int) []*Person {
	t.Helper()
	list := make([]*Person, n)
	for i := range list {
		p := person(i)
		list[i] = &p
		require.NoError(t, s.Add(&p))
	}
	require.NoError(t, s.Flush(context.Background()))
	return list
}

// namesByKey reads the first two columns of a table: keys and names.
func namesByKey(t *testing.T, on orm.Executor, table ...orm.Selectable) map[int64]string {
	t.Helper()
	rows, err := orm.Select(table...).All(context.Background(), on)
	require.NoError(t, err)
	names := map[int64]string{}
	for _, row := range rows.Values() {
		names[row[0].(int64)] = row[1].(string)
	}
	return names
}

// haveTheirRows asserts that each object has the key of its own row.
func haveTheirRows(t *testing.T, s *orm.Session, list []*Person) {
	t.Helper()
	names := namesByKey(t, s, Persons)
	for _, p := range list {
		assert.Equal(t, p.Name, names[p.ID])
	}
}

func TestManyInsertsAreBatched(t *testing.T) {
	engine, log := recorded(t, Persons)
	s := session(t, engine)
	list := addPeople(t, s, 150)
	sent := log.take()
	var batches []string
	for _, st := range sent {
		batches = append(batches, fmt.Sprintf("%.20s %d", st.SQL, len(st.Args)))
	}
	assert.Equal(t, []string{"BEGIN 0", "INSERT INTO persons  4", "SAVEPOINT sp_batch 0", "INSERT INTO persons  256", "INSERT INTO persons  256",
		"INSERT INTO persons  64", "INSERT INTO persons  16", "INSERT INTO persons  4", "RELEASE SAVEPOINT sp 0"}, batches)
	assert.Equal(t, "INSERT INTO persons (name, city, age, score) VALUES (?, ?, ?, ?), (?, ?, ?, ?), ", sent[3].SQL[:80])
	haveTheirRows(t, s, list)
	assert.Equal(t, int64(150), list[149].ID)

	// They are persistent, and a change of one is an UPDATE.
	list[140].Age = 99
	require.NoError(t, s.Flush(context.Background()))
	assert.Equal(t, "UPDATE persons SET age=? WHERE persons.id = ? [99 141]", line(log.take()[1]))
	again := addPeople(t, s, 16)
	assert.Equal(t, map[string]int{"INSERT": 16}, log.verbs(), "few rows go one by one")
	haveTheirRows(t, s, again)
}

// TestBatchesWithTriggers: rows that a trigger adds to the same table take keys
// from the middle of a batch.
func TestBatchesWithTriggers(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Persons)
	_, err := orm.Text(`CREATE TRIGGER twin AFTER INSERT ON persons WHEN new.name = 'person 40'
		BEGIN INSERT INTO persons (name, city, age, score) VALUES ('twin', '', 0, 0); END`).Exec(ctx, engine)
	require.NoError(t, err)
	s := session(t, engine)
	log.take()
	list := addPeople(t, s, 100)
	assert.Equal(t, 1, log.verbs()["ROLLBACK"])
	haveTheirRows(t, s, list)
	require.NoError(t, s.Commit(ctx))
	assert.Len(t, namesByKey(t, engine, Persons), 101)
}

func TestABatchThatFails(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Pets)
	s := session(t, engine)
	var list []*Pet
	for i := range 50 {
		list = append(list, &Pet{Name: fmt.Sprint("pet ", i%49), Hunger: 1})
		require.NoError(t, s.Add(list[i]))
	}
	err := s.Flush(ctx)
	require.ErrorContains(t, err, "UNIQUE constraint failed: pets.name")
	assert.Equal(t, orm.KindUnique, orm.KindOf(err))
	assert.Zero(t, list[30].ID, "no row, no key")
	require.NoError(t, s.Rollback(ctx))
	assert.False(t, s.Contains(list[0]))
	assert.Empty(t, namesByKey(t, engine, Pets))
}

// TestBatchesWithDefaults: what the database puts into other columns comes back
// to the right objects, with keys that it made and with those that were given.
func TestBatchesWithDefaults(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	var list []*Pet
	for i := range 64 {
		list = append(list, &Pet{Name: fmt.Sprint("pet ", i)})
	}
	for i := range 64 {
		list = append(list, &Pet{ID: int64(1000 - i), Name: fmt.Sprint("given ", i)})
	}
	for _, p := range list {
		require.NoError(t, s.Add(p))
	}
	require.NoError(t, s.Flush(ctx))
	assert.Equal(t, map[string]int{"BEGIN": 1, "INSERT": 2}, log.verbs())
	for _, p := range list {
		assert.Equal(t, int64(20), p.Hunger)
	}
	names := namesByKey(t, s, Pets)
	for _, p := range list {
		assert.Equal(t, p.Name, names[p.ID])
	}
}

// TestBatchesOfRelatedRows: a row that needs the key of another one does not go
// into the same statement.
func TestBatchesOfRelatedRows(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Authors, Posts, Profiles, Tags)
	s := session(t, engine)
	var posts []*Post
	for i := range 90 {
		p := &Post{Title: fmt.Sprint("post ", i)}
		if i%30 != 0 {
			require.NoError(t, p.Parent.Set(posts[i/30*30]))
		}
		posts = append(posts, p)
		require.NoError(t, s.Add(p))
	}
	require.NoError(t, s.Flush(ctx))
	assert.Less(t, log.verbs()["INSERT"], 60)
	titles := namesByKey(t, s, Posts)
	for i, p := range posts {
		want := orm.None[int64]()
		if i%30 != 0 {
			want = orm.Some(posts[i/30*30].ID)
		}
		assert.Equal(t, p.Title, titles[p.ID])
		assert.Equal(t, want, p.ParentID)
	}
}

func TestUpdatesAreSortedByKey(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{ID: 1, Name: "a"}, &Pet{ID: 2, Name: "b"}, &Pet{ID: 3, Name: "c"})
	pets, err := Pets.Select().OrderBy(orm.C(&Pets.F.ID).Desc()).All(ctx, s)
	require.NoError(t, err)
	for _, p := range pets {
		p.Hunger = 5
	}
	log.take()
	require.NoError(t, s.Flush(ctx))
	const update = "UPDATE pets SET hunger=? WHERE pets.id = ?"
	log.is(t, update+" [5 1]", update+" [5 2]", update+" [5 3]")
}
