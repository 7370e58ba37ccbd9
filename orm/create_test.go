package orm_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const hasTable = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE "

func TestCreateAllFollowsTheForeignKeys(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t)
	require.NoError(t, orm.CreateAll(ctx, engine, Toys, Collars, Owners, Collars))
	log.is(t,
		hasTable+"[owners]", "CREATE TABLE owners ( id INTEGER PRIMARY KEY, name VARCHAR NOT NULL )",
		hasTable+"[collars]", "CREATE TABLE collars ( id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, FOREIGN KEY (owner) REFERENCES owners (id) )",
		hasTable+"[toys]", "CREATE TABLE toys ( id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, collar INTEGER NOT NULL, "+
			"FOREIGN KEY (owner) REFERENCES owners (id), FOREIGN KEY (collar) REFERENCES collars (id) )")

	require.NoError(t, orm.CreateAll(ctx, engine, Owners, Collars))
	log.is(t, hasTable+"[owners]", hasTable+"[collars]") // no effect where they are there

	require.NoError(t, orm.DropAll(ctx, engine, Owners, Toys, Collars))
	log.is(t, hasTable+"[toys]", "DROP TABLE toys", hasTable+"[collars]", "DROP TABLE collars", hasTable+"[owners]", "DROP TABLE owners")
	require.NoError(t, orm.DropAll(ctx, engine, Owners, Toys, Collars))
	log.is(t, hasTable+"[toys]", hasTable+"[collars]", hasTable+"[owners]")
}

func TestCreateAllNeverChangesATable(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t)
	_, err := orm.Text("CREATE TABLE Pets (other TEXT)").Exec(ctx, engine)
	require.NoError(t, err)
	log.take()
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	log.is(t, hasTable+"[pets]")
}

func TestCreateAllJoinsASession(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t)
	s := session(t, engine)
	require.NoError(t, orm.CreateAll(ctx, s, Owners))
	require.NoError(t, s.Add(&Owner{ID: 1}))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Rollback(ctx))
	log.take()
	require.NoError(t, orm.CreateAll(ctx, engine, Owners))
	assert.Len(t, log.take(), 2, "the rollback took the table back")
}

// Somebody else makes the table between the look and the CREATE.
func TestCreateAllLosesARace(t *testing.T) {
	ctx := context.Background()
	url := fileURL(t)
	rival := open(t, url, orm.Options{})
	var once sync.Once
	engine := open(t, url, orm.Options{Observers: []orm.Observer{{Before: func(ctx context.Context, s *orm.Statement) {
		if strings.HasPrefix(s.SQL, "CREATE TABLE") {
			once.Do(func() { assert.NoError(t, orm.CreateAll(ctx, rival, Owners)) })
		}
	}}}})
	require.NoError(t, orm.CreateAll(ctx, engine, Owners))
	_, err := orm.Insert(Owners, "id", "name").Row(1, "Ann").Exec(ctx, engine)
	require.NoError(t, err)
}

func TestCreateAllByManyAtOnce(t *testing.T) {
	ctx := context.Background()
	engine := open(t, fileURL(t), orm.Options{})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { assert.NoError(t, orm.CreateAll(ctx, engine, Toys, Collars, Owners)) })
	}
	wait.Wait()
	for _, m := range []orm.Selectable{Toys, Collars, Owners} {
		_, err := orm.Select(m).All(ctx, engine)
		assert.NoError(t, err)
	}
}

func TestCreateErrors(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t)
	err := orm.CreateAll(ctx, engine, Owners, orm.NewTable("owners", orm.Column("id", orm.Integer())))
	assert.EqualError(t, err, "orm: two models have the table owners")
	log.is(t)

	twice := orm.NewTable("twice", orm.Column("a", orm.Integer()), orm.Column("a", orm.Type{}), orm.Column("", orm.Float()))
	want := "orm: table twice: column a is there twice; column 3 has no name"
	assert.EqualError(t, orm.CreateAll(ctx, engine, twice), want)
	_, err = orm.Select(twice.C("a")).All(ctx, engine)
	assert.ErrorContains(t, err, want)
	_, err = orm.Insert(twice, "a").Row(1).Exec(ctx, engine)
	assert.EqualError(t, err, want)

	require.NoError(t, orm.CreateTable(Owners).Exec(ctx, engine))
	assert.ErrorContains(t, orm.CreateTable(Owners).Exec(ctx, engine), "table owners already exists")
	require.NoError(t, orm.DropTable(Owners).Exec(ctx, engine))
	assert.ErrorContains(t, orm.DropTable(Owners).Exec(ctx, engine), "no such table: owners")
}

func TestTablesWithoutModels(t *testing.T) {
	table := orm.NewTable("t",
		orm.Column("id", orm.BigInteger()).PrimaryKey().Autoincrement(),
		orm.Column("a", orm.SmallInteger()).NotNull().Unique().Default(int64(7)),
		orm.Column("b", orm.Boolean()).Default(true),
		orm.Column("f", orm.Float()),
		orm.Column("s", orm.String(5)),
		orm.Column("l", orm.LongText()),
		orm.Column("x", orm.LargeBinary()),
		orm.Column("d", orm.DateTime()),
		orm.Column("order", orm.Integer()).References("Owners", "id"))
	sql, args, err := orm.CreateTable(table).Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Empty(t, args)
	assert.Equal(t, `CREATE TABLE t (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	a SMALLINT NOT NULL UNIQUE DEFAULT 7,
	b BOOLEAN DEFAULT 1,
	f FLOAT,
	s VARCHAR(5),
	l TEXT,
	x BLOB,
	d DATETIME,
	"order" INTEGER,
	FOREIGN KEY ("order") REFERENCES "Owners" (id)
)`, sql)
}

// A column definition can be used for several tables.
func TestColumnDefinitionsAreValues(t *testing.T) {
	base := orm.Column("n", orm.Integer())
	unique := base.Unique()
	for column, want := range map[orm.ColumnDef]string{base: "n INTEGER", unique: "n INTEGER UNIQUE"} {
		sql, _, err := orm.CreateTable(orm.NewTable("t", column)).Compile(sqlite.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "CREATE TABLE t (\n\t"+want+"\n)", sql)
	}
}
