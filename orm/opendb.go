//go:build !playground

package orm

import (
	"context"
	"database/sql"
	"errors"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/sqldriver"
)

// databaseSQL is a dialect that knows how its database behaves when it is
// reached through database/sql.
type databaseSQL interface{ DatabaseSQL() sqldriver.Options }

// OpenDB returns an engine on a pool that the program has, for a dialect such
// as mysql.Dialect. The program closes the pool; Close of the engine does not.
//
// A connection goes back to db after each use, so that all settings of db
// hold; for speed use [Open], whose connections keep statements prepared.
// PoolMaxIdle, PoolRecycle and PrePing are left to db. In the playground, whose programs
// are linked at every run, there is no OpenDB.
//
// The dialects know one driver each: that of SQLite github.com/ncruces/go-sqlite3/driver,
// that of PostgreSQL github.com/jackc/pgx/v5/stdlib, that of MySQL
// github.com/go-sql-driver/mysql. With others the kinds of errors are unknown.
// For SQLite open db with _pragma=foreign_keys(1), without which foreign keys
// are not checked. For MySQL and MariaDB open db with the options clientFoundRows=true, because
// a session takes an UPDATE that finds no row for a stale object, and
// time_zone='+00:00'.
func OpenDB(db *sql.DB, d dialect.Dialect, options Options) (*Engine, error) {
	if db == nil || d == nil {
		return nil, errors.New("orm: opening a *sql.DB: it, or the dialect, is nil")
	}
	var adapter sqldriver.Options
	if known, ok := d.(databaseSQL); ok {
		adapter = known.DatabaseSQL()
	}
	pool := sqldriver.Pool(db, adapter)
	settings := options.pool(false)
	settings.Drop, settings.Lifetime, settings.Ping = true, 0, false
	open := func(ctx context.Context) (driver.Conn, error) { return pool.Open(ctx, "") }
	return newEngine("", d, open, options, settings), nil
}
