package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/schema"
)

func TestDiffNamesWhatDiffers(t *testing.T) {
	ctx := context.Background()
	e, _ := recorded(t)
	id := orm.Column("id", orm.Integer()).PrimaryKey()
	old := orm.NewMetadata(orm.NewTable("t", id, orm.Column("a", orm.String(10))))
	fresh := orm.NewMetadata(orm.NewTable("t", id, orm.Column("a", orm.String(20)), orm.Check("a <> ''"), orm.Index("a"))).AddView("v", "SELECT 1")
	require.NoError(t, old.CreateAll(ctx, e))
	there, err := orm.Reflect(ctx, e)
	require.NoError(t, err)
	differences, err := fresh.Diff(e.Dialect(), there)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"+ table t: a VARCHAR(10)",
		"- table t: CHECK (a <> '')",
		"- table t: CREATE INDEX ix_t_a ON t (a)",
		"- table t: a VARCHAR(20)",
		"- view v",
	}, differences)
}

// What others wrote by hand is read too.
func TestReflectionOfHandWrittenSQLite(t *testing.T) {
	ctx := context.Background()
	e, _ := recorded(t)
	runAll(t, e, `CREATE TABLE [odd one] ( -- a, comment (
		"a,b" INTEGER PRIMARY KEY AUTOINCREMENT /* ) */, c TEXT COLLATE NOCASE CONSTRAINT "long" CHECK (length(c) < 10 AND c <> ')'),
		d VARCHAR(3) DEFAULT 'x''y' REFERENCES other, e, f REAL DEFAULT (1 + 2),
		UNIQUE (c, "d"), FOREIGN KEY (c) REFERENCES other (id) NOT DEFERRABLE)`,
		`CREATE TABLE other (id TEXT PRIMARY KEY) WITHOUT ROWID`,
		`CREATE VIEW "x AS (" AS SELECT 1 AS "as"`,
		`CREATE UNIQUE INDEX i ON [odd one] (c COLLATE NOCASE DESC, lower(d)) where d is not null`)
	views, err := orm.Inspect(e).Views(ctx)
	require.NoError(t, err)
	require.Len(t, views, 1)
	assert.Equal(t, "x AS (", views[0].Name)
	assert.Equal(t, schema.SQL(`SELECT 1 AS "as"`), views[0].SQL)
	assert.NotNil(t, views[0].Table.Column("as"))
	table, err := orm.Inspect(e).Table(ctx, "odd one")
	require.NoError(t, err)
	assert.True(t, table.Column("a,b").Autoincrement)
	assert.Equal(t, []*schema.Check{{Name: "long", SQL: "length(c) < 10 AND c <> ')'"}}, table.Checks)
	assert.Equal(t, "x'y", table.Column("d").Default)
	assert.Equal(t, &schema.Reference{Table: "other", Column: "id"}, table.Column("d").References)
	assert.Equal(t, &schema.Reference{Table: "other", Column: "id"}, table.Column("c").References)
	assert.Equal(t, schema.SQL("1 + 2"), table.Column("f").Default)
	assert.Equal(t, []*schema.Unique{{Columns: []string{"c", "d"}}}, table.Uniques)
	require.Len(t, table.Indexes, 1)
	assert.Equal(t, &schema.Index{Name: "i", Unique: true, Where: "d is not null",
		Parts: []schema.IndexPart{{Column: "c", Descending: true}, {SQL: "lower(d)"}}}, table.Indexes[0])
}
