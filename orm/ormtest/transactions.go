package ormtest

import (
	"errors"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

var transactionCases = []testCase{
	{"commit and rollback", func(t *test) {
		conn := t.connected()
		require.NoError(t, conn.Commit(t.ctx), "nothing to commit")
		t.addTeam(conn, 1)
		assert.True(t, conn.InTransaction(), "the statement has begun one")
		assert.ErrorContains(t, conn.Begin(t.ctx), "one is open already")
		require.NoError(t, conn.Commit(t.ctx))
		assert.False(t, conn.InTransaction())
		require.NoError(t, conn.Begin(t.ctx))
		t.addTeam(conn, 2)
		require.NoError(t, conn.Rollback(t.ctx))
		assert.Equal(t, "(1)", t.teams(conn))
		require.NoError(t, conn.Rollback(t.ctx))
		t.addTeam(conn, 3)
		require.NoError(t, conn.Close(), "without a commit")
		require.NoError(t, conn.Close(), "the second time has no effect")
		assert.Equal(t, "(1)", t.teams(t.engine))
		for _, err := range []error{conn.Begin(t.ctx), conn.Commit(t.ctx), conn.Rollback(t.ctx), conn.Nested(t.ctx, func() error { return nil })} {
			assert.ErrorIs(t, err, orm.ErrClosed)
		}
	}},
	{"what others see", func(t *test) {
		t.needsTwo()
		conn := t.connected()
		t.addTeam(conn, 1)
		assert.Equal(t, "", t.teams(t.engine), "before the commit")
		require.NoError(t, conn.Commit(t.ctx))
		assert.Equal(t, "(1)", t.teams(t.engine), "after it")
	}},
	{"a block", func(t *test) {
		t.create(teams)
		require.NoError(t, t.engine.Transaction(t.ctx, func(tx orm.Executor) error { t.addTeam(tx, 1); return nil }))
		require.ErrorIs(t, t.engine.Transaction(t.ctx, func(tx orm.Executor) error { t.addTeam(tx, 2); return errUndo }), errUndo)
		assert.Panics(t, func() {
			_ = t.engine.Transaction(t.ctx, func(tx orm.Executor) error { t.addTeam(tx, 3); panic("oh") })
		})
		assert.Equal(t, "(1)", t.teams(t.engine))
	}},
	{"each statement by itself", func(t *test) {
		t.create(teams)
		t.addTeam(t.engine, 1)
		_, err := orm.Insert(teams, "id", "name").Row(2, "b").Row(1, "again").Exec(t.ctx, t.engine)
		t.refused(err, orm.KindUnique, "the second row")
		assert.Equal(t, "(1)", t.teams(t.engine), "all rows of a statement or none")
	}},
	{"savepoints", func(t *test) {
		conn := t.connected()
		t.addTeam(conn, 1)
		err := conn.Nested(t.ctx, func() error {
			t.addTeam(conn, 2)
			_, err := orm.Insert(teams, "id", "name").Row(1, "again").Exec(t.ctx, conn)
			return err
		})
		t.refused(err, orm.KindUnique, "in a savepoint")
		require.NoError(t, conn.Nested(t.ctx, func() error {
			t.addTeam(conn, 3)
			assert.ErrorContains(t, conn.Commit(t.ctx), "a Nested block is open")
			inner := conn.Nested(t.ctx, func() error { t.addTeam(conn, 4); return errors.New("no more") })
			assert.EqualError(t, inner, "no more")
			return nil
		}), "the transaction goes on")
		assert.Panics(t, func() { _ = conn.Nested(t.ctx, func() error { t.addTeam(conn, 5); panic("oh") }) })
		require.NoError(t, conn.Commit(t.ctx))
		require.NoError(t, conn.Close())
		assert.Equal(t, "(1) (3)", t.teams(t.engine))
	}},
	{"read only", func(t *test) {
		t.create(teams)
		reader := t.engine.ReadOnly()
		insert := orm.Insert(teams, "id", "name").Row(1, "x")
		_, err := insert.Exec(t.ctx, reader)
		t.refused(err, orm.KindReadOnly, "statement")
		err = reader.Transaction(t.ctx, func(tx orm.Executor) error { _, err := insert.Exec(t.ctx, tx); return err })
		t.refused(err, orm.KindReadOnly, "transaction")
		s := orm.NewSession(reader)
		require.NoError(t, s.Add(&team{1, "x"}))
		t.refused(s.Commit(t.ctx), orm.KindReadOnly, "session")
		require.NoError(t, s.Close())
		assert.Equal(t, "", t.teams(reader))
		t.addTeam(t.engine, 1)
		assert.Equal(t, "(1)", t.teams(reader), "the engine itself can write")
	}},
	{"isolation", func(t *test) {
		t.create(teams)
		for i, level := range []orm.Isolation{orm.DefaultIsolation, orm.ReadUncommitted, orm.ReadCommitted, orm.RepeatableRead, orm.Serializable} {
			require.NoError(t, t.engine.Isolated(level).Transaction(t.ctx, func(tx orm.Executor) error { t.addTeam(tx, int64(i+1)); return nil }), level.String())
		}
		assert.Equal(t, "(1) (2) (3) (4) (5)", t.teams(t.engine))
	}},
	{"a snapshot stays", func(t *test) {
		t.needsTwo()
		if t.features.Locks == dialect.LocksImplied {
			t.Skip("there is one writer, whom the reader would hold up")
		}
		t.create(teams)
		for _, level := range []orm.Isolation{orm.RepeatableRead, orm.Serializable} {
			conn, err := t.engine.Isolated(level).Connect(t.ctx)
			require.NoError(t, err)
			before := t.teams(conn)
			if level == orm.RepeatableRead { // a serializable reader may lock what it reads
				t.addTeam(t.engine, 1)
			}
			assert.Equal(t, before, t.teams(conn), level.String())
			require.NoError(t, conn.Close())
		}
		committed, err := t.engine.Isolated(orm.ReadCommitted).Connect(t.ctx)
		require.NoError(t, err)
		defer committed.Close()
		assert.Equal(t, "(1)", t.teams(committed))
		t.addTeam(t.engine, 2)
		assert.Equal(t, "(1) (2)", t.teams(committed), "read committed sees what others have committed")
	}},
	{"after an error", func(t *test) {
		conn := t.connected()
		t.addTeam(conn, 1)
		require.NoError(t, conn.Commit(t.ctx))
		_, err := orm.Insert(teams, "id", "name").Row(1, "again").Exec(t.ctx, conn)
		t.refused(err, orm.KindUnique, "again")
		require.NoError(t, conn.Rollback(t.ctx))
		t.addTeam(conn, 2)
		require.NoError(t, conn.Commit(t.ctx))
		require.NoError(t, conn.Close())
		assert.Equal(t, "(1) (2)", t.teams(t.engine))
	}},
}

// connected is a connection to a database with the table teams.
func (t *test) connected() *orm.Conn {
	t.Helper()
	t.create(teams)
	conn, err := t.engine.Connect(t.ctx)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, conn.Close()) })
	return conn
}

func (t *test) addTeam(on orm.Executor, number int64) {
	t.Helper()
	_, err := orm.Insert(teams, "id", "name").Row(number, "x").Exec(t.ctx, on)
	require.NoError(t, err)
}

// teams are the numbers of the teams that are seen.
func (t *test) teams(on orm.Executor) string {
	t.Helper()
	return t.rows(on, orm.Select(teamKey).OrderBy(teamKey.Asc()))
}
