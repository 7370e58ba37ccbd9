package dialect_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// result is all that a caller sees of a compiled statement.
func result(c *dialect.Compiled, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprintf("%s\n%v\n%v", c.SQL, c.Args, c.Warnings)
}

func uncached(d dialect.Dialect, s expr.Stmt) string { return result(dialect.Compile(d, s)) }

func cached(c *dialect.Cache, s expr.Stmt) string {
	compiled, err := c.Compile(s)
	return result(&compiled, err)
}

// corpus are all statements of the goldens, and others.
func corpus() []testCase {
	var list []testCase
	for group, cases := range groups {
		if group != "create" {
			list = append(list, cases...)
		}
	}
	return append(list, cacheCases()...)
}

// What the cache gives is what compiling gives, whatever else it holds.
func TestCachedIsCompiled(t *testing.T) {
	for _, d := range dialects {
		cache := dialect.NewCache(d, 10_000)
		cases := corpus()
		for range 3 {
			rand.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
			for _, c := range cases {
				require.Equal(t, uncached(d, c.stmt), cached(cache, c.stmt), "%s: %s", d.Name(), c.name)
				same := unchanged(c.stmt)
				require.Equal(t, uncached(d, same), cached(cache, same), "%s: %s, copied", d.Name(), c.name)
			}
		}
		stats := cache.Stats()
		assert.Greater(t, stats.Hits, stats.Misses/2, "%s: %+v", d.Name(), stats)
	}
}

// Whatever is changed in a statement, the cache that has the statement, and
// all others, does not take the changed one for it.
func TestChangedStatementsAreNotTakenForEachOther(t *testing.T) {
	for _, d := range dialects {
		all := dialect.NewCache(d, 100_000)
		for _, c := range corpus() {
			cached(all, c.stmt)
		}
		n := 0
		for _, c := range corpus() {
			mutants(c.stmt, func(mutant expr.Stmt) {
				n++
				want := uncached(d, mutant)
				require.Equal(t, want, cached(all, mutant), "%s: %s, changed", d.Name(), c.name)
				if n%16 != 0 {
					return
				}
				one := dialect.NewCache(d, 10)
				cached(one, c.stmt)
				require.Equal(t, want, cached(one, mutant), "%s: %s, changed:\n%#v", d.Name(), c.name, mutant)
				require.Equal(t, uncached(d, c.stmt), cached(one, c.stmt), "%s: %s, after a change", d.Name(), c.name)
				require.Equal(t, want, cached(all, mutant), "%s: %s, changed, again", d.Name(), c.name)
			})
		}
		assert.Greater(t, n, 1000)
	}
}

// byAge selects users by a condition that holds a value and a list.
func byAge(age any, names ...any) expr.Stmt {
	return where(and(op(expr.Gt, col(users, "score"), val(col(users, "score"), age)), in(col(users, "name"), names...)))
}

func TestOtherValuesAndLengthsAreHits(t *testing.T) {
	for _, d := range dialects {
		cache := dialect.NewCache(d, 10)
		for i, s := range []expr.Stmt{byAge(1, "a", "b"), byAge(2, "c", "d"), byAge(3, "e"), byAge(4.5, "f", "g", "h"), byAge(5, "i"), byAge(6, "j", "k")} {
			compiled, err := cache.Compile(s)
			require.NoError(t, err)
			assert.Equal(t, i > 0, compiled.Cached)
			assert.Equal(t, uncached(d, s), result(&compiled, nil))
		}
		assert.Equal(t, dialect.CacheStats{Hits: 5, Misses: 1, Entries: 1, Limit: 10}, cache.Stats())
	}
}

func TestManyLengths(t *testing.T) {
	for _, d := range dialects {
		cache := dialect.NewCache(d, 10)
		for i := range 200 {
			s := byAge(1, make([]any, i%40)...)
			for j := range i % 40 {
				s = byAge(1, append(make([]any, 0), anyNames(j+1)...)...)
			}
			assert.Equal(t, uncached(d, s), cached(cache, s))
		}
		assert.LessOrEqual(t, cache.Stats().Entries, 2)
	}
}

func anyNames(n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = fmt.Sprint("name ", i)
	}
	return list
}

func TestErrorsOfCachedStatements(t *testing.T) {
	cache := dialect.NewCache(sqlite.Dialect, 10)
	cached(cache, byAge(1, "a"))
	for _, s := range []expr.Stmt{byAge("old", "a"), byAge(1, 5), byAge(1, "a", nil), byAge(1), byAge(1, anyNames(40_000)...)} {
		assert.Equal(t, uncached(sqlite.Dialect, s), cached(cache, s))
	}
	assert.Contains(t, cached(cache, byAge("old", "a")), `error: dialect: compiling SELECT for sqlite: users.score is a Float column: it cannot be compared with "old" (string)`)
	limited := where(eq(col(users, "name"), "x"))
	limited.Limit = bind(int64(1))
	cached(cache, limited)
	limited.Limit = bind(int64(-1))
	assert.Contains(t, cached(cache, limited), "error: ")
}

func TestWarningsOfCachedStatements(t *testing.T) {
	cache := dialect.NewCache(sqlite.Dialect, 10)
	product := expr.Select{Columns: []expr.Expr{col(users, "id"), state}}
	first, again := cached(cache, product), cached(cache, product)
	assert.Equal(t, first, again)
	assert.Contains(t, again, "cartesian product")
	assert.Equal(t, uint64(1), cache.Stats().Hits)
}

func TestTheCacheIsBounded(t *testing.T) {
	cache := dialect.NewCache(sqlite.Dialect, 3)
	named := func(name string) expr.Stmt {
		return expr.Select{Columns: []expr.Expr{expr.Label{Name: name, Operand: bind(1)}}}
	}
	hit := func(name string) bool {
		c, err := cache.Compile(named(name))
		require.NoError(t, err)
		return c.Cached
	}
	for _, name := range []string{"a", "b", "c"} {
		assert.False(t, hit(name))
	}
	assert.True(t, hit("a"))
	assert.False(t, hit("d"), "takes the place of b")
	assert.True(t, hit("a"))
	assert.True(t, hit("c"))
	assert.False(t, hit("b"))
	assert.Equal(t, 3, cache.Stats().Entries)

	off := dialect.NewCache(sqlite.Dialect, -1)
	for range 2 {
		c, err := off.Compile(named("a"))
		require.NoError(t, err)
		assert.False(t, c.Cached)
	}
	assert.Equal(t, dialect.CacheStats{Misses: 2}, off.Stats())
}

// Two descriptions of one table may differ in what an UPDATE sets by itself.
func TestWhatEveryUpdateSetsIsPartOfTheKey(t *testing.T) {
	touch := func(value any) expr.Stmt {
		touched := table("touched", key("id"), &schema.Column{Name: "n", Type: integer, OnUpdate: value})
		return expr.Update{Table: touched, Set: []expr.Assignment{{Column: touched.Column("id"), Value: bind(1)}}, AllRows: true}
	}
	cache := dialect.NewCache(sqlite.Dialect, 10)
	for _, value := range []any{nil, int64(1), int64(2), schema.SQL("1"), schema.SQL("n + 1"), true, nil, int64(1)} {
		assert.Equal(t, uncached(sqlite.Dialect, touch(value)), cached(cache, touch(value)))
	}
	assert.Equal(t, uint64(2), cache.Stats().Hits)
}

// Values that two parts of a tree share may be two the next time.
func TestSharedValues(t *testing.T) {
	score := col(users, "score")
	twice := func(a, b expr.Expr) expr.Stmt {
		bucket := func(n expr.Expr) expr.Expr { return expr.Binary{Op: expr.Mul, Left: score, Right: n} }
		return expr.Select{Columns: []expr.Expr{bucket(a)}, GroupBy: []expr.Expr{bucket(b)}}
	}
	for _, d := range dialects {
		cache := dialect.NewCache(d, 10)
		one, two := expr.Expr(bind(1.5)), expr.Expr(bind(2.5))
		for _, s := range []expr.Stmt{twice(one, one), twice(two, two), twice(one, two), twice(two, one), twice(one, one), twice(two, one)} {
			assert.Equal(t, uncached(d, s), cached(cache, s))
		}
		assert.Equal(t, uint64(4), cache.Stats().Hits, "the first, and the first with two values, were compiled")
	}
}

func TestTextWithoutBindsIsNotCompiled(t *testing.T) {
	cache := dialect.NewCache(sqlite.Dialect, 10)
	for range 2 {
		c, err := cache.Compile(parsed("SELECT 1"))
		require.NoError(t, err)
		assert.True(t, c.Raw)
	}
	assert.Equal(t, dialect.CacheStats{Limit: 10}, cache.Stats())
}

// The cache keeps neither trees nor values alive.
func TestTheCacheKeepsNothingAlive(t *testing.T) {
	cache := dialect.NewCache(sqlite.Dialect, 10)
	gone := make(chan bool, 2)
	func() {
		value := &[]string{"a"}[0]
		alias := &expr.Alias{Of: users, Name: "u"}
		runtime.AddCleanup(value, func(int) { gone <- true }, 0)
		runtime.AddCleanup(alias, func(int) { gone <- true }, 0)
		name := expr.Column{Column: users.Column("name"), Of: alias}
		s := expr.Select{Columns: []expr.Expr{name}, Where: op(expr.Eq, name, bind(value))}
		for range 2 {
			_, err := cache.Compile(s)
			require.NoError(t, err)
		}
	}()
	for range 2 {
		require.Eventually(t, func() bool {
			runtime.GC()
			select {
			case <-gone:
				return true
			default:
				return false
			}
		}, 10*time.Second, time.Millisecond)
	}
	assert.Equal(t, uint64(1), cache.Stats().Hits)
}

func TestTheCacheInSeveralGoroutines(t *testing.T) {
	cache := dialect.NewCache(sqlite.Dialect, 20)
	cases := corpus()
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for i := range cases {
				c := cases[(i*(2*g+1))%len(cases)]
				assert.Equal(t, uncached(sqlite.Dialect, c.stmt), cached(cache, c.stmt), c.name)
				s := byAge(g, anyNames(i%30+1)...)
				assert.Equal(t, uncached(sqlite.Dialect, s), cached(cache, s))
			}
		})
	}
	group.Wait()
}

// The path into a document, which is no value of the tree, does not keep a
// statement out of the cache.
func TestPathsIntoDocumentsAreHits(t *testing.T) {
	at := func(key string, v any) expr.Stmt {
		return where(op(expr.Eq, expr.JSONValue{Operand: col(users, "name"), Type: text, Path: []expr.JSONStep{{Key: key}}}, bind(v)))
	}
	for _, d := range dialects {
		cache := dialect.NewCache(d, 10)
		for i, s := range []expr.Stmt{at("a", "x"), at("a", "y"), at("b", "y"), at("b", "z")} {
			compiled, err := cache.Compile(s)
			require.NoError(t, err)
			assert.Equal(t, i%2 == 1, compiled.Cached)
			assert.Equal(t, uncached(d, s), result(&compiled, nil))
		}
	}
}
