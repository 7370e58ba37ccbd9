// Package testdb gives tests empty databases to work on: files of SQLite, and
// schemas or databases on the servers that the environment names.
//
//	ORMLAB_TEST_POSTGRES  the URL of a PostgreSQL, by default the one at 127.0.0.1:5432
//	ORMLAB_TEST_MYSQL     the URL of a MySQL or MariaDB, by default the one at 127.0.0.1:3306
//
// A server that a variable names must answer: otherwise the test fails. One
// that no variable names, and that does not answer, is skipped.
package testdb

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/driver"
)

// Place is a kind of database. URL returns the URL of an empty one, which is
// gone after the test.
type Place struct {
	Name string
	URL  func(t testing.TB) string
}

// Places are all kinds.
var Places = []Place{{"sqlite", SQLite}, {"postgresql", Postgres}, {"mysql", MySQL}}

// Servers are the kinds that are not files.
var Servers = Places[1:]

// Each runs a test on an empty database of each kind.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	for _, p := range Places {
		t.Run(p.Name, func(t *testing.T) { test(t, p.URL(t)) })
	}
}

// SQLite returns the URL of a file that is not there yet. Under GOOS=js, where
// SQLite cannot lock files, it is a database in memory, which has one
// connection.
func SQLite(t testing.TB) string {
	t.Helper()
	if runtime.GOOS == "js" {
		return "sqlite://"
	}
	return "sqlite:///" + filepath.Join(t.TempDir(), "test.db")
}

// Postgres returns the URL of an empty schema. It ends with an option, so that
// others can follow behind an &.
func Postgres(t testing.TB) string {
	t.Helper()
	u := PostgresServer(t)
	name := scratch(t, postgres.Driver(), u, "CREATE SCHEMA %s", "DROP SCHEMA %s CASCADE")
	u.Options = append(u.Options, dialect.URLOption{Name: "search_path", Value: name})
	return u.Reveal()
}

// PostgresServer returns the URL of the server itself, with an option.
func PostgresServer(t testing.TB) dialect.URL {
	t.Helper()
	u := server(t, postgres.Driver(), "ORMLAB_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test?sslmode=disable")
	if len(u.Options) == 0 {
		u.Options = []dialect.URLOption{{Name: "connect_timeout", Value: "10"}}
	}
	return u
}

// MySQL returns the URL of an empty database. Its scheme is that of the server,
// mysql or mariadb, whatever the variable says.
func MySQL(t testing.TB) string {
	t.Helper()
	u := MySQLServer(t)
	u.Database = scratch(t, mysql.Driver(), u, "CREATE DATABASE %s", "DROP DATABASE %s")
	return u.Reveal()
}

// MySQLServer returns the URL of the server itself, with its own scheme.
func MySQLServer(t testing.TB) dialect.URL {
	t.Helper()
	u := server(t, mysql.Driver(), "ORMLAB_TEST_MYSQL", "mysql://root@127.0.0.1:3306/test")
	u.Scheme = "mysql"
	if strings.Contains(ask(t, mysql.Driver(), u, "SELECT version()"), "MariaDB") {
		u.Scheme = "mariadb"
	}
	return u
}

// server returns the URL of a server that answers.
func server(t testing.TB, d driver.Driver, variable, usual string) dialect.URL {
	t.Helper()
	if d == nil {
		t.Skip("there is no network in a WebAssembly build, so no server to test on")
	}
	text, named := os.LookupEnv(variable)
	if !named {
		text = usual
	}
	u, err := dialect.ParseURL(text)
	require.NoError(t, err, variable)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := d.Open(ctx, u.Reveal())
	if err != nil && !named {
		t.Skipf("no server answers at %s, and %s names none: %v", u, variable, err)
	}
	require.NoError(t, err, "%s names a server that does not answer", variable)
	require.NoError(t, conn.Close())
	return u
}

var count atomic.Int64

// Name makes a name that no other test has.
func Name() string { return fmt.Sprintf("ormlab_%d_%d", os.Getpid(), count.Add(1)) }

// scratch makes something with a name of its own, which is dropped after the
// test.
func scratch(t testing.TB, d driver.Driver, u dialect.URL, create, drop string) string {
	t.Helper()
	name := Name()
	ask(t, d, u, fmt.Sprintf(create, name))
	t.Cleanup(func() { ask(t, d, u, fmt.Sprintf(drop, name)) })
	return name
}

// ask runs a statement on a connection of its own, and returns the text that
// it gives, if any.
func ask(t testing.TB, d driver.Driver, u dialect.URL, sql string) string {
	t.Helper()
	ctx := context.Background() // not the test's, which has ended in a cleanup
	conn, err := d.Open(ctx, u.Reveal())
	require.NoError(t, err)
	defer conn.Close()
	stmt, err := conn.Prepare(ctx, sql)
	require.NoError(t, err, sql)
	defer stmt.Close()
	rows, err := stmt.Query(ctx, nil)
	require.NoError(t, err, sql)
	defer rows.Close()
	more, err := rows.Next(ctx)
	require.NoError(t, err, sql)
	if !more {
		return ""
	}
	return rows.Text(0)
}
