//go:build !js && !wasip1 && !playground

package orm_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/ncruces/go-sqlite3/driver"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// Checkup has a column of every kind.
type Checkup struct {
	ID     int64  `orm:"primary_key,autoincrement"`
	Vet    string `orm:"size:40"`
	Notes  string `orm:"type:text"`
	Weight float64
	Paid   bool
	Scan   []byte
	At     time.Time
	Small  int16
	Big    int64            `orm:"type:bigint"`
	Next   orm.Null[string] `orm:"size:10"`
	Count  int64            `orm:"default:7,omitzero"`
}

var Checkups = orm.Declare[Checkup]("checkups")

// pools are databases reached through database/sql.
var pools = map[string]func(t *testing.T) (*sql.DB, dialect.Dialect){
	"sqlite": func(t *testing.T) (*sql.DB, dialect.Dialect) {
		db, err := sql.Open("sqlite3", "file:"+fileURL(t)[len("sqlite:///"):]+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)")
		require.NoError(t, err)
		return db, sqlite.Dialect
	},
	"postgresql": func(t *testing.T) (*sql.DB, dialect.Dialect) {
		db, err := sql.Open("pgx", testdb.Postgres(t))
		require.NoError(t, err)
		return db, postgres.Dialect
	},
	"mysql": func(t *testing.T) (*sql.DB, dialect.Dialect) {
		u, err := orm.ParseURL(testdb.MySQL(t))
		require.NoError(t, err)
		// The location and the parsing of times make no difference.
		db, err := sql.Open("mysql", u.User+":"+u.Password+"@tcp("+u.Host+")/"+u.Database+
			"?clientFoundRows=true&parseTime=true&loc=Asia%2FTokyo")
		require.NoError(t, err)
		return db, mysql.Dialect
	},
}

func TestOpenDB(t *testing.T) {
	for name, pool := range pools {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			db, d := pool(t)
			defer db.Close()
			db.SetMaxOpenConns(1)
			engine, err := orm.OpenDB(db, d, orm.Options{PoolTimeout: time.Second})
			require.NoError(t, err)
			require.NoError(t, orm.CreateAll(ctx, engine, Pets, Checkups))
			s := orm.NewSession(engine)
			at := time.Date(2024, 2, 29, 23, 59, 58, 123456000, time.UTC)
			fluffy, checkup := &Pet{Name: "Fluffy"}, &Checkup{Vet: "Ó", At: at, Scan: []byte{0, 255}, Paid: true, Big: 1 << 62}
			require.NoError(t, s.Add(fluffy, checkup))
			require.NoError(t, s.Commit(ctx))
			fluffy.Hunger = 5
			require.NoError(t, s.Commit(ctx))
			fluffy.Hunger = 5
			require.NoError(t, s.Commit(ctx), "an UPDATE that changes nothing still finds its row")
			require.NoError(t, s.Close())

			var hunger int
			require.NoError(t, db.QueryRow("SELECT hunger FROM pets").Scan(&hunger), "the connection is back in the pool")
			assert.Equal(t, 5, hunger)
			s = orm.NewSession(engine)
			defer s.Close()
			again, err := Checkups.Get(ctx, s, checkup.ID)
			require.NoError(t, err)
			assert.True(t, at.Equal(again.At), "%v", again.At)
			assert.Equal(t, []byte{0, 255}, again.Scan)
			assert.True(t, again.Paid)
			require.NoError(t, s.Rollback(ctx))

			require.NoError(t, s.Add(&Pet{Name: "Fluffy"}))
			require.Error(t, s.Commit(ctx))
			require.NoError(t, s.Rollback(ctx))
			err = engine.Transaction(ctx, func(tx orm.Executor) error {
				require.NoError(t, addPet(ctx, tx, "Rex"))
				return context.Canceled
			})
			require.ErrorIs(t, err, context.Canceled)
			assert.Equal(t, []string{"Fluffy"}, petNames(t, engine))
			require.NoError(t, engine.Close())
			require.NoError(t, db.Ping(), "the program's pool stays open")
		})
	}
}

func TestOpenDBErrors(t *testing.T) {
	_, err := orm.OpenDB(nil, sqlite.Dialect, orm.Options{})
	assert.EqualError(t, err, "orm: opening a *sql.DB: it, or the dialect, is nil")
	db, err := sql.Open("sqlite3", "file:/nowhere/at/all.db")
	require.NoError(t, err)
	defer db.Close()
	_, err = orm.OpenDB(db, nil, orm.Options{})
	assert.Error(t, err)
	engine, err := orm.OpenDB(db, sqlite.Dialect, orm.Options{})
	require.NoError(t, err)
	_, err = orm.Text("SELECT 1").All(context.Background(), engine)
	assert.ErrorContains(t, err, "orm: connecting to sqlite: sqldriver: connecting")
	assert.Equal(t, "Engine(sqlite)", engine.String())
}
