package orm_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	endless      = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"
	endlessWrite = "INSERT INTO owners (id, name) WITH RECURSIVE r (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM r) SELECT n, 'x' FROM r"
)

// cancelling is an engine with one table that ends the context of a statement
// that contains RECURSIVE once it has begun.
func cancelling(t *testing.T) (*orm.Engine, context.Context, *sent) {
	ctx, cancel := context.WithCancel(context.Background())
	log := &sent{}
	engine := open(t, "sqlite://", orm.Options{PoolTimeout: time.Second, Observers: []orm.Observer{log.observer(), {
		Before: func(_ context.Context, s *orm.Statement) {
			if strings.Contains(s.SQL, "RECURSIVE") {
				go cancel()
			}
		}}}})
	require.NoError(t, orm.CreateAll(context.Background(), engine, Owners))
	log.take()
	return engine, ctx, log
}

func assertInterrupted(t *testing.T, err error) {
	t.Helper()
	assert.ErrorIs(t, err, context.Canceled)
	var failure *orm.Error
	if assert.ErrorAs(t, err, &failure) {
		assert.Equal(t, orm.KindInterrupted, failure.Kind)
		assert.Contains(t, failure.SQL, "RECURSIVE")
	}
}

func TestAContextEndsARunningQuery(t *testing.T) {
	for name, run := range map[string]func(ctx context.Context, e *orm.Engine) error{
		"query": func(ctx context.Context, e *orm.Engine) error { _, err := orm.Text(endless).All(ctx, e); return err },
		"exec": func(ctx context.Context, e *orm.Engine) error {
			_, err := orm.Text(endlessWrite).Exec(ctx, e)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			engine, ctx, _ := cancelling(t)
			assertInterrupted(t, run(ctx, engine))
			row, err := orm.Select(orm.Count()).From(Owners).One(context.Background(), engine)
			require.NoError(t, err, "the connection works again")
			assert.Equal(t, []any{int64(0)}, row.Values())
		})
	}
}

func TestADeadlineEndsARunningQuery(t *testing.T) {
	engine, _ := recorded(t)
	ctx, cancel := context.WithTimeout(context.Background(), tiny)
	defer cancel()
	_, err := orm.Text(endless).All(ctx, engine)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestAnEndedContextStopsEverything(t *testing.T) {
	engine, log := recorded(t, Pets)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := session(t, engine)
	require.NoError(t, s.Add(&Pet{Name: "Fluffy"}))
	_, err := orm.Select(Pets).All(ctx, engine)
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorIs(t, s.Flush(ctx), context.Canceled)
	for _, st := range log.take() {
		assert.Error(t, st.Err, st.SQL)
	}
	require.NoError(t, s.Rollback(ctx), "a rollback works with an ended context")
}

// SQLite rolls the transaction back when a write is interrupted: what follows
// must not run outside of one.
func TestAnInterruptedSessionNeedsARollback(t *testing.T) {
	for name, run := range map[string]func(ctx context.Context, s *orm.Session) error{
		"query": func(ctx context.Context, s *orm.Session) error { _, err := orm.Text(endless).All(ctx, s); return err },
		"exec": func(ctx context.Context, s *orm.Session) error {
			_, err := orm.Text(endlessWrite).Exec(ctx, s)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			engine, ctx, log := cancelling(t)
			s := session(t, engine)
			require.NoError(t, s.Add(&Owner{ID: 1}))
			require.NoError(t, s.Flush(ctx))
			log.take()
			assertInterrupted(t, run(ctx, s))
			list := log.take()
			assert.Equal(t, "ROLLBACK", list[len(list)-1].SQL)

			ctx = context.Background()
			require.NoError(t, s.Add(&Owner{ID: 2}))
			assert.ErrorIs(t, s.Commit(ctx), orm.ErrPendingRollback)
			_, err := orm.Select(Owners).All(ctx, s)
			assert.ErrorIs(t, err, orm.ErrPendingRollback)
			assert.ErrorIs(t, err, context.Canceled, "the cause is told again")
			log.is(t)
			require.NoError(t, s.Rollback(ctx))
			all, err := Owners.Select().All(ctx, s)
			require.NoError(t, err)
			assert.Empty(t, all)
		})
	}
}

func TestAnInterruptedTransactionIsOver(t *testing.T) {
	engine, ctx, _ := cancelling(t)
	err := engine.Transaction(context.Background(), func(tx orm.Executor) error {
		_, err := orm.Text(endlessWrite).Exec(ctx, tx)
		assertInterrupted(t, err)
		_, err = orm.Insert(Owners, "id", "name").Row(1, "Ann").Exec(context.Background(), tx)
		assert.ErrorContains(t, err, "orm: the transaction is over: orm: interrupted")
		return nil // although there was an error
	})
	assert.ErrorContains(t, err, "orm: the transaction is over: orm: interrupted")
	rows, err := orm.Select(Owners).All(context.Background(), engine)
	require.NoError(t, err)
	assert.Zero(t, rows.Len())
}

// INSERT OR ROLLBACK rolls the transaction back where it meets a conflict.
func TestATransactionThatTheDatabaseEndsNeedsARollback(t *testing.T) {
	ctx := context.Background()
	s, _ := withPets(t, &Pet{Name: "Fluffy"})
	require.NoError(t, s.Add(&Pet{Name: "Rex"}))
	_, err := orm.Text("INSERT OR ROLLBACK INTO pets (name) VALUES ('Fluffy')").Exec(ctx, s)
	var refusal *orm.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, orm.KindUnique, refusal.Kind)
	require.NoError(t, s.Add(&Pet{Name: "Bob"}))
	assert.ErrorIs(t, s.Commit(ctx), orm.ErrPendingRollback)
	require.NoError(t, s.Rollback(ctx))
	all, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, []string{"Fluffy"}, names(all))
}
