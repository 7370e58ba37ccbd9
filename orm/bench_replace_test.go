package orm_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// tagged is a committed tag, whose collection has expired, with n posts.
func tagged(t testing.TB, n int) (*orm.Session, *Tag, []*Post) {
	t.Helper()
	engine, _ := recorded(t, related...)
	s := session(t, engine)
	tag, posts := &Tag{Name: "new"}, make([]*Post, n)
	for i := range posts {
		posts[i] = &Post{}
	}
	require.NoError(t, tag.Posts.Set(posts...))
	require.NoError(t, s.Add(tag))
	require.NoError(t, s.Commit(context.Background()))
	return s, tag, posts
}

// TestReplacingTakesMemoryForEachOnce: a collection that has expired is replaced
// by a large part of it, without a list or a set of all for each object.
func TestReplacingTakesMemoryForEachOnce(t *testing.T) {
	_, tag, posts := tagged(t, 4000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	require.NoError(t, tag.Posts.Set(posts[2000:]...))
	runtime.ReadMemStats(&after)
	assert.Less(t, (after.TotalAlloc-before.TotalAlloc)/4000, uint64(2000), "bytes for each")
}

// BenchmarkReplace gives an object that has expired other children than it has
// in the database: the flush reads those that are to go. The time for each
// stays the same however many there are.
func BenchmarkReplace(b *testing.B) {
	ctx := context.Background()
	for _, n := range []int{500, 1000, 2000, 4000, 8000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, tag, posts := tagged(b, n)
			for b.Loop() {
				require.NoError(b, tag.Posts.Set(posts[n/2:]...))
				require.NoError(b, s.Flush(ctx))
				require.NoError(b, s.Rollback(ctx))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/child")
		})
	}
}
