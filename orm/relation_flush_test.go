package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// flushed is an empty library, whose transaction has begun.
func flushed(t testing.TB) (*orm.Session, *sent) {
	t.Helper()
	engine, log := recorded(t, related...)
	s := session(t, engine)
	_, err := orm.Text("SELECT 1").All(context.Background(), s)
	require.NoError(t, err)
	log.take()
	return s, log
}

const (
	insertAuthor = "INSERT INTO authors (name) VALUES (?)"
	insertPost   = "INSERT INTO posts (title, author_id, parent_id) VALUES (?, ?, ?)"
	insertTag    = "INSERT INTO tags (name) VALUES (?)"
	insertLink   = "INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?)"
	deleteLink   = "DELETE FROM post_tags WHERE post_tags.post_id = ? AND post_tags.tag_id = ?"
	postsOf      = "SELECT posts.id, posts.title, posts.author_id, posts.parent_id FROM posts WHERE ? = posts.author_id ORDER BY posts.id"
	repliesOf    = "SELECT posts.id, posts.title, posts.author_id, posts.parent_id FROM posts WHERE ? = posts.parent_id ORDER BY posts.id"
	profileOf    = "SELECT profiles.id, profiles.motto, profiles.author_id FROM profiles WHERE ? = profiles.author_id"
)

func add[T any](t testing.TB, h *orm.Many[T], items ...*T) {
	t.Helper()
	require.NoError(t, h.Add(items...))
}

func testSaveUpdate(t *testing.T) {
	ctx := context.Background()

	t.Run("all that an added object leads to", func(t *testing.T) {
		s, log := flushed(t)
		ann, one, two, tag := &Author{Name: "Ann"}, &Post{Title: "one"}, &Post{Title: "two"}, &Tag{Name: "go"}
		add(t, &ann.Posts, one)
		add(t, &one.Replies, two)
		add(t, &two.Tags, tag)
		require.NoError(t, s.Add(ann))
		for _, o := range []any{ann, one, two, tag} {
			assert.True(t, s.Contains(o))
		}
		require.NoError(t, s.Flush(ctx))
		log.is(t, insertAuthor+" [Ann]", insertPost+" [one 1 <nil>]", insertPost+" [two <nil> 1]", insertTag+" [go]", insertLink+" [2 1]")
		assert.Equal(t, orm.Some(int64(1)), one.AuthorID)
		require.NoError(t, s.Flush(ctx))
		log.is(t)
		assert.Equal(t, []string{"one"}, titlesOf(t, &ann.Posts), "a new collection stays loaded")
	})

	t.Run("a child of a persistent parent is not added by naming it", func(t *testing.T) {
		s, log := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		post := &Post{Title: "new"}
		require.NoError(t, post.Author.Set(ann))
		require.NoError(t, s.Flush(ctx))
		assert.False(t, s.Contains(post))
		log.is(t)
		require.NoError(t, s.Add(post))
		require.NoError(t, s.Flush(ctx))
		log.is(t, insertPost+" [new 1 <nil>]")
		require.NoError(t, s.Flush(ctx))
		log.is(t)
	})

	t.Run("a parent in no session", func(t *testing.T) {
		s, _ := flushed(t)
		ann, post := Authors.New(), &Post{Title: "one"}
		ann.Name = "Ann"
		require.NoError(t, s.Add(post))
		add(t, &ann.Posts, post)
		require.ErrorContains(t, s.Flush(ctx), "orm: flushing the session: Post.Author leads to an object that is not in this session: Add the Author")
		require.NoError(t, s.Add(ann))
		require.NoError(t, s.Flush(ctx))
		assert.Equal(t, orm.Some(int64(1)), post.AuthorID)
	})
}

func testFlushOrder(t *testing.T) {
	ctx := context.Background()

	t.Run("parents first, else as added", func(t *testing.T) {
		s, log := flushed(t)
		grandchild, child, root, other := &Post{Title: "grandchild"}, &Post{Title: "child"}, &Post{Title: "root"}, &Post{Title: "other"}
		require.NoError(t, s.Add(other, grandchild, child, root))
		require.NoError(t, grandchild.Parent.Set(child))
		require.NoError(t, child.Parent.Set(root))
		tag := &Tag{Name: "go"}
		add(t, &grandchild.Tags, tag)
		require.NoError(t, s.Flush(ctx))
		log.is(t, insertPost+" [other <nil> <nil>]", insertPost+" [root <nil> <nil>]", insertPost+" [child <nil> 2]",
			insertPost+" [grandchild <nil> 3]", insertTag+" [go]", insertLink+" [4 1]")

		require.NoError(t, s.Delete(root, tag, child, grandchild))
		require.NoError(t, s.Flush(ctx))
		var deletes []string
		for _, st := range log.take() {
			if line := line(st); line[:6] == "DELETE" {
				deletes = append(deletes, line)
			}
		}
		assert.Equal(t, []string{
			"DELETE FROM post_tags WHERE post_tags.post_id = ? [4]", "DELETE FROM post_tags WHERE post_tags.post_id = ? [3]",
			"DELETE FROM post_tags WHERE post_tags.post_id = ? [2]", "DELETE FROM post_tags WHERE post_tags.tag_id = ? [1]",
			"DELETE FROM tags WHERE tags.id = ? [1]",
			"DELETE FROM posts WHERE posts.id = ? [4]", "DELETE FROM posts WHERE posts.id = ? [3]", "DELETE FROM posts WHERE posts.id = ? [2]"}, deletes)
	})

	t.Run("a circle", func(t *testing.T) {
		s, log := flushed(t)
		a, b := &Post{Title: "a"}, &Post{Title: "b"}
		require.NoError(t, s.Add(a, b))
		require.NoError(t, a.Parent.Set(b))
		require.NoError(t, b.Parent.Set(a))
		require.ErrorContains(t, s.Flush(ctx), "objects refer to each other in a circle, Post.Parent → Post.Parent, so none can be inserted first; tag one of these relationships with post_update")
		log.is(t)
		require.NoError(t, b.Parent.Set(nil))
		require.NoError(t, s.Flush(ctx))
		log.is(t, insertPost+" [b <nil> <nil>]", insertPost+" [a <nil> 1]")
	})
}

var _ = behaviour(76, together(testBackPopulates, testOneUpdate))

func testOneUpdate(t *testing.T) {
	ctx := context.Background()
	s, log := withLibrary(t)
	authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
	ann, bob := authors[0], authors[1]
	posts, err := ann.Posts.All()
	require.NoError(t, err)
	log.take()
	add(t, &bob.Posts, posts[0])
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE posts SET author_id=? WHERE posts.id = ? [2 1]")

	four, err := Posts.Get(ctx, s, 4)
	require.NoError(t, err)
	cleo := &Author{Name: "Cleo"}
	require.NoError(t, s.Add(cleo))
	require.NoError(t, four.Author.Set(cleo))
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, insertAuthor+" [Cleo]", "UPDATE posts SET author_id=? WHERE posts.id = ? [4 4]")

	require.NoError(t, ann.Posts.Remove(posts[1]))
	require.NoError(t, bob.Posts.Add(posts[1]))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE posts SET author_id=? WHERE posts.id = ? [2 2]")

	require.NoError(t, bob.Posts.Remove(posts[1]))
	require.NoError(t, s.Flush(ctx))
	log.take()
	assert.ErrorContains(t, ann.Posts.Add(posts[1]), "Author.Posts: the Post was deleted in this transaction", "an orphan is deleted by a flush")
	require.NoError(t, s.Rollback(ctx))
}

var _ = behaviour(77, together(testDeleteOfParents, testRulesOfDelete, testPassiveDeletes))

func testDeleteOfParents(t *testing.T) {
	ctx := context.Background()

	t.Run("children lose the key", func(t *testing.T) {
		s, log := withLibrary(t)
		one, err := Posts.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		require.NoError(t, s.Delete(one))
		require.NoError(t, s.Flush(ctx))
		log.is(t, repliesOf+" [1]",
			"UPDATE posts SET parent_id=? WHERE posts.id = ? [<nil> 2]", "UPDATE posts SET parent_id=? WHERE posts.id = ? [<nil> 3]",
			"DELETE FROM post_tags WHERE post_tags.post_id = ? [1]", "DELETE FROM posts WHERE posts.id = ? [1]")
	})

	t.Run("children go", func(t *testing.T) {
		s, log := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		require.NoError(t, s.Delete(ann))
		require.NoError(t, s.Flush(ctx))
		log.is(t, postsOf+" [1]", profileOf+" [1]", repliesOf+" [1]", repliesOf+" [2]",
			"UPDATE posts SET parent_id=? WHERE posts.id = ? [<nil> 3]", "UPDATE posts SET parent_id=? WHERE posts.id = ? [<nil> 4]",
			"UPDATE profiles SET author_id=? WHERE profiles.id = ? [<nil> 1]",
			"DELETE FROM post_tags WHERE post_tags.post_id = ? [1]", "DELETE FROM post_tags WHERE post_tags.post_id = ? [2]",
			"DELETE FROM posts WHERE posts.id = ? [2]", "DELETE FROM posts WHERE posts.id = ? [1]", "DELETE FROM authors WHERE authors.id = ? [1]")
		require.NoError(t, s.Commit(ctx))
	})

	t.Run("a collection is replaced", func(t *testing.T) {
		s, log := withLibrary(t)
		bob := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))[1]
		log.take()
		require.NoError(t, bob.Posts.Set(&Post{Title: "fresh"}))
		require.NoError(t, s.Flush(ctx))
		log.is(t, repliesOf+" [3]", insertPost+" [fresh 2 <nil>]", "DELETE FROM post_tags WHERE post_tags.post_id = ? [3]", "DELETE FROM posts WHERE posts.id = ? [3]")
	})

	t.Run("a pending orphan is let go", func(t *testing.T) {
		s, log := withLibrary(t)
		bob, err := Authors.Get(ctx, s, 2)
		require.NoError(t, err)
		log.take()
		post := &Post{Title: "never"}
		add(t, &bob.Posts, post)
		require.NoError(t, bob.Posts.Remove(post))
		require.NoError(t, s.Flush(ctx))
		assert.False(t, s.Contains(post))
		log.is(t)
	})

	t.Run("the one is replaced", func(t *testing.T) {
		s, log := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		require.NoError(t, ann.Profile.Set(&Profile{Motto: "new"}))
		require.NoError(t, s.Flush(ctx))
		log.is(t, profileOf+" [1]", "UPDATE profiles SET author_id=? WHERE profiles.id = ? [<nil> 1]",
			"INSERT INTO profiles (motto, author_id) VALUES (?, ?) [new 1]")
	})
}

var _ = behaviour(78, together(testManyToMany, testPostUpdate))

func testManyToMany(t *testing.T) {
	ctx := context.Background()

	t.Run("a row for each change", func(t *testing.T) {
		s, log := withLibrary(t)
		one := byID(t, s, Posts, &Posts.F.ID, orm.SelectIn(&Posts.F.Tags))[0]
		tags := byID(t, s, Tags, &Tags.F.ID)
		log.take()
		require.NoError(t, one.Tags.Remove(tags[0]))
		add(t, &one.Tags, tags[2])
		add(t, &tags[2].Posts, one) // there already
		require.NoError(t, s.Flush(ctx))
		log.is(t, deleteLink+" [1 1]", insertLink+" [1 3]")

		require.NoError(t, tags[2].Posts.Remove(one))
		add(t, &tags[2].Posts, one)
		require.NoError(t, s.Flush(ctx))
		log.is(t)
		require.NoError(t, tags[1].Posts.Remove(one))
		require.NoError(t, s.Flush(ctx))
		log.is(t, deleteLink+" [1 2]")
	})

	t.Run("a duplicate that was not known", func(t *testing.T) {
		s, _ := withLibrary(t)
		one, err := Posts.Get(ctx, s, 1)
		require.NoError(t, err)
		tag, err := Tags.Get(ctx, s, 1)
		require.NoError(t, err)
		add(t, &one.Tags, tag)
		var database *orm.Error
		require.ErrorAs(t, s.Flush(ctx), &database)
		assert.Equal(t, orm.KindUnique, database.Kind)
		require.NoError(t, s.Rollback(ctx))
		require.NoError(t, s.Flush(ctx))
	})

	t.Run("deleting a side", func(t *testing.T) {
		s, log := withLibrary(t)
		sql, err := Tags.Get(ctx, s, 2)
		require.NoError(t, err)
		log.take()
		require.NoError(t, s.Delete(sql))
		require.NoError(t, s.Flush(ctx))
		log.is(t, "DELETE FROM post_tags WHERE post_tags.tag_id = ? [2]", "DELETE FROM tags WHERE tags.id = ? [2]")
	})
}

func TestRelationshipRollback(t *testing.T) {
	ctx := context.Background()

	t.Run("membership is as before", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
		ann, bob := authors[0], authors[1]
		posts, err := ann.Posts.All()
		require.NoError(t, err)
		fresh := &Post{Title: "fresh"}
		add(t, &bob.Posts, posts[0], fresh)
		require.NoError(t, s.Flush(ctx))
		require.NoError(t, s.Rollback(ctx))
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &ann.Posts))
		assert.Equal(t, []string{"three"}, titlesOf(t, &bob.Posts))
		assert.Same(t, ann, authorOf(t, posts[0]))
		assert.False(t, s.Contains(fresh))
		assert.Same(t, bob, authorOf(t, fresh), "an object that was let go keeps what it has")

		fresh.ID = 0
		require.NoError(t, s.Add(fresh))
		assert.Equal(t, []string{"three", "fresh"}, titlesOf(t, &bob.Posts))
		log.take()
		require.NoError(t, s.Flush(ctx))
		log.is(t, "BEGIN", insertPost+" [fresh 2 <nil>]")
	})

	t.Run("a savepoint", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
		ann, bob := authors[0], authors[1]
		posts, err := ann.Posts.All()
		require.NoError(t, err)
		add(t, &ann.Posts, &Post{Title: "kept"})
		fresh := &Post{Title: "fresh"}
		err = s.Nested(ctx, func(ctx context.Context) error {
			add(t, &bob.Posts, posts[0], fresh)
			if err := s.Flush(ctx); err != nil {
				return err
			}
			return assert.AnError
		})
		require.ErrorIs(t, err, assert.AnError)
		assert.Equal(t, []string{"one", "two", "kept"}, titlesOf(t, &ann.Posts))
		assert.Equal(t, []string{"three"}, titlesOf(t, &bob.Posts))
		log.take()
		require.NoError(t, s.Commit(ctx))
		log.is(t, "COMMIT")
		list, err := ann.Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "two", "kept"}, titles(list))
	})
}
