package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTextBinds(t *testing.T) {
	for name, c := range map[string]struct {
		text             orm.TextStmt
		sqlite, postgres string
		args, numbered   []any
	}{
		"two binds": {orm.Text("SELECT :x, :y").Bind("y", 2).Bind("x", 1), "SELECT ?, ?", "SELECT $1, $2", []any{1, 2}, []any{1, 2}},
		"one bind twice": {orm.Text("SELECT :a, :b, :a").Bind("a", 1).Bind("b", 2),
			"SELECT ?, ?, ?", "SELECT $1, $2, $1", []any{1, 2, 1}, []any{1, 2}},
		"the last counts": {orm.Text("SELECT :a").Bind("a", 1).Bind("a", 2), "SELECT ?", "SELECT $1", []any{2}, []any{2}},
		"a cast":          {orm.Text("SELECT :a::text, b::int").Bind("a", 1), "SELECT ?::text, b::int", "SELECT $1::text, b::int", []any{1}, []any{1}},
		"no binds in strings and comments": {orm.Text("SELECT ':x', \":y\", '12:30' -- :z\n/* :w */, :a").Bind("a", 1),
			"SELECT ':x', \":y\", '12:30' -- :z\n/* :w */, ?", "SELECT ':x', \":y\", '12:30' -- :z\n/* :w */, $1", []any{1}, []any{1}},
		"escaped":         {orm.Text(`SELECT \:x`), "SELECT :x", "SELECT :x", nil, nil},
		"a question mark": {orm.Text("SELECT '?'"), "SELECT '?'", "SELECT '?'", nil, nil},
		"NULL":            {orm.Text("SELECT :a").Bind("a", nil), "SELECT ?", "SELECT $1", []any{nil}, []any{nil}},
	} {
		t.Run(name, func(t *testing.T) {
			sql, args, err := c.text.Compile(sqlite.Dialect)
			require.NoError(t, err)
			assert.Equal(t, c.sqlite, sql)
			assert.Equal(t, c.args, args)
			sql, args, err = c.text.Compile(postgres.Dialect)
			require.NoError(t, err)
			assert.Equal(t, c.postgres, sql)
			assert.Equal(t, c.numbered, args)
		})
	}
}

func TestTextErrors(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t)
	for name, c := range map[string]struct {
		text orm.TextStmt
		want string
	}{
		"missing":      {orm.Text("SELECT :a, :b").Bind("a", 1), "the text needs a value for :b"},
		"unknown":      {orm.Text("SELECT :a").Bind("a", 1).Bind("n", 1), "the text has no :n; its binds are :a"},
		"bad value":    {orm.Text("SELECT :a").Bind("a", struct{}{}), ":a: a database cannot hold {} (struct {}, a Go type that no database knows)"},
		"open string":  {orm.Text("SELECT 'a"), "line 1, column 8"},
		"open comment": {orm.Text("SELECT /* a"), "line 1, column 8"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.text.All(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			_, err = c.text.Exec(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			_, err = orm.Select(things).Where(c.text.Cond()).All(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			log.is(t)
		})
	}
}

func TestTextRuns(t *testing.T) {
	ctx := context.Background()
	engine := withThings(t)
	rows, err := orm.Text("SELECT id, name AS n FROM things WHERE size BETWEEN :low AND :high ORDER BY id").
		Bind("low", 1).Bind("high", 2).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []string{"id", "n"}, rows.Columns())
	assert.Equal(t, [][]any{{int64(1), "ant"}, {int64(2), "Bee"}}, rows.Values())

	n, err := orm.Text("UPDATE things SET size = size + 1 WHERE size < :n").Bind("n", 3).Exec(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, int64(2), n)
	row, err := orm.Text("SELECT size FROM things WHERE id = 1").One(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []any{int64(2)}, row.Values())
	_, err = orm.Text("SELECT * FROM things").One(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrMultipleRows)
	_, err = orm.Text("SELECT * FROM things WHERE id = 99").One(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrNoRows)
}

// An attempt at injection is a value like any other.
func TestValuesNeverBecomeSQL(t *testing.T) {
	ctx := context.Background()
	engine := withThings(t)
	evil := `x'; DROP TABLE things; -- ":a ?`
	_, err := orm.Insert(things, "id", "name").Row(9, evil).Exec(ctx, engine)
	require.NoError(t, err)
	for name, where := range map[string]orm.Cond{
		"Eq": things.C("name").Eq(evil), "Contains": things.C("name").Contains(evil), "text": orm.Text("name = :n").Bind("n", evil).Cond(),
	} {
		row, err := orm.Select(things.C("id")).Where(where).One(ctx, engine)
		require.NoError(t, err, name)
		assert.Equal(t, []any{int64(9)}, row.Values())
	}
}
