package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stamped is a table whose columns are filled in by the database and by
// functions of the program.
type stamped struct {
	ID      int64  `orm:"primary_key"`
	Text    string `orm:"size:20"`
	Made    int64
	Changed orm.Null[int64]
	Seen    orm.Null[string] `orm:"size:30,server_default:CURRENT_TIMESTAMP,update_sql:'''seen'''"`
}

// stampedModel counts how often its functions are called.
func stampedModel() *orm.Model[stamped] {
	clock := int64(0)
	tick := func() int64 { clock++; return clock }
	m := orm.Declare[stamped]("stamped", orm.DefaultFunc("Made", tick), orm.OnUpdateFunc("Changed", tick))
	clock = 0
	return m
}

var changeBehaviours = []numbered{
	{32, "INSERT", func(t *testing.T) {
		writes(t, orm.InsertDefaults(Teams), "INSERT INTO teams DEFAULT VALUES", "INSERT INTO teams DEFAULT VALUES", "INSERT INTO teams () VALUES ()")
		writes(t, orm.Insert(Teams, "id", "zzz").Row(1, 2), `error: orm: inserting into teams: it has no column "zzz"`)
		writes(t, orm.Update(things, things.C("zzz").Set(1)).AllRows(), `error: orm: table things has no column "zzz"; it has id, name, size, ok`)
		writes(t, orm.Insert(Teams, "id", "name").Row(8, "a").Row(9, "b"), "INSERT INTO teams (id, name) VALUES (?, ?), (?, ?) <- (8, 'a', 9, 'b')")
		fromSelect := orm.Insert(Teams, "id", "name").FromSelect(orm.Select(orm.Add(id, 10), name))
		writes(t, fromSelect, "INSERT INTO teams (id, name) SELECT users.id + ? AS anon_1, users.name FROM users <- (10)")
		engine := company(t)
		n, err := fromSelect.Exec(context.Background(), engine)
		require.NoError(t, err)
		assert.Equal(t, int64(3), n)
		assert.Equal(t, []string{"(1)", "(2)", "(11)", "(12)", "(13)"}, rowsOf(t, engine, orm.Select(orm.C(&Teams.F.ID)).OrderBy(orm.C(&Teams.F.ID).Asc())))
	}},
	{33, "many rows", func(t *testing.T) {
		// Port: the columns are named once, so that no row decides for the others.
		writes(t, orm.Insert(Teams, "id", "name").Row(1, "a").Row(2), "error: orm: inserting into teams: row 2 has 1 values for 2 columns")
		ctx, m := context.Background(), stampedModel()
		engine, log := recorded(t, m)
		_, err := orm.Insert(m, "id", "text").Row(1, "a").Row(2, "b").Exec(ctx, engine)
		require.NoError(t, err)
		const insert = "INSERT INTO stamped (id, text, made) VALUES (?, ?, ?)"
		log.is(t, "BEGIN", insert+" [1 a 1]", insert+" [2 b 2]", "COMMIT") // a function is called for each row
		_, err = orm.Insert(m, "id", "text", "made").Row(3, "c", 9).Exec(ctx, engine)
		require.NoError(t, err)
		log.is(t, insert+" [3 c 9]")
		_, err = orm.Update(m, orm.C(&m.F.Text).Set("x")).Where(orm.C(&m.F.ID).Eq(1)).Exec(ctx, engine)
		require.NoError(t, err)
		log.is(t, "UPDATE stamped SET text=?, changed=?, seen='seen' WHERE stamped.id = ? [x 3 1]")
		assert.Equal(t, []string{"(1, 'x', 1, 3, 'seen')"}, rowsOf(t, engine, orm.Select(m).Where(orm.C(&m.F.ID).Eq(1))))
		row, err := orm.Select(orm.N(&m.F.Seen)).Where(orm.C(&m.F.ID).Eq(2)).One(ctx, engine)
		require.NoError(t, err)
		assert.Regexp(t, `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`, row.Values()[0], "the database has put the time in")
	}},
	{34, "NULL and unset", func(t *testing.T) {
		type note struct {
			ID    int64           `orm:"primary_key"`
			State orm.Opt[string] `orm:"size:10,server_default:'''new'''"`
		}
		ctx, m := context.Background(), orm.Declare[note]("notes")
		engine, log := recorded(t, m)
		_, err := orm.Insert(m, "id", "state").Row(1, nil).Exec(ctx, engine)
		require.NoError(t, err)
		log.is(t, "INSERT INTO notes (id, state) VALUES (?, ?) [1 <nil>]")
		// Port: unset, NULL and a value are three things; None is never unset.
		s := session(t, engine)
		require.NoError(t, s.Add(&note{ID: 2}, &note{ID: 3, State: orm.OptNull[string]()}, &note{ID: 4, State: orm.OptOf("old")}))
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, []string{"(1, NULL)", "(2, 'new')", "(3, NULL)", "(4, 'old')"}, rowsOf(t, engine, orm.Select(m).OrderBy(orm.C(&m.F.ID).Asc())))
	}},
	{35, "UPDATE", func(t *testing.T) {
		writes(t, orm.Update(Users, full.SetExpr(orm.ConcatExpr(name, full))).Where(id.Eq(1)),
			`UPDATE users SET "full"=(users.name || users."full") WHERE users.id = ? <- (1)`,
			`UPDATE users SET "full"=(users.name || users."full") WHERE users.id = ? <- (1)`,
			"UPDATE users SET full=concat(users.name, users.full) WHERE users.id = ? <- (1)")
		from := orm.Update(Users, name.SetExpr(teamName)).From(Teams).Where(orm.C(&Teams.F.ID).EqExpr(teamID))
		const standard = "UPDATE users SET name=teams.name FROM teams WHERE teams.id = users.team_id"
		writes(t, from, standard, standard, "UPDATE users, teams SET users.name=teams.name WHERE teams.id = users.team_id")
		writes(t, orm.Update(Users, score.Set(1), age.Set(2)).Set(name.Set("x")).AllRows(), "UPDATE users SET score=?, age=?, name=? <- (1, 2, 'x')")
		changed := orm.NewTable("t", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("n", orm.Integer()), orm.Column("at", orm.Integer()).SetOnUpdate(7))
		writes(t, orm.Update(changed).Set(changed.C("n").Set(1)).AllRows(), "UPDATE t SET n=?, at=7 <- (1)")
		writes(t, orm.Update(changed, changed.C("n").Set(1)).AllRows(), "UPDATE t SET n=?, at=7 <- (1)")
		writes(t, orm.Update(changed, changed.C("at").Set(1)).AllRows(), "UPDATE t SET at=? <- (1)")
		engine := company(t)
		n, err := from.Exec(context.Background(), engine)
		require.NoError(t, err)
		assert.Equal(t, int64(2), n)
		assert.Equal(t, []string{"('red')", "('red')", "('jack')"}, rowsOf(t, engine, each(name)))
	}},
	{36, "DELETE USING", func(t *testing.T) {
		writes(t, orm.Delete(Addresses).Using(Users).Where(userID.EqExpr(id), name.Eq("ed")),
			"error: sqlite has no DELETE with other tables; read them with a subquery",
			"DELETE FROM addresses USING users WHERE addresses.user_id = users.id AND users.name = ? <- ('ed')",
			"DELETE FROM addresses USING addresses, users WHERE addresses.user_id = users.id AND users.name = ? <- ('ed')")
	}},
	{37, "upserts", func(t *testing.T) {
		insert := orm.Insert(Teams, "id", "name").Row(1, "x")
		const start = "INSERT INTO teams (id, name) VALUES (?, ?)"
		writes(t, insert.OnConflict("id").DoUpdate(teamName.SetExpr(orm.Excluded(teamName))),
			start+" ON CONFLICT (id) DO UPDATE SET name=excluded.name <- (1, 'x')", start+" ON CONFLICT (id) DO UPDATE SET name=excluded.name <- (1, 'x')",
			start+" ON DUPLICATE KEY UPDATE name=VALUES(name) <- (1, 'x')")
		where := insert.OnConflict("id").DoUpdateWhere(teamName.Ne("y"), teamName.SetExpr(orm.Excluded(teamName)))
		const standard = start + " ON CONFLICT (id) DO UPDATE SET name=excluded.name WHERE teams.name != ? <- (1, 'x', 'y')"
		writes(t, where, standard, standard, "error: mysql has no condition or constraint for the update of a row that is there")
		writes(t, insert.OnConflict().DoNothing(), start+" ON CONFLICT DO NOTHING <- (1, 'x')", start+" ON CONFLICT DO NOTHING <- (1, 'x')",
			start+" ON DUPLICATE KEY UPDATE id=teams.id <- (1, 'x')")
		writes(t, insert.OnConstraint("uq").DoNothing(), "error: sqlite has no ON CONFLICT ON CONSTRAINT; name the key's columns",
			start+" ON CONFLICT ON CONSTRAINT uq DO NOTHING <- (1, 'x')", "error: mysql has no condition or constraint for the update of a row that is there")
		engine := company(t)
		_, err := insert.OnConflict("id").DoReplace().Exec(context.Background(), engine)
		require.NoError(t, err)
		assert.Equal(t, []string{"(1, 'x')", "(2, 'blue')"}, rowsOf(t, engine, orm.Select(Teams).OrderBy(orm.C(&Teams.F.ID).Asc())))
	}},
	{38, "RETURNING of many rows", func(t *testing.T) {
		ctx := context.Background()
		engine, log := recorded(t, things)
		const rows = 20_000 // with two values each, which is more than SQLite takes at once
		list := make([][]any, rows)
		for i := range list {
			list[i] = []any{i, fmt.Sprint("thing ", i)}
		}
		insert := orm.Insert(things, "id", "name").Rows(list)
		all, err := insert.Returning(things.C("id")).All(ctx, engine)
		require.NoError(t, err)
		require.Equal(t, rows, all.Len())
		for i, row := range all.Values() {
			require.Equal(t, []any{int64(i)}, row, "in the order of the rows")
		}
		sent := log.take()
		require.Len(t, sent, 22)
		assert.Equal(t, []string{"BEGIN", "COMMIT"}, []string{sent[0].SQL, sent[21].SQL})
		assert.Len(t, sent[1].Args, 2000, "a thousand rows a statement")
		_, err = insert.Returning(things.C("id")).All(ctx, engine)
		require.Error(t, err)
		assert.Equal(t, orm.KindUnique, kindOf(t, err))
		row, err := orm.Select(orm.Count()).From(things).One(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, "(20000)", row.String(), "all of it, or nothing")
	}},
}

func kindOf(t *testing.T, err error) orm.Kind {
	t.Helper()
	var failure *orm.Error
	require.ErrorAs(t, err, &failure)
	return failure.Kind
}
