package orm_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A session that is at work in one goroutine refuses to work in another.
func TestTwoGoroutinesInOneSession(t *testing.T) {
	ctx := context.Background()
	begun, end := make(chan struct{}), make(chan struct{})
	engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{{Before: func(_ context.Context, st *orm.Statement) {
		if st.SQL == selectAll {
			close(begun)
			<-end
		}
	}}}})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	s := session(t, engine)
	done := make(chan error)
	go func() {
		_, err := Pets.Select().All(ctx, s)
		done <- err
	}()
	<-begun
	fluffy := &Pet{Name: "Fluffy"}
	_, getErr := Pets.Get(ctx, s, 1)
	_, allErr := Pets.Select().All(ctx, s)
	_, coreErr := orm.Select(Pets).All(ctx, s)
	_, textErr := orm.FromStatement(Pets, orm.Text("SELECT * FROM pets")).All(ctx, s)
	for name, err := range map[string]error{"Add": s.Add(fluffy), "Delete": s.Delete(fluffy), "Flush": s.Flush(ctx), "Commit": s.Commit(ctx),
		"Rollback": s.Rollback(ctx), "Refresh": s.Refresh(ctx, fluffy), "Close": s.Close(),
		"Get": getErr, "All": allErr, "Core": coreErr, "FromStatement": textErr} {
		assert.ErrorIs(t, err, orm.ErrConcurrentUse, name)
	}
	assert.False(t, s.Contains(fluffy))
	close(end)
	require.NoError(t, <-done, "who came first is not disturbed")
	require.NoError(t, s.Commit(ctx))
}

// An object is in one session at a time, however it came there.
func TestOneObjectInTwoSessions(t *testing.T) {
	ctx := context.Background()
	engine := open(t, fileURL(t), orm.Options{})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	insertPets(t, engine, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
	one, two := session(t, engine), session(t, engine)
	loaded, err := Pets.Get(ctx, one, 1)
	require.NoError(t, err)
	added := &Pet{Name: "Flo"}
	require.NoError(t, one.Add(added))
	for name, p := range map[string]*Pet{"loaded": loaded, "added": added} {
		err := two.Add(p)
		require.ErrorIs(t, err, orm.ErrAttached, name)
		assert.Regexp(t, `^orm: adding to the session: orm: an object belongs to one session: the Pet is already attached to session \d+ \(this is \d+\); Expunge it there first, or Merge it here$`, err.Error())
		require.ErrorIs(t, two.Flush(ctx), orm.ErrAttached)
		require.NoError(t, two.Rollback(ctx))
	}

	require.NoError(t, one.Rollback(ctx))
	require.NoError(t, two.Add(added), "a rollback lets go of what was added")
	require.NoError(t, two.Rollback(ctx))
	require.NoError(t, one.Delete(loaded))
	require.NoError(t, one.Commit(ctx))
	require.NoError(t, two.Add(loaded), "as does the commit of a delete")
	require.NoError(t, two.Rollback(ctx))
	rex, err := Pets.Get(ctx, one, 2)
	require.NoError(t, err)
	require.NoError(t, one.Close())
	require.NoError(t, two.Add(rex), "and Close of all")
}

// A program that forgets to close a session may add its objects to another as
// soon as the session is gone.
func TestASessionThatWasNotClosedOwnsNothing(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Pets)
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	fluffy := func() *Pet {
		s := orm.NewSession(engine)
		p, err := Pets.Get(ctx, s, 1)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
		return p
	}()
	runtime.GC()
	runtime.GC()
	require.NoError(t, session(t, engine).Add(fluffy))
}
