// Package drivertest is the suite that a driver must pass: an implementer
// calls [Run] from a test.
//
//	func TestDriver(t *testing.T) {
//		drivertest.Run(t, drivertest.Config{
//			Driver: mydriver.Driver(),
//			Name:   func(t testing.TB) string { return filepath.Join(t.TempDir(), "test.db") },
//		})
//	}
//
// Every case gets a database of its own. What differs between databases, such
// as the names of types, is a field of [Config].
package drivertest

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

// Config says how to test a driver. All but Driver and Name have defaults that
// suit SQLite.
type Config struct {
	Driver driver.Driver
	// Name returns the name of a new, empty database. All connections that
	// open the name see the same data.
	Name func(testing.TB) string
	// Types replaces words of the suite's SQL: INTEGER, REAL, TEXT, BLOB,
	// AUTOKEY (a primary key that the database numbers).
	Types map[string]string
	// Placeholder is the nth parameter, from 1; nil means "?".
	Placeholder func(n int) string
	// Endless is a query that runs until it is interrupted; empty means the
	// suite's own, a recursive one.
	Endless string
	// NoCancel leaves out the cancelling of a running statement from another
	// goroutine, for a driver that only knows time limits.
	NoCancel bool
	// Values is what values read back as, by the name of the suite's case,
	// where that differs from SQLite.
	Values map[string]driver.Value
	// Refused are the cases of values that the database does not store.
	Refused []string
	// NoInsertID says that the database tells no key of the last row.
	NoInsertID bool
	// NoMemory says that there are no databases in memory.
	NoMemory bool
	// Constraints says that errors name the constraint wherever there is one,
	// and the table of a foreign key.
	Constraints bool
	// NoKeyColumns says that the error of a unique key tells no columns, and
	// that errors tell the table only of a foreign key.
	NoKeyColumns bool
	// NoDescription says that columns are known only when a statement runs.
	NoDescription bool
	// FixedColumns says that a prepared statement does not run again once its
	// table has other columns.
	FixedColumns bool
	// OneErrorEnds says that after an error a transaction can only be rolled
	// back.
	OneErrorEnds bool
	// Fragile says that a connection does not survive an interruption.
	Fragile bool
}

// Run runs the suite over a driver.
func Run(t *testing.T, config Config) {
	for _, group := range []map[string]func(*testing.T, *suite){
		valueCases, errorCases, rowsCases, transactionCases, contextCases, lifeCases,
	} {
		for name, run := range group {
			t.Run(name, func(t *testing.T) {
				s := &suite{Config: config}
				s.name = config.Name(t)
				s.conn = s.open(t)
				run(t, s)
			})
		}
	}
}

// suite is one case's database and a connection to it.
type suite struct {
	Config
	name string
	conn driver.Conn
}

// open opens another connection to the case's database.
func (s *suite) open(t *testing.T) driver.Conn {
	t.Helper()
	conn, err := s.Driver.Open(t.Context(), s.name)
	require.NoError(t, err, "opening %q", s.name)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	return conn
}

// sql adapts the suite's SQL to the database.
func (s *suite) sql(text string) string {
	words := map[string]string{"AUTOKEY": "INTEGER PRIMARY KEY"}
	for word, name := range s.Types {
		words[word] = name
	}
	for word, name := range words {
		text = strings.ReplaceAll(text, word, name)
	}
	if s.Placeholder == nil {
		return text
	}
	for n := 1; strings.Contains(text, "?"); n++ {
		text = strings.Replace(text, "?", s.Placeholder(n), 1)
	}
	return text
}

func (s *suite) prepare(t *testing.T, sql string) driver.Stmt {
	t.Helper()
	stmt, err := s.conn.Prepare(t.Context(), s.sql(sql))
	require.NoError(t, err, sql)
	t.Cleanup(func() { require.NoError(t, stmt.Close()) })
	return stmt
}

// exec runs statements without arguments.
func (s *suite) exec(t *testing.T, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		_, err := s.run(t.Context(), s.conn, sql)
		require.NoError(t, err, sql)
	}
}

// run prepares and runs a statement on a connection.
func (s *suite) run(ctx context.Context, conn driver.Conn, sql string, args ...driver.Value) (driver.Result, error) {
	stmt, err := conn.Prepare(ctx, s.sql(sql))
	if err != nil {
		return driver.Result{}, err
	}
	defer stmt.Close()
	return stmt.Exec(ctx, args)
}

// all reads all rows of a query.
func (s *suite) all(t *testing.T, conn driver.Conn, sql string, args ...driver.Value) [][]driver.Value {
	t.Helper()
	stmt, err := conn.Prepare(t.Context(), s.sql(sql))
	require.NoError(t, err, sql)
	defer stmt.Close()
	rows, err := stmt.Query(t.Context(), args)
	require.NoError(t, err, sql)
	return rest(t, rows)
}

// rest reads the rows that are left.
func rest(t *testing.T, rows driver.Rows) (all [][]driver.Value) {
	t.Helper()
	for {
		more, err := rows.Next(t.Context())
		require.NoError(t, err)
		if !more {
			require.NoError(t, rows.Close())
			return all
		}
		row := make([]driver.Value, len(rows.Columns()))
		for i := range row {
			row[i] = rows.Value(i)
		}
		all = append(all, row)
	}
}

// count is the single number that a query gives.
func (s *suite) count(t *testing.T, conn driver.Conn, sql string) int64 {
	t.Helper()
	all := s.all(t, conn, sql)
	require.Len(t, all, 1)
	return all[0][0].Int()
}

// refusal is the database's error that a call must have ended with.
func refusal(t *testing.T, err error, kind driver.ErrorKind) *driver.Error {
	t.Helper()
	var refused *driver.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, kind.String(), refused.Kind.String(), "the kind of %q (code %s)", refused.Message, refused.Code)
	require.NotEmpty(t, refused.Message)
	return refused
}
