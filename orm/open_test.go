package orm_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestOpenByTheEnvironment(t *testing.T) {
	t.Setenv("DATABASE_URL", "")
	_, err := orm.Open(os.Getenv("DATABASE_URL"), orm.Options{})
	assert.EqualError(t, err, "orm: opening a database: the URL is empty; if it comes from the environment, set the variable, such as DATABASE_URL=sqlite:///pets.db")

	t.Setenv("DATABASE_URL", "sqlite://?cache_size=-4000")
	engine := open(t, os.Getenv("DATABASE_URL"), orm.Options{})
	row, err := orm.Text("PRAGMA cache_size").One(t.Context(), engine)
	require.NoError(t, err)
	assert.Equal(t, []any{int64(-4000)}, row.Values())
}

// An option that stands twice in a URL keeps both values, in their order.
func TestOptionsOfAURLMayRepeat(t *testing.T) {
	u, err := orm.ParseURL("postgresql://h/db?host=a&sslmode=disable&host=b")
	require.NoError(t, err)
	assert.Equal(t, []orm.URLOption{{Name: "host", Value: "a"}, {Name: "sslmode", Value: "disable"}, {Name: "host", Value: "b"}}, u.Options)
	assert.Equal(t, "postgresql://h/db?host=a&sslmode=disable&host=b", u.Reveal())
}
