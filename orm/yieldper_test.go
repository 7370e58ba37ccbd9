package orm_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestYieldPer(t *testing.T) {
	ctx := context.Background()
	s, log := withLibrary(t)
	held, err := Posts.Get(ctx, s, 2)
	require.NoError(t, err)
	log.take()
	var got []string
	var list []*Post
	for p, err := range orm.YieldPer(ctx, s, Posts.Select().Where(orm.C(&Posts.F.ID).Gt(0)).Options(orm.SelectIn(&Posts.F.Tags)), 2) {
		require.NoError(t, err)
		got = append(got, fmt.Sprint(p.Title, tagsOf(t, p)))
		list = append(list, p)
		if p.ID == 1 {
			p.Title = "changed"
		}
	}
	assert.Equal(t, []string{"one[sql go]", "two[sql]", "three[]", "four[]"}, got)
	assert.True(t, s.Contains(list[0]), "changed")
	assert.Same(t, held, list[1])
	assert.True(t, s.Contains(held), "held before")
	assert.False(t, s.Contains(list[2]))
	assert.False(t, s.Contains(list[3]))
	require.NoError(t, s.Flush(ctx))

	for size, queries := range map[int]int{1: 5, 2: 3, 3: 2, 4: 2, 5: 1} { // a batch that is not full is the last
		log.take()
		for _, err := range orm.YieldPer(ctx, s, Posts.Select(), size) {
			require.NoError(t, err)
		}
		assert.Equal(t, queries, log.verbs()["SELECT"], "batches of %d", size)
	}
	log.take()
	var authors []string
	withPosts := Authors.Select().Join(Posts, orm.N(&Posts.F.AuthorID).EqExpr(orm.C(&Authors.F.ID)))
	for a, err := range orm.YieldPer(ctx, s, withPosts.Options(orm.Joined(&Authors.F.Profile)), 2) {
		require.NoError(t, err)
		authors = append(authors, a.Name)
	}
	assert.Equal(t, []string{"Ann", "Bob"}, authors, "the two rows of Ann are one object, and a batch")

	for _, err := range orm.YieldPer(ctx, s, Posts.Select().Limit(3), 2) {
		require.EqualError(t, err, "orm: YieldPer of Post goes by the primary key: leave out OrderBy, Limit, Offset, Distinct and GroupBy")
	}
	for _, err := range orm.YieldPer(ctx, s, Posts.Select(), 0) {
		require.EqualError(t, err, "orm: YieldPer: a batch has at least one object, not 0")
	}
	shelves := 0
	for _, err := range orm.YieldPer(ctx, s, Shelves.Select(), 1) {
		require.NoError(t, err)
		shelves++
	}
	assert.Equal(t, 3, shelves, "a key of two columns")
}

// TestYieldPerKeepsLittle reads 200,000 objects in bounded memory.
func TestYieldPerKeepsLittle(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Persons)
	_, err := orm.Text(`INSERT INTO persons (name, city, age, score)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT 'person ' || i, 'Berlin', i, 0 FROM n`).Exec(ctx, engine)
	require.NoError(t, err)
	s := session(t, engine)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var sizes []uint64
	n := 0
	for p, err := range orm.YieldPer(ctx, s, Persons.Select(), 500) {
		require.NoError(t, err)
		if n++; p.Age != int64(n) {
			t.Fatalf("person %d comes at %d", p.Age, n)
		}
		if n%50_000 == 0 {
			sizes = append(sizes, heap())
		}
	}
	assert.Equal(t, 200_000, n)
	assert.Less(t, int64(slices.Max(sizes))-int64(sizes[0]), int64(4<<20), "heap after each 50,000 objects: %d", sizes)
}
