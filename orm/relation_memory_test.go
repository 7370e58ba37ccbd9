package orm_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// authorOf is the author of a post, which must be known.
func authorOf(t testing.TB, p *Post) *Author {
	t.Helper()
	a, err := p.Author.Get()
	require.NoError(t, err)
	return a
}

// What is in memory.
func testBackPopulates(t *testing.T) {
	ctx := context.Background()

	t.Run("both sides at once, without SQL", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
		log.take()
		ann, bob := authors[0], authors[1]
		posts, err := ann.Posts.All()
		require.NoError(t, err)

		fresh := &Post{Title: "five"}
		require.NoError(t, ann.Posts.Add(fresh))
		assert.Same(t, ann, authorOf(t, fresh))
		assert.True(t, s.Contains(fresh), "it comes into the session")
		assert.Equal(t, []string{"one", "two", "five"}, titlesOf(t, &ann.Posts))
		assert.Equal(t, []string{"one", "two"}, titles(posts), "a list that was handed out stays")

		require.NoError(t, bob.Posts.Add(posts[0]))
		assert.Equal(t, []string{"two", "five"}, titlesOf(t, &ann.Posts))
		assert.Equal(t, []string{"three", "one"}, titlesOf(t, &bob.Posts))
		assert.Same(t, bob, authorOf(t, posts[0]))

		require.NoError(t, posts[0].Author.Set(ann))
		assert.Equal(t, []string{"two", "five", "one"}, titlesOf(t, &ann.Posts))
		assert.Equal(t, []string{"three"}, titlesOf(t, &bob.Posts))

		require.NoError(t, ann.Posts.Remove(posts[0]))
		assert.Nil(t, authorOf(t, posts[0]))
		require.NoError(t, fresh.Author.Set(nil))
		assert.Equal(t, []string{"two"}, titlesOf(t, &ann.Posts))

		require.NoError(t, ann.Posts.Set(fresh, posts[0]))
		assert.Equal(t, []string{"five", "one"}, titlesOf(t, &ann.Posts))
		assert.Nil(t, authorOf(t, posts[1]))
		require.NoError(t, ann.Posts.Add(fresh))
		assert.Equal(t, []string{"five", "one"}, titlesOf(t, &ann.Posts), "what is there is not there twice")
		log.is(t)
	})

	t.Run("what is not loaded is kept until it is", func(t *testing.T) {
		s, log := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		two, err := Posts.Get(ctx, s, 2)
		require.NoError(t, err)
		log.take()
		four := &Post{Title: "new"}
		require.NoError(t, ann.Posts.Add(four))
		require.NoError(t, ann.Posts.Remove(two))
		assert.Nil(t, authorOf(t, two))
		_, err = ann.Posts.All()
		assert.ErrorIs(t, err, orm.ErrNotLoaded)
		assert.ErrorIs(t, ann.Posts.Set(four), orm.ErrNotLoaded)
		log.is(t)
	})

	t.Run("new objects", func(t *testing.T) {
		dee := &Author{Name: "Dee"}
		post, reply := &Post{Title: "p"}, &Post{Title: "r"}
		require.NoError(t, dee.Posts.Add(post))
		require.NoError(t, post.Replies.Add(reply))
		assert.Equal(t, []string{"p"}, titlesOf(t, &dee.Posts))
		assert.True(t, dee.Profile.Loaded(), "there is none")

		s, log := withLibrary(t)
		require.NoError(t, s.Add(dee))
		assert.True(t, s.Contains(post) && s.Contains(reply))
		assert.Same(t, dee, authorOf(t, post))
		parent, err := reply.Parent.Get()
		require.NoError(t, err)
		assert.Same(t, post, parent)

		eve := Authors.New()
		other := &Post{Title: "o"}
		require.NoError(t, eve.Posts.Add(other))
		assert.Same(t, eve, authorOf(t, other), "no session is needed")
		require.NoError(t, eve.Posts.Remove(other))
		assert.Nil(t, authorOf(t, other))
		log.is(t)
	})

	t.Run("a child does not come along with the back reference", func(t *testing.T) {
		s, _ := withLibrary(t)
		ann, err := Authors.Get(ctx, s, 1)
		require.NoError(t, err)
		stray := Posts.New()
		require.NoError(t, stray.Author.Set(ann))
		assert.False(t, s.Contains(stray))
		other := session(t, openLibrary(t))
		require.NoError(t, other.Add(&Tag{Name: "x"}))
		assert.ErrorContains(t, other.Add(stray), "the Author is in another session already")
	})

	t.Run("many to many", func(t *testing.T) {
		s, _ := withLibrary(t)
		posts := byID(t, s, Posts, &Posts.F.ID, orm.SelectIn(&Posts.F.Tags).Then(orm.SelectIn(&Tags.F.Posts)))
		tags, err := posts[0].Tags.All()
		require.NoError(t, err)
		require.NoError(t, posts[3].Tags.Add(tags[0]))
		assert.Equal(t, []string{"one", "two", "four"}, titlesOf(t, &tags[0].Posts))
		require.NoError(t, tags[0].Posts.Remove(posts[0]))
		assert.Equal(t, []string{"go"}, tagsOf(t, posts[0]))
	})

	t.Run("one to one", func(t *testing.T) {
		s, _ := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Profile))
		profile, err := authors[0].Profile.Get()
		require.NoError(t, err)
		require.NoError(t, authors[1].Profile.Set(profile))
		gone, err := authors[0].Profile.Get()
		require.NoError(t, err)
		assert.Nil(t, gone)
		owner, err := profile.Author.Get()
		require.NoError(t, err)
		assert.Same(t, authors[1], owner)
		next := &Profile{}
		require.NoError(t, authors[1].Profile.Set(next))
		owner, err = profile.Author.Get()
		require.NoError(t, err)
		assert.Nil(t, owner)
	})

	t.Run("rollback", func(t *testing.T) {
		s, _ := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
		require.NoError(t, s.Commit(ctx))
		posts, err := authors[0].Posts.All()
		require.NoError(t, err)
		fresh := &Post{Title: "five"}
		require.NoError(t, authors[1].Posts.Add(fresh, posts[0]))
		require.NoError(t, s.Rollback(ctx))
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
		assert.Equal(t, []string{"three"}, titlesOf(t, &authors[1].Posts))
		assert.Same(t, authors[0], authorOf(t, posts[0]))
		assert.False(t, s.Contains(fresh))
	})
}

// openLibrary is another database with the same tables.
func openLibrary(t testing.TB) *orm.Engine {
	engine, _ := recorded(t)
	fillLibrary(t, engine)
	return engine
}

func TestCopiedHandles(t *testing.T) {
	s, _ := withLibrary(t)
	authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
	ann := authors[0]
	twin := *ann
	assert.Equal(t, []string{"one", "two"}, titlesOf(t, &twin.Posts), "a copy can be read")
	assert.ErrorIs(t, twin.Posts.Add(&Post{}), orm.ErrCopied)
	assert.ErrorIs(t, twin.Posts.Set(), orm.ErrCopied)
	assert.EqualError(t, twin.Posts.Remove(), "orm: the handle is a copy of the object's own: Author.Posts belongs to another Author; change that one")
	assert.Equal(t, []string{"one", "two"}, titlesOf(t, &ann.Posts))

	first := Author{Name: "first"}
	require.NoError(t, first.Posts.Add(&Post{Title: "a"}))
	second := first
	require.NoError(t, second.Posts.Add(&Post{Title: "b"}))
	assert.Equal(t, []string{"a"}, titlesOf(t, &first.Posts), "copies of a new object go apart")
	assert.Equal(t, []string{"a", "b"}, titlesOf(t, &second.Posts))

	assert.ErrorContains(t, ann.Posts.Add(nil), "orm: changing Author.Posts: one of the objects is nil")
}

func TestRelationshipsAsJSON(t *testing.T) {
	s, _ := withLibrary(t)
	authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts).Then(orm.SelectIn(&Posts.F.Tags)))
	type shown struct {
		Name  string
		Posts orm.Many[Post] `json:",omitzero"`
		Ours  orm.One[Profile]
		Left  orm.One[Profile] `json:",omitzero"`
	}
	text, err := json.Marshal(shown{Name: "Bob", Posts: authors[1].Posts, Ours: authors[1].Profile, Left: authors[1].Profile})
	require.NoError(t, err)
	assert.JSONEq(t, `{"Name": "Bob", "Posts": [{"ID": 3, "Title": "three", "AuthorID": {"V": 2, "Valid": true}, "ParentID": {"V": 1, "Valid": true},
		"Author": null, "Parent": null, "Replies": null, "Tags": []}], "Ours": null}`, string(text), "not loaded is null, and a circle ends")

	dee := &Author{Name: "Dee"}
	require.NoError(t, dee.Profile.Set(&Profile{Motto: "m"}))
	text, err = json.Marshal(dee)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"Posts":[],"Profile":{"ID":0,"Motto":"m"`)
}
