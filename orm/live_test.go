package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// everywhere runs a test on an empty database of each kind.
func everywhere(t *testing.T, test func(t *testing.T, e *orm.Engine)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, url string) { test(t, open(t, url, orm.Options{})) })
}

func runAll(t *testing.T, on orm.Executor, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		_, err := orm.Text(sql).Exec(context.Background(), on)
		require.NoError(t, err, sql)
	}
}

// oneSpace makes every run of white space one space.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
