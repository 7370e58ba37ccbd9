package ormtest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/ormtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tb is a test that keeps what it is told.
type tb struct {
	testing.TB
	failures []string
	cleanups []func()
}

func (t *tb) Helper()                   {}
func (t *tb) Cleanup(f func())          { t.cleanups = append(t.cleanups, f) }
func (t *tb) Logf(string, ...any)       {}
func (t *tb) Errorf(f string, a ...any) { t.failures = append(t.failures, fmt.Sprintf(f, a...)) }

func TestBudget(t *testing.T) {
	ctx := context.Background()
	rec := &orm.Recorder{}
	engine, err := orm.Open("sqlite://", orm.Options{Observers: []orm.Observer{rec.Observer()}})
	require.NoError(t, err)
	defer engine.Close()
	ask := func() {
		_, err := orm.Text("SELECT 1").All(ctx, engine)
		require.NoError(t, err)
	}
	ask()
	for name, c := range map[string]struct {
		most int
		run  func()
		want []string
	}{
		"within":   {2, func() { ask(); ask() }, nil},
		"too many": {1, func() { ask(); ask() }, []string{"2 statements ran, the budget is 1:"}},
		"N+1":      {9, func() { ask(); ask(); ask() }, []string{"N+1: "}},
	} {
		test := &tb{}
		ormtest.Budget(test, rec, c.most)
		c.run()
		require.Len(t, test.cleanups, 1)
		test.cleanups[0]()
		require.Len(t, test.failures, len(c.want), name)
		for i, want := range c.want {
			assert.Contains(t, test.failures[i], want, name)
		}
	}
}
