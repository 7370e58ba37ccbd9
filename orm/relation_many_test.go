package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// largeCollections are the ways in which a collection gets or loses many objects.
var largeCollections = map[string]func(t testing.TB, n int){
	"added to a loaded collection": func(t testing.TB, n int) {
		s, _ := withLibrary(t)
		ann, err := Authors.Get(context.Background(), s, 1)
		require.NoError(t, err)
		_, err = ann.Posts.Load(context.Background())
		require.NoError(t, err)
		for range n {
			add(t, &ann.Posts, &Post{})
		}
		posts, err := ann.Posts.All()
		require.NoError(t, err)
		assert.Len(t, posts, n+2)
	},
	"added before the session knows": func(t testing.TB, n int) {
		ann := &Author{}
		for range n {
			add(t, &ann.Posts, &Post{})
		}
		add(t, &ann.Posts, first(t, &ann.Posts))
		s, _ := flushed(t)
		require.NoError(t, s.Add(ann))
		posts, err := ann.Posts.All()
		require.NoError(t, err)
		assert.Len(t, posts, n)
	},
	"replaced": func(t testing.TB, n int) {
		ann := Authors.New()
		posts, others := make([]*Post, n), make([]*Post, n)
		for i := range n {
			posts[i], others[i] = &Post{}, &Post{}
		}
		require.NoError(t, ann.Posts.Set(posts...))
		require.NoError(t, ann.Posts.Set(others...))
		assert.Nil(t, authorOf(t, posts[0]))
		assert.Same(t, ann, authorOf(t, others[n-1]))
	},
}

func TestChangingALargeCollection(t *testing.T) {
	for name, f := range largeCollections {
		t.Run(name, func(t *testing.T) { f(t, 2000) })
	}
}

// BenchmarkChangingALargeCollection tells the time for each object, which must
// not grow with their number.
func BenchmarkChangingALargeCollection(b *testing.B) {
	for name, f := range largeCollections {
		for _, n := range []int{1000, 10000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					f(b, n)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/object")
			})
		}
	}
}

func first[T any](t testing.TB, h *orm.Many[T]) *T {
	t.Helper()
	list, err := h.All()
	require.NoError(t, err)
	return list[0]
}

func TestCollectionsThatGrowStayApart(t *testing.T) {
	var h orm.Many[Tag]
	var tags []*Tag
	for i := range 20 {
		tags = append(tags, &Tag{Name: fmt.Sprint(i)})
	}
	require.NoError(t, h.Add(tags...))
	twin := h
	a, b := &Tag{Name: "a"}, &Tag{Name: "b"}
	require.NoError(t, h.Add(a, a, tags[3]))
	require.NoError(t, twin.Add(b))
	require.NoError(t, h.Add(b))
	mine, err := h.All()
	require.NoError(t, err)
	other, err := twin.All()
	require.NoError(t, err)
	assert.Equal(t, append(append([]*Tag{}, tags...), a, b), mine)
	assert.Equal(t, append(append([]*Tag{}, tags...), b), other)
}

func TestLoadAll(t *testing.T) {
	ctx := context.Background()
	authorsByKey := "SELECT " + authorColumns + " FROM authors WHERE authors.id IN (?, ?, ?) [1 2 3]"
	postsByKey := "SELECT " + postColumns + " FROM posts WHERE posts.author_id IN (?, ?, ?) ORDER BY posts.id [1 2 3]"

	t.Run("one query for all", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID)
		log.take()
		for _, how := range []func(orm.Handle) orm.Loader{orm.SelectIn, orm.Joined, orm.SubqueryLoad} {
			require.NoError(t, s.ExpireAll())
			require.NoError(t, orm.LoadAll(ctx, s, authors, how(&Authors.F.Posts)))
		}
		log.is(t, authorsByKey, postsByKey, authorsByKey, postsByKey, authorsByKey, postsByKey)
		require.NoError(t, orm.LoadAll(ctx, s, authors, orm.SelectIn(&Authors.F.Posts)))
		log.is(t)
		assert.Equal(t, []string{"one", "two"}, titlesOf(t, &authors[0].Posts))
		assert.Equal(t, []string{}, titlesOf(t, &authors[2].Posts))
	})

	t.Run("after a commit", func(t *testing.T) {
		s, log := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID)
		require.NoError(t, s.Commit(ctx))
		log.take()
		require.NoError(t, orm.LoadAll(ctx, s, authors, orm.SelectIn(&Authors.F.Posts).Then(orm.Joined(&Posts.F.Parent))))
		sent := log.take()
		require.Len(t, sent, 3)
		assert.Equal(t, authorsByKey, line(sent[1]))
		assert.Contains(t, sent[2].SQL, "LEFT OUTER JOIN posts AS posts_1 ON posts.parent_id = posts_1.id WHERE posts.author_id IN (?, ?, ?)")
	})

	t.Run("mistakes", func(t *testing.T) {
		s, _ := withLibrary(t)
		authors := byID(t, s, Authors, &Authors.F.ID)
		require.NoError(t, orm.LoadAll[Author](ctx, s, nil, orm.SelectIn(&Authors.F.Posts)))
		assert.EqualError(t, orm.LoadAll(ctx, s, []*Author{nil}, orm.SelectIn(&Authors.F.Posts)), "orm: loading relationships: one of the objects is nil")
		assert.EqualError(t, orm.LoadAll(ctx, s, authors, orm.ContainsEager(&Authors.F.Posts)),
			"orm: loading relationships: ContainsEager takes them from a query, and there is none; use SelectIn")
		assert.ErrorContains(t, orm.LoadAll(ctx, s, authors, orm.SelectIn(&Posts.F.Tags)), "an option of the query loads Post.Tags, but here it reads objects of Author")
		err := orm.LoadAll(ctx, s, []*Author{{}}, orm.SelectIn(&Authors.F.Posts))
		assert.ErrorIs(t, err, orm.ErrDetached)
		assert.ErrorContains(t, err, "Add the Author to the session")
	})
}

func TestLoadersCompareOnlyWhatTheyRead(t *testing.T) {
	s, log := withLibrary(t)
	for i := range 100 { // few objects are compared whatever a query reads
		require.NoError(t, s.Add(&Tag{Name: fmt.Sprint(i)}))
	}
	require.NoError(t, s.Flush(context.Background()))
	authors := byID(t, s, Authors, &Authors.F.ID)
	tag, err := Tags.Get(context.Background(), s, 1)
	require.NoError(t, err)
	log.take()
	tag.Name = "changed"
	byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
	for _, st := range log.take() {
		assert.NotContains(t, st.SQL, "UPDATE", "the queries do not read tags")
	}
	authors[0].Name = "changed"
	byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
	log.is(t, "UPDATE tags SET name=? WHERE tags.id = ? [changed 1]", "UPDATE authors SET name=? WHERE authors.id = ? [changed 1]",
		"SELECT "+authorColumns+" FROM authors ORDER BY authors.id")
}

func TestManyObjectsTakenOutAndPutBack(t *testing.T) {
	ctx := context.Background()
	s, log := flushed(t)
	post, other := &Post{Title: "p"}, &Tag{Name: "other"}
	var tags []*Tag
	for i := range 60 {
		tags = append(tags, &Tag{Name: fmt.Sprint(i)})
	}
	require.NoError(t, post.Tags.Set(tags...))
	require.NoError(t, s.Add(post))
	require.NoError(t, s.Flush(ctx))
	log.take()
	require.NoError(t, post.Tags.Set(other, tags[59]))
	require.NoError(t, post.Tags.Add(tags[1:30]...))
	require.NoError(t, post.Tags.Remove(tags[59]))
	require.NoError(t, post.Tags.Add(tags[59]))
	require.NoError(t, post.Tags.Add(tags[30:]...))
	require.NoError(t, post.Tags.Remove(tags[7]))
	require.NoError(t, post.Tags.Remove(other))
	require.NoError(t, post.Tags.Add(other, tags[7]))
	require.NoError(t, s.Flush(ctx))
	log.is(t, insertTag+" [other]", deleteLink+" [1 1]", insertLink+" [1 61]")
}
