package orm_test

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// everything are caches that come to hold all statements of the goldens.
var everything = []*dialect.Cache{dialect.NewCache(sqlite.Dialect, 10_000), dialect.NewCache(postgres.Dialect, 10_000),
	dialect.NewCache(mysql.Dialect, 10_000), dialect.NewCache(mysql.MariaDB, 10_000)}

// agreesWithCache makes sure that a cache that holds all statements so far
// gives the SQL and the arguments that compiling gives.
func agreesWithCache(t *testing.T, c shown) {
	t.Helper()
	node, err := orm.NodeOf(c.stmt)
	if err != nil {
		return
	}
	for i, d := range []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect, mysql.MariaDB} {
		want, wrong := dialect.Compile(d, node)
		for range 2 {
			got, err := everything[i].Compile(node)
			if wrong != nil {
				assert.EqualError(t, err, wrong.Error(), c.name)
				continue
			}
			require.NoError(t, err, c.name)
			assert.Equal(t, []any{want.SQL, want.Args, want.Warnings}, []any{got.SQL, got.Args, got.Warnings}, c.name)
		}
	}
}

func TestCacheStats(t *testing.T) {
	ctx := context.Background()
	engine := company(t)
	before := engine.CacheStats()
	assert.Equal(t, 500, before.Limit)
	s := session(t, engine)
	type row struct{ Name string }
	for i := range 5 {
		_, err := Users.Select().Where(name.Eq(fmt.Sprint(i))).All(ctx, s)
		require.NoError(t, err)
		_, err = orm.As[row](orm.Select(name).Where(age.Gt(int64(i)))).All(ctx, s)
		require.NoError(t, err)
		for _, err := range orm.Select(age).Where(id.In(make([]int64, i+1)...)).Iter(ctx, s) {
			require.NoError(t, err)
		}
		_, err = orm.Update(Users, age.Set(int64(i))).Where(id.Eq(0)).Exec(ctx, s)
		require.NoError(t, err)
	}
	after := engine.CacheStats()
	assert.Equal(t, uint64(4), after.Misses-before.Misses)
	assert.Equal(t, uint64(16), after.Hits-before.Hits)
	assert.Equal(t, 4, after.Entries-before.Entries)
}

func TestStatementCacheCanBeOff(t *testing.T) {
	ctx := context.Background()
	engine := open(t, "sqlite://", orm.Options{StatementCache: -1})
	for range 3 {
		_, err := orm.Select(orm.Literal(1).As("one")).All(ctx, engine)
		require.NoError(t, err)
	}
	assert.Equal(t, orm.CacheStats{Misses: 3}, engine.CacheStats())
	small := open(t, "sqlite://", orm.Options{StatementCache: 2})
	for i := range 10 {
		_, err := orm.Select(orm.Literal(1).As(fmt.Sprint("c", i))).All(ctx, small)
		require.NoError(t, err)
	}
	assert.Equal(t, orm.CacheStats{Misses: 10, Entries: 2, Limit: 2}, small.CacheStats())
}

// A statement that the cache has still refuses what compiling refuses.
func TestErrorsOfCachedStatements(t *testing.T) {
	ctx := context.Background()
	engine := company(t)
	people := people.C("age")
	for range 2 {
		_, err := orm.Select(name).Where(people.EqExpr(orm.Expr[any](people))).From(Users).All(ctx, engine)
		require.NoError(t, err)
		_, err = orm.Select(people).Where(people.Eq(5)).All(ctx, engine)
		require.NoError(t, err)
		_, err = orm.Select(people).Where(people.Eq("five")).All(ctx, engine)
		assert.ErrorContains(t, err, `users.age is an Integer column: it cannot be compared with "five" (string)`)
		text := orm.Text("SELECT :a AS a")
		_, err = text.Bind("a", 1).All(ctx, engine)
		require.NoError(t, err)
		_, err = text.Bind("b", 1).All(ctx, engine)
		assert.ErrorContains(t, err, "the text has no :b")
	}
}

func TestEchoTellsWhatWasCached(t *testing.T) {
	ctx := context.Background()
	var out bytes.Buffer
	engine := open(t, "sqlite://", orm.Options{Echo: &out, PoolSize: 3})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	out.Reset()
	s := session(t, engine)
	for i := range 2 {
		_, err := Pets.Select().Where(orm.C(&Pets.F.ID).In(make([]int64, i+1)...)).All(ctx, s)
		require.NoError(t, err)
		_, err = Pets.Get(ctx, s, 7)
		require.ErrorIs(t, err, orm.ErrNoRows)
		_, err = orm.Text("SELECT 1").All(ctx, s)
		require.NoError(t, err)
		_, err = orm.Text("SELECT :n").Bind("n", i).All(ctx, s)
		require.NoError(t, err)
		_, err = orm.Insert(Pets, "name").Row(fmt.Sprint("a", i)).Row(fmt.Sprint("b", i)).Exec(ctx, s)
		require.NoError(t, err)
	}
	const columns = "SELECT pets.id, pets.name, pets.species, pets.hunger FROM pets WHERE pets.id "
	assert.Equal(t, "BEGIN (implicit)\n"+
		columns+"IN (?)\n[generated] (0,)\n"+
		columns+"= ?\n[generated] (7,)\n"+
		"SELECT 1\n[raw sql] ()\n"+
		"SELECT ?\n[generated] (0,)\n"+
		"INSERT INTO pets (name) VALUES (?)\n[generated] ('a0',)\n"+
		"INSERT INTO pets (name) VALUES (?)\n[cached] ('b0',)\n"+
		columns+"IN (?, ?)\n[cached] (0, 0)\n"+
		columns+"= ?\n[cached] (7,)\n"+
		"SELECT 1\n[raw sql] ()\n"+
		"SELECT ?\n[cached] (1,)\n"+
		"INSERT INTO pets (name) VALUES (?)\n[cached] ('a1',)\n"+
		"INSERT INTO pets (name) VALUES (?)\n[cached] ('b1',)\n", untimed(out.String()))
}

var times = regexp.MustCompile(`\[(generated|cached) [^]]*\]`)

// untimed leaves the times out of what Echo printed.
func untimed(echo string) string {
	return times.ReplaceAllString(echo, "[$1]")
}
