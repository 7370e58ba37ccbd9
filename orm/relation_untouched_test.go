package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The relationships of an object that was read and that nobody has asked about
// since end and expire with the transaction, as those of others do.
func TestRelationshipsOfUntouchedObjects(t *testing.T) {
	ctx := context.Background()
	many := func(s *orm.Session) { // so that the first are in a block that is full
		_, err := orm.Text("INSERT INTO authors (id, name) VALUES (11, 'k'), (12, 'l'), (13, 'm'), (14, 'n')").Exec(ctx, s)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
	}
	another := orm.Text("INSERT INTO posts (id, title, author_id) VALUES (99, 'more', 1)")

	t.Run("Close", func(t *testing.T) {
		engine, _ := recorded(t)
		fillLibrary(t, engine)
		s, next := orm.NewSession(engine), session(t, engine)
		many(s)
		authors := byID(t, s, Authors, &Authors.F.ID)
		require.NoError(t, s.Close())
		_, err := authors[0].Posts.Load(ctx)
		assert.ErrorIs(t, err, orm.ErrDetached)
		assert.NoError(t, next.Add(authors[0]), "no other session has it")
	})
	t.Run("Commit", func(t *testing.T) {
		s, _ := withLibrary(t)
		many(s)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.Joined(&Authors.F.Posts))
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
		require.NoError(t, s.Commit(ctx))
		_, err := another.Exec(ctx, s)
		require.NoError(t, err)
		posts, err := authors[0].Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "two", "more"}, titles(posts))
	})
	t.Run("Rollback", func(t *testing.T) {
		s, _ := withLibrary(t)
		many(s)
		_, err := another.Exec(ctx, s)
		require.NoError(t, err)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.Joined(&Authors.F.Posts))
		assert.Equal(t, []string{"one", "two", "more"}, titlesOf(t, &authors[0].Posts))
		require.NoError(t, s.Rollback(ctx))
		posts, err := authors[0].Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "two"}, titles(posts))
	})
	t.Run("Rollback of an object at the other end", func(t *testing.T) {
		s, _ := withLibrary(t)
		many(s)
		require.NoError(t, s.Add(&Post{ID: 99, Title: "more", AuthorID: orm.Some(int64(1))}))
		require.NoError(t, s.Flush(ctx))
		authors := byID(t, s, Authors, &Authors.F.ID, orm.Joined(&Authors.F.Posts))
		assert.Equal(t, []string{"one", "two", "more"}, titlesOf(t, &authors[0].Posts))
		require.NoError(t, s.Rollback(ctx))
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts), "what was read, without what is not there any more")
	})
}
