//go:build !js && !wasip1

package mysql_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/ormlab/ormlab/orm/ormtest"
)

// sleeping is a query that takes long: how deep a recursive one may go is
// limited.
const sleeping = "SELECT SLEEP(30)"

// TestSuite runs with the dialect of the server that answers, MySQL's or
// MariaDB's.
func TestSuite(t *testing.T) {
	testdb.MySQLServer(t)
	ormtest.TestDialect(t, ormtest.Config{URL: testdb.MySQL, Endless: sleeping, Disconnect: disconnect})
}

// shared is MySQL's dialect without what MariaDB lacks, so that what MySQL does
// without, above all RETURNING, runs on MariaDB too.
type shared struct {
	parts
	features dialect.Features
}

// parts are the interfaces that the dialect has.
type parts interface {
	dialect.Dialect
	dialect.ColumnChecker
	dialect.DefaultWriter
	dialect.NamespaceLooker
	dialect.CastWriter
	dialect.Reflector
}

func (s *shared) Features() *dialect.Features { return &s.features }

func TestSuiteWithoutReturning(t *testing.T) {
	if testdb.MySQLServer(t).Scheme != "mariadb" {
		t.Skip("the server is a MySQL, on which the suite has run already")
	}
	maria := mysql.MariaDB.Features()
	s := &shared{mysql.Dialect.(parts), *mysql.Dialect.Features()}
	f := &s.features
	f.Lateral, f.LockOf, f.WithChange, f.Values, f.Locks, f.FrameLiterals = maria.Lateral, maria.LockOf, maria.WithChange, maria.Values, maria.Locks, maria.FrameLiterals
	f.DDL = maria.DDL
	entry, err := dialect.Lookup("mysql")
	require.NoError(t, err)
	entry.Dialect = s
	dialect.Register("mysqlonmariadb", entry)
	ormtest.TestDialect(t, ormtest.Config{Endless: sleeping, Disconnect: disconnect, URL: func(t testing.TB) string {
		return strings.Replace(testdb.MySQL(t), "mariadb://", "mysqlonmariadb://", 1)
	}})
}

// disconnect ends the connections of the engine's pool from another one.
func disconnect(t testing.TB, e *orm.Engine) {
	t.Helper()
	ctx := context.Background()
	u := testdb.MySQLServer(t)
	admin, err := orm.Open(u.Reveal(), orm.Options{})
	require.NoError(t, err)
	defer admin.Close()
	a, err := e.Connect(ctx)
	require.NoError(t, err)
	defer a.Close()
	b, err := e.Connect(ctx)
	require.NoError(t, err)
	defer b.Close()
	for _, conn := range []*orm.Conn{a, b} {
		row, err := orm.Text("SELECT connection_id()").One(ctx, conn)
		require.NoError(t, err)
		require.NoError(t, conn.Commit(ctx))
		_, err = orm.Text("KILL :id").Bind("id", row.Values()[0]).Exec(ctx, admin)
		require.NoError(t, err)
	}
}
