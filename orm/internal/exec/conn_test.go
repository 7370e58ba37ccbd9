package exec

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fake is a connection that counts what is open. Statements named "fails" fail.
type fake struct {
	driver.Conn
	prepared, open, closed int
	rollback               error
}

func (f *fake) Prepare(_ context.Context, sql string) (driver.Stmt, error) {
	if sql == "refused" {
		return nil, errors.New("refused")
	}
	f.prepared++
	f.open++
	return &fakeStmt{conn: f, sql: sql}, nil
}

func (f *fake) Begin(context.Context, driver.TxOptions) error { return nil }
func (f *fake) Rollback(context.Context) error                { return f.rollback }
func (f *fake) Close() error                                  { f.closed++; return nil }

type fakeStmt struct {
	driver.Stmt
	conn *fake
	sql  string
}

func (s *fakeStmt) Exec(context.Context, []driver.Value) (driver.Result, error) {
	if s.sql == "fails" {
		return driver.Result{}, errors.New("failed")
	}
	return driver.Result{RowsAffected: 1}, nil
}

func (s *fakeStmt) Close() error { s.conn.open--; return nil }

var plainHooks = &Hooks{Wrap: func(_ string, _ []driver.Value, err error) error { return err }}

func pool(t *testing.T, f *fake) *Pool {
	t.Helper()
	return NewPool(func(context.Context) (driver.Conn, error) { return f, nil }, plainHooks, Settings{Size: 1, Timeout: time.Millisecond})
}

func TestStatementsStayPrepared(t *testing.T) {
	ctx := context.Background()
	f := &fake{}
	p := pool(t, f)
	c, err := p.Get(ctx)
	require.NoError(t, err)
	for range 3 {
		_, err := c.Exec(ctx, "a", nil)
		require.NoError(t, err)
	}
	assert.Equal(t, 1, f.prepared)
	_, err = c.Exec(ctx, "fails", nil)
	assert.EqualError(t, err, "failed")
	_, err = c.Exec(ctx, "refused", nil)
	assert.EqualError(t, err, "refused")

	for i := range 3 * maxPrepared {
		_, err := c.Exec(ctx, fmt.Sprint(i), nil)
		require.NoError(t, err)
		_, err = c.Exec(ctx, "a", nil) // used all the time, so it stays
		require.NoError(t, err)
	}
	assert.Equal(t, 2+3*maxPrepared, f.prepared)
	assert.Equal(t, maxPrepared, f.open, "those used longest ago are closed")
	p.Put(c)
	require.NoError(t, p.Close())
	assert.Zero(t, f.open)
	assert.Equal(t, 1, f.closed)
}

// Two runs of one statement at once need two of it; one of them is kept.
func TestTwinStatements(t *testing.T) {
	ctx := context.Background()
	f := &fake{}
	c := newConn(f, plainHooks)
	a, err := c.Prepare(ctx, "x")
	require.NoError(t, err)
	b, err := c.Prepare(ctx, "x")
	require.NoError(t, err)
	assert.NotSame(t, a, b)
	a.Release()
	b.Release()
	assert.Equal(t, 1, f.open)
	again, err := c.Prepare(ctx, "x")
	require.NoError(t, err)
	assert.Same(t, a, again)
}

// A statement that somebody has stays, however many others run meanwhile.
func TestALentStatementIsNotDropped(t *testing.T) {
	ctx := context.Background()
	f := &fake{}
	c := newConn(f, plainHooks)
	_, err := c.Exec(ctx, "x", nil)
	require.NoError(t, err)
	lent, err := c.Prepare(ctx, "x")
	require.NoError(t, err)
	for i := range 2 * maxPrepared {
		_, err := c.Exec(ctx, fmt.Sprint(i), nil)
		require.NoError(t, err)
	}
	assert.Equal(t, maxPrepared, f.open)
	lent.Release()
	assert.Equal(t, maxPrepared, f.open, "it was not closed")
	again, err := c.Prepare(ctx, "x")
	require.NoError(t, err)
	assert.Same(t, lent, again)
}

func TestAConnectionThatCannotRollBackIsDropped(t *testing.T) {
	ctx := context.Background()
	f := &fake{rollback: errors.New("gone")}
	p := pool(t, f)
	c, err := p.Get(ctx)
	require.NoError(t, err)
	require.NoError(t, c.Begin(ctx))
	p.Put(c)
	assert.Equal(t, 1, f.closed)
	other, err := p.Get(ctx)
	require.NoError(t, err, "its place is free")
	assert.NotSame(t, c, other)
	p.Put(other)
}

func TestAPoolHasItsSize(t *testing.T) {
	ctx := context.Background()
	p := pool(t, &fake{})
	c, err := p.Get(ctx)
	require.NoError(t, err)
	_, err = p.Get(ctx)
	assert.ErrorContains(t, err, "no connection came free within 1ms: all 1 are in use")
	p.Put(c)
	again, err := p.Get(ctx)
	require.NoError(t, err)
	assert.Same(t, c, again)
	require.NoError(t, p.Close())
	p.Put(again)
	_, err = p.Get(ctx)
	assert.ErrorIs(t, err, ErrClosed)
	_, err = p.Get(ctx)
	assert.ErrorIs(t, err, ErrClosed, "asking does not use the place up")
}

func TestAFailedOpenGivesThePlaceBack(t *testing.T) {
	broken := true
	p := NewPool(func(context.Context) (driver.Conn, error) {
		if broken {
			return nil, errors.New("no route")
		}
		return &fake{}, nil
	}, plainHooks, Settings{Size: 1, Timeout: time.Millisecond})
	for range 2 {
		_, err := p.Get(context.Background())
		assert.EqualError(t, err, "no route")
	}
	broken = false
	_, err := p.Get(context.Background())
	assert.NoError(t, err)
}
