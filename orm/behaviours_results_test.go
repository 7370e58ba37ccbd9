package orm_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mustRow returns the only row of a statement.
func mustRow(t *testing.T, on orm.Executor, stmt orm.SelectStmt) orm.Row {
	t.Helper()
	row, err := stmt.One(context.Background(), on)
	require.NoError(t, err)
	return row
}

var resultBehaviours = []numbered{
	{51, "one, first, scalar and all", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		none, one, many := where(id.Eq(9)), where(id.Eq(1)), each(name)
		_, err := none.One(ctx, engine)
		assert.ErrorIs(t, err, orm.ErrNoRows)
		_, err = many.One(ctx, engine)
		assert.ErrorIs(t, err, orm.ErrMultipleRows)
		assert.Equal(t, "('ed')", mustRow(t, engine, one).String())
		_, ok, err := none.OneOrNone(ctx, engine)
		assert.NoError(t, err)
		assert.False(t, ok)
		_, _, err = many.OneOrNone(ctx, engine)
		assert.ErrorIs(t, err, orm.ErrMultipleRows)
		row, err := many.First(ctx, engine) // the database has one connection: the result is closed
		require.NoError(t, err)
		assert.Equal(t, "('ed')", row.String())
		_, err = none.First(ctx, engine)
		assert.ErrorIs(t, err, orm.ErrNoRows)
		v, err := none.Scalar(ctx, engine)
		assert.NoError(t, err)
		assert.Nil(t, v)
		_, err = orm.Select1(name).Where(id.Eq(9)).One(ctx, engine) // scalar_one
		assert.ErrorIs(t, err, orm.ErrNoRows)
		_, err = orm.Select1(name).One(ctx, engine)
		assert.ErrorIs(t, err, orm.ErrMultipleRows)
		// Port: Rows are a list; reading them a second time finds them again.
		rows, err := many.All(ctx, engine)
		require.NoError(t, err)
		for range 2 {
			n := 0
			for range rows.All() {
				n++
			}
			assert.Equal(t, 3, n)
		}
		for what, text := range map[string]string{"DDL": "CREATE TABLE IF NOT EXISTS made (n INTEGER)", "a change": "UPDATE users SET age = age"} {
			const silent = "orm: the statement has run, but it returns no rows; run such a one with Exec"
			_, err = orm.Text(text).All(ctx, engine)
			assert.ErrorContains(t, err, silent, what)
			_, err = orm.As[int64](orm.Text(text)).All(ctx, engine)
			assert.ErrorContains(t, err, silent, what)
			for _, err := range orm.Text(text).Iter(ctx, engine) {
				assert.ErrorContains(t, err, silent, what)
			}
		}
	}},
	{52, "rows", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		row := mustRow(t, engine, orm.Select(id, name).Where(id.Eq(2)))
		assert.Equal(t, []any{int64(2), "wendy"}, row.Values())
		v, err := row.Get("name")
		require.NoError(t, err)
		assert.Equal(t, "wendy", v)
		_, err = row.Get("zzz")
		assert.EqualError(t, err, `orm: the row has no column "zzz"; it has id, name`)
		// Port: SQLAlchemy gives the last of several columns of one name.
		double, err := orm.Text("SELECT 1 AS a, 2 AS a").One(ctx, engine)
		require.NoError(t, err)
		_, err = double.Get("a")
		assert.EqualError(t, err, `orm: the row has more than one column "a"; name them apart with As`)
		type pair struct{ A int64 }
		_, err = orm.As[pair](orm.Text("SELECT 1 AS a, 2 AS a")).All(ctx, engine)
		assert.ErrorContains(t, err, "2 columns are called a; name them apart with As")
	}},
}

var connectionBehaviours = []numbered{
	{53, "transactions of connections", func(t *testing.T) {
		ctx := context.Background()
		engine, log := recorded(t, Teams)
		insert := orm.Insert(Teams, "id", "name").Row(1, "red")
		teams := func() int { return len(rowsOf(t, engine, orm.Select(Teams))) }
		conn, err := engine.Connect(ctx)
		require.NoError(t, err)
		_, err = insert.Exec(ctx, conn)
		require.NoError(t, err)
		assert.ErrorContains(t, conn.Begin(ctx), "one is open already")
		require.NoError(t, conn.Close())
		log.is(t, "BEGIN", "INSERT INTO teams (id, name) VALUES (?, ?) [1 red]", "ROLLBACK")
		assert.Zero(t, teams())

		no := errors.New("no")
		add := func(result error) func(orm.Executor) error {
			return func(tx orm.Executor) error {
				_, err := insert.Exec(ctx, tx)
				return errors.Join(err, result)
			}
		}
		assert.ErrorIs(t, engine.Transaction(ctx, add(no)), no)
		assert.Zero(t, teams())
		require.NoError(t, engine.Transaction(ctx, add(nil)))
		assert.Equal(t, 1, teams())
	}},
	{54, "texts of errors", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		_, err := orm.Text("SELECT * FROM nope WHERE id = :id").Bind("id", 1).All(ctx, engine)
		assert.EqualError(t, err, "orm: no such table: nope (wrong SQL) [SQL: SELECT * FROM nope WHERE id = ?] [arguments: (1)]")
		_, err = orm.Insert(Teams, "id", "name").Row(1, "again").Exec(ctx, engine)
		var failure *orm.Error
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, orm.KindUnique, failure.Kind)
		assert.Equal(t, "INSERT INTO teams (id, name) VALUES (?, ?)", failure.SQL)
		assert.Equal(t, []any{int64(1), "again"}, failure.Args)
		assert.Equal(t, []string{"id"}, failure.Columns)
		assert.NotNil(t, errors.Unwrap(failure.Err), "the client's own error")
	}},
	{55, "echo", func(t *testing.T) {
		ctx := context.Background()
		var out bytes.Buffer
		engine := open(t, "sqlite://", orm.Options{Echo: &out})
		require.NoError(t, orm.CreateAll(ctx, engine, Teams))
		out.Reset()
		require.NoError(t, engine.Transaction(ctx, func(tx orm.Executor) error {
			for i := range 2 {
				_, err := orm.Select(teamName).Where(orm.C(&Teams.F.ID).Eq(int64(i))).All(ctx, tx)
				require.NoError(t, err)
			}
			_, err := orm.Text("SELECT :long").Bind("long", strings.Repeat("x", 300)).All(ctx, tx)
			return err
		}))
		const query = `SELECT teams\.name FROM teams WHERE teams\.id = \?\n`
		assert.Regexp(t, `^BEGIN \(implicit\)\n`+
			query+`\[generated in \d\.\d{5}s\] \(0,\)\n`+
			query+`\[cached since \d\.\d{5}s ago\] \(1,\)\n`+
			`SELECT \?\n\[generated in \d\.\d{5}s\] \('x+ … \(102 characters truncated\) … x+',\)\nCOMMIT\n$`, out.String())
		out.Reset()
		assert.ErrorIs(t, engine.Transaction(ctx, func(orm.Executor) error { return context.Canceled }), context.Canceled)
		assert.Equal(t, "BEGIN (implicit)\nROLLBACK\n", out.String())
	}},
}
