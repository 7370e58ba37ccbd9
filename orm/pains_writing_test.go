package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// flagged has a default that a zero value must not be taken for.
type flagged struct {
	ID  int64         `orm:"primary_key"`
	On  bool          `orm:"default:true"`
	N   int64         `orm:"default:7"`
	Opt orm.Opt[bool] `orm:"default:true"`
	Set orm.Null[int64]
}

var writingPains = []numbered{
	{1, "zero values are written", func(t *testing.T) {
		ctx, m := context.Background(), orm.Declare[flagged]("flagged")
		engine, log := recorded(t, m)
		s := session(t, engine)
		object := &flagged{ID: 1, On: true, N: 3, Opt: orm.OptOf(true), Set: orm.Some[int64](4)}
		require.NoError(t, s.Add(object))
		require.NoError(t, s.Commit(ctx))
		log.take()
		object.On, object.N, object.Opt, object.Set = false, 0, orm.OptOf(false), orm.None[int64]()
		require.NoError(t, s.Commit(ctx))
		log.is(t, "BEGIN", `UPDATE flagged SET "on"=?, n=?, opt=?, "set"=? WHERE flagged.id = ? [false 0 false <nil> 1]`, "COMMIT")
		assert.Equal(t, []string{"(1, false, 0, false, NULL)"}, rowsOf(t, engine, orm.Select(m)))
		writes(t, orm.Update(m, orm.C(&m.F.N).Set(0)).Where(orm.C(&m.F.ID).Eq(0)), "UPDATE flagged SET n=? WHERE flagged.id = ? <- (0, 0)")
	}},
	{2, "an explicit false stays false", func(t *testing.T) {
		ctx, m := context.Background(), orm.Declare[flagged]("flagged")
		engine, _ := recorded(t, m)
		s := session(t, engine)
		fresh := m.New()
		fresh.ID = 2
		require.NoError(t, s.Add(&flagged{ID: 1, On: false, N: 0, Opt: orm.OptOf(false)}, fresh))
		require.NoError(t, s.Commit(ctx))
		_, err := orm.Insert(m, "id", "on", "n", "opt").Row(3, false, 0, false).Exec(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, []string{"(1, false, 0, false, NULL)", "(2, true, 7, true, NULL)", "(3, false, 0, false, NULL)"},
			rowsOf(t, engine, orm.Select(m).OrderBy(orm.C(&m.F.ID).Asc())), "only what is unset has the default")
	}},
	{3, "zeros are conditions, and all rows must be asked for", func(t *testing.T) {
		ctx := context.Background()
		engine := company(t)
		assert.Empty(t, rowsOf(t, engine, where(orm.And(age.Eq(0), name.Eq("")))))
		var filters []orm.Cond // that a user did not give
		for _, stmt := range []orm.DeleteStmt{orm.Delete(Users), orm.Delete(Users).Where(), orm.Delete(Users).Where(orm.And(filters...)),
			orm.Delete(Users).Where(orm.Not(orm.Or(filters...))), orm.Delete(Users).Where(orm.And(orm.True(), orm.And(filters...)))} {
			_, err := stmt.Exec(ctx, engine)
			assert.ErrorContains(t, err, "say so with AllRows()")
		}
		n, err := orm.Delete(Users).Where(orm.Or(filters...)).Exec(ctx, engine)
		require.NoError(t, err)
		assert.Zero(t, n, "one of no conditions is never true")
		assert.Len(t, rowsOf(t, engine, each(name)), 3)
		n, err = orm.Delete(Transfers).AllRows().Exec(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, int64(1), n)
	}},
	{4, "a statement does not change", func(t *testing.T) {
		base := orm.Select(name).Where(age.Gt(1))
		a, b := base.Where(id.Eq(1)).Limit(1), base.Where(id.Eq(2)).OrderBy(id.Asc())
		writes(t, base, "SELECT users.name FROM users WHERE users.age > ? <- (1)")
		writes(t, a, "SELECT users.name FROM users WHERE users.age > ? AND users.id = ? LIMIT ? <- (1, 1, 1)")
		writes(t, b, "SELECT users.name FROM users WHERE users.age > ? AND users.id = ? ORDER BY users.id <- (1, 2)")
		// Lists of three, because Go leaves room for a fourth there, and a
		// condition that counts for nothing, which leaves room too.
		both := base.Where(orm.And(), id.Gt(2))
		c, _ := both.Where(id.Lt(3)), both.Where(id.Lt(4))
		writes(t, c, "SELECT users.name FROM users WHERE users.age > ? AND users.id > ? AND users.id < ? <- (1, 2, 3)")
		insert := orm.Insert(Teams, "id", "name").Row(1, "a").Row(2, "b").Row(3, "c")
		four, _ := insert.Row(4, "d"), insert.Row(5, "e")
		writes(t, four, "INSERT INTO teams (id, name) VALUES (?, ?), (?, ?), (?, ?), (?, ?) <- (1, 'a', 2, 'b', 3, 'c', 4, 'd')")
		update := orm.Update(Users, age.Set(1), score.Set(2), admin.Set(true)).Where(id.Eq(2))
		named, _ := update.Set(name.Set("x")), update.Set(full.Set("y")).Where(id.Eq(1))
		writes(t, named, "UPDATE users SET age=?, score=?, admin=?, name=? WHERE users.id = ? <- (1, 2, true, 'x', 2)")
		text := orm.Text("SELECT :a").Bind("a", 1)
		_ = text.Bind("a", 2)
		writes(t, text, "SELECT ? <- (1)")
	}},
	{5, "insert, update and upsert are three verbs", func(t *testing.T) {
		ctx := context.Background()
		engine := company(t)
		s := session(t, engine)
		team, err := orm.FromStatement(Teams, orm.Select(Teams).Where(orm.C(&Teams.F.ID).Eq(2))).One(ctx, s)
		require.NoError(t, err)
		_, err = orm.Delete(Teams).Where(orm.C(&Teams.F.ID).Eq(2)).SynchronizeSession(orm.SyncNone).Exec(ctx, s)
		require.NoError(t, err)
		team.Name = "green"
		assert.ErrorIs(t, s.Commit(ctx), orm.ErrStale, "a row that is gone is not inserted anew")
		require.NoError(t, s.Rollback(ctx))
		_, err = orm.Insert(Teams, "id", "name").Row(1, "again").Exec(ctx, s)
		assert.Equal(t, orm.KindUnique, kindOf(t, err), "an insert does not update")
		n, err := orm.Update(Teams, teamName.Set("x")).Where(orm.C(&Teams.F.ID).Eq(99)).Exec(ctx, s)
		require.NoError(t, err)
		assert.Zero(t, n)
		_, err = orm.Insert(Teams, "id", "name").Row(1, "again").OnConflict("id").DoReplace().Exec(ctx, s)
		assert.NoError(t, err)
	}},
	{6, "an upsert returns the right keys", func(t *testing.T) {
		ctx := context.Background()
		engine, _ := recorded(t, Pets)
		insert := orm.Insert(Pets, "name", "hunger")
		_, err := insert.Row("Rex", 1).Row("Tom", 2).Exec(ctx, engine)
		require.NoError(t, err)
		petID, petName, hunger := orm.C(&Pets.F.ID), orm.C(&Pets.F.Name), orm.C(&Pets.F.Hunger)
		upsert := insert.Row("Kit", 9).Row("Tom", 9).Row("Max", 9).Row("Rex", 9).OnConflict("name").DoUpdate(hunger.SetExpr(orm.Excluded(hunger)))
		rows, err := upsert.Returning(petName, petID).All(ctx, engine)
		require.NoError(t, err)
		for _, row := range rows.Values() {
			assert.Equal(t, []string{orm.FormatArgs(row[1:])}, rowsOf(t, engine, orm.Select(petID).Where(petName.Eq(row[0].(string)))), row[0])
		}
		assert.Equal(t, 4, rows.Len())
		// A row that is left alone is not returned: no key is made up for it.
		rows, err = insert.Row("Rex", 0).Row("Ben", 0).OnConflict("name").DoNothing().Returning(petName).All(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, [][]any{{"Ben"}}, rows.Values())
	}},
	{11, "the limit of arguments", func(t *testing.T) {
		ctx := context.Background()
		engine, log := recorded(t, things)
		rows := make([][]any, 33_000)
		keys := make([]any, len(rows))
		for i := range rows {
			rows[i], keys[i] = []any{i, orm.Literal("x")}, i
		}
		n, err := orm.Insert(things, "id", "name").Rows(rows).Exec(ctx, engine) // 66,000 values, in statements of 1,000 rows
		require.NoError(t, err)
		assert.Equal(t, int64(len(rows)), n)
		log.take()
		_, err = orm.Select(things.C("id")).Where(things.C("id").In(keys...)).All(ctx, engine)
		assert.ErrorContains(t, err, "33000 values are too many for one statement: sqlite takes 32766; split it, or put the values into a table")
		_, err = orm.Text("SELECT id FROM things WHERE id IN :ids").Bind("ids", keys).All(ctx, engine)
		assert.ErrorContains(t, err, "33000 values are too many")
		log.is(t) // the database is not asked
		// PostgreSQL takes more values than arguments, as one array.
		list := orm.Select(things.C("id")).Where(things.C("id").In(append(keys, keys...)...))
		sql, args, err := list.Compile(postgres.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "SELECT things.id FROM things WHERE things.id = ANY ($1)", oneSpace(sql))
		require.Len(t, args, 1)
		assert.Equal(t, 66_000, strings.Count(args[0].(string), ",")+1)
		_, _, err = list.Compile(mysql.Dialect)
		assert.ErrorContains(t, err, "66000 values are too many for one statement: mysql takes 65535")
	}},
}
