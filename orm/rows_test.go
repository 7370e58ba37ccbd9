package orm_test

import (
	"context"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRowsKnowTheirColumns(t *testing.T) {
	ctx := context.Background()
	engine := withThings(t)
	id, name, ok := things.C("id"), things.C("name"), things.C("ok")
	rows, err := orm.Select(id, name.As("n"), ok).OrderBy(id.Asc()).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []string{"id", "n", "ok"}, rows.Columns())
	assert.Equal(t, 4, rows.Len())
	assert.Equal(t, []any{int64(1), "ant", true}, rows.At(0).Values(), "a boolean is a bool, though SQLite stores 1")
	assert.Equal(t, "(3, '50% off_', NULL)", rows.At(2).String())
	assert.Equal(t, "()", orm.Row{}.String())

	for column, want := range map[string]any{"id": int64(4), "n": nil, "ok": true} {
		got, err := rows.At(3).Get(column)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err = rows.At(0).Get("name")
	assert.EqualError(t, err, `orm: the row has no column "name"; it has id, n, ok`)
	_, err = orm.Row{}.Get("x")
	assert.EqualError(t, err, `orm: the row has no column "x"; it has no columns`)

	seen := 0
	for i := range rows.All() {
		if seen++; i == 1 {
			break
		}
	}
	assert.Equal(t, 2, seen)
	names := rows.Columns()
	names[0] = "changed"
	assert.Equal(t, "id", rows.Columns()[0])

	rows, err = orm.Select(id).Where(orm.Or()).All(ctx, engine)
	require.NoError(t, err)
	assert.Zero(t, rows.Len())
	assert.Equal(t, []string{"id"}, rows.Columns(), "no rows have columns too")
}

func TestAmbiguousNamesAreAnError(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t)
	row, err := orm.Text("SELECT 1 AS a, 2 AS b, 3 AS a").One(ctx, engine)
	require.NoError(t, err)
	_, err = row.Get("a")
	assert.EqualError(t, err, `orm: the row has more than one column "a"; name them apart with As`)
	b, err := row.Get("b")
	require.NoError(t, err)
	assert.Equal(t, int64(2), b)
	var x, y, z int
	require.NoError(t, row.Scan(&x, &y, &z))
	assert.Equal(t, []int{1, 2, 3}, []int{x, y, z})
}

func TestScan(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t)
	row, err := orm.Text("SELECT 1 AS n, 'x' AS s, NULL AS z, 1.5 AS f, x'00ff' AS b").One(ctx, engine)
	require.NoError(t, err)
	var (
		n int8
		s color
		z orm.Null[time.Time]
		f float32
		b []byte
	)
	require.NoError(t, row.Scan(&n, &s, &z, &f, &b))
	assert.Equal(t, []any{int8(1), color("x"), orm.None[time.Time](), float32(1.5), []byte{0, 255}}, []any{n, s, z, f, b})
	var (
		yes  bool
		text *string
		null *int
		any1 any
	)
	null = new(int)
	require.NoError(t, row.Scan(&yes, &text, &null, &any1, &b))
	assert.Equal(t, []any{true, ptr("x"), (*int)(nil), 1.5}, []any{yes, text, null, any1})

	for name, c := range map[string]struct {
		into []any
		want string
	}{
		"too few":       {[]any{&n}, "orm: scanning a row: it has 5 columns (n, s, z, f, b), got 1 variables"},
		"NULL":          {[]any{&n, &s, &n, &f, &b}, "orm: scanning column z: it is NULL; use orm.Null or a pointer"},
		"NULL to text":  {[]any{&n, &s, &s, &f, &b}, "orm: scanning column z: it is NULL; use orm.Null or a pointer"},
		"wrong type":    {[]any{&s, &s, &z, &f, &b}, "orm: scanning column n: it holds int 1, not text"},
		"no pointer":    {[]any{n, &s, &z, &f, &b}, "orm: scanning column n: the variable must be given as a pointer, not as int8"},
		"nil":           {[]any{nil, &s, &z, &f, &b}, "orm: scanning column n: the variable must be given as a pointer, not as <nil>"},
		"nil pointer":   {[]any{(*int)(nil), &s, &z, &f, &b}, "orm: scanning column n: the variable must be given as a pointer, not as *int"},
		"not a value":   {[]any{&Pet{}, &s, &z, &f, &b}, "orm: scanning column n: a Go orm_test.Pet has no column type; " + known},
		"whole numbers": {[]any{&n, &s, &z, &n, &b}, "orm: scanning column f: it holds float 1.5, not an integer"},
	} {
		t.Run(name, func(t *testing.T) { assert.EqualError(t, row.Scan(c.into...), c.want) })
	}
}
