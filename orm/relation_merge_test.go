package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestMergeOfWhatIsKnownInPart(t *testing.T) {
	ctx := context.Background()

	t.Run("a collection that was not loaded is not replaced", func(t *testing.T) {
		s, log := withLibrary(t)
		ann := get(t, s, Authors, 1)
		require.NoError(t, s.Expunge(ann))
		add(t, &ann.Posts, &Post{Title: "fresh"})
		merged := must(t, func() (*Author, error) { return orm.Merge(ctx, s, ann) })
		flushedAs(t, s, log)
		assert.False(t, merged.Posts.Loaded())
	})

	t.Run("the key of a child follows", func(t *testing.T) {
		s, log := withLibrary(t)
		given := &Post{ID: 1, Title: "one"}
		require.NoError(t, given.Author.Set(&Author{ID: 2, Name: "Bob"}))
		merged := must(t, func() (*Post, error) { return orm.Merge(ctx, s, given) })
		assert.Equal(t, orm.Some(int64(2)), merged.AuthorID)
		assert.Equal(t, int64(2), must(t, merged.Author.Get).ID)
		flushedAs(t, s, log, "UPDATE posts SET author_id=? WHERE posts.id = ? [2 1]")
	})

	t.Run("views and write_only collections are left out", func(t *testing.T) {
		s, log, firm, _ := withFirm(t)
		require.NoError(t, s.Commit(ctx))
		_, err := firm.Visible.Load(ctx)
		require.NoError(t, err)
		require.NoError(t, s.ExpungeAll())
		merged := must(t, func() (*Firm, error) { return orm.Merge(ctx, s, firm) })
		assert.NotSame(t, firm, merged)
		flushedAs(t, s, log)

		s, log, _ = withAlbum(t)
		require.NoError(t, s.ExpungeAll())
		given := &Album{ID: 1, Name: "Kind"}
		add(t, &given.Plays, &Play{Who: "x"})
		_ = must(t, func() (*Album, error) { return orm.Merge(ctx, s, given) })
		flushedAs(t, s, log)
	})

	t.Run("an object that is pending with the key", func(t *testing.T) {
		s, _ := withLibrary(t)
		tag := &Tag{ID: 9, Name: "nine"}
		require.NoError(t, s.NoAutoflush(func() error {
			require.NoError(t, s.Add(tag))
			assert.Same(t, tag, must(t, func() (*Tag, error) { return orm.Merge(ctx, s, &Tag{ID: 9, Name: "neun"}) }))
			return nil
		}))
		assert.Equal(t, "neun", tag.Name)
	})
}

func TestCascadesThatMeetWhatHasNoRow(t *testing.T) {
	ctx := context.Background()
	s, _, album := withAlbum(t)
	fresh := &Track{Title: "fresh"}
	add(t, &album.Tracks, fresh)
	require.NoError(t, s.Expire(album))
	assert.Equal(t, "fresh", fresh.Title, "a pending object has nothing to expire to")
	require.NoError(t, s.Flush(ctx))

	track := first(t, &album.Tracks)
	require.NoError(t, s.Delete(track))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Expunge(album))
	assert.False(t, s.Contains(fresh))
	info, err := s.Inspect(track)
	require.NoError(t, err)
	assert.Equal(t, orm.Deleted, info.State, "it was deleted in this transaction, which may be rolled back")
}

func TestLoadMeetsWhatIsNotFlushed(t *testing.T) {
	ctx := context.Background()
	s, _ := withLibrary(t)
	require.NoError(t, s.NoAutoflush(func() error {
		ann, bob, one, two := get(t, s, Authors, 1), get(t, s, Authors, 2), get(t, s, Posts, 1), get(t, s, Posts, 2)
		add(t, &ann.Posts, &Post{Title: "fresh"})
		require.NoError(t, ann.Posts.Remove(two))
		list, err := ann.Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "fresh"}, titles(list))

		require.NoError(t, one.Author.Set(bob))
		runAll(t, s, "UPDATE authors SET name = 'Robert' WHERE id = 2")
		require.NoError(t, s.Expire(bob))
		assert.Same(t, bob, must(t, func() (*Author, error) { return one.Author.Load(ctx) }), "what the program has set counts")
		assert.Equal(t, "Robert", bob.Name, "and is read anew")
		return nil
	}))
	three := get(t, s, Posts, 3)
	_, err := three.Author.Load(ctx)
	require.NoError(t, err)
	runAll(t, s, "UPDATE posts SET author_id = 3 WHERE id = 3")
	require.NoError(t, s.Expire(three, &Posts.F.AuthorID))
	assert.Equal(t, "Cid", must(t, func() (*Author, error) { return three.Author.Load(ctx) }).Name, "the key has expired")
}

func TestPlacesAndKeysThatAreNone(t *testing.T) {
	ctx := context.Background()
	s, _, album := withAlbum(t)
	assert.EqualError(t, orm.InsertAt(&album.Tracks, -1), "orm: inserting at place -1: the collection has the places 0 to 3")
	assert.EqualError(t, orm.Move(&album.Tracks, -1, 0), "orm: moving from place -1 to 0: the collection has 3 objects")
	assert.EqualError(t, orm.Move(&album.Tracks, 0, -1), "orm: moving from place 0 to -1: the collection has 3 objects")
	_, err := album.Credits.Load(ctx)
	require.NoError(t, err)
	nobody := Credits.New()
	require.NoError(t, nobody.Singer.Set(nil))
	add(t, &album.Credits, nobody)
	assert.Empty(t, singersOf(t, album), "what leads nowhere is left out")
	require.NoError(t, s.Rollback(ctx))

	library, log := withLibrary(t)
	library.AddCriteria(orm.Criteria(Posts, orm.C(&Posts.F.Title).Ne("one")))
	authors := byID(t, library, Authors, &Authors.F.ID)
	log.take()
	require.NoError(t, orm.LoadAll(ctx, library, authors, orm.SelectIn(&Authors.F.Posts)))
	assert.Equal(t, []string{"two"}, titlesOf(t, &authors[0].Posts), "criteria of the session")
	assert.ErrorContains(t, orm.LoadAll(ctx, library, authors, orm.LoadOnly(&Authors.F.Name)), "the objects have been read; options for columns are for queries")
}
