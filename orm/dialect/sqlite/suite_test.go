package sqlite_test

import (
	"runtime"
	"testing"

	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/ormlab/ormlab/orm/ormtest"
)

func TestSuiteInMemory(t *testing.T) {
	ormtest.TestDialect(t, ormtest.Config{URL: func(testing.TB) string { return "sqlite://" }, OneConnection: true})
}

func TestSuiteInAFile(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("SQLite cannot lock files under GOOS=js, so that only databases in memory can be opened")
	}
	ormtest.TestDialect(t, ormtest.Config{URL: testdb.SQLite})
}
