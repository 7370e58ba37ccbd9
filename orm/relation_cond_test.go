package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

var _ = behaviour(83, func(t *testing.T) {
	ctx := context.Background()
	s, log := withLibrary(t)
	ann, err := Authors.Get(ctx, s, 1)
	require.NoError(t, err)
	sql, err := Tags.Get(ctx, s, 2)
	require.NoError(t, err)
	two, err := Posts.Get(ctx, s, 2)
	require.NoError(t, err)
	var (
		title = orm.C(&Posts.F.Title)
		older = Posts.As("older")
	)
	posts := []struct {
		name  string
		query orm.Query[Post]
		where string
		found []string
	}{
		{"Has", Posts.Select().Where(orm.Has(&Posts.F.Author, orm.C(&Authors.F.Name).Eq("Ann"))),
			"WHERE EXISTS (SELECT 1 FROM authors WHERE posts.author_id = authors.id AND authors.name = ?) ORDER BY posts.id [Ann]", []string{"one", "two"}},
		{"not Has", Posts.Select().Where(orm.Not(orm.Has(&Posts.F.Author))),
			"WHERE NOT (EXISTS (SELECT 1 FROM authors WHERE posts.author_id = authors.id)) ORDER BY posts.id", []string{"four"}},
		{"Any, many to many", Posts.Select().Where(orm.Any(&Posts.F.Tags, orm.C(&Tags.F.Name).Eq("sql"))),
			"WHERE EXISTS (SELECT 1 FROM post_tags, tags WHERE posts.id = post_tags.post_id AND tags.id = post_tags.tag_id AND tags.name = ?) ORDER BY posts.id [sql]",
			[]string{"one", "two"}},
		{"Any, itself", Posts.Select().Where(orm.Any(&Posts.F.Replies, title.Eq("four"), title.Like("f%"))),
			"WHERE EXISTS (SELECT 1 FROM posts AS posts_1 WHERE posts.id = posts_1.parent_id AND posts_1.title = ? AND posts_1.title LIKE ?) ORDER BY posts.id [four f%]",
			[]string{"two"}},
		{"Any of Any", Posts.Select().Where(orm.Has(&Posts.F.Author, orm.Any(&Authors.F.Posts, title.Eq("one")))),
			"WHERE EXISTS (SELECT 1 FROM authors WHERE posts.author_id = authors.id AND EXISTS (SELECT 1 FROM posts WHERE authors.id = posts.author_id AND posts.title = ?)) ORDER BY posts.id [one]",
			[]string{"one", "two"}},
		{"EqObject", Posts.Select().Where(orm.EqObject(&Posts.F.Author, ann)),
			"WHERE ? = posts.author_id ORDER BY posts.id [1]", []string{"one", "two"}},
		{"EqObject of nil", Posts.Select().Where(orm.EqObject(&Posts.F.Author, nil)),
			"WHERE posts.author_id IS NULL ORDER BY posts.id", []string{"four"}},
		{"NeObject", Posts.Select().Where(orm.NeObject(&Posts.F.Author, ann)),
			"WHERE posts.author_id != ? OR posts.author_id IS NULL ORDER BY posts.id [1]", []string{"three", "four"}},
		{"NeObject of nil", Posts.Select().Where(orm.NeObject(&Posts.F.Author, nil)),
			"WHERE posts.author_id IS NOT NULL ORDER BY posts.id", []string{"one", "two", "three"}},
		{"ContainsObject, many to many", Posts.Select().Where(orm.ContainsObject(&Posts.F.Tags, sql)),
			"WHERE EXISTS (SELECT 1 FROM post_tags WHERE posts.id = post_tags.post_id AND ? = post_tags.tag_id) ORDER BY posts.id [2]", []string{"one", "two"}},
		{"ContainsObject", Posts.Select().Where(orm.ContainsObject(&Posts.F.Replies, two)),
			"WHERE ? = posts.id ORDER BY posts.id [1]", []string{"one"}},
		{"Along", Posts.Select().Join(orm.Along(&Posts.F.Author), orm.C(&Authors.F.Name).Eq("Ann")),
			"JOIN authors ON posts.author_id = authors.id AND authors.name = ? ORDER BY posts.id [Ann]", []string{"one", "two"}},
		{"Along, many to many", Posts.Select().Join(orm.Along(&Posts.F.Tags)).Where(orm.C(&Tags.F.Name).Eq("go")),
			"JOIN post_tags ON posts.id = post_tags.post_id JOIN tags ON tags.id = post_tags.tag_id WHERE tags.name = ? ORDER BY posts.id [go]", []string{"one"}},
		{"Along, outer", Posts.Select().LeftJoin(orm.Along(&Posts.F.Tags)).Where(orm.C(&Tags.F.ID).IsNull()),
			"LEFT OUTER JOIN (post_tags JOIN tags ON tags.id = post_tags.tag_id) ON posts.id = post_tags.post_id WHERE tags.id IS NULL ORDER BY posts.id",
			[]string{"three", "four"}},
		{"Along, itself", Posts.Select().Join(orm.Along(&Posts.F.Parent).To(older)).Where(orm.C(&older.F.Title).Eq("one")),
			"JOIN posts AS older ON posts.parent_id = older.id WHERE older.title = ? ORDER BY posts.id [one]", []string{"two", "three"}},
		{"Along, on from an alias", Posts.Select().Join(orm.Along(&Posts.F.Parent).To(older)).Join(orm.Along(&older.F.Author)).Where(orm.C(&Authors.F.ID).Eq(1)),
			"JOIN posts AS older ON posts.parent_id = older.id JOIN authors ON older.author_id = authors.id WHERE authors.id = ? ORDER BY posts.id [1]",
			[]string{"two", "three", "four"}},
		{"Related", orm.Related(Posts, &ann.Posts), "WHERE ? = posts.author_id ORDER BY posts.id [1]", []string{"one", "two"}},
		{"Related, many to many", orm.Related(Posts, &sql.Posts),
			"WHERE EXISTS (SELECT 1 FROM post_tags WHERE ? = post_tags.tag_id AND posts.id = post_tags.post_id) ORDER BY posts.id [2]", []string{"one", "two"}},
	}
	log.take()
	for _, c := range posts {
		t.Run(c.name, func(t *testing.T) {
			list, err := c.query.OrderBy(orm.C(&Posts.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, c.found, titles(list))
			log.is(t, "SELECT "+postColumns+" FROM posts "+c.where)
		})
	}
	t.Run("one to one", func(t *testing.T) {
		list, err := Authors.Select().Where(orm.EqObject(&Authors.F.Profile, nil)).OrderBy(orm.C(&Authors.F.ID).Asc()).All(ctx, s)
		require.NoError(t, err)
		assert.Len(t, list, 2)
		log.is(t, "SELECT "+authorColumns+" FROM authors WHERE NOT (EXISTS (SELECT 1 FROM profiles WHERE authors.id = profiles.author_id)) ORDER BY authors.id")
	})
	t.Run("what is wrong", func(t *testing.T) {
		_, err := Posts.Select().Where(orm.EqObject(&Posts.F.Author, &Author{})).All(ctx, s)
		assert.ErrorContains(t, err, "comparing Post.Author with a Author: its Author.ID is not set; flush it first")
		_, err = Posts.Select().Where(orm.Any(&ann.Posts)).All(ctx, s)
		assert.ErrorContains(t, err, notPrototype)
		_, err = Tags.Select().Join(orm.Along(&Posts.F.Author)).All(ctx, s)
		assert.EqualError(t, err, "orm: joining along Post.Author: the statement does not read posts")
		_, err = Posts.Select().Join(orm.Along(&Posts.F.Author).To(older)).All(ctx, s)
		assert.EqualError(t, err, "orm: Post.Author leads to the table authors, not to older")
		_, err = orm.Related(Tags, &ann.Posts).All(ctx, s)
		assert.ErrorContains(t, err, "Author.Posts leads to objects of Post, not of Tag")
		log.is(t)
	})
})
