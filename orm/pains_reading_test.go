package orm_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var readingPains = []numbered{
	{7, "NOT IN of nothing", func(t *testing.T) {
		engine := company(t)
		assert.Len(t, rowsOf(t, engine, where(teamID.NotIn())), 3)
		assert.Empty(t, rowsOf(t, engine, where(teamID.In())))
		for _, list := range []string{":ids", "(:ids)"} {
			assert.Len(t, rowsOf(t, engine, orm.Text("SELECT id FROM users WHERE team_id NOT IN "+list).Bind("ids", []int64{})), 3)
			assert.Empty(t, rowsOf(t, engine, orm.Text("SELECT id FROM users WHERE team_id IN "+list).Bind("ids", []int64{})))
		}
	}},
	{10, "no string is SQL by itself", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		const evil = "1 OR 1=1; DROP TABLE users --"
		s := session(t, engine)
		_, err := Users.Get(ctx, s, evil)
		assert.ErrorContains(t, err, "an Integer column cannot hold")
		assert.Empty(t, rowsOf(t, engine, where(name.Eq(evil))))
		assert.Empty(t, rowsOf(t, engine, orm.Text("SELECT id FROM users WHERE name = :n").Bind("n", evil)))
		condition(t, name.Contains(`\' OR 1=1 --`), `users.name LIKE ? ESCAPE '/' <- ('%\'' OR 1=1 --%')`) // an argument, in every dialect
		writes(t, orm.Select(orm.Func[int64]("abs(1); --", id)), "error: is not a function's name")
		writes(t, orm.Select(orm.Op[int64](id, "+ 1; --", 1)), "error: is not an operator")
		condition(t, orm.Collate(name, `x" OR 1=1 --`).Eq("a"), `users.name COLLATE "x"" OR 1=1 --" = ? <- ('a')`,
			`users.name COLLATE "x"" OR 1=1 --" = ? <- ('a')`, "users.name COLLATE `x\" OR 1=1 --` = ? <- ('a')")
	}},
	{15, "not found is told apart from failed", func(t *testing.T) {
		ctx := context.Background()
		var log sent
		engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{log.observer()}, Echo: io.Discard})
		require.NoError(t, orm.CreateAll(ctx, engine, Teams))
		log.take()
		_, err := orm.Select(Teams).One(ctx, engine)
		assert.Equal(t, orm.ErrNoRows, err)
		_, ok, err := orm.Select(Teams).OneOrNone(ctx, engine)
		assert.NoError(t, err)
		assert.False(t, ok)
		for _, st := range log.take() {
			assert.NoError(t, st.Err, "the statement has not failed, so nothing is logged as an error")
		}
		_, _, err = orm.Select(Users).OneOrNone(ctx, engine)
		assert.NotErrorIs(t, err, orm.ErrNoRows, "a missing table is not a missing row")
		assert.Equal(t, orm.KindSyntax, kindOf(t, err))
	}},
	{17, "NULL is not a zero value", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		type bad struct {
			ID   int64  `orm:"primary_key"`
			Name string `orm:"nullable"`
		}
		assert.ErrorContains(t, orm.Declare[bad]("bad").Err(), "a plain string cannot hold NULL; use orm.Null[string] or *string")
		_, err := orm.As[string](each(full)).All(ctx, engine)
		assert.ErrorContains(t, err, "it is NULL; use orm.Null or a pointer")
		var text string
		assert.ErrorContains(t, mustRow(t, engine, orm.Select(full).Where(id.Eq(2))).Scan(&text), "it is NULL; use orm.Null or a pointer")
		list, err := orm.As[orm.Null[string]](each(full)).All(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, []orm.Null[string]{orm.Some("Ed Jones"), {}, orm.Some("Jack_100%")}, list)
		// JSON null and NULL are TestBehaviours/40.
	}},
	{18, "instants come back as they were", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		zone := time.FixedZone("", 5*3600+1800)
		at := time.Date(2024, 3, 31, 2, 30, 0, 123456789, zone)
		_, err := orm.Update(Users, joined.Set(at)).Where(id.Eq(1)).Exec(ctx, engine)
		require.NoError(t, err)
		utc := time.Date(2024, 3, 30, 21, 0, 0, 123456000, time.UTC)
		assert.Equal(t, utc, mustRow(t, engine, orm.Select(joined).Where(id.Eq(1))).Values()[0], "in UTC, to the microsecond")
		assert.Equal(t, []string{"('ed')"}, rowsOf(t, engine, where(joined.Eq(at))), "the instant counts, not the zone")
		assert.Equal(t, []string{"('ed')"}, rowsOf(t, engine, where(joined.Eq(utc))))
		// The servers are TestValuesOnEveryDatabase and TestTypesOnEveryDatabase.
	}},
	{19, "a question mark is nothing special", func(t *testing.T) {
		sql := orm.Text("SELECT '?' AS a, :v AS b").Bind("v", "?")
		assert.Equal(t, []string{"('?', '?')"}, rowsOf(t, company(t), sql))
		operator := orm.Text("SELECT doc ? 'key' AND tag = :t").Bind("t", 1)
		for _, d := range []dialect.Dialect{sqlite.Dialect, mysql.Dialect} {
			_, _, err := operator.Compile(d)
			assert.ErrorContains(t, err, "the text has a ? outside quotes, which "+d.Name()+" takes for an argument; give it a name, as in :name")
		}
		text, _, err := operator.Compile(postgres.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "SELECT doc ? 'key' AND tag = $1", text, "where ? is an operator it stays one")
		writes(t, orm.Text("SELECT :a, :ab, :a::text, ':a', \\:a").Bind("a", 1).Bind("ab", 2), "SELECT ?, ?, ?::text, ':a', :a <- (1, 2, 1)",
			"SELECT $1, $2, $1::text, ':a', :a <- (1, 2)", "SELECT ?, ?, ?::text, ':a', :a <- (1, 2, 1)")
	}},
	{25, "unknown columns", func(t *testing.T) {
		ctx, engine := context.Background(), company(t)
		type one struct{ Name string }
		_, err := orm.As[one](orm.Text("SELECT name, age FROM users")).All(ctx, engine)
		assert.ErrorContains(t, err, "no field is for the column age")
		_, err = orm.As[one](orm.Text("SELECT age AS years FROM users")).All(ctx, engine)
		assert.ErrorContains(t, err, "no column is for one.Name (name)")
		// A change of many rows is one event, with its SQL and its arguments;
		// those of objects are the session's.
		var log sent
		watched := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{log.observer()}})
		require.NoError(t, orm.CreateAll(ctx, watched, Teams))
		_, err = orm.Insert(Teams, "id", "name").Row(1, "a").Row(2, "b").Exec(ctx, watched)
		require.NoError(t, err)
		log.take()
		_, err = orm.Update(Teams, teamName.Set("c")).AllRows().Exec(ctx, watched)
		require.NoError(t, err)
		st := log.take()[0]
		assert.Equal(t, "UPDATE teams SET name=? [c]", line(st))
		assert.Equal(t, int64(2), st.RowsAffected)
	}},
}
