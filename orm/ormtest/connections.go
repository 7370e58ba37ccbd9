package ormtest

import (
	"context"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// endless counts for ever.
const endless = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"

var connectionCases = []testCase{
	{"a context ends a running statement", func(t *test) {
		query := orm.Text(t.endless())
		for what, run := range map[string]func(ctx context.Context, on orm.Executor) error{
			"All":  func(ctx context.Context, on orm.Executor) error { _, err := query.All(ctx, on); return err },
			"Exec": func(ctx context.Context, on orm.Executor) error { _, err := query.Exec(ctx, on); return err },
		} {
			ctx, cancel := context.WithCancel(t.ctx)
			engine := t.open(orm.Options{Observers: []orm.Observer{{Before: func(context.Context, *orm.Statement) { go cancel() }}}})
			err := run(ctx, engine)
			assert.ErrorIs(t, err, context.Canceled, what)
			t.refused(err, orm.KindInterrupted, what)
			assert.Equal(t, "(1)", t.rows(engine, orm.Text("SELECT 1 AS one")), "the engine works on")
		}
	}},
	{"a deadline ends a running statement", func(t *test) {
		ctx, cancel := context.WithTimeout(t.ctx, 20*time.Millisecond)
		defer cancel()
		_, err := orm.Text(t.endless()).All(ctx, t.engine)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
	}},
	{"a context that has ended", func(t *test) {
		t.create(teams)
		ctx, cancel := context.WithCancel(t.ctx)
		cancel()
		_, err := orm.Insert(teams, "id", "name").Row(1, "x").Exec(ctx, t.engine)
		assert.ErrorIs(t, err, context.Canceled)
		s := t.session()
		require.NoError(t, s.Add(&team{1, "x"}))
		assert.ErrorIs(t, s.Flush(ctx), context.Canceled)
		require.NoError(t, s.Rollback(ctx), "a rollback works with it")
		assert.Equal(t, "", t.teams(t.engine))
	}},
	{"an interrupted session needs a rollback", func(t *test) {
		t.create(teams)
		s := t.session()
		require.NoError(t, s.Add(&team{1, "x"}))
		require.NoError(t, s.Flush(t.ctx))
		ctx, cancel := context.WithTimeout(t.ctx, 20*time.Millisecond)
		defer cancel()
		_, err := orm.Text(t.endless()).All(ctx, s)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.ErrorIs(t, s.Commit(t.ctx), orm.ErrPendingRollback)
		require.NoError(t, s.Rollback(t.ctx))
		assert.Equal(t, "", t.teams(s), "what was not committed is gone")
	}},
	{"a lost connection empties the pool", func(t *test) {
		if t.Disconnect == nil {
			t.Skip("the database is no server: Config.Disconnect is nil")
		}
		one := orm.Text("SELECT 1 AS one")
		for _, ping := range []bool{false, true} {
			engine := t.open(orm.Options{PrePing: ping})
			a, err := engine.Connect(t.ctx)
			require.NoError(t, err)
			b, err := engine.Connect(t.ctx)
			require.NoError(t, err)
			t.rows(a, one)
			t.rows(b, one)
			require.NoError(t, a.Close())
			require.NoError(t, b.Close())
			t.Disconnect(t, engine)
			if !ping {
				_, err := one.All(t.ctx, engine)
				t.refused(err, orm.KindDisconnected, "the connection is gone")
			}
			assert.Equal(t, "(1)", t.rows(engine, one))
		}
	}},
	{"what a pool lends is clean", func(t *test) {
		conn := t.connected()
		t.addTeam(conn, 1)
		require.NoError(t, conn.Close(), "without a commit")
		again, err := t.engine.Connect(t.ctx)
		require.NoError(t, err)
		defer again.Close()
		assert.False(t, again.InTransaction())
		assert.Equal(t, "", t.teams(again))
	}},
}

func (t *test) endless() string {
	if t.Endless != "" {
		return t.Endless
	}
	return endless
}
