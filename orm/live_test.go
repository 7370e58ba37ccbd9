package orm_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/mysql"
	_ "github.com/ormlab/ormlab/orm/dialect/postgres"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// ownName makes a name on a server that no other run of the tests has.
func ownName(what string) string { return fmt.Sprintf("ormlab_%s_%d", what, os.Getpid()) }

// servers are the databases that tests run on besides SQLite. A variable of
// the environment names another one; a server that is not there is left out.
var servers = []struct{ name, variable, url, address string }{
	{"postgresql", "ORMLAB_POSTGRESQL", "postgresql://root@127.0.0.1:5432/", "127.0.0.1:5432"},
	{"mariadb", "ORMLAB_MARIADB", "mariadb://root@127.0.0.1:3306/", "127.0.0.1:3306"},
}

// everywhere runs a test on an empty database of each kind.
func everywhere(t *testing.T, test func(t *testing.T, e *orm.Engine)) {
	t.Run("sqlite", func(t *testing.T) {
		e, err := orm.Open("sqlite://", orm.Options{})
		require.NoError(t, err)
		defer e.Close()
		test(t, e)
	})
	for _, s := range servers {
		t.Run(s.name, func(t *testing.T) {
			url := os.Getenv(s.variable)
			if url == "" {
				c, err := net.Dial("tcp", s.address)
				if err != nil {
					t.Skipf("no server: %v; %s names another one", err, s.variable)
				}
				c.Close()
				url = s.url
			}
			test(t, emptyDatabase(t, url))
		})
	}
}

// emptyDatabase makes a database that only this test has, until its end.
func emptyDatabase(t *testing.T, url string) *orm.Engine {
	admin, err := orm.Open(url+"test", orm.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, admin.Close()) })
	name := ownName("test")
	runAll(t, admin, "DROP DATABASE IF EXISTS "+name, "CREATE DATABASE "+name)
	t.Cleanup(func() { runAll(t, admin, "DROP DATABASE "+name) })
	return open(t, url+name, orm.Options{})
}

func runAll(t *testing.T, on orm.Executor, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		_, err := orm.Text(sql).Exec(context.Background(), on)
		require.NoError(t, err, sql)
	}
}

// oneSpace makes every run of white space one space.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
