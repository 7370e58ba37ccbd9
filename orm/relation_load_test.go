package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

const (
	authorColumns = "authors.id, authors.name"
	postColumns   = "posts.id, posts.title, posts.author_id, posts.parent_id"
)

var _ = behaviour(79, func(t *testing.T) {
	ctx := context.Background()

	t.Run("one to many", func(t *testing.T) {
		s, log := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()

		assert.False(t, ann.Posts.Loaded())
		_, err = ann.Posts.All()
		assert.ErrorIs(t, err, orm.ErrNotLoaded)
		assert.EqualError(t, err, "orm: not loaded: Author.Posts; call its Load, or let the query load it by Options(orm.SelectIn(&….F.Posts))")
		log.is(t)

		posts, err := ann.Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "two"}, titles(posts))
		log.is(t, "SELECT "+postColumns+" FROM posts WHERE ? = posts.author_id ORDER BY posts.id [1]")
		assert.True(t, ann.Posts.Loaded())
		_, err = ann.Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &ann.Posts))
		log.is(t)

		author, err := posts[0].Author.Get()
		require.NoError(t, err, "the session holds it")
		assert.Same(t, ann, author)
		log.is(t)
	})

	t.Run("many to one", func(t *testing.T) {
		s, log := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID)
		log.take()

		_, err := posts[0].Author.Get()
		assert.ErrorIs(t, err, orm.ErrNotLoaded)
		author, err := posts[0].Author.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, "Ann", author.Name)
		log.is(t, "SELECT "+authorColumns+" FROM authors WHERE authors.id = ? [1]")

		same, err := posts[1].Author.Load(ctx)
		require.NoError(t, err)
		assert.Same(t, author, same)
		log.is(t)

		for _, load := range []func() (*Author, error){posts[3].Author.Get, func() (*Author, error) { return posts[3].Author.Load(ctx) }} {
			none, err := load()
			require.NoError(t, err, "the key is NULL")
			assert.Nil(t, none)
		}
		log.is(t)

		parent, err := posts[1].Parent.Get()
		require.NoError(t, err)
		assert.Same(t, posts[0], parent)
	})

	t.Run("one to one", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID)
		log.take()
		profile, err := authors[0].Profile.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, "so it goes", profile.Motto)
		log.is(t, "SELECT profiles.id, profiles.motto, profiles.author_id FROM profiles WHERE ? = profiles.author_id [1]")
		none, err := authors[1].Profile.Load(ctx)
		require.NoError(t, err)
		assert.Nil(t, none)
		assert.True(t, authors[1].Profile.Loaded())
	})

	t.Run("many to many", func(t *testing.T) {
		s, log := withLibrary(t)
		post, err := Posts.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		tags, err := post.Tags.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, "sql", tags[0].Name, "sorted downwards")
		assert.Len(t, tags, 2)
		log.is(t, "SELECT tags.id, tags.name FROM tags, post_tags WHERE ? = post_tags.post_id AND tags.id = post_tags.tag_id ORDER BY tags.name DESC, tags.id [1]")
	})

	t.Run("a key of two columns", func(t *testing.T) {
		s, log := withLibrary(t)
		shelf, err := Shelves.Get(ctx, s, "a", 1)
		require.NoError(t, err)
		log.take()
		items, err := shelf.Items.Load(ctx)
		require.NoError(t, err)
		assert.Len(t, items, 2)
		log.is(t, "SELECT items.id, items.room, items.number FROM items WHERE ? = items.room AND ? = items.number ORDER BY items.id [a 1]")
		half, err := Items.Get(ctx, s, 4)
		require.NoError(t, err)
		none, err := half.Shelf.Load(ctx)
		require.NoError(t, err, "half of the key is NULL")
		assert.Nil(t, none)
	})

	t.Run("detached", func(t *testing.T) {
		s, _ := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		post, err := Posts.Get(ctx, s, 1)
		require.NoError(t, err)
		_, err = post.Tags.Load(ctx)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		_, err = ann.Posts.Load(ctx)
		assert.ErrorIs(t, err, orm.ErrDetached)
		assert.ErrorContains(t, err, "Author.Posts")
		_, err = post.Author.Get()
		assert.ErrorIs(t, err, orm.ErrNotLoaded)
		assert.Equal(t, []string{"sql", "go"}, tagsOf(t, post), "what was loaded stays")
	})

	t.Run("after commit", func(t *testing.T) {
		s, log := withLibrary(t)
		post, err := Posts.Get(ctx, s, 3)
		require.NoError(t, err)
		bob, err := post.Author.Load(ctx)
		require.NoError(t, err)
		_, err = bob.Posts.Load(ctx)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
		_, err = orm.Text("UPDATE posts SET author_id = 2 WHERE id = 4").Exec(ctx, s)
		require.NoError(t, err)
		_, err = orm.Text("UPDATE posts SET author_id = 1 WHERE id = 3").Exec(ctx, s)
		require.NoError(t, err)
		log.take()

		assert.Equal(t, []string{"three"}, titlesOf(t, &bob.Posts), "the handle keeps what it has, like a field")
		posts, err := bob.Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"four"}, titles(posts))
		author, err := post.Author.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, "Ann", author.Name)
		log.is(t, "SELECT "+postColumns+" FROM posts WHERE ? = posts.author_id ORDER BY posts.id [2]",
			"SELECT "+postColumns+" FROM posts WHERE posts.id = ? [3]",
			"SELECT "+authorColumns+" FROM authors WHERE authors.id = ? [1]")
	})
})

var _ = behaviour(81, together(testSelectIn, testSubqueryLoad))

func testSelectIn(t *testing.T) {
	ctx := context.Background()

	t.Run("one to many", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
		log.is(t, "SELECT "+authorColumns+" FROM authors ORDER BY authors.id",
			"SELECT "+postColumns+" FROM posts WHERE posts.author_id IN (?, ?, ?) ORDER BY posts.id [1 2 3]")
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
		assert.Equal(t, []string{"three"}, titlesOf(t, &authors[1].Posts))
		assert.Equal(t, []string{}, titlesOf(t, &authors[2].Posts), "loaded and empty")

		byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
		log.is(t, "SELECT "+authorColumns+" FROM authors ORDER BY authors.id")
	})

	t.Run("many to one asks for what the session lacks", func(t *testing.T) {
		s, log := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		posts := byID(t, s, Posts, &Posts.F.ID, orm.SelectIn(&Posts.F.Author))
		log.is(t, "SELECT "+postColumns+" FROM posts ORDER BY posts.id",
			"SELECT "+authorColumns+" FROM authors WHERE authors.id IN (?) [2]")
		author, err := posts[0].Author.Get()
		require.NoError(t, err)
		assert.Same(t, ann, author)
		author, err = posts[2].Author.Get()
		require.NoError(t, err)
		assert.Equal(t, "Bob", author.Name)
	})

	t.Run("many to many", func(t *testing.T) {
		s, log := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.SelectIn(&Posts.F.Tags))
		log.is(t, "SELECT "+postColumns+" FROM posts ORDER BY posts.id",
			"SELECT tags.id, tags.name, post_tags.post_id FROM tags JOIN post_tags ON tags.id = post_tags.tag_id"+
				" WHERE post_tags.post_id IN (?, ?, ?, ?) ORDER BY tags.name DESC, tags.id [1 2 3 4]")
		assert.Equal(t, []string{"sql", "go"}, tagsOf(t, posts[0]))
		assert.Equal(t, []string{"sql"}, tagsOf(t, posts[1]))
		assert.Equal(t, []string{}, tagsOf(t, posts[3]))
	})

	t.Run("nested", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID,
			orm.SelectIn(&Authors.F.Posts).Then(orm.SelectIn(&Posts.F.Tags), orm.SelectIn(&Posts.F.Replies)))
		assert.Len(t, log.take(), 4, "a query for each level")
		posts, err := authors[0].Posts.All()
		require.NoError(t, err)
		assert.Equal(t, []string{"sql"}, tagsOf(t, posts[1]))
		assert.Equal(t, []string{"two", "three"}, titlesOf(t, &posts[0].Replies))
	})

	t.Run("a key of two columns", func(t *testing.T) {
		s, log := withLibrary(t)
		shelves, err := Shelves.Select().Options(orm.SelectIn(&Shelves.F.Items)).All(ctx, s)
		require.NoError(t, err)
		assert.Len(t, shelves, 3)
		log.is(t, "SELECT shelves.room, shelves.number FROM shelves",
			"SELECT items.id, items.room, items.number FROM items WHERE (items.room, items.number) IN (VALUES (?, ?), (?, ?), (?, ?)) ORDER BY items.id [a 1 a 2 b 1]")
		for _, shelf := range shelves {
			items, err := shelf.Items.All()
			require.NoError(t, err)
			assert.Len(t, items, map[string]int{"a 1": 2, "a 2": 0, "b 1": 1}[fmt.Sprint(shelf.Room, " ", shelf.Number)])
		}
	})

	t.Run("in chunks", func(t *testing.T) {
		s, log := withLibrary(t)
		for i := range 508 {
			_, err := orm.Text("INSERT INTO authors (id, name) VALUES (:id, 'x')").Bind("id", 100+i).Exec(ctx, s)
			require.NoError(t, err)
		}
		log.take()
		byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
		var counts []int
		for _, st := range log.take() {
			counts = append(counts, len(st.Args))
		}
		assert.Equal(t, []int{0, 500, 11}, counts)
	})

	t.Run("an option of another model", func(t *testing.T) {
		s, _ := withLibrary(t)
		_, err := Authors.Select().Options(orm.SelectIn(&Posts.F.Tags)).All(ctx, s)
		assert.EqualError(t, err, "orm: an option of the query loads Post.Tags, but here it reads objects of Author")
		_, err = Authors.Select().Options(orm.SelectIn(&new(Author).Posts)).All(ctx, s)
		assert.EqualError(t, err, notPrototype)
	})
}
