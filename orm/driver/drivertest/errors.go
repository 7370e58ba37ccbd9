package drivertest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

const (
	petsSQL  = "CREATE TABLE pets (id AUTOKEY, name VARCHAR(50) NOT NULL UNIQUE, hunger INTEGER, CONSTRAINT hungry CHECK (hunger >= 0), CONSTRAINT uq_pets UNIQUE (hunger, name))"
	toysSQL  = "CREATE TABLE toys (id AUTOKEY, pet INTEGER NOT NULL, FOREIGN KEY (pet) REFERENCES pets (id))"
	fluffy   = "INSERT INTO pets (id, name, hunger) VALUES (1, 'Fluffy', 3)"
	fluffys  = "INSERT INTO toys (pet) VALUES (1)"
	busySQL  = "INSERT INTO pets (name) VALUES ('Rex')"
	emptySQL = " -- nothing\n /* at all */ ; "
)

var errorCases = map[string]func(*testing.T, *suite){
	"errors by kind": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL, toysSQL, fluffy, fluffys)
		for name, c := range map[string]struct {
			sql        string
			kind       driver.ErrorKind
			table      string
			columns    []string
			constraint string
		}{
			"unique":              {sql: "INSERT INTO pets (name) VALUES ('Fluffy')", kind: driver.Unique, table: "pets", columns: []string{"name"}},
			"primary key":         {sql: "INSERT INTO pets (id, name) VALUES (1, 'Rex')", kind: driver.Unique, table: "pets", columns: []string{"id"}},
			"not null":            {sql: "INSERT INTO pets (name) VALUES (NULL)", kind: driver.NotNull, table: "pets", columns: []string{"name"}},
			"check":               {sql: "UPDATE pets SET hunger = -1", kind: driver.Check, constraint: "hungry"},
			"foreign key missing": {sql: "INSERT INTO toys (pet) VALUES (99)", kind: driver.ForeignKey},
			"foreign key in use":  {sql: "DELETE FROM pets", kind: driver.ForeignKey},
			"syntax":              {sql: "SELEKT 1", kind: driver.Syntax},
			"no such table":       {sql: "SELECT * FROM dogs", kind: driver.Syntax},
			"no such column":      {sql: "SELECT age FROM pets", kind: driver.Syntax},
			"unfinished":          {sql: "SELECT 'abc", kind: driver.Syntax},
			"two statements":      {sql: "DELETE FROM toys; DROP TABLE pets", kind: driver.Syntax},
			"no statement":        {sql: emptySQL, kind: driver.Syntax},
			"empty":               {sql: "", kind: driver.Syntax},
			"NUL byte":            {sql: "SELECT 1\x00", kind: driver.Syntax},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := s.run(t.Context(), s.conn, c.sql)
				refused := refusal(t, err, c.kind)
				if s.NoKeyColumns {
					c.table = ""
				}
				if c.kind == driver.Unique && s.NoKeyColumns {
					c.columns = nil
				}
				if c.constraint != "" || !s.Constraints {
					assert.Equal(t, c.constraint, refused.Constraint)
				}
				if c.table != "" || !s.Constraints {
					assert.Equal(t, c.table, refused.Table)
				}
				if c.columns != nil || !s.Constraints {
					assert.Equal(t, c.columns, refused.Columns)
				}
				if s.Constraints && (c.kind == driver.Unique || c.kind == driver.ForeignKey) {
					assert.NotEmpty(t, refused.Constraint)
				}
				assert.NotEmpty(t, refused.Code)
			})
		}
		assert.Equal(t, int64(1), s.count(t, s.conn, "SELECT count(*) FROM toys"), "no error changed anything")
	},
	"a statement works again after an error": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		insert := s.prepare(t, "INSERT INTO pets (name) VALUES (?)")
		for _, name := range []string{"Fluffy", "Rex"} {
			_, err := insert.Exec(t.Context(), []driver.Value{driver.TextValue(name)})
			require.NoError(t, err)
			_, err = insert.Exec(t.Context(), []driver.Value{driver.TextValue(name)})
			refusal(t, err, driver.Unique)
		}
		assert.Equal(t, int64(2), s.count(t, s.conn, "SELECT count(*) FROM pets"))
	},
	"a comment and a semicolon after a statement": func(t *testing.T, s *suite) {
		assert.Equal(t, int64(1), s.count(t, s.conn, "SELECT 1 ; -- the end\n/* really */ ;"))
	},
	"busy": func(t *testing.T, s *suite) {
		s.exec(t, petsSQL)
		require.NoError(t, s.conn.Begin(t.Context(), driver.TxOptions{Immediate: true}))
		s.exec(t, busySQL)
		ctx, cancel := shortly(t)
		defer cancel()
		// Waiting for the lock ends with the context, or at once.
		_, err := s.run(ctx, s.open(t), busySQL)
		var refused *driver.Error
		require.ErrorAs(t, err, &refused)
		require.Contains(t, []driver.ErrorKind{driver.Busy, driver.Interrupted}, refused.Kind, refused.Message)
		require.NoError(t, s.conn.Rollback(t.Context()))
	},
	"arguments missing": func(t *testing.T, s *suite) {
		stmt := s.prepare(t, "SELECT ?")
		_, err := stmt.Exec(t.Context(), nil)
		require.ErrorContains(t, err, "1 parameters")
		_, err = stmt.Query(t.Context(), make([]driver.Value, 2))
		require.ErrorContains(t, err, "2 arguments")
	},
}
