package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var databasePains = []numbered{
	{16, "errors are not strings", func(t *testing.T) {
		ctx := context.Background()
		engine, _ := recorded(t, Pets)
		insert := orm.Insert(Pets, "name").Row("Rex")
		_, err := insert.Exec(ctx, engine)
		require.NoError(t, err)
		_, err = insert.Exec(ctx, engine)
		var failure *orm.Error
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, orm.KindUnique, failure.Kind)
		assert.Equal(t, "pets", failure.Table)
		assert.Equal(t, []string{"name"}, failure.Columns)
		var own *driver.Error
		require.ErrorAs(t, err, &own)
		assert.NotNil(t, own.Unwrap(), "the error of the database's client is in the chain")
		// The servers are in the suite of ormtest.
	}},
	{20, "CreateAll changes nothing that is there", func(t *testing.T) {
		ctx := context.Background()
		engine, log := recorded(t)
		id := orm.Column("id", orm.Integer()).PrimaryKey()
		before := orm.NewTable("t", id)
		require.NoError(t, orm.CreateAll(ctx, engine, before))
		log.take()
		after := orm.NewTable("t", id, orm.Column("more", orm.String(9)).NotNull().Default("x"), orm.Index("more"))
		for range 2 {
			require.NoError(t, orm.CreateAll(ctx, engine, after))
		}
		statements := log.take()
		for _, word := range []string{"CREATE", "ALTER", "DROP"} {
			assert.Empty(t, starts(statements, word))
		}
		assert.Len(t, statements, 2, "it looks")
		there, err := orm.Reflect(ctx, engine)
		require.NoError(t, err)
		diff, err := there.Diff(engine.Dialect(), orm.NewMetadata(before))
		require.NoError(t, err)
		assert.Empty(t, diff)
		diff, err = there.Diff(engine.Dialect(), orm.NewMetadata(after))
		require.NoError(t, err)
		assert.NotEmpty(t, diff, "the difference is reported, not made")
		// The order of the foreign keys is TestBehaviours/41.
	}},
	{21, "the cache of statements is bounded", func(t *testing.T) {
		ctx := context.Background()
		engine := open(t, "sqlite://", orm.Options{StatementCache: 10})
		for n := range 50 {
			stmt := orm.Select(orm.Literal(n).As("c" + string(rune('a'+n%26)) + string(rune('a'+n/26))))
			for range 2 {
				_, err := stmt.All(ctx, engine)
				require.NoError(t, err)
			}
		}
		assert.LessOrEqual(t, engine.CacheStats().Entries, 10)
		assert.Equal(t, 10, engine.CacheStats().Limit)
		// That a connection closes the oldest of its prepared statements is a
		// test of the package exec.
	}},
	{22, "contexts and transactions", func(t *testing.T) {
		fine := context.Background()
		var engine *orm.Engine
		// SQLite undoes the transaction with a write that is interrupted, but
		// not with a query.
		for sql, run := range map[string]func(ctx context.Context, on orm.Executor, s orm.TextStmt) error{
			endlessWrite: func(ctx context.Context, on orm.Executor, s orm.TextStmt) error {
				_, err := s.Exec(ctx, on)
				return err
			},
			endless: func(ctx context.Context, on orm.Executor, s orm.TextStmt) error { _, err := s.All(ctx, on); return err },
		} {
			var ctx context.Context
			engine, ctx, _ = cancelling(t)
			s := session(t, engine)
			require.NoError(t, s.Add(&Owner{ID: 1, Name: "Ann"}))
			require.NoError(t, s.Flush(fine))
			assertInterrupted(t, run(ctx, s, orm.Text(sql)))
			assert.ErrorIs(t, s.Commit(fine), orm.ErrPendingRollback)
			require.NoError(t, s.Rollback(fine))
			assert.Equal(t, []string{"(0)"}, rowsOf(t, engine, orm.Select(orm.Count()).From(Owners)))
		}
		ended, cancel := context.WithCancel(fine)
		cancel()
		err := engine.Transaction(ended, func(orm.Executor) error { t.Error("it has begun"); return nil })
		assert.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, []string{"(0)"}, rowsOf(t, engine, orm.Select(orm.Count()).From(Owners)), "the connection is free again")
	}},
	{24, "keys of several columns", func(t *testing.T) {
		type place struct {
			Row  int64  `orm:"primary_key"`
			Seat string `orm:"primary_key,size:2"`
			Name string `orm:"size:9"`
		}
		ctx, m := context.Background(), orm.Declare[place]("places")
		engine, log := recorded(t, m)
		s := session(t, engine)
		require.NoError(t, s.Add(&place{1, "a", "x"}, &place{1, "b", "y"}, &place{2, "a", "z"}))
		require.NoError(t, s.Commit(ctx))
		log.take()
		got, err := m.Get(ctx, s, 1, "b")
		require.NoError(t, err)
		assert.Equal(t, "y", got.Name)
		got.Name = "why"
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, "UPDATE places SET name=? WHERE places.\"row\" = ? AND places.seat = ? [why 1 b]", line(log.take()[2]))
		row, seat := orm.C(&m.F.Row), orm.C(&m.F.Seat)
		assert.Equal(t, []string{"('why')", "('z')"}, rowsOf(t, engine, orm.Select(orm.C(&m.F.Name)).
			Where(orm.Tuple2(row, seat).In(orm.MakeRow2[int64](1, "b"), orm.MakeRow2[int64](2, "a"))).OrderBy(row.Asc())))
		_, err = m.Get(ctx, s, 1)
		assert.ErrorContains(t, err, "its primary key has 2 columns, got 1 values")
	}},
}
