package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// fieldColumns are the names of the columns of a model.
func fieldColumns(m orm.Mapped) (names []string) {
	there := orm.NewMetadata(m).Tables()
	for _, c := range there[0].Columns {
		names = append(names, c.Name)
	}
	return names
}

type untagged struct {
	ID          int64
	HTTPServerX string
	UserID      int64 `orm:"size:3"` // a tag that is wrong, and replaced
	Stamp
	Home  place
	Cache map[string]int
	Kept  string `orm:"name:other"`
}

type (
	// Stamp is embedded.
	Stamp struct{ MadeAt int64 }
	place struct{ Street string }
)

func TestOptionsReplaceTags(t *testing.T) {
	tags := []orm.TableOption{orm.Field("ID", "primary_key"), orm.Field("HTTPServerX", "size:30,unique"), orm.Field("UserID", "index"),
		orm.Field("MadeAt", "name:made"), orm.Field("Home", "embedded,prefix:home_"), orm.Field("Home.Street", "size:9"), orm.Field("Cache", "-"),
		orm.UniqueTogether("UserID", "Home.Street")}
	m := orm.Declare[untagged]("untagged", tags...)
	require.NoError(t, m.Err())
	assert.Equal(t, []string{"id", "http_server_x", "user_id", "made", "home_street", "other"}, fieldColumns(m))
	sql, _, err := orm.CreateTable(m).Compile(sqlite.Dialect)
	require.NoError(t, err)
	for _, want := range []string{"http_server_x VARCHAR(30) NOT NULL UNIQUE", "home_street VARCHAR(9)", "UNIQUE (user_id, home_street)", "id INTEGER PRIMARY KEY"} {
		assert.Contains(t, sql, want)
	}
	assert.Len(t, m.Table().Indexes, 1)

	camel := func(field string) string { return strings.ToLower(field[:1]) + field[1:] }
	named := orm.Declare[untagged]("named", append(tags, orm.ColumnNames(camel))...)
	require.NoError(t, named.Err())
	assert.Equal(t, []string{"iD", "hTTPServerX", "userID", "made", "home_street", "other"}, fieldColumns(orm.Declare[untagged]("named", append(tags, orm.ColumnNames(func(f string) string {
		if f == "Street" {
			return "street"
		}
		return camel(f)
	}))...)), "a prefix stays before the name")
	assert.Equal(t, "home_street", fieldColumns(m)[4])
	assert.Equal(t, "home_street", fieldColumns(named)[4])

	// What is wrong with an option is said of the field.
	wrong := orm.Declare[untagged]("wrong", orm.Field("ID", "primary_key,sise:3"), orm.Field("UserID", ""), orm.Field("Cache", "-"), orm.Field("Home", "-"),
		orm.Field("Nmae", "size:3"), orm.Field("Start.X", "size:3"))
	assert.ErrorContains(t, wrong.Err(), `untagged.ID: tag "primary_key,sise:3": unknown option "sise"`)
	assert.ErrorContains(t, wrong.Err(), `Field("Nmae"): untagged has no exported field Nmae`)
	assert.ErrorContains(t, wrong.Err(), `Field("Start.X"): untagged has no exported field Start.X`)
	assert.NotContains(t, wrong.Err().Error(), "needs a primary key")
	_, _, err = orm.CreateTable(orm.NewTable("t", orm.Column("id", orm.Integer()), orm.Field("id", "primary_key"), orm.ColumnNames(camel))).Compile(sqlite.Dialect)
	assert.EqualError(t, err, "orm: Field is for models\n\tColumnNames is for models")
	empty := orm.Declare[untagged]("empty", append(tags, orm.ColumnNames(func(string) string { return "" }))...)
	assert.ErrorContains(t, empty.Err(), "untagged.HTTPServerX: tag \"size:30,unique,name:''\": name needs a value")
}

func TestNamesByConvention(t *testing.T) {
	type UserProfile struct {
		ID      int64 `orm:"primary_key"`
		OwnerID int64
	}
	assert.ErrorContains(t, orm.Declare[UserProfile]("").Err(), "the table has no name")
	assert.ErrorContains(t, orm.Declare[UserProfile]("", orm.ColumnNames(orm.SnakeCase)).Err(), "the table has no name")
	convention := []orm.TableOption{
		orm.TableNames(func(model string) string { return orm.SnakeCase(model) + "s" }),
		orm.ColumnNames(func(field string) string { return "c_" + orm.SnakeCase(field) }),
	}
	m := orm.Declare[UserProfile]("", convention...)
	require.NoError(t, m.Err())
	assert.Equal(t, "user_profiles", m.Table().Name)
	assert.Equal(t, []string{"c_id", "c_owner_id"}, fieldColumns(m))
	assert.Equal(t, "own", orm.Declare[UserProfile]("own", convention...).Table().Name, "a name that is given stays")
	assert.Equal(t, []string{"id", "owner_id"}, fieldColumns(orm.Declare[UserProfile]("plain")))
	for name, want := range map[string]string{"HTTPServerX": "http_server_x", "UserID": "user_id", "A": "a"} {
		assert.Equal(t, want, orm.SnakeCase(name))
	}
	type Tenant UserProfile
	engine, log := recorded(t, orm.Declare[Tenant]("", convention...))
	s := session(t, engine)
	require.NoError(t, s.Add(&Tenant{OwnerID: 3}))
	require.NoError(t, s.Commit(context.Background()))
	assert.Equal(t, "INSERT INTO tenants (c_owner_id) VALUES (?) [3]", line(log.take()[1]))
}
