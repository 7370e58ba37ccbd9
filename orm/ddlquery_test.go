package orm_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestViewsAndTablesOfStatements(t *testing.T) {
	one := orm.TextExpr[int64](orm.Text("1"))
	withTeam := orm.Select(name, teamName.As("team")).Join(Teams).Where(age.GtExpr(one))
	view := orm.NewTable("members", orm.Column("name", orm.String(30)), orm.Column("team", orm.String(30)))
	adults := orm.Select(id, name).Where(age.Ge(30)).CTE("adults")
	copied := orm.NewTable("adult_copies", orm.Column("id", orm.Integer()), orm.Column("name", orm.String(30)))
	testdb.Each(t, func(t *testing.T, url string) {
		engine := companyAt(t, url)
		require.NoError(t, orm.CreateView("members", withTeam).Exec(t.Context(), engine))
		rows, err := orm.Select(view).OrderBy(view.C("name").Asc()).All(t.Context(), engine)
		require.NoError(t, err)
		assert.Equal(t, []any{"ed", "red"}, rows.At(0).Values())
		assert.Equal(t, 2, rows.Len())

		require.NoError(t, orm.CreateTableAs("adult_copies", orm.Select(adults)).Exec(t.Context(), engine))
		rows, err = orm.Select(copied).OrderBy(copied.C("id").Asc()).All(t.Context(), engine)
		require.NoError(t, err)
		assert.Equal(t, []any{int64(1), "ed"}, rows.At(0).Values())
		assert.Equal(t, 2, rows.Len())
		require.NoError(t, orm.DropView("members").Exec(t.Context(), engine))
		require.NoError(t, orm.DropTable(copied).Exec(t.Context(), engine))
	})
	_, _, err := orm.CreateView("v", orm.Select(name).Where(age.Gt(30))).Compile(sqlite.Dialect)
	require.ErrorContains(t, err, "the query of the view v holds the value 30, and a view has no arguments; write a constant into it with TextExpr")
	_, _, err = orm.CreateView("", orm.Select(name)).Compile(sqlite.Dialect)
	require.ErrorContains(t, err, "a view needs a name")
	sql, args, err := orm.CreateTemporaryTableAs("t", orm.Select(adults)).Compile(postgres.Dialect)
	require.NoError(t, err)
	assert.Equal(t, "CREATE TEMPORARY TABLE t AS WITH adults AS (SELECT users.id, users.name FROM users WHERE users.age >= $1) SELECT adults.id, adults.name FROM adults", sql)
	assert.Equal(t, []any{int64(30)}, args)
}

// Label is a table whose text is compared by rules of its own.
type Label struct {
	ID   int64  `orm:"primary_key"`
	Text string `orm:"size:20,collate:NOCASE"`
}

func TestCollationOfAColumn(t *testing.T) {
	labels := orm.Declare[Label]("labels")
	sql, _, err := orm.CreateTable(labels).Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Equal(t, "CREATE TABLE labels (\n\tid INTEGER PRIMARY KEY,\n\ttext VARCHAR(20) COLLATE \"NOCASE\" NOT NULL\n)", sql)
	engine := open(t, "sqlite://", orm.Options{})
	require.NoError(t, orm.CreateAll(t.Context(), engine, labels))
	_, err = orm.Insert(labels, "id", "text").Row(1, "Red").Exec(t.Context(), engine)
	require.NoError(t, err)
	rows, err := orm.Select(orm.C(&labels.F.ID)).Where(orm.C(&labels.F.Text).Eq("RED")).All(t.Context(), engine)
	require.NoError(t, err)
	assert.Equal(t, 1, rows.Len())

	table := orm.NewTable("t", orm.Column("a", orm.String(5)).Collate("utf8mb4_bin"), orm.Column("b", orm.Integer()))
	sql, _, err = orm.CreateTable(table).Compile(mysql.Dialect)
	require.NoError(t, err)
	assert.Contains(t, sql, "a VARCHAR(5) COLLATE utf8mb4_bin,")
	_, _, err = orm.CreateTable(orm.NewTable("t", orm.Column("b", orm.Integer()).Collate("C"))).Compile(postgres.Dialect)
	require.ErrorContains(t, err, "t.b: the type Integer has no collation, only text has")
}
