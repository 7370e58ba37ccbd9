package dialects

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

type pet struct {
	ID     int64  `orm:"primary_key,autoincrement"`
	Name   string `orm:"size:50,unique"`
	Hunger int64  `orm:"default:20,omitzero"`
	Alive  bool
	Weight float64
}

var pets = orm.Declare[pet]("pets")

// hear runs f on an empty database and returns what is told of its statements.
func hear(t *testing.T, f func(ctx context.Context, e *orm.Engine)) []told {
	t.Helper()
	var list []told
	teller := &teller{send: func(message []byte) {
		var m told
		require.NoError(t, json.Unmarshal(message, &m))
		list = append(list, m)
	}}
	engine, err := orm.Open("sqlite://", orm.Options{Observers: []orm.Observer{{Before: teller.before}}})
	require.NoError(t, err)
	defer func() { require.NoError(t, engine.Close()) }()
	f(t.Context(), engine)
	return list
}

// hearOn is hear for a database that has the table already.
func hearOn(t *testing.T, f func(ctx context.Context, e *orm.Engine) error) []told {
	t.Helper()
	list := hear(t, func(ctx context.Context, e *orm.Engine) {
		require.NoError(t, orm.CreateAll(ctx, e, pets))
		require.NoError(t, f(ctx, e))
	})
	return list[2:]
}

func TestTablesDifferByTheirTypes(t *testing.T) {
	list := hear(t, func(ctx context.Context, e *orm.Engine) { require.NoError(t, orm.CreateAll(ctx, e, pets)) })
	require.Len(t, list, 2)
	look, create := list[0], list[1]
	assert.Contains(t, look.SQL, "sqlite_master")
	assert.Contains(t, look.Others[0].SQL, "pg_catalog", "each database has a catalogue of its own")
	assert.Contains(t, look.Others[1].SQL, "information_schema")
	assert.False(t, look.Text, "nobody wrote that")

	assert.Equal(t, []string{"postgresql", "mysql"}, []string{create.Others[0].Dialect, create.Others[1].Dialect})
	assert.Contains(t, create.SQL, "AUTOINCREMENT")
	assert.Contains(t, create.Others[0].SQL, "weight DOUBLE PRECISION")
	assert.NotContains(t, create.Others[0].SQL, "AUTOINCREMENT")
	assert.Contains(t, create.Others[1].SQL, "AUTO_INCREMENT")
}

func TestAFlushSaysWhatItWouldSendThere(t *testing.T) {
	list := hearOn(t, func(ctx context.Context, e *orm.Engine) error {
		session := orm.NewSession(e)
		defer session.Close()
		for _, name := range []string{"Fluffy", "Rex"} {
			p := pets.New()
			p.Name, p.Alive = name, true
			session.Add(p)
			if err := session.Commit(ctx); err != nil {
				return err
			}
			p.Hunger = 3
			if err := session.Commit(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	require.Len(t, list, 2, "an INSERT and an UPDATE, each told once")
	insert := list[0]
	assert.Equal(t, "INSERT INTO pets (name, hunger, alive, weight) VALUES (?, ?, ?, ?)", flat(insert.SQL), "the driver tells the key")
	assert.Equal(t, other{Dialect: "postgresql", SQL: "INSERT INTO pets (name, hunger, alive, weight) VALUES ($1, $2, $3, $4) RETURNING id"}, flatOther(insert.Others[0]))
	assert.Equal(t, other{Dialect: "mysql", SQL: "INSERT INTO pets (name, hunger, alive, weight) VALUES (?, ?, ?, ?)"}, flatOther(insert.Others[1]),
		"a session on MySQL does not ask for RETURNING")
}

func TestQueriesAndChanges(t *testing.T) {
	for name, c := range map[string]struct {
		run             func(ctx context.Context, e *orm.Engine) error
		postgres, mysql string
	}{
		"limit": {
			func(ctx context.Context, e *orm.Engine) error {
				_, err := orm.Select(orm.C(&pets.F.Name)).OrderBy(orm.C(&pets.F.Name).Asc()).Limit(2).Offset(1).All(ctx, e)
				return err
			},
			"SELECT pets.name FROM pets ORDER BY pets.name LIMIT $1 OFFSET $2", "SELECT pets.name FROM pets ORDER BY pets.name LIMIT ? OFFSET ?",
		},
		"upsert": {
			func(ctx context.Context, e *orm.Engine) error {
				name := orm.C(&pets.F.Name)
				_, err := orm.Insert(pets, "name", "alive", "weight").Row("Rex", true, 4.5).OnConflict("name").DoUpdate(name.SetExpr(orm.Excluded(name))).Exec(ctx, e)
				return err
			},
			"INSERT INTO pets (name, alive, weight) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET name=excluded.name",
			"INSERT INTO pets (name, alive, weight) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE name=VALUES(name)",
		},
		"delete": {
			func(ctx context.Context, e *orm.Engine) error {
				_, err := orm.Delete(pets).Where(orm.C(&pets.F.Hunger).Eq(3)).Exec(ctx, e)
				return err
			},
			"DELETE FROM pets WHERE pets.hunger = $1", "DELETE FROM pets WHERE pets.hunger = ?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			list := hearOn(t, c.run)
			require.Len(t, list, 1)
			assert.Equal(t, c.postgres, flat(list[0].Others[0].SQL))
			assert.Equal(t, c.mysql, flat(list[0].Others[1].SQL))
			assert.False(t, list[0].Text)
		})
	}
}

func TestWhatADatabaseLacksIsSaid(t *testing.T) {
	list := hearOn(t, func(ctx context.Context, e *orm.Engine) error {
		_, err := orm.Insert(pets, "name", "alive", "weight").Row("Rex", true, 4.5).Returning(orm.C(&pets.F.ID)).All(ctx, e)
		return err
	})
	require.Len(t, list, 1)
	assert.Contains(t, list[0].Others[0].SQL, "RETURNING")
	assert.Empty(t, list[0].Others[1].SQL)
	assert.Equal(t, "mysql has no RETURNING; read the rows with a SELECT, or take the key that the driver tells", list[0].Others[1].Error)
}

func TestTextKeepsItsWords(t *testing.T) {
	list := hearOn(t, func(ctx context.Context, e *orm.Engine) error {
		_, err := orm.Text("SELECT typeof(name) FROM pets WHERE name = :name").Bind("name", "x").All(ctx, e)
		return err
	})
	require.Len(t, list, 1)
	assert.True(t, list[0].Text)
	assert.Equal(t, "SELECT typeof(name) FROM pets WHERE name = $1", list[0].Others[0].SQL)
}

func TestHostileNamesAreQuoted(t *testing.T) {
	table := orm.NewTable("x`\"); DROP TABLE pets; --</script>", orm.Column("a\"`b", orm.Integer()))
	list := hear(t, func(ctx context.Context, e *orm.Engine) {
		require.NoError(t, orm.CreateAll(ctx, e, table))
	})
	create := list[1]
	assert.Contains(t, create.Others[0].SQL, "\"x`\"\"); DROP TABLE pets; --</script>\"")
	assert.Contains(t, create.Others[1].SQL, "`x``\"); DROP TABLE pets; --</script>`")
}

func TestTransactionsAreNotTold(t *testing.T) {
	list := hearOn(t, func(ctx context.Context, e *orm.Engine) error {
		return e.Transaction(ctx, func(orm.Executor) error { return nil })
	})
	assert.Empty(t, list)
}

func TestALoopIsComparedOnlyWhileItIsReported(t *testing.T) {
	list := hearOn(t, func(ctx context.Context, e *orm.Engine) error {
		for range 20 {
			if _, err := orm.Select(orm.C(&pets.F.ID)).All(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	assert.Len(t, list, 1, "one text is told once")
	long := &teller{}
	for range streakShown {
		assert.False(t, long.goesOn("a"))
	}
	assert.True(t, long.goesOn("a"))
	assert.False(t, long.goesOn("b"))
	assert.False(t, long.goesOn("a"))
}

func TestLongTextsAreCutAsTheEngineCutsThem(t *testing.T) {
	assert.Equal(t, strings.Repeat("x", maxSQL), cut(strings.Repeat("x", maxSQL)))
	assert.Equal(t, strings.Repeat("x", maxSQL)+"…", cut(strings.Repeat("x", maxSQL+1)))
	assert.Equal(t, strings.Repeat("x", maxSQL-1)+"…", cut(strings.Repeat("x", maxSQL-1)+"éé"))
}

func TestOutsideThePageNothingHappens(t *testing.T) { assert.Nil(t, send) }

func flat(sql string) string { return strings.Join(strings.Fields(sql), " ") }

func flatOther(o other) other {
	o.SQL = flat(o.SQL)
	return o
}
