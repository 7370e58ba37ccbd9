package orm_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var valueBehaviours = []numbered{
	{39, "type errors precede SQL", func(t *testing.T) {
		ctx := context.Background()
		events := orm.NewTable("events", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("ok", orm.Boolean()),
			orm.Column("at", orm.DateTime()), orm.Column("mood", orm.Enum("", "good", "bad")))
		engine, log := recorded(t, events)
		for column, c := range map[string]struct {
			value any
			want  string
		}{
			"ok":   {"abc", `events.ok is a Boolean column: it cannot hold "abc" (string)`},
			"at":   {17, `events.at is a DateTime column: it cannot hold 17 (int)`},
			"mood": {"so so", `"so so"`}, // Port: SQLAlchemy does not check it
		} {
			_, err := orm.Insert(events, "id", column).Row(1, c.value).Exec(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			_, err = orm.Select(events).Where(events.C(column).Eq(c.value)).All(ctx, engine)
			assert.ErrorContains(t, err, "events."+column+" is")
		}
		log.is(t)
		at := time.Date(2020, 1, 2, 3, 4, 5, 678000, time.UTC)
		_, err := orm.Insert(events, "id", "at", "mood").Row(1, at, "bad").Exec(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, []string{"('2020-01-02 03:04:05.000678', 'bad')"},
			rowsOf(t, engine, orm.Text("SELECT CAST(at AS TEXT), mood FROM events")))
		assert.Equal(t, []any{at}, mustRow(t, engine, orm.Select(events.C("at"))).Values())
	}},
	{40, "JSON null and NULL", func(t *testing.T) {
		type doc struct {
			ID   int64                    `orm:"primary_key"`
			Any  orm.JSON[*int]           // never NULL
			Some orm.Null[orm.JSON[*int]] // NULL or a document
		}
		ctx, m := context.Background(), orm.Declare[doc]("docs")
		engine, _ := recorded(t, m)
		s := session(t, engine)
		require.NoError(t, s.Add(&doc{ID: 1}, &doc{ID: 2, Some: orm.Some(orm.JSONOf[*int](nil))}))
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, []string{"(1, 'null', NULL)", "(2, 'null', 'null')"}, rowsOf(t, engine, orm.Text("SELECT id, any, some FROM docs ORDER BY id")))
		assert.Equal(t, []string{"(1)"}, rowsOf(t, engine, orm.Select(orm.C(&m.F.ID)).Where(orm.N(&m.F.Some).IsNull())))
		writes(t, orm.Select(orm.C(&m.F.ID)).Where(orm.N(&m.F.Some).IsNull()), `SELECT docs.id FROM docs WHERE docs.some IS NULL`,
			`SELECT docs.id FROM docs WHERE docs."some" IS NULL`, "SELECT docs.id FROM docs WHERE docs.some IS NULL")
	}},
}

var schemaBehaviours = []numbered{
	{41, "create_all and drop_all", func(t *testing.T) {
		ctx := context.Background()
		engine, log := recorded(t)
		id := orm.Column("id", orm.Integer()).PrimaryKey()
		child := orm.NewTable("child", id, orm.Column("parent_id", orm.Integer()).References("parent", "id"))
		m := orm.NewMetadata(child, orm.NewTable("parent", id))
		require.NoError(t, m.CreateAll(ctx, engine))
		assert.Equal(t, []string{"CREATE TABLE parent", "CREATE TABLE child"}, starts(log.take(), "CREATE"))
		require.NoError(t, m.CreateAll(ctx, engine))
		assert.Empty(t, starts(log.take(), "CREATE"), "they are there")
		require.NoError(t, m.DropAll(ctx, engine))
		assert.Equal(t, []string{"DROP TABLE child", "DROP TABLE parent"}, starts(log.take(), "DROP"))

		nowhere := orm.NewMetadata(orm.NewTable("lone", id), orm.NewTable("lost", id, orm.Column("x", orm.Integer()).References("nowhere", "id")))
		assert.ErrorContains(t, nowhere.CreateAll(ctx, engine), "x refers to the table nowhere, which is neither among the models nor in the database; pass its model too")
		assert.Empty(t, starts(log.take(), "CREATE"), "before anything is made")
		twice := orm.NewMetadata(orm.NewTable("t", id), orm.NewTable("t", id))
		assert.EqualError(t, twice.Err(), "orm: two models have the table t")
		assert.EqualError(t, twice.CreateAll(ctx, engine), "orm: two models have the table t")
		_, _, err := orm.CreateTable(orm.NewTable("t", id, orm.Column("s", orm.String(0)))).Compile(mysql.Dialect)
		assert.ErrorContains(t, err, "t.s: VARCHAR needs a length on MySQL: give the column a size, or make it a text")
		// The circle of foreign keys is TestACircleOfForeignKeys, on all databases.
	}},
	{42, "names and keys of tables", func(t *testing.T) {
		parts := []orm.TablePart{orm.Column("id", orm.Integer()).PrimaryKey().Autoincrement(), orm.Column("pid", orm.Integer()).References("parent", "id"),
			orm.Column("s", orm.String(9)).Unique(), orm.Column("num", orm.Integer()).NotNull().Default(int64(0)),
			orm.Column("at", orm.DateTime()).Default(schema.SQL("CURRENT_TIMESTAMP")), orm.Check("num >= 0").Named("numpos"), orm.Index("pid")}
		named := orm.NewTable("t", append(parts, orm.WithNaming(schema.DefaultNaming))...)
		const constraints = ", CONSTRAINT uq_t_s UNIQUE (s), CONSTRAINT ck_t_numpos CHECK (num >= 0), CONSTRAINT fk_t_pid_parent FOREIGN KEY (pid) REFERENCES parent (id) )"
		writes(t, orm.CreateTable(named),
			"CREATE TABLE t ( id INTEGER CONSTRAINT pk_t PRIMARY KEY AUTOINCREMENT, pid INTEGER, s VARCHAR(9), num INTEGER NOT NULL DEFAULT 0, at DATETIME DEFAULT CURRENT_TIMESTAMP"+constraints,
			"CREATE TABLE t ( id SERIAL CONSTRAINT pk_t PRIMARY KEY, pid INTEGER, s VARCHAR(9), num INTEGER NOT NULL DEFAULT 0, at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP"+constraints,
			"CREATE TABLE t ( id INTEGER PRIMARY KEY AUTO_INCREMENT, pid INTEGER, s VARCHAR(9), num INTEGER NOT NULL DEFAULT 0, at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6)"+constraints)
		parent := orm.NewTable("parent", orm.Column("id", orm.Integer()).PrimaryKey())
		whole := orm.NewMetadata(orm.NewTable("t", parts...), parent).Naming(schema.DefaultNaming)
		require.NoError(t, whole.Err())
		same, err := whole.Diff(sqlite.Dialect, orm.NewMetadata(named, orm.NewTable("parent", orm.Column("id", orm.Integer()).PrimaryKey(), orm.WithNaming(schema.DefaultNaming))))
		require.NoError(t, err)
		assert.Empty(t, same)
		assert.Equal(t, "ix_t_pid", whole.Tables()[1].Indexes[0].Name)
		for text, want := range map[string]string{
			"postgresql://u:secret@h/db":   "postgresql://u:***@h/db",
			"mysql://u:s%40cret@h:3306/db": "mysql://u:***@h:3306/db",
		} {
			u, err := orm.ParseURL(text)
			require.NoError(t, err)
			assert.Equal(t, want, u.String())
		}
	}},
}

// starts are the first three words of the statements that begin with a word.
func starts(statements []orm.Statement, word string) []string {
	list := []string{}
	for _, s := range statements {
		if fields := strings.Fields(s.SQL); fields[0] == word {
			list = append(list, strings.Join(fields[:3], " "))
		}
	}
	return list
}
