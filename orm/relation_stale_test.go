package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// What was read in a transaction, or a savepoint, that was undone is not what
// the database holds.
func TestRelationshipsReadInWhatIsUndone(t *testing.T) {
	ctx := context.Background()

	t.Run("a savepoint", func(t *testing.T) {
		s, _ := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID)
		ann, bob := authors[0], authors[1]
		one, err := Posts.Get(ctx, s, 1)
		require.NoError(t, err)
		for name, load := range map[string]func() error{
			"Load": func() error { _, err := ann.Posts.Load(ctx); return err },
			"SelectIn": func() error {
				_, err := Authors.Select().Options(orm.SelectIn(&Authors.F.Posts)).All(ctx, s)
				return err
			},
			"Joined": func() error { _, err := Authors.Select().Options(orm.Joined(&Authors.F.Posts)).All(ctx, s); return err },
		} {
			require.False(t, ann.Posts.Loaded(), name)
			err = s.Nested(ctx, func(ctx context.Context) error {
				one.AuthorID = orm.Some(bob.ID) // the handles do not follow
				require.NoError(t, load())
				assert.Equal(t, []string{"two"}, titlesOf(t, &ann.Posts), name)
				return errUndo
			})
			require.ErrorIs(t, err, errUndo)
			assert.False(t, ann.Posts.Loaded(), name+": it is as before")
		}
		require.NoError(t, s.Delete(ann))
		require.NoError(t, s.Flush(ctx), "both posts go before their author")
		assert.False(t, state(t, s, one) == orm.Persistent)
	})

	t.Run("an inner savepoint that was released", func(t *testing.T) {
		s, _ := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		err = s.Nested(ctx, func(ctx context.Context) error {
			require.NoError(t, s.Nested(ctx, func(ctx context.Context) error {
				_, err := ann.Posts.Load(ctx)
				return err
			}))
			return errUndo
		})
		require.ErrorIs(t, err, errUndo)
		assert.False(t, ann.Posts.Loaded())
	})

	t.Run("a transaction", func(t *testing.T) {
		s, _ := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		motto, err := Profiles.Get(ctx, s, 1)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))

		require.NoError(t, s.Delete(motto))
		require.NoError(t, s.Flush(ctx))
		none, err := ann.Profile.Load(ctx)
		require.NoError(t, err)
		require.Nil(t, none)
		require.NoError(t, s.Rollback(ctx))

		fresh := &Profile{Motto: "new"}
		require.NoError(t, ann.Profile.Set(fresh))
		require.NoError(t, s.Commit(ctx), "the old one makes room, though nobody had it in mind")
		old, err := Profiles.Get(ctx, s, 1)
		require.NoError(t, err)
		assert.False(t, old.AuthorID.Valid)
	})
}

// A foreign key that a rollback gave back counts more than what was read by the
// other one.
func TestARollbackGivesTheParentBack(t *testing.T) {
	ctx := context.Background()
	s, _ := withLibrary(t)
	authors := byID(t, s, Authors, &Authors.F.ID)
	motto, err := Profiles.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx))
	motto.AuthorID = orm.Some(authors[1].ID)
	bob, err := motto.Author.Load(ctx)
	require.NoError(t, err)
	require.Same(t, authors[1], bob)
	require.NoError(t, s.Rollback(ctx))
	ann, err := motto.Author.Get()
	require.NoError(t, err)
	assert.Same(t, authors[0], ann)
	require.NoError(t, motto.Author.Set(nil))
	require.NoError(t, s.Commit(ctx))
	assert.False(t, motto.AuthorID.Valid)
}

// What a collection held when its transaction ended may not be all any more:
// what is replaced, or taken out, is what the database holds.
func TestRelationshipsThatHaveExpired(t *testing.T) {
	ctx := context.Background()
	begin := func(t *testing.T) (s *orm.Session, log *sent, ann *Author, one *Post, sql *Tag) {
		s, log = withLibrary(t)
		ann = byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts).Then(orm.SelectIn(&Posts.F.Tags)))[0]
		posts, err := ann.Posts.All()
		require.NoError(t, err)
		sql, err = Tags.Get(ctx, s, 2)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
		return s, log, ann, posts[0], sql
	}
	elsewhere := func(t *testing.T, s *orm.Session, statement string) {
		_, err := orm.Text(statement).Exec(ctx, s)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
	}

	t.Run("one to many", func(t *testing.T) {
		s, _, ann, one, _ := begin(t)
		elsewhere(t, s, "INSERT INTO posts (id, title, author_id) VALUES (9, 'nine', 1)")
		require.NoError(t, ann.Posts.Set(one))
		require.NoError(t, s.Commit(ctx))
		list, err := orm.Related(Posts, &ann.Posts).All(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []string{"one"}, titles(list))
	})

	t.Run("many to many", func(t *testing.T) {
		s, log, _, one, sql := begin(t)
		elsewhere(t, s, "INSERT INTO post_tags (post_id, tag_id) VALUES (1, 3)")
		log.take()
		require.NoError(t, one.Tags.Set(sql))
		require.NoError(t, s.Flush(ctx))
		sent := log.take()
		assert.Equal(t, []string{deleteLink + " [1 1]", deleteLink + " [1 3]"}, []string{line(sent[len(sent)-2]), line(sent[len(sent)-1])})
		require.NoError(t, s.Flush(ctx))
		log.is(t)
	})

	t.Run("without a way back", func(t *testing.T) {
		s, log := withLibrary(t)
		shelf, err := Shelves.Get(ctx, s, "a", 1)
		require.NoError(t, err)
		_, err = shelf.Items.Load(ctx)
		require.NoError(t, err)
		three, err := Items.Get(ctx, s, 3)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
		elsewhere(t, s, "UPDATE items SET room = 'a' WHERE id = 3")
		three, err = Items.Get(ctx, s, 3)
		require.NoError(t, err)
		require.NoError(t, shelf.Items.Remove(three))
		log.take()
		require.NoError(t, s.Flush(ctx))
		log.is(t, "UPDATE items SET room=?, number=? WHERE items.id = ? [<nil> <nil> 3]")
	})
}

// state is where an object stands.
func state(t testing.TB, s *orm.Session, object any) orm.ObjectState {
	t.Helper()
	i, err := s.Inspect(object)
	require.NoError(t, err)
	return i.State
}
