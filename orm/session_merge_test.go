package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Draft has fields that know whether they were set.
type Draft struct {
	ID    int64            `orm:"primary_key"`
	Title orm.Opt[string]  `orm:"size:20"`
	Body  orm.Null[string] `orm:"size:20"`
	Tag   string           `orm:"size:20"`
}

var Drafts = orm.Declare[Draft]("drafts")

var _ = behaviour(71, func(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Drafts)
	s := session(t, engine)
	require.NoError(t, s.Add(&Draft{ID: 1, Title: orm.OptOf("t"), Body: orm.Some("b"), Tag: "x"}))
	require.NoError(t, s.Commit(ctx))
	log.take()

	given := &Draft{ID: 1}
	merged, err := orm.Merge(ctx, s, given)
	require.NoError(t, err)
	assert.NotSame(t, given, merged)
	assert.False(t, s.Contains(given))
	assert.Equal(t, &Draft{ID: 1, Title: orm.OptOf("t")}, merged, "what is not set stays; NULL and zero are values")
	require.NoError(t, s.Flush(ctx))
	log.is(t, "BEGIN", "SELECT drafts.id, drafts.title, drafts.body, drafts.tag FROM drafts WHERE drafts.id = ? [1]",
		"UPDATE drafts SET body=?, tag=? WHERE drafts.id = ? [<nil>  1]")
	again, err := orm.Merge(ctx, s, &Draft{ID: 1, Title: orm.OptNull[string]()})
	require.NoError(t, err)
	assert.Same(t, merged, again)
	self, err := orm.Merge(ctx, s, merged)
	require.NoError(t, err)
	assert.Same(t, merged, self)
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE drafts SET title=? WHERE drafts.id = ? [<nil> 1]")

	unknown, err := orm.Merge(ctx, s, &Draft{ID: 2, Tag: "new"})
	require.NoError(t, err)
	assert.Equal(t, []any{unknown}, s.New(), "a key that is not there gives a pending copy")
	fresh, err := orm.Merge(ctx, s, &Draft{Tag: "no key"})
	require.NoError(t, err)
	assert.Equal(t, []any{unknown, fresh}, s.New())
	log.take()
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, int64(3), fresh.ID)
	_, err = orm.Merge(ctx, s, (*Draft)(nil))
	assert.ErrorContains(t, err, "orm: merging: an object is a pointer to a struct")
})

// Merge brings back what a session let go of.
func TestMergeOfADetachedObject(t *testing.T) {
	ctx := context.Background()
	s, _ := withPets(t, &Pet{Name: "Fluffy"})
	fluffy, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Expunge(fluffy))
	fluffy.Name = "Flo"
	other := session(t, open(t, "sqlite://", orm.Options{}))
	_, err = orm.Merge(ctx, other, fluffy)
	require.Error(t, err, "there is no such table")
	merged, err := orm.Merge(ctx, s, fluffy)
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx))
	assert.NotSame(t, fluffy, merged)
	assert.Equal(t, "Flo", merged.Name)
}

var _ = behaviour(63, func(t *testing.T) {
	ctx := context.Background()
	begin := func(t *testing.T) (*orm.Session, *Word, *sent) {
		engine, log := recorded(t, Words)
		s := session(t, engine)
		cat := &Word{"cat", "meows"}
		require.NoError(t, s.Add(cat))
		require.NoError(t, s.Commit(ctx))
		log.take()
		return s, cat, log
	}
	t.Run("insert comes before delete", func(t *testing.T) {
		s, _ := withPets(t, &Pet{Name: "Fluffy"})
		fluffy, err := Pets.Get(ctx, s, 1)
		require.NoError(t, err)
		require.NoError(t, s.Delete(fluffy))
		require.NoError(t, s.Add(&Pet{Name: "Fluffy"}))
		var refusal *orm.Error
		require.ErrorAs(t, s.Flush(ctx), &refusal)
		assert.Equal(t, orm.KindUnique, refusal.Kind)
	})
	t.Run("the same key is one UPDATE", func(t *testing.T) {
		s, cat, log := begin(t)
		require.NoError(t, s.Delete(cat))
		heir := &Word{"cat", "purrs"}
		require.NoError(t, s.Add(heir))
		require.NoError(t, s.Flush(ctx))
		log.is(t, "BEGIN", "UPDATE words SET meaning=? WHERE words.text = ? [purrs cat]")
		got, err := Words.Get(ctx, s, "cat")
		require.NoError(t, err)
		assert.Same(t, heir, got)
		require.NoError(t, s.Rollback(ctx))
		assert.False(t, s.Contains(heir))
		got, err = Words.Get(ctx, s, "cat")
		require.NoError(t, err)
		assert.Same(t, cat, got)
		assert.Equal(t, "meows", cat.Meaning)
	})
	t.Run("the same row needs no SQL", func(t *testing.T) {
		s, cat, log := begin(t)
		require.NoError(t, s.Add(&Word{"cat", "meows"}))
		require.NoError(t, s.Delete(cat))
		require.NoError(t, s.Commit(ctx))
		log.is(t, "BEGIN", "COMMIT")
		assert.False(t, s.Contains(cat))
	})
	t.Run("a default needs a new row", func(t *testing.T) {
		s, log := withPets(t, &Pet{Name: "Fluffy", Hunger: 5})
		fluffy, err := Pets.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		require.NoError(t, s.Delete(fluffy))
		heir := &Pet{ID: 1, Name: "Heir"}
		require.NoError(t, s.Add(heir))
		require.NoError(t, s.Commit(ctx))
		log.is(t, "DELETE FROM pets WHERE pets.id = ? [1]",
			"INSERT INTO pets (id, name, species) VALUES (?, ?, ?) RETURNING hunger [1 Heir <nil>]", "COMMIT")
		assert.Equal(t, int64(20), heir.Hunger)
	})
})
