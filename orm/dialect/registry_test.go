package dialect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
)

func TestLookup(t *testing.T) {
	for scheme, want := range map[string]dialect.Dialect{"postgresql": postgres.Dialect, "postgres": postgres.Dialect,
		"mysql": mysql.Dialect, "mariadb": mysql.MariaDB} {
		e, err := dialect.Lookup(scheme)
		require.NoError(t, err)
		assert.Equal(t, want, e.Dialect)
		_, single, err := e.Name("localhost/pets")
		assert.NoError(t, err)
		assert.False(t, single)
	}
	e, err := dialect.Lookup("sqlite")
	require.NoError(t, err)
	assert.NotNil(t, e.Driver)
}

func TestLookupUnknown(t *testing.T) {
	_, err := dialect.Lookup("oracle")
	assert.EqualError(t, err, `dialect: looking up "oracle": no imported dialect has this scheme (imported: mariadb, mysql, postgres, postgresql, sqlite)`)
}

func TestSQLiteURLs(t *testing.T) {
	e, err := dialect.Lookup("sqlite")
	require.NoError(t, err)
	for _, c := range []struct {
		rest, name string
		single     bool
	}{
		{"", ":memory:", true},
		{"/", ":memory:", true},
		{"/:memory:", ":memory:", true},
		{"/pets.db", "pets.db", false},
		{"/data/my pets.db", "data/my pets.db", false},
		{"//srv/pets.db", "/srv/pets.db", false},
		{"/C:/pets.db", "C:/pets.db", false},
	} {
		name, single, err := e.Name(c.rest)
		require.NoError(t, err, c.rest)
		assert.Equal(t, c.name, name, c.rest)
		assert.Equal(t, c.single, single, c.rest)
	}
	for _, rest := range []string{"pets.db", "localhost/pets.db", ":memory:"} {
		_, _, err := e.Name(rest)
		assert.ErrorContains(t, err, "sqlite: reading the URL sqlite://"+rest+": SQLite has no host; write sqlite://")
		assert.ErrorContains(t, err, "sqlite:///pets.db for a file in the current folder")
	}
	_, _, err = e.Name("/pets.db?mode=ro")
	assert.ErrorContains(t, err, "is not an option")
}
