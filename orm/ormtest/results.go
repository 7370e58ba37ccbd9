package ormtest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func day(year, month, d int) time.Time {
	return time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
}

var resultCases = []testCase{
	{"one row", func(t *test) {
		t.world()
		row, err := who(id.Eq(1)).One(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, "(1)", row.String())
		_, err = who(id.Eq(9)).One(t.ctx, t.engine)
		assert.ErrorIs(t, err, orm.ErrNoRows)
		_, err = who(id.Gt(1)).One(t.ctx, t.engine)
		assert.ErrorIs(t, err, orm.ErrMultipleRows)
		row, err = who(id.Gt(1)).First(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, "(2)", row.String())
		_, ok, err := who(id.Eq(9)).OneOrNone(t.ctx, t.engine)
		require.NoError(t, err)
		assert.False(t, ok)
		n, err := each(name).Scalar(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, "ed", n)
	}},
	{"typed rows", func(t *test) {
		t.world()
		rows, err := orm.Select4(id, name, admin, joined).OrderBy(id.Asc()).All(t.ctx, t.engine)
		require.NoError(t, err)
		require.Len(t, rows, 3)
		assert.Equal(t, orm.Row4[int64, string, bool, time.Time]{V1: 1, V2: "ed", V3: true, V4: time.Date(2024, 2, 3, 4, 5, 6, 789000, time.UTC)}, rows[0])
		sums, err := orm.Select2(orm.Sum(age), orm.Avg(age)).One(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, orm.Row2[int64, float64]{V1: 96, V2: 32}, sums)
		row, err := orm.Select(orm.Sum(age), orm.Avg(age), orm.BoolExpr(orm.Count().Gt(1))).One(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, []any{int64(96), 32.0, true}, row.Values(), "values have the types of the expressions")
	}},
	{"NULL in a plain place", func(t *test) {
		t.world()
		_, err := orm.Select2(id, full).OrderBy(id.Asc()).All(t.ctx, t.engine)
		t.refused(err, orm.KindData, "NULL into a string")
		assert.ErrorContains(t, err, "NULL")
		row, err := orm.Select(full).Where(id.Eq(2)).One(t.ctx, t.engine)
		require.NoError(t, err)
		var plain string
		assert.ErrorContains(t, row.Scan(&plain), "NULL")
		var null orm.Null[string]
		require.NoError(t, row.Scan(&null))
		assert.False(t, null.Valid)
	}},
	{"columns", func(t *test) {
		t.world()
		rows, err := orm.Select(id, orm.Count(), name.As("Label, odd")).Where(id.Eq(9)).GroupBy(id, name).All(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, []string{"id", "count_1", "Label, odd"}, rows.Columns(), "no rows have columns too")
		assert.Zero(t, rows.Len())
	}},
	{"iterators", func(t *test) {
		t.world()
		seen := 0
		for row, err := range each(id).Iter(t.ctx, t.engine) {
			require.NoError(t, err)
			if seen++; seen == 2 {
				assert.Equal(t, "(2)", row.String())
				break
			}
		}
		assert.Equal(t, "(1) (2) (3)", t.rows(t.engine, each(id)), "the loop's end has closed the rows")
		sizes := []int{}
		for part, err := range orm.Select1(id).OrderBy(id.Asc()).Partitions(t.ctx, t.engine, 2) {
			require.NoError(t, err)
			sizes = append(sizes, len(part))
		}
		assert.Equal(t, []int{2, 1}, sizes)
	}},
	{"another statement while rows are read", func(t *test) {
		t.world()
		require.NoError(t, t.engine.Transaction(t.ctx, func(tx orm.Executor) error {
			list := []string{}
			for row, err := range each(id).Iter(t.ctx, tx) {
				require.NoError(t, err)
				number := row.Values()[0].(int64)
				for inner, err := range orm.Select(addressID).Where(userID.Eq(number)).OrderBy(addressID.Asc()).Iter(t.ctx, tx) {
					require.NoError(t, err)
					list = append(list, row.String()+inner.String())
				}
				assert.Equal(t, "1 rows", t.rows(tx, orm.Update(teams, teamName.Set(row.String())).Where(teamKey.Eq(1))))
			}
			assert.Equal(t, []string{"(1)(1)", "(1)(2)", "(2)(3)"}, list)
			return nil
		}))
		assert.Equal(t, "('(3)')", t.rows(t.engine, orm.Select(teamName).Where(teamKey.Eq(1))))
	}},
	{"many rows", func(t *test) {
		t.create(notes)
		insert := orm.Insert(notes, "level")
		for i := range 1000 {
			insert = insert.Row(i)
		}
		_, err := insert.Exec(t.ctx, t.engine)
		require.NoError(t, err)
		count, sum := 0, int64(0)
		for row, err := range orm.Select(notes.C("level")).Iter(t.ctx, t.engine) {
			require.NoError(t, err)
			count, sum = count+1, sum+row.Values()[0].(int64)
		}
		assert.Equal(t, 1000, count)
		assert.Equal(t, int64(499500), sum)
	}},
}
