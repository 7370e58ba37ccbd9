package gosqlite3_test

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/ormlab/ormlab/orm/driver/drivertest"
	"github.com/ormlab/ormlab/orm/driver/gosqlite3"
)

func TestDriver(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("no locks on files: see TestFileWithoutLocks")
	}
	drivertest.Run(t, drivertest.Config{
		Driver: gosqlite3.Driver(),
		Name:   func(t testing.TB) string { return filepath.Join(t.TempDir(), "test.db") },
	})
}
