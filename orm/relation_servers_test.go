//go:build !js && !wasip1

package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

func TestRelationshipsOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine := open(t, url, orm.Options{})
		fillLibrary(t, engine)
		loaders := map[string]func(orm.Handle) orm.Loader{"SelectIn": orm.SelectIn, "Joined": orm.Joined, "SubqueryLoad": orm.SubqueryLoad}
		for name, how := range loaders {
			s := session(t, engine)
			authors := byID(t, s, Authors, &Authors.F.ID, how(&Authors.F.Posts).Then(how(&Posts.F.Tags), how(&Posts.F.Parent)), how(&Authors.F.Profile))
			require.Len(t, authors, 3, name)
			posts, err := authors[0].Posts.All()
			require.NoError(t, err, name)
			assert.Equal(t, []string{"one", "two"}, titles(posts), name)
			assert.Equal(t, []string{"sql", "go"}, tagsOf(t, posts[0]), name)
			parent, err := posts[1].Parent.Get()
			require.NoError(t, err, name)
			assert.Same(t, posts[0], parent, name)
			assert.True(t, authors[2].Profile.Loaded(), name)

			limited, err := Authors.Select().OrderBy(orm.C(&Authors.F.Name).Desc()).Limit(2).Offset(1).Options(how(&Authors.F.Posts)).All(ctx, session(t, engine))
			require.NoError(t, err, name)
			require.Len(t, limited, 2, name)
			assert.Equal(t, []string{"one", "two"}, titlesOf(t, &limited[1].Posts), name)

			shelves, err := Shelves.Select().OrderBy(orm.C(&Shelves.F.Room).Asc(), orm.C(&Shelves.F.Number).Asc()).Options(how(&Shelves.F.Items)).All(ctx, session(t, engine))
			require.NoError(t, err, name)
			require.Len(t, shelves, 3, name)
			items, err := shelves[0].Items.All()
			require.NoError(t, err, name)
			assert.Len(t, items, 2, name)
		}

		s := session(t, engine)
		latest := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts).OrderBy(orm.C(&Posts.F.ID).Desc()).Limit(1))
		assert.Equal(t, []string{"two"}, titlesOf(t, &latest[0].Posts))
		post, err := Posts.Get(ctx, s, 1)
		require.NoError(t, err)
		_, err = post.Tags.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, []string{"sql", "go"}, tagsOf(t, post))
		shelf, err := Shelves.Get(ctx, s, "a", 1)
		require.NoError(t, err)
		items, err := shelf.Items.Load(ctx)
		require.NoError(t, err)
		assert.Len(t, items, 2)

		ann, err := post.Author.Load(ctx)
		require.NoError(t, err)
		for name, query := range map[string]orm.Query[Post]{
			"Has":       Posts.Select().Where(orm.Has(&Posts.F.Author, orm.C(&Authors.F.Name).Eq("Ann"))),
			"Any":       Posts.Select().Where(orm.Any(&Posts.F.Tags, orm.C(&Tags.F.Name).Eq("sql"))),
			"EqObject":  Posts.Select().Where(orm.EqObject(&Posts.F.Author, ann)),
			"not Ne":    Posts.Select().Where(orm.Not(orm.NeObject(&Posts.F.Author, ann))),
			"Along":     Posts.Select().Join(orm.Along(&Posts.F.Tags), orm.C(&Tags.F.Name).Eq("sql")),
			"outer":     Posts.Select().LeftJoin(orm.Along(&Posts.F.Tags)).Where(orm.C(&Tags.F.Name).Eq("sql")),
			"Related":   orm.Related(Posts, &ann.Posts),
			"Contained": Posts.Select().Where(orm.Any(&Posts.F.Replies), orm.C(&Posts.F.ID).Lt(3)),
		} {
			list, err := query.OrderBy(orm.C(&Posts.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err, name)
			assert.Equal(t, []string{"one", "two"}, titles(list), name)
		}
	})
}

// TestRandomGraphsOnServers is [TestRandomGraphs] where statements, keys and
// savepoints are those of a server.
func TestRandomGraphsOnServers(t *testing.T) {
	for _, place := range testdb.Servers {
		t.Run(place.Name, func(t *testing.T) {
			engine := open(t, place.URL(t), orm.Options{})
			for seed := range 24 {
				wander(t, engine, seed, 60)
				runAll(t, engine, "DELETE FROM post_tags", "DELETE FROM items", "DELETE FROM shelves", "DELETE FROM profiles",
					"UPDATE posts SET parent_id = NULL", "DELETE FROM posts", "DELETE FROM tags", "DELETE FROM authors")
			}
		})
	}
}

func TestJoinsOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		engine := open(t, url, orm.Options{})
		fillTown(t, engine)
		checkJoins(t, engine)
	})
}
