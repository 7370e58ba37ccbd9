package drivertest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

const numbersSQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, 'number ' || i FROM n"

var rowsCases = map[string]func(*testing.T, *suite){
	"columns": func(t *testing.T, s *suite) {
		s.exec(t, "CREATE TABLE v (id INTEGER PRIMARY KEY, name TEXT)")
		if s.NoDescription {
			stmt := s.prepare(t, "SELECT id, name AS label, 1+1 AS n FROM v")
			rows, err := stmt.Query(t.Context(), nil)
			require.NoError(t, err)
			require.Len(t, rows.Columns(), 3)
			assert.Equal(t, "label", rows.Columns()[1].Name)
			assert.Equal(t, rows.Columns(), stmt.Columns())
			return
		}
		assert.Equal(t, []driver.Column{{Name: "id", DeclType: s.sql("INTEGER")}, {Name: "label", DeclType: s.sql("TEXT")}, {Name: "n"}},
			s.prepare(t, "SELECT id, name AS label, 1+1 AS n FROM v").Columns())
		assert.Empty(t, s.prepare(t, "DELETE FROM v").Columns())
	},
	"columns change with the table": func(t *testing.T, s *suite) {
		s.exec(t, "CREATE TABLE v (a INTEGER)", "INSERT INTO v VALUES (1)")
		stmt := s.prepare(t, "SELECT * FROM v")
		if !s.NoDescription {
			require.Len(t, stmt.Columns(), 1)
		}
		s.exec(t, "ALTER TABLE v ADD COLUMN b INTEGER DEFAULT 2")
		rows, err := stmt.Query(t.Context(), nil)
		if s.FixedColumns {
			if err == nil {
				_, err = rows.Next(t.Context())
			}
			assert.Error(t, err, "it must not leave the new column out")
			return
		}
		require.NoError(t, err)
		assert.Equal(t, [][]driver.Value{{driver.IntValue(1), driver.IntValue(2)}}, rest(t, rows))
		assert.Equal(t, "b", stmt.Columns()[1].Name)
	},
	"parameters": func(t *testing.T, s *suite) {
		assert.Equal(t, 2, s.prepare(t, "SELECT ?, ?").NumParams())
		assert.Equal(t, 0, s.prepare(t, "SELECT 1").NumParams())
	},
	"result": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		for _, c := range []struct {
			sql  string
			want driver.Result
		}{
			{"INSERT INTO pets (name) VALUES ('Fluffy')", driver.Result{RowsAffected: 1, LastInsertID: 1}},
			{"INSERT INTO pets (id, name) VALUES (7, 'Rex'), (8, 'Tom')", driver.Result{RowsAffected: 2, LastInsertID: 8}},
			{"UPDATE pets SET hunger = 1", driver.Result{RowsAffected: 3}},
			{"UPDATE pets SET hunger = 2 WHERE id = 99", driver.Result{}},
			{"DELETE FROM pets WHERE id > 6", driver.Result{RowsAffected: 2}},
			{"SELECT * FROM pets", driver.Result{}},
			{"CREATE TABLE other (id INTEGER)", driver.Result{}},
			{"INSERT INTO other SELECT id FROM pets WHERE id = 99", driver.Result{}},
		} {
			result, err := s.run(t.Context(), s.conn, c.sql)
			require.NoError(t, err)
			if s.NoInsertID {
				c.want.LastInsertID = 0
			}
			assert.Equal(t, c.want, result, c.sql)
		}
	},
	"many rows": func(t *testing.T, s *suite) {
		all := s.all(t, s.conn, numbersSQL)
		require.Len(t, all, 5000)
		for i, row := range all {
			require.Equal(t, int64(i+1), row[0].Int())
		}
		assert.Equal(t, "number 5000", all[4999][1].Text())
	},
	"rows of a merge": func(t *testing.T, s *suite) { // SQLite has the rows of each side in a place of its own
		all := s.all(t, s.conn, "SELECT 1 AS n UNION ALL SELECT 3 UNION ALL SELECT 2 UNION ALL SELECT 4 ORDER BY 1")
		require.Len(t, all, 4)
		for i, row := range all {
			assert.Equal(t, int64(i+1), row[0].Int())
		}
	},
	"no rows": func(t *testing.T, s *suite) {
		assert.Empty(t, s.all(t, s.conn, "SELECT 1 WHERE 1 = 0"))
	},
	"two statements at once": func(t *testing.T, s *suite) {
		a, b := s.prepare(t, numbersSQL), s.prepare(t, numbersSQL)
		first, err := a.Query(t.Context(), nil)
		require.NoError(t, err)
		second, err := b.Query(t.Context(), nil)
		require.NoError(t, err)
		for i := range int64(5000) {
			for _, rows := range []driver.Rows{first, second} {
				more, err := rows.Next(t.Context())
				require.NoError(t, err)
				require.True(t, more)
				require.Equal(t, i+1, rows.Int(0))
			}
		}
	},
	"a statement has one open rows": func(t *testing.T, s *suite) {
		stmt := s.prepare(t, numbersSQL)
		rows, err := stmt.Query(t.Context(), nil)
		require.NoError(t, err)
		_, err = rows.Next(t.Context())
		require.NoError(t, err)
		_, err = stmt.Query(t.Context(), nil)
		require.ErrorContains(t, err, "still open")
		_, err = stmt.Exec(t.Context(), nil)
		require.ErrorContains(t, err, "still open")
		require.NoError(t, rows.Close())

		again, err := stmt.Query(t.Context(), nil)
		require.NoError(t, err)
		require.NoError(t, rows.Close(), "closing the old rows once more")
		more, err := rows.Next(t.Context())
		require.NoError(t, err)
		require.False(t, more, "the old rows stay ended")
		assert.Len(t, rest(t, again), 5000, "and do not end the new ones")
	},
	"rows closed early": func(t *testing.T, s *suite) {
		stmt := s.prepare(t, numbersSQL)
		for range 3 {
			rows, err := stmt.Query(t.Context(), nil)
			require.NoError(t, err)
			more, err := rows.Next(t.Context())
			require.NoError(t, err)
			require.True(t, more)
			require.Equal(t, int64(1), rows.Int(0))
			require.NoError(t, rows.Close())
			require.Equal(t, driver.Null, rows.Kind(0))
		}
	},
	"query of a statement without rows": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		assert.Empty(t, s.all(t, s.conn, "INSERT INTO pets (name) VALUES ('Fluffy')"))
		assert.Equal(t, int64(1), s.count(t, s.conn, "SELECT count(*) FROM pets"))
	},
	"exec of a query": func(t *testing.T, s *suite) {
		result, err := s.run(t.Context(), s.conn, numbersSQL)
		require.NoError(t, err)
		assert.Equal(t, driver.Result{}, result)
	},
	"an error in the middle of rows": func(t *testing.T, s *suite) {
		stmt := s.prepare(t, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "+
			"SELECT abs(CASE WHEN i < 1500 THEN i ELSE -9223372036854775807 - 1 END) FROM n")
		rows, err := stmt.Query(t.Context(), nil)
		seen := 0
		for more := true; more && err == nil; seen++ {
			more, err = rows.Next(t.Context())
		}
		refusal(t, err, driver.Data)
		require.LessOrEqual(t, seen, 1500)
		more, err := rows.Next(t.Context())
		require.NoError(t, err)
		require.False(t, more, "after an error the rows have ended")
	},
}
