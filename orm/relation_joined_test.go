package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

const (
	joinedAuthors = "authors_1.id AS id_1, authors_1.name"
	joinedPosts   = "posts_1.id AS id_1, posts_1.title, posts_1.author_id, posts_1.parent_id"
)

var _ = behaviour(80, func(t *testing.T) {
	ctx := context.Background()
	authorID := orm.C(&Authors.F.ID)

	t.Run("one object", func(t *testing.T) {
		s, log := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.Joined(&Posts.F.Author))
		log.is(t, "SELECT "+postColumns+", "+joinedAuthors+" FROM posts LEFT OUTER JOIN authors AS authors_1 ON posts.author_id = authors_1.id ORDER BY posts.id")
		assert.Equal(t, []string{"one", "two", "three", "four"}, titles(posts))
		assert.Same(t, authorOf(t, posts[0]), authorOf(t, posts[1]))
		assert.Equal(t, "Bob", authorOf(t, posts[2]).Name)
		assert.Nil(t, authorOf(t, posts[3]))
	})

	t.Run("a collection: each object once", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.Joined(&Authors.F.Posts))
		log.is(t, "SELECT "+authorColumns+", "+joinedPosts+" FROM authors LEFT OUTER JOIN posts AS posts_1 ON authors.id = posts_1.author_id ORDER BY authors.id, posts_1.id")
		require.Len(t, authors, 3)
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
		assert.Equal(t, []string{}, titlesOf(t, &authors[2].Posts))
	})

	t.Run("a limit counts the query's own objects", func(t *testing.T) {
		s, log := withLibrary(t)
		authors, err := Authors.Select().OrderBy(orm.C(&Authors.F.Name).Desc()).Limit(2).Offset(1).
			Options(orm.Joined(&Authors.F.Posts)).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT anon_1.id, anon_1.name, "+joinedPosts+
			" FROM (SELECT "+authorColumns+" FROM authors ORDER BY authors.name DESC LIMIT ? OFFSET ?) AS anon_1"+
			" LEFT OUTER JOIN posts AS posts_1 ON anon_1.id = posts_1.author_id ORDER BY anon_1.name DESC, posts_1.id [2 1]")
		require.Len(t, authors, 2)
		assert.Equal(t, "Bob", authors[0].Name)
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[1].Posts))
	})

	t.Run("a limit, sorted by another table", func(t *testing.T) {
		s, log := withLibrary(t)
		authors, err := Authors.Select().Join(orm.Along(&Authors.F.Profile)).OrderBy(orm.C(&Profiles.F.Motto).Asc()).Limit(1).
			Options(orm.Joined(&Authors.F.Posts)).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT anon_1.id, anon_1.name, "+joinedPosts+
			" FROM (SELECT "+authorColumns+", profiles.motto AS order_1 FROM authors JOIN profiles ON authors.id = profiles.author_id ORDER BY profiles.motto LIMIT ?) AS anon_1"+
			" LEFT OUTER JOIN posts AS posts_1 ON anon_1.id = posts_1.author_id ORDER BY anon_1.order_1, posts_1.id [1]")
		require.Len(t, authors, 1)
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
	})

	t.Run("a limit needs no subquery for one object", func(t *testing.T) {
		s, log := withLibrary(t)
		_, err := Posts.Select().OrderBy(orm.C(&Posts.F.ID).Asc()).Limit(2).Options(orm.Joined(&Posts.F.Author)).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT "+postColumns+", "+joinedAuthors+" FROM posts LEFT OUTER JOIN authors AS authors_1 ON posts.author_id = authors_1.id ORDER BY posts.id LIMIT ? [2]")
	})

	t.Run("the query's own join stays apart", func(t *testing.T) {
		s, log := withLibrary(t)
		authors, err := Authors.Select().Join(orm.Along(&Authors.F.Posts)).Where(orm.C(&Posts.F.Title).Eq("two")).
			Options(orm.Joined(&Authors.F.Posts)).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT "+authorColumns+", "+joinedPosts+" FROM authors JOIN posts ON authors.id = posts.author_id"+
			" LEFT OUTER JOIN posts AS posts_1 ON authors.id = posts_1.author_id WHERE posts.title = ? ORDER BY posts_1.id [two]")
		require.Len(t, authors, 1)
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
	})

	t.Run("ContainsEager takes the query's own join", func(t *testing.T) {
		s, log := withLibrary(t)
		authors, err := Authors.Select().Join(orm.Along(&Authors.F.Posts)).Where(orm.C(&Posts.F.Title).Eq("two")).
			Options(orm.ContainsEager(&Authors.F.Posts)).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT "+authorColumns+", posts.id AS id_1, posts.title, posts.author_id, posts.parent_id"+
			" FROM authors JOIN posts ON authors.id = posts.author_id WHERE posts.title = ? [two]")
		require.Len(t, authors, 1)
		assert.Equal(t, []string{"two"}, titlesOf(t, &authors[0].Posts))

		older := Posts.As("older")
		posts, err := Posts.Select().Join(orm.Along(&Posts.F.Parent).To(older)).OrderBy(orm.C(&Posts.F.ID).Asc()).
			Options(orm.ContainsEager(&Posts.F.Parent, older)).All(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []string{"two", "three", "four"}, titles(posts))
		assert.True(t, posts[2].Parent.Loaded())
	})

	t.Run("many to many, and nested", func(t *testing.T) {
		s, log := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.Joined(&Posts.F.Tags))
		log.is(t, "SELECT "+postColumns+", tags_1.id AS id_1, tags_1.name FROM posts"+
			" LEFT OUTER JOIN (post_tags AS post_tags_1 JOIN tags AS tags_1 ON tags_1.id = post_tags_1.tag_id) ON posts.id = post_tags_1.post_id"+
			" ORDER BY posts.id, tags_1.name DESC, tags_1.id")
		assert.Equal(t, []string{"sql", "go"}, tagsOf(t, posts[0]))
		assert.Equal(t, []string{}, tagsOf(t, posts[3]))

		other, log := withLibrary(t)
		authors := byID(t, other, Authors, &Authors.F.ID,
			orm.Joined(&Authors.F.Posts).Then(orm.Joined(&Posts.F.Tags), orm.SelectIn(&Posts.F.Replies).Then(orm.Joined(&Posts.F.Author))),
			orm.Joined(&Authors.F.Profile))
		sent := log.take()
		require.Len(t, sent, 2)
		assert.Contains(t, line(sent[1]), "FROM posts LEFT OUTER JOIN authors AS authors_1 ON posts.author_id = authors_1.id WHERE posts.parent_id IN (?, ?, ?) ORDER BY posts.id [1 2 3]")
		require.Len(t, authors, 3)
		first, err := authors[0].Posts.All()
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "two"}, titles(first), "rows multiply, objects do not")
		assert.Equal(t, []string{"sql", "go"}, tagsOf(t, first[0]))
		replies, err := first[0].Replies.All()
		require.NoError(t, err)
		assert.Equal(t, []string{"two", "three"}, titles(replies))
		assert.Same(t, authors[1], authorOf(t, replies[1]))
		profile, err := authors[0].Profile.Get()
		require.NoError(t, err)
		assert.Equal(t, "so it goes", profile.Motto)
	})

	t.Run("First and One", func(t *testing.T) {
		s, _ := withLibrary(t)
		ann, err := Authors.Select().Where(authorID.Eq(1)).Options(orm.Joined(&Authors.F.Posts)).One(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &ann.Posts))
	})
})

func testSubqueryLoad(t *testing.T) {
	ctx := context.Background()

	t.Run("SubqueryLoad", func(t *testing.T) {
		s, log := withLibrary(t)
		authors, err := Authors.Select().Where(orm.C(&Authors.F.ID).Lt(3)).OrderBy(orm.C(&Authors.F.ID).Asc()).
			Options(orm.SubqueryLoad(&Authors.F.Posts).Then(orm.SubqueryLoad(&Posts.F.Tags))).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT "+authorColumns+" FROM authors WHERE authors.id < ? ORDER BY authors.id [3]",
			"SELECT "+postColumns+", anon_1.id AS id_1 FROM (SELECT authors.id FROM authors WHERE authors.id < ?) AS anon_1 JOIN posts ON anon_1.id = posts.author_id ORDER BY posts.id [3]",
			"SELECT tags.id, tags.name, anon_1.id AS id_1 FROM (SELECT posts.id FROM (SELECT authors.id FROM authors WHERE authors.id < ?) AS anon_2 JOIN posts ON anon_2.id = posts.author_id) AS anon_1"+
				" JOIN post_tags ON anon_1.id = post_tags.post_id JOIN tags ON tags.id = post_tags.tag_id ORDER BY tags.name DESC, tags.id [3]")
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
		posts, err := authors[0].Posts.All()
		require.NoError(t, err)
		assert.Equal(t, []string{"sql", "go"}, tagsOf(t, posts[0]))
	})

	t.Run("SubqueryLoad of one object that many share", func(t *testing.T) {
		s, _ := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.SubqueryLoad(&Posts.F.Author))
		assert.Equal(t, "Ann", authorOf(t, posts[1]).Name)
		assert.Nil(t, authorOf(t, posts[3]))
	})
}

// What else loaders can do; see behaviour 82.
func TestRelationshipOptions(t *testing.T) {
	ctx := context.Background()
	title := orm.C(&Posts.F.Title)

	t.Run("what a row repeats is there once", func(t *testing.T) {
		s, _ := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1) // held before the subquery finds her, for each of her posts
		require.NoError(t, err)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.SubqueryLoad(&Posts.F.Author))
		for _, p := range posts[:2] {
			author, err := p.Author.Get()
			require.NoError(t, err)
			assert.Same(t, ann, author)
		}

		s, _ = withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts).Then(orm.Joined(&Posts.F.Tags)))
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
		first, err := authors[0].Posts.All()
		require.NoError(t, err)
		assert.Len(t, tagsOf(t, first[0]), 2, "so that its row came twice")
	})

	t.Run("a limit for each object", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts).OrderBy(orm.C(&Posts.F.ID).Desc()).Limit(1))
		log.is(t, "SELECT "+authorColumns+" FROM authors ORDER BY authors.id",
			"SELECT anon_1.id, anon_1.title, anon_1.author_id, anon_1.parent_id FROM (SELECT "+postColumns+
				", row_number() OVER (PARTITION BY posts.author_id ORDER BY posts.id DESC) AS row_of_owner FROM posts WHERE posts.author_id IN (?, ?, ?)) AS anon_1"+
				" WHERE anon_1.row_of_owner <= ? ORDER BY anon_1.row_of_owner [1 2 3 1]")
		assert.Equal(t, []string{"two"}, titlesOf(t, &authors[0].Posts))
		assert.Equal(t, []string{"three"}, titlesOf(t, &authors[1].Posts))

		_, err := Authors.Select().Options(orm.Joined(&Authors.F.Posts).Limit(1)).All(ctx, s)
		assert.EqualError(t, err, "orm: loading Author.Posts: OrderBy and Limit are for SelectIn")
		_, err = Authors.Select().Options(orm.SelectIn(&Authors.F.Posts).Limit(0)).All(ctx, s)
		assert.EqualError(t, err, "orm: the Limit of a loader is at least 1, not 0")
	})

	t.Run("a limit for each object, many to many", func(t *testing.T) {
		s, _ := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.SelectIn(&Posts.F.Tags).Limit(1))
		assert.Equal(t, []string{"sql"}, tagsOf(t, posts[0]))
	})

	t.Run("Raise", func(t *testing.T) {
		s, log := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.Raise(&Posts.F.Tags), orm.SelectIn(&Posts.F.Author))
		log.take()
		_, err := posts[0].Tags.Load(ctx)
		assert.ErrorIs(t, err, orm.ErrNotLoaded)
		assert.EqualError(t, err, "orm: not loaded: Post.Tags, because the query forbade it by orm.Raise; load it there by orm.SelectIn or orm.Joined")
		_, err = posts[0].Replies.Load(ctx)
		require.NoError(t, err)
		log.take()

		all := byID(t, s, Tags, &Tags.F.ID, orm.RaiseAll())
		_, err = all[0].Posts.Load(ctx)
		assert.ErrorIs(t, err, orm.ErrNotLoaded)
	})

	t.Run("conditions of a loader", func(t *testing.T) {
		for name, how := range map[string]func(orm.Handle) orm.Loader{"SelectIn": orm.SelectIn, "Joined": orm.Joined, "SubqueryLoad": orm.SubqueryLoad} {
			s, _ := withLibrary(t)
			authors := byID(t, s, Authors, &Authors.F.ID, how(&Authors.F.Posts).Where(orm.Or(title.Eq("two"), title.Eq("x"))))
			assert.Len(t, authors, 3, name)
			assert.Equal(t, []string{"two"}, titlesOf(t, &authors[0].Posts), name)
		}
	})

	t.Run("criteria of a model", func(t *testing.T) {
		s, log := withLibrary(t)
		hidden := orm.Criteria(Posts, orm.Or(title.Ne("one"), title.Eq("x")))
		authors := byID(t, s, Authors, &Authors.F.ID, orm.Joined(&Authors.F.Posts), hidden)
		log.is(t, "SELECT "+authorColumns+", "+joinedPosts+" FROM authors LEFT OUTER JOIN posts AS posts_1"+
			" ON authors.id = posts_1.author_id AND (posts_1.title != ? OR posts_1.title = ?) ORDER BY authors.id, posts_1.id [one x]")
		assert.Equal(t, []string{"two"}, titlesOf(t, &authors[0].Posts))

		posts, err := Posts.Select().Where(orm.Or(title.Eq("one"), title.Eq("two"))).Options(hidden).All(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []string{"two"}, titles(posts))
		log.is(t, "SELECT "+postColumns+" FROM posts WHERE (posts.title = ? OR posts.title = ?) AND (posts.title != ? OR posts.title = ?) [one two one x]")
	})

	t.Run("criteria of a session", func(t *testing.T) {
		s, log := withLibrary(t)
		s.AddCriteria(orm.Criteria(Posts, title.Ne("one")))
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		posts, err := ann.Posts.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"two"}, titles(posts))
		log.is(t, "SELECT "+authorColumns+" FROM authors WHERE authors.id = ? [1]",
			"SELECT "+postColumns+" FROM posts WHERE ? = posts.author_id AND posts.title != ? ORDER BY posts.id [1 one]")
		_, err = Posts.Get(ctx, s, 1)
		assert.ErrorIs(t, err, orm.ErrNoRows)
		older := Posts.As("older")
		list, err := older.Select().All(ctx, s)
		require.NoError(t, err)
		assert.Len(t, list, 3)
		_, err = Posts.Select().Options(orm.SelectIn(&Posts.F.Parent)).All(ctx, s)
		require.NoError(t, err)
	})
}
