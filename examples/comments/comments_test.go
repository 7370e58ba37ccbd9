package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestOutput holds what the program prints, and the statements that it sends.
func TestOutput(t *testing.T) {
	var out, sql bytes.Buffer
	observer := orm.Observer{After: func(_ context.Context, s *orm.Statement) { fmt.Fprintln(&sql, s.SQL, s.Args) }}
	require.NoError(t, run(context.Background(), &out, "sqlite://", orm.Options{Observers: []orm.Observer{observer}}))
	for name, got := range map[string][]byte{"testdata/output.txt": out.Bytes(), "testdata/statements.txt": sql.Bytes()} {
		if *update {
			require.NoError(t, os.WriteFile(name, got, 0o644))
		}
		want, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), name)
	}
}
