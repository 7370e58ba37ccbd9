package ormtest

import (
	"context"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

const (
	manyRows = 200_000
	// padding is a text in each row, which makes all of them 40 MB.
	padding = 200
	// growth is how many bytes reading may take at any time.
	growth = 8 << 20
	// period is after how many rows the bytes are counted.
	period = 40_000
)

// generated is a query that makes 2 times ten to the power rows, without a
// table.
func generated(power int) orm.TextStmt {
	sql := "WITH d (n) AS (SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL " +
		"SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) " +
		"SELECT z.n AS n, '" + strings.Repeat("x", padding) + "' AS pad FROM (SELECT 0 AS n UNION ALL SELECT 1) z"
	for i := range power {
		sql += " CROSS JOIN d d" + strconv.Itoa(i)
	}
	return orm.Text(sql)
}

// padded is a row of generated.
type padded struct {
	N   int64
	Pad string
}

// bounded returns a function to call with each row, which checks from time to
// time that the heap has hardly grown.
func (t *test) bounded() func(pad string) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	start, seen := heap(), 0
	return func(pad string) {
		if len(pad) != padding {
			require.Len(t, pad, padding)
		}
		if seen++; seen%period == 0 {
			require.Less(t, heap(), start+growth, "after %d rows", seen)
		}
		if seen > manyRows {
			require.LessOrEqual(t, seen, manyRows)
		}
	}
}

// lone opens an engine of one connection, so that the next statement waits in
// vain if the connection is not given back.
func (t *test) lone() *orm.Engine {
	t.Helper()
	return t.open(orm.Options{PoolSize: 1, PoolTimeout: time.Second})
}

var streamingCases = []testCase{
	{"few of many rows are in memory", func(t *test) {
		row := t.bounded()
		n := 0
		for r, err := range generated(5).Iter(t.ctx, t.engine) {
			require.NoError(t, err)
			row(r.Values()[1].(string))
			n++
		}
		assert.Equal(t, manyRows, n)
	}},
	{"few of many typed rows are in memory", func(t *test) {
		row := t.bounded()
		n := 0
		for part, err := range orm.As[padded](generated(5)).Partitions(t.ctx, t.engine, 1000) {
			require.NoError(t, err)
			for _, r := range part {
				row(r.Pad)
			}
			n += len(part)
		}
		assert.Equal(t, manyRows, n)
	}},
	{"a loop that ends early gives the connection back", func(t *test) {
		engine := t.lone()
		for range 3 {
			for row, err := range generated(11).Iter(t.ctx, engine) { // which takes hours to read
				require.NoError(t, err)
				require.NotNil(t, row)
				break
			}
			assert.Equal(t, "(1)", t.rows(engine, orm.Text("SELECT 1 AS one")))
		}
	}},
	{"a transaction goes on after a loop that ends early", func(t *test) {
		t.create(teams)
		require.NoError(t, t.engine.Transaction(t.ctx, func(tx orm.Executor) error {
			t.addTeam(tx, 1)
			for _, err := range generated(5).Iter(t.ctx, tx) {
				require.NoError(t, err)
				break
			}
			t.addTeam(tx, 2)
			return nil
		}))
		assert.Equal(t, "(1) (2)", t.teams(t.engine))
	}},
	{"a context that ends in the middle ends the loop", func(t *test) {
		engine := t.lone()
		ctx, cancel := context.WithCancel(t.ctx)
		defer cancel()
		var last error
		for _, err := range generated(11).Iter(ctx, engine) {
			cancel()
			last = err
		}
		assert.ErrorIs(t, last, context.Canceled)
		t.refused(last, orm.KindInterrupted, "the loop")
		assert.Equal(t, "(1)", t.rows(engine, orm.Text("SELECT 1 AS one")))
	}},
}
