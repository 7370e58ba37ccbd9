package drivertest

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

const endlessSQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

// shortly returns a context that ends soon.
func shortly(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), 30*time.Millisecond)
}

// survives checks that the connection works on after an interruption, or that
// it knows that it does not.
func (s *suite) survives(t *testing.T) {
	t.Helper()
	if !s.Fragile {
		assert.Equal(t, int64(1), s.count(t, s.conn, "SELECT 1"), "the connection works on")
		return
	}
	require.Implements(t, (*driver.Validator)(nil), s.conn)
	assert.False(t, s.conn.(driver.Validator).Valid())
}

func (s *suite) endless() string {
	if s.Endless != "" {
		return s.Endless
	}
	return endlessSQL
}

var contextCases = map[string]func(*testing.T, *suite){
	"a context that has ended": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		stmt := s.prepare(t, "SELECT 1")
		rows, err := s.prepare(t, numbersSQL).Query(t.Context(), nil)
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, call := range map[string]func() error{
			"Open":      func() error { _, err := s.Driver.Open(ctx, s.name); return err },
			"Prepare":   func() error { _, err := s.conn.Prepare(ctx, "SELECT 1"); return err },
			"Exec":      func() error { _, err := stmt.Exec(ctx, nil); return err },
			"Query":     func() error { _, err := stmt.Query(ctx, nil); return err },
			"Next":      func() error { _, err := rows.Next(ctx); return err },
			"Begin":     func() error { return s.conn.Begin(ctx, driver.TxOptions{}) },
			"Commit":    func() error { return s.conn.Commit(ctx) },
			"Savepoint": func() error { return s.conn.Savepoint(ctx, "a") },
			"Release":   func() error { return s.conn.Release(ctx, "a") },
		} {
			assert.ErrorIs(t, call(), context.Canceled, name)
		}
	},
	"rollback with a context that has ended": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		ctx, cancel := context.WithCancel(t.Context())
		require.NoError(t, s.conn.Begin(ctx, driver.TxOptions{}))
		s.exec(t, fluffy)
		require.NoError(t, s.conn.Savepoint(ctx, "a"))
		cancel()
		require.NoError(t, s.conn.RollbackTo(ctx, "a"))
		require.NoError(t, s.conn.Rollback(ctx))
		assert.Equal(t, int64(0), s.count(t, s.conn, "SELECT count(*) FROM pets"))
	},
	"time runs out in Exec": func(t *testing.T, s *suite) {
		stmt := s.prepare(t, s.endless())
		ctx, cancel := shortly(t)
		defer cancel()
		_, err := stmt.Exec(ctx, nil)
		refusal(t, err, driver.Interrupted)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		s.survives(t)
	},
	"time runs out in Query": func(t *testing.T, s *suite) {
		stmt := s.prepare(t, s.endless())
		ctx, cancel := shortly(t)
		defer cancel()
		rows, err := stmt.Query(ctx, nil)
		if err == nil { // the driver waits with the work until Next
			_, err = rows.Next(ctx)
		}
		refusal(t, err, driver.Interrupted)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		s.survives(t)
	},
	"cancelled while it runs": func(t *testing.T, s *suite) {
		if s.NoCancel {
			t.Skip("the driver knows only time limits")
		}
		stmt := s.prepare(t, s.endless())
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(30*time.Millisecond, cancel)
		_, err := stmt.Exec(ctx, nil)
		refusal(t, err, driver.Interrupted)
		require.ErrorIs(t, err, context.Canceled)
	},
}
