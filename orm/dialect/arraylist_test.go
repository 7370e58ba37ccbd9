package dialect_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// manyOf is a list of n equal values but the last.
func manyOf(n int, v, last any) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = v
	}
	list[n-1] = last
	return list
}

func TestALongListIsAnArray(t *testing.T) {
	const most = 65535/2 + 1 // the shortest of the long ones
	cache := dialect.NewCache(postgres.Dialect, 10)
	ends := func(s expr.Stmt) (sql, args string) {
		t.Helper()
		c, err := dialect.Compile(postgres.Dialect, s)
		require.NoError(t, err)
		require.Equal(t, result(c, nil), cached(cache, s))
		_, sql, _ = strings.Cut(c.SQL, " WHERE ")
		if len(c.Args) > 1 {
			return sql, ""
		}
		text := c.Args[0].Text()
		return sql, text[strings.LastIndex(text[:len(text)-1], ",")+1:]
	}
	score := table("s", column("n", schema.Type{Kind: schema.Numeric, Size: 5, Scale: 2}), column("u", schema.Type{Kind: schema.UUID}),
		column("d", schema.Type{Kind: schema.Date}))
	for name, c := range map[string]struct {
		in        expr.In
		sql, last string
	}{
		"integers": {in(userID, manyOf(most, 1, 2)...), "users.id = ANY ($1)", `"2"}`},
		"not in":   {notIn(userID, manyOf(most, 1, 2)...), "(users.id <> ALL ($1))", `"2"}`},
		"texts":    {in(userName, manyOf(most, "a", `"\`)...), "users.name = ANY ($1)", `"\"\\"}`},
		"instants": {in(col(users, "seen"), manyOf(most, time.Unix(0, 0), time.Unix(1, 2000).In(time.FixedZone("", 3600)))...),
			"users.seen = ANY ($1)", `"1970-01-01 00:00:01.000002+00"}`},
		"numbers": {in(col(score, "n"), manyOf(most, "1.5", 2)...), "s.n = ANY ($1)", `"2"}`},
		"UUIDs": {in(col(score, "u"), manyOf(most, "00000000-0000-0000-0000-000000000000", "A0000000-0000-0000-0000-000000000000")...),
			"s.u = ANY ($1)", `"a0000000-0000-0000-0000-000000000000"}`},
		"days": {in(col(score, "d"), manyOf(most, "2024-02-29", "2024-03-01")...), "s.d = ANY ($1)", `"2024-03-01"}`},
	} {
		sql, last := ends(where(c.in))
		assert.Equal(t, c.sql, sql, name)
		assert.Equal(t, c.last, last, name)
	}
	for name, list := range map[string]expr.In{
		"shorter":          in(userID, manyOf(most-1, 1, 2)...),
		"floats":           in(col(users, "score"), manyOf(most, 1.5, 2.5)...),
		"without one type": {Operand: userID, List: append(in(userID, manyOf(most, 1, 2)...).List, bind(3))},
		"an expression":    {Operand: userID, List: append(in(userID, manyOf(most, 1, 2)...).List, col(users, "score"))},
	} {
		sql, _ := ends(where(list))
		assert.Contains(t, sql, " IN ($1, $2, ", name)
	}
	for name, c := range map[string]struct {
		last any
		want string
	}{
		"NULL":         {nil, "users.id: a list for IN holds NULL, which no row equals; use IsNull for it, joined with Or"},
		"another type": {"x", `users.id is an Integer column: it cannot be compared with "x" (string)`},
	} {
		s := where(in(userID, manyOf(most, 1, c.last)...))
		_, err := dialect.Compile(postgres.Dialect, s)
		assert.ErrorContains(t, err, c.want, name)
		assert.Equal(t, uncached(postgres.Dialect, s), cached(cache, s), name)
	}
	lite, err := dialect.Compile(sqlite.Dialect, where(in(userID, manyOf(most-2, 1, 2)...)))
	require.NoError(t, err)
	assert.Contains(t, lite.SQL, " IN (?, ?, ")
}

// A list for IN that is short, then long, then short again: the length decides
// the SQL, whatever the cache holds.
func TestTheCacheAndLongLists(t *testing.T) {
	cache := dialect.NewCache(postgres.Dialect, 10)
	for i, n := range []int{3, 40_000, 5, 40_001, 40_001, 32_767, 32_768, 3} {
		s := where(and(in(userID, manyOf(n, 1, 2)...), eq(userName, "x")))
		got := cached(cache, s)
		assert.True(t, uncached(postgres.Dialect, s) == got, "list %d", i)
		assert.Equal(t, n > 32_767, strings.Contains(got, "= ANY ($1)"), "list %d", i)
	}
	assert.Equal(t, uint64(3), cache.Stats().Hits, "the short ones")
}
