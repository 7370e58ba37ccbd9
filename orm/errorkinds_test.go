//go:build !js && !wasip1 && !playground

package orm_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

type Rack struct {
	ID     int64  `orm:"primary_key"`
	Label  string `orm:"size:20,unique:racks_place"`
	Room   int64  `orm:"unique:racks_place,check:'room > 0'"`
	Code   string `orm:"size:10,unique"`
	Parent orm.Null[int64]
}

var Racks = orm.Declare[Rack]("racks", orm.ForeignKey("Parent").References("racks", "id").Named("racks_parent"))

// insertRack is an INSERT of a row of racks.
func insertRack(id, label, room, code, parent any) orm.InsertStmt {
	return orm.Insert(Racks, "id", "label", "room", "code", "parent").Row(id, label, room, code, parent)
}

// engines are engines on an empty database of each kind, and the same through
// database/sql.
func engines(t *testing.T, test func(t *testing.T, e *orm.Engine)) {
	t.Helper()
	everywhere(t, test)
	for name, pool := range pools {
		t.Run(name+" by database/sql", func(t *testing.T) {
			db, d := pool(t)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			e, err := orm.OpenDB(db, d, orm.Options{PoolTimeout: time.Second})
			require.NoError(t, err)
			test(t, e)
		})
	}
}

func TestEveryKindOfErrorOnEveryDatabase(t *testing.T) {
	engines(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		require.NoError(t, orm.CreateAll(ctx, e, Racks))
		_, err := insertRack(1, "a", 1, "x", nil).Exec(ctx, e)
		require.NoError(t, err)
		for name, c := range map[string]struct {
			stmt interface {
				Exec(ctx context.Context, on orm.Executor) (int64, error)
			}
			want    orm.Kind
			columns []string
		}{
			"unique":          {insertRack(2, "b", 1, "x", nil), orm.KindUnique, []string{"code"}},
			"unique together": {insertRack(2, "a", 1, "y", nil), orm.KindUnique, []string{"label", "room"}},
			"primary key":     {insertRack(1, "b", 1, "y", nil), orm.KindUnique, []string{"id"}},
			"not null":        {insertRack(2, nil, 1, "y", nil), orm.KindNotNull, []string{"label"}},
			"foreign key":     {insertRack(2, "b", 1, "y", 99), orm.KindForeignKey, nil},
			"check":           {insertRack(2, "b", 0, "y", nil), orm.KindCheck, nil},
			"no table":        {orm.Text("DELETE FROM nowhere"), orm.KindSyntax, nil},
			"no column":       {orm.Text("UPDATE racks SET nothing = 1"), orm.KindSyntax, nil},
			"not SQL":         {orm.Text("SELEC 1"), orm.KindSyntax, nil},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.stmt.Exec(ctx, e)
				var failure *orm.Error
				require.ErrorAs(t, err, &failure)
				assert.Equal(t, c.want.String(), failure.Kind.String(), err)
				assert.NotEmpty(t, failure.Code)
				assert.NotEmpty(t, failure.SQL)
				assert.Equal(t, c.want != orm.KindSyntax, orm.KindOf(err).IsIntegrity())
				if c.columns != nil {
					assert.Equal(t, "racks", failure.Table)
					assert.Equal(t, c.columns, failure.Columns)
				}
			})
		}
		_, err = orm.Text("DELETE FROM racks").Exec(ctx, e.ReadOnly())
		assert.Equal(t, orm.KindReadOnly, orm.KindOf(err), err)
	})
}

// endlessSQL runs longer than any test.
var endlessSQL = map[string]string{"sqlite": endless, "postgresql": "SELECT pg_sleep(60)", "mysql": "SELECT SLEEP(60)", "mariadb": "SELECT SLEEP(60)"}

func TestTimeoutsAndCancellationAreTwoThings(t *testing.T) {
	engines(t, func(t *testing.T, e *orm.Engine) {
		sql := endlessSQL[e.Dialect().Name()]
		require.NotEmpty(t, sql)
		late, stop := context.WithTimeout(context.Background(), tiny)
		defer stop()
		_, err := orm.Text(sql).All(late, e)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, orm.KindTimeout, orm.KindOf(err), err)

		cancelled, cancel := context.WithCancel(context.Background())
		time.AfterFunc(tiny, cancel)
		_, err = orm.Text(sql).All(cancelled, e)
		assert.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, orm.KindInterrupted, orm.KindOf(err), err)
		assert.True(t, orm.KindOf(err).IsOperational())

		_, err = orm.Text("SELECT 1").All(context.Background(), e)
		assert.NoError(t, err, "the pool has another connection, or the same")
	})
}

// A limit of the server's own is a timeout too.
func TestTimeoutsOfServers(t *testing.T) {
	for _, p := range testdb.Servers {
		t.Run(p.Name, func(t *testing.T) {
			ctx := context.Background()
			engine := open(t, p.URL(t), orm.Options{})
			conn, err := engine.Connect(ctx)
			require.NoError(t, err)
			defer conn.Close()
			limit := map[string]string{"postgresql": "SET statement_timeout = 20", "mysql": "SET max_execution_time = 20",
				"mariadb": "SET max_statement_time = 0.02"}[engine.Dialect().Name()]
			runAll(t, conn, limit)
			_, err = orm.Text(endlessSQL[engine.Dialect().Name()]).All(ctx, conn)
			assert.Equal(t, orm.KindTimeout, orm.KindOf(err), err)
		})
	}
}

func TestKindOfOtherErrors(t *testing.T) {
	assert.Equal(t, orm.KindUnknown, orm.KindOf(nil))
	assert.Equal(t, orm.KindUnknown, orm.KindOf(orm.ErrNoRows))
	assert.False(t, orm.KindSyntax.IsIntegrity() || orm.KindSyntax.IsOperational() || orm.KindUnknown.IsIntegrity() || orm.KindData.IsOperational())
	assert.Equal(t, "timed out", orm.KindTimeout.String())
}
