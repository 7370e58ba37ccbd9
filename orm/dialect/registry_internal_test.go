package dialect

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLookupWithoutImports(t *testing.T) {
	entries := registry.entries
	defer func() { registry.entries = entries }()
	registry.entries = map[string]Entry{}
	_, err := Lookup("sqlite")
	assert.EqualError(t, err, `dialect: looking up sqlite: the program does not import its dialect; add import _ "github.com/ormlab/ormlab/orm/dialect/sqlite" (imported: none)`)
	Register("mysql", Entry{})
	_, err = Lookup("postgres")
	assert.EqualError(t, err, `dialect: looking up postgres: the program does not import its dialect; add import _ "github.com/ormlab/ormlab/orm/dialect/postgres" (imported: mysql)`)
}
