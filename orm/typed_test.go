package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type teamReport struct {
	Team   orm.Null[int64] `orm:"name:team_id"`
	People int64
	Oldest int64
}

func TestRowsOfStructs(t *testing.T) {
	ctx, engine := context.Background(), company(t)
	stmt := orm.Select(orm.Max(age).As("oldest"), teamID, orm.Count().As("people")).GroupBy(teamID).OrderBy(teamID.Asc())
	got, err := orm.As[teamReport](stmt).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []teamReport{{orm.None[int64](), 1, 41}, {orm.Some(int64(1)), 2, 30}}, got)

	names, err := orm.As[string](each(name)).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []string{"ed", "wendy", "jack"}, names)

	fulls, err := orm.As[orm.Null[string]](orm.Text("SELECT \"full\" FROM users WHERE id = :id").Bind("id", 2)).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []orm.Null[string]{{}}, fulls)

	changed, err := orm.As[string](orm.Update(Users, name.Set("x")).Where(id.Eq(1)).Returning(name)).One(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, "x", changed)
}

func TestRowsThatDoNotFit(t *testing.T) {
	ctx, engine := context.Background(), company(t)
	type pair struct{ Name, Nick string }
	for what, c := range map[string]struct {
		run  func() error
		want string
	}{
		"missing and unknown": {func() error { _, _, err := orm.As[pair](each(name, age)).Compile(sqlite.Dialect); return err },
			"orm: reading rows into orm_test.pair: no field is for the column age; no column is for pair.Nick (nick)"},
		"ambiguous": {func() error {
			_, _, err := orm.As[pair](each(name.As("name"), age.As("name"))).Compile(sqlite.Dialect)
			return err
		},
			"2 columns are called name; name them apart with As"},
		"ambiguous in a text": {func() error {
			_, err := orm.As[pair](orm.Text("SELECT 'a' AS name, 'b' AS nick, 'c' AS name")).All(ctx, engine)
			return err
		}, "orm: reading rows into orm_test.pair: 2 columns are called name; name them apart with As"},
		"two columns for a value": {func() error { _, err := orm.As[string](each(name, age)).All(ctx, engine); return err },
			"orm: reading rows into string: it takes 1 columns, the rows have 2: name, age"},
		"NULL": {func() error { _, err := orm.As[string](each(full)).All(ctx, engine); return err },
			"column full into string: it is NULL; use orm.Null or a pointer"},
		"another type":        {func() error { _, err := orm.As[int64](each(name)).All(ctx, engine); return err }, "not an integer"},
		"no type of a column": {func() error { _, err := orm.As[chan int](each(name)).All(ctx, engine); return err }, "chan int has no column type"},
		"NULL in a tuple":     {func() error { _, err := orm.Select2(name, full).All(ctx, engine); return err }, "it is NULL"},
	} {
		t.Run(what, func(t *testing.T) { assert.ErrorContains(t, c.run(), c.want) })
	}
}

func TestTypedSelects(t *testing.T) {
	ctx, engine := context.Background(), company(t)
	pairs, err := orm.Select2(name, orm.CountOf(addressID)).LeftJoin(Addresses).GroupBy(name).OrderBy(name.Asc()).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []orm.Row2[string, int64]{{"ed", 2}, {"jack", 0}, {"wendy", 1}}, pairs)

	base := orm.Select3(id, name, age)
	narrow := base.Where(age.Gt(26)).OrderBy(id.Desc()).Limit(1)
	three, err := narrow.One(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, orm.Row3[int64, string, int64]{3, "jack", 41}, three)
	all, err := base.All(ctx, engine)
	require.NoError(t, err)
	assert.Len(t, all, 3, "the statement that others were made of is as it was")

	four, err := orm.Select4(id, name, age, admin).Where(id.Eq(1)).First(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, orm.Row4[int64, string, int64, bool]{1, "ed", 30, true}, four)

	_, err = orm.Select1(name).One(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrMultipleRows)
	_, err = orm.Select1(name).Where(id.Eq(9)).One(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	_, err = orm.Select1(name).Where(id.Eq(9)).First(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	n, ok, err := orm.Select1(name).Where(id.Eq(2)).OneOrNone(ctx, engine)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, "wendy", n)
	n, ok, err = orm.Select1(name).Where(id.Eq(9)).OneOrNone(ctx, engine)
	require.NoError(t, err)
	assert.False(t, ok)
	assert.Empty(t, n)
	_, _, err = orm.Select1(name).OneOrNone(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrMultipleRows)
}

func TestOneOrNoneAndScalar(t *testing.T) {
	ctx, engine := context.Background(), company(t)
	row, ok, err := where(id.Eq(1)).OneOrNone(ctx, engine)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, "('ed')", row.String())
	_, ok, err = where(id.Eq(9)).OneOrNone(ctx, engine)
	require.NoError(t, err)
	assert.False(t, ok)
	_, _, err = each(name).OneOrNone(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrMultipleRows)

	v, err := orm.Select(orm.Max(age)).Scalar(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, int64(41), v)
	v, err = where(id.Eq(9)).Scalar(ctx, engine)
	require.NoError(t, err)
	assert.Nil(t, v)
	_, err = each(name, id).Scalar(ctx, engine)
	assert.ErrorContains(t, err, "this has 2")
}

func TestIterators(t *testing.T) {
	ctx, engine := context.Background(), company(t) // its one connection is free only when rows are closed
	var got []string
	for n, err := range orm.Select1(name).OrderBy(id.Asc()).Iter(ctx, engine) {
		require.NoError(t, err)
		if got = append(got, n); n == "wendy" {
			break
		}
	}
	assert.Equal(t, []string{"ed", "wendy"}, got)

	got = nil
	for row, err := range each(name).Iter(ctx, engine) {
		require.NoError(t, err)
		got = append(got, row.String())
	}
	assert.Equal(t, []string{"('ed')", "('wendy')", "('jack')"}, got)

	var parts [][]string
	for part, err := range orm.As[string](each(name)).Partitions(ctx, engine, 2) {
		require.NoError(t, err)
		parts = append(parts, part)
	}
	assert.Equal(t, [][]string{{"ed", "wendy"}, {"jack"}}, parts)

	failures := 0
	for _, err := range orm.As[string](orm.Text("SELECT nothing")).Iter(ctx, engine) {
		assert.ErrorContains(t, err, "nothing")
		failures++
	}
	for _, err := range orm.As[string](each(full)).Iter(ctx, engine) {
		if err != nil {
			assert.ErrorContains(t, err, "it is NULL")
			failures++
		}
	}
	for _, err := range orm.Text("SELECT :x").Iter(ctx, engine) {
		assert.ErrorContains(t, err, "needs a value for :x")
		failures++
	}
	for _, err := range orm.As[string](each(name)).Partitions(ctx, engine, 0) {
		assert.ErrorContains(t, err, "at least 1")
		failures++
	}
	assert.Equal(t, 4, failures)
	all, err := orm.As[string](each(name)).All(ctx, engine)
	require.NoError(t, err)
	assert.Len(t, all, 3)
}

func TestTextsAsSources(t *testing.T) {
	text := orm.Text("SELECT id, name FROM users WHERE age > :age").Bind("age", 26).
		Columns(orm.Column("id", orm.Integer()), orm.Column("name", orm.String(30)))
	x := text.Subquery("x")
	c := text.CTE("c")
	golden(t, "texts", []shown{
		{"subquery", orm.Select(x.C("id"), x.C("name")).OrderBy(x.C("id").Asc())},
		{"joined", orm.Select(email, x.C("name")).Join(x, orm.TypeCoerce[any](userID).EqExpr(x.C("id"))).OrderBy(email.Asc())},
		{"cte", orm.Select(c.C("name")).OrderBy(c.C("name").Asc())},
		{"in a comment's line", where(orm.Exists(orm.Text("SELECT user_id FROM addresses -- all of them")))},
		{"union", orm.Union(text, orm.Select(id, name)).OrderBy(orm.ByName("name").Asc())},
		{"columns that nobody told", orm.Select(orm.Text("SELECT 1 AS one").Subquery("s").C("one"))},
		{"a column that is not there", orm.Select(x.C("age"))},
		{"as an expression", each(orm.TextExpr[int64](orm.Text("users.age + :n").Bind("n", 1)).As("next")).From(Users)},
		{"typed bind", orm.Text("SELECT name FROM users WHERE age = :a").BindAs("a", "x", orm.Integer())},
		{"list", orm.Text("SELECT name FROM users WHERE id IN :ids ORDER BY id").Bind("ids", []int64{1, 3})},
		{"empty list", orm.Text("SELECT name FROM users WHERE id IN :ids").Bind("ids", []int64{})},
		{"beside conditions", where(orm.And(orm.Text("users.age = 30 OR users.age = 41").Cond(), admin.Eq(true)))},
		{"negated", where(orm.Not(orm.Text("users.age = 30").Cond()))},
	})
}

func TestObjectsFromStatements(t *testing.T) {
	ctx := context.Background()
	s := session(t, company(t))
	ed, err := Users.Get(ctx, s, 1)
	require.NoError(t, err)
	users, err := orm.FromStatement(Users, orm.Text(`SELECT team_id, joined, admin, score, age, "full", name, id FROM users WHERE id < :n ORDER BY id`).Bind("n", 3)).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, users, 2)
	assert.Same(t, ed, users[0])
	assert.Equal(t, "wendy", users[1].Name)
	assert.Equal(t, int64(25), users[1].Age)

	team, err := orm.FromStatement(Teams, orm.Select(Teams).Where(orm.C(&Teams.F.ID).Eq(2))).One(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "blue", team.Name)
	team, err = orm.FromStatement(Teams, orm.Insert(Teams, "id", "name").Row(7, "new").Returning(Teams)).One(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "new", team.Name)

	_, err = orm.FromStatement(Teams, orm.Text("SELECT id, 1 AS size FROM teams")).All(ctx, s)
	assert.ErrorContains(t, err, "orm: reading a Team from a statement: no column is for Team.Name (name); no field is for the column size")
}
