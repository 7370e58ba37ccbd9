package orm_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestHideArgs(t *testing.T) {
	ctx := context.Background()
	var out bytes.Buffer
	engine := open(t, "sqlite://", orm.Options{Echo: &out, HideArgs: true})
	require.NoError(t, orm.CreateAll(ctx, engine, Owners))
	s := session(t, engine)
	require.NoError(t, s.Add(&Owner{ID: 1, Name: "geheim"}))
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.Add(&Owner{ID: 1, Name: "geheim"}))
	err := s.Commit(ctx)
	var failure *orm.Error
	require.ErrorAs(t, err, &failure)
	assert.Empty(t, failure.Args)
	assert.NotContains(t, err.Error()+out.String(), "geheim")
	assert.Contains(t, out.String(), "VALUES (?, ?)\n[generated in ")
	assert.Contains(t, out.String(), "] [arguments hidden]\n")
}

func TestEchoOfLongArguments(t *testing.T) {
	ctx := context.Background()
	var out bytes.Buffer
	engine := open(t, "sqlite://", orm.Options{Echo: &out})
	_, err := orm.Text("SELECT :a, :b").Bind("a", strings.Repeat("x", 300)).Bind("b", 1).All(ctx, engine)
	require.NoError(t, err)
	assert.Contains(t, out.String(), "('"+strings.Repeat("x", 99)+" … (102 characters truncated) … "+strings.Repeat("x", 99)+"', 1)\n")
}

func TestEchoComesBeforeTheStatementRuns(t *testing.T) {
	var out bytes.Buffer
	var seen string
	stop := errors.New("stop")
	engine := open(t, "sqlite://", orm.Options{Echo: &out, Observers: []orm.Observer{
		{After: func(context.Context, *orm.Statement) { seen = out.String() }}}})
	err := engine.Transaction(context.Background(), func(tx orm.Executor) error {
		_, err := orm.Text("SELECT 1").All(context.Background(), tx)
		require.NoError(t, err)
		assert.Contains(t, seen, "BEGIN (implicit)\nSELECT 1\n[raw sql] ()\n")
		return stop
	})
	require.ErrorIs(t, err, stop)
	assert.True(t, strings.HasSuffix(out.String(), "] ()\nROLLBACK\n"), out.String())
}
