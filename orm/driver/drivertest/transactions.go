package drivertest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

var transactionCases = map[string]func(*testing.T, *suite){
	"commit and rollback": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		other := s.open(t)
		require.NoError(t, s.conn.Begin(t.Context(), driver.TxOptions{}))
		s.exec(t, "INSERT INTO pets (name) VALUES ('Fluffy')")
		assert.Equal(t, int64(0), s.count(t, other, "SELECT count(*) FROM pets"), "before the commit")
		require.NoError(t, s.conn.Commit(t.Context()))
		assert.Equal(t, int64(1), s.count(t, other, "SELECT count(*) FROM pets"), "after the commit")

		require.NoError(t, s.conn.Begin(t.Context(), driver.TxOptions{}))
		s.exec(t, "DELETE FROM pets")
		require.NoError(t, s.conn.Rollback(t.Context()))
		assert.Equal(t, int64(1), s.count(t, s.conn, "SELECT count(*) FROM pets"), "after the rollback")
	},
	"rollback without a transaction": func(t *testing.T, s *suite) {
		require.NoError(t, s.conn.Rollback(t.Context()))
	},
	"commit without a transaction": func(t *testing.T, s *suite) {
		refusal(t, s.conn.Commit(t.Context()), driver.Syntax)
	},
	"a transaction in a transaction": func(t *testing.T, s *suite) {
		require.NoError(t, s.conn.Begin(t.Context(), driver.TxOptions{}))
		refusal(t, s.conn.Begin(t.Context(), driver.TxOptions{}), driver.Syntax)
		require.NoError(t, s.conn.Rollback(t.Context()))
	},
	"read-only": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		for commit, end := range map[bool]func() error{
			true:  func() error { return s.conn.Commit(t.Context()) },
			false: func() error { return s.conn.Rollback(t.Context()) },
		} {
			require.NoError(t, s.conn.Begin(t.Context(), driver.TxOptions{ReadOnly: true}))
			_, err := s.run(t.Context(), s.conn, "DELETE FROM pets")
			refusal(t, err, driver.ReadOnly)
			if commit && s.OneErrorEnds {
				require.Error(t, end(), "the work is lost, and the commit says so")
				require.NoError(t, s.conn.Rollback(t.Context()))
				continue
			}
			require.NoError(t, end())
			s.exec(t, "DELETE FROM pets")
		}
	},
	"savepoints": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		require.NoError(t, s.conn.Begin(t.Context(), driver.TxOptions{}))
		s.exec(t, "INSERT INTO pets (name) VALUES ('Fluffy')")
		const name = `a "quoted" name; --`
		require.NoError(t, s.conn.Savepoint(t.Context(), name))
		s.exec(t, "INSERT INTO pets (name) VALUES ('Rex')")
		require.NoError(t, s.conn.RollbackTo(t.Context(), name))
		s.exec(t, "INSERT INTO pets (name) VALUES ('Tom')")
		require.NoError(t, s.conn.Release(t.Context(), name))
		require.NoError(t, s.conn.Commit(t.Context()))
		refusal(t, s.conn.Release(t.Context(), name), driver.Syntax)
		names := s.all(t, s.conn, "SELECT name FROM pets ORDER BY name")
		assert.Equal(t, [][]driver.Value{{driver.TextValue("Fluffy")}, {driver.TextValue("Tom")}}, names)
	},
	"closing rolls back": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		other := s.open(t)
		require.NoError(t, other.Begin(t.Context(), driver.TxOptions{}))
		_, err := s.run(t.Context(), other, fluffy)
		require.NoError(t, err)
		stmt, err := other.Prepare(t.Context(), s.sql("SELECT * FROM pets"))
		require.NoError(t, err)
		rows, err := stmt.Query(t.Context(), nil)
		require.NoError(t, err)
		_, err = rows.Next(t.Context())
		require.NoError(t, err)
		require.NoError(t, other.Close(), "with a transaction and rows open")
		assert.Equal(t, int64(0), s.count(t, s.conn, "SELECT count(*) FROM pets"))
		s.exec(t, fluffy) // nothing holds a lock any more
	},
}
