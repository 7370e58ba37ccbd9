package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestLoadersOfAnAliasedModel(t *testing.T) {
	ctx := context.Background()
	writer := Authors.As("writer")
	name := orm.C(&writer.F.Name)
	query := writer.Select().Where(name.Ne("Cid")).OrderBy(name.Desc())
	const own = "writer.id, writer.name"
	posts := func(t *testing.T, authors []*Author) {
		require.Len(t, authors, 2)
		assert.Equal(t, []string{"three"}, titlesOf(t, &authors[0].Posts))
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[1].Posts))
	}
	// The alias's own handle and the model's mean the same.
	for _, handle := range []orm.Handle{&Authors.F.Posts, &writer.F.Posts} {
		for _, c := range []struct {
			name string
			sql  []string
			how  func(orm.Handle) orm.Loader
		}{
			{"SelectIn", []string{"SELECT " + own + " FROM authors AS writer WHERE writer.name != ? ORDER BY writer.name DESC [Cid]",
				"SELECT " + postColumns + " FROM posts WHERE posts.author_id IN (?, ?) ORDER BY posts.id [2 1]"}, orm.SelectIn},
			{"Joined", []string{"SELECT " + own + ", " + joinedPosts + " FROM authors AS writer LEFT OUTER JOIN posts AS posts_1 ON writer.id = posts_1.author_id" +
				" WHERE writer.name != ? ORDER BY writer.name DESC, posts_1.id [Cid]"}, orm.Joined},
			{"SubqueryLoad", []string{"SELECT " + own + " FROM authors AS writer WHERE writer.name != ? ORDER BY writer.name DESC [Cid]",
				"SELECT " + postColumns + ", anon_1.id AS id_1 FROM (SELECT writer.id FROM authors AS writer WHERE writer.name != ?) AS anon_1" +
					" JOIN posts ON anon_1.id = posts.author_id ORDER BY posts.id [Cid]"}, orm.SubqueryLoad},
		} {
			t.Run(c.name, func(t *testing.T) {
				s, log := withLibrary(t)
				authors, err := query.Options(c.how(handle)).All(ctx, s)
				require.NoError(t, err)
				log.is(t, c.sql...)
				posts(t, authors)
			})
		}
	}

	t.Run("Joined, with a limit", func(t *testing.T) {
		s, log := withLibrary(t)
		authors, err := query.Limit(2).Options(orm.Joined(&Authors.F.Posts)).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT anon_1.id, anon_1.name, "+joinedPosts+" FROM (SELECT "+own+" FROM authors AS writer WHERE writer.name != ? ORDER BY writer.name DESC LIMIT ?) AS anon_1"+
			" LEFT OUTER JOIN posts AS posts_1 ON anon_1.id = posts_1.author_id ORDER BY anon_1.name DESC, posts_1.id [Cid 2]")
		posts(t, authors)
	})

	t.Run("ContainsEager, of the alias and to one", func(t *testing.T) {
		s, log := withLibrary(t)
		book := Posts.As("book")
		authors, err := query.Join(orm.Along(&writer.F.Posts).To(book)).Options(orm.ContainsEager(&writer.F.Posts, book)).OrderBy(orm.C(&book.F.ID).Asc()).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT "+own+", book.id AS id_1, book.title, book.author_id, book.parent_id FROM authors AS writer JOIN posts AS book ON writer.id = book.author_id"+
			" WHERE writer.name != ? ORDER BY writer.name DESC, book.id [Cid]")
		posts(t, authors)
	})

	t.Run("columns and criteria", func(t *testing.T) {
		s, log := withLibrary(t)
		authors, err := query.Options(orm.LoadOnly(&writer.F.ID), orm.Criteria(Authors, orm.C(&Authors.F.ID).Gt(0)), orm.Raise(&writer.F.Profile)).All(ctx, s)
		require.NoError(t, err)
		log.is(t, "SELECT writer.id FROM authors AS writer WHERE writer.name != ? AND writer.id > ? ORDER BY writer.name DESC [Cid 0]")
		_, err = authors[0].Profile.Load(ctx)
		assert.ErrorIs(t, err, orm.ErrNotLoaded)
	})
}
