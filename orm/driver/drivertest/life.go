package drivertest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

var lifeCases = map[string]func(*testing.T, *suite){
	"closed statement": func(t *testing.T, s *suite) {
		stmt := s.prepare(t, numbersSQL)
		rows, err := stmt.Query(t.Context(), nil)
		require.NoError(t, err)
		_, err = rows.Next(t.Context())
		require.NoError(t, err)
		require.NoError(t, stmt.Close())
		require.NoError(t, stmt.Close(), "a second time")
		_, err = rows.Next(t.Context())
		require.ErrorContains(t, err, "closed")
		require.Equal(t, driver.Null, rows.Kind(0))
		require.NoError(t, rows.Close())
		_, err = stmt.Exec(t.Context(), nil)
		require.ErrorContains(t, err, "closed")
		_, err = stmt.Query(t.Context(), nil)
		require.ErrorContains(t, err, "closed")
	},
	"closed connection": func(t *testing.T, s *suite) {
		conn := s.open(t)
		stmt, err := conn.Prepare(t.Context(), numbersSQL)
		require.NoError(t, err)
		rows, err := stmt.Query(t.Context(), nil)
		require.NoError(t, err)
		_, err = rows.Next(t.Context())
		require.NoError(t, err)
		require.NoError(t, conn.Close())
		require.NoError(t, conn.Close(), "a second time")
		for name, call := range map[string]func() error{
			"Prepare":    func() error { _, err := conn.Prepare(t.Context(), "SELECT 1"); return err },
			"Exec":       func() error { _, err := stmt.Exec(t.Context(), nil); return err },
			"Query":      func() error { _, err := stmt.Query(t.Context(), nil); return err },
			"Next":       func() error { _, err := rows.Next(t.Context()); return err },
			"Begin":      func() error { return conn.Begin(t.Context(), driver.TxOptions{}) },
			"Commit":     func() error { return conn.Commit(t.Context()) },
			"Rollback":   func() error { return conn.Rollback(t.Context()) },
			"Savepoint":  func() error { return conn.Savepoint(t.Context(), "a") },
			"RollbackTo": func() error { return conn.RollbackTo(t.Context(), "a") },
			"Release":    func() error { return conn.Release(t.Context(), "a") },
		} {
			refusal(t, call(), driver.Disconnected)
			assert.ErrorContains(t, call(), "closed", name)
		}
		require.Equal(t, "", rows.Text(1))
		require.NoError(t, rows.Close())
		require.NoError(t, stmt.Close())
	},
	"private databases": func(t *testing.T, s *suite) {
		if s.NoMemory {
			t.Skip("the database has a server")
		}
		for _, name := range []string{"", ":memory:"} {
			a, err := s.Driver.Open(t.Context(), name)
			require.NoError(t, err)
			b, err := s.Driver.Open(t.Context(), name)
			require.NoError(t, err)
			for _, conn := range []driver.Conn{a, b} {
				_, err := s.run(t.Context(), conn, "CREATE TABLE v (x INTEGER)")
				require.NoError(t, err, "name %q", name)
			}
			require.NoError(t, a.Close())
			require.NoError(t, b.Close())
		}
	},
	"two connections to a database": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL, fluffy)
		assert.Equal(t, int64(1), s.count(t, s.open(t), "SELECT count(*) FROM pets"))
	},
}
