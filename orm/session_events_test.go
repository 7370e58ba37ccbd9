package orm_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Guest has hooks, which note what happened, and a method Validate.
type Guest struct {
	ID   int64 `orm:"primary_key"`
	Name string
}

func (g *Guest) Validate() error {
	if g.Name == "" {
		return errors.New("Name is empty")
	}
	return nil
}

var (
	Guests     = orm.Declare[Guest]("guests")
	guestNotes []string
)

func init() {
	note := func(what string) func(context.Context, *Guest) error {
		return func(_ context.Context, g *Guest) error {
			guestNotes = append(guestNotes, what+" "+g.Name)
			if g.Name == "stop" {
				return errors.New("stopped")
			}
			return nil
		}
	}
	orm.OnBeforeInsert(Guests, note("before_insert"))
	orm.OnBeforeInsert(Guests, func(_ context.Context, g *Guest) error { g.Name += "!"; return nil })
	orm.OnAfterInsert(Guests, note("after_insert"))
	orm.OnBeforeUpdate(Guests, note("before_update"))
	orm.OnBeforeUpdate(Guests, func(_ context.Context, g *Guest) error { g.Name += "?"; return nil })
	orm.OnAfterUpdate(Guests, note("after_update"))
	orm.OnBeforeDelete(Guests, note("before_delete"))
	orm.OnAfterDelete(Guests, note("after_delete"))
}

// noted returns what was noted since the last call.
func noted() []string {
	list := guestNotes
	guestNotes = nil
	return list
}

// listen notes the events of a session, too.
func listen(s *orm.Session) {
	note := func(what string) orm.SessionEvent {
		return func(_ context.Context, of *orm.Session) error {
			of.New() // a session can be used there
			guestNotes = append(guestNotes, what)
			return nil
		}
	}
	s.Listen(orm.Events{BeforeFlush: note("before_flush"), AfterFlush: note("after_flush"), AfterBegin: note("after_begin"),
		BeforeCommit: note("before_commit"), AfterCommit: note("after_commit"), AfterRollback: note("after_rollback"),
		StateChanged: func(of *orm.Session, object any, from, to orm.ObjectState) {
			of.New()
			guestNotes = append(guestNotes, fmt.Sprintf("%s_to_%s %s", from, to, object.(*Guest).Name))
		}})
}

var _ = behaviour(74, func(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Guests)
	s := session(t, engine)
	listen(s)
	noted()
	ann := &Guest{Name: "Ann"}
	require.NoError(t, s.Add(ann))
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, []string{"transient_to_pending Ann", "before_commit", "before_flush", "after_begin", "before_insert Ann", "after_insert Ann!", "after_flush",
		"pending_to_persistent Ann!", "after_commit"}, noted())
	log.is(t, "BEGIN", "INSERT INTO guests (name) VALUES (?) [Ann!]", "COMMIT")
	ann.Name = "Bea"
	require.NoError(t, s.Flush(ctx))
	assert.Equal(t, []string{"before_flush", "after_begin", "before_update Bea", "after_update Bea?", "after_flush"}, noted())
	log.is(t, "BEGIN", "UPDATE guests SET name=? WHERE guests.id = ? [Bea? 1]")
	require.NoError(t, s.Flush(ctx))
	assert.Empty(t, noted(), "there is nothing to flush")
	require.NoError(t, s.Delete(ann))
	require.NoError(t, s.Flush(ctx))
	assert.Equal(t, []string{"before_flush", "before_delete Bea?", "after_delete Bea?", "after_flush", "persistent_to_deleted Bea?"}, noted())
	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, []string{"deleted_to_persistent Ann!", "after_rollback"}, noted())

	s.Listen(orm.Events{BeforeFlush: func(ctx context.Context, s *orm.Session) error {
		assert.ErrorContains(t, s.Flush(ctx), "a hook asked for it again")
		_, err := Guests.Select().All(ctx, s) // does not flush again
		return errors.Join(err, s.Add(&Guest{Name: "of the hook"}))
	}})
	require.NoError(t, s.Add(&Guest{Name: "Cid"}))
	log.take()
	require.NoError(t, s.Commit(ctx))
	log.is(t, "BEGIN", "SELECT guests.id, guests.name FROM guests",
		"INSERT INTO guests (name) VALUES (?) [Cid!]", "INSERT INTO guests (name) VALUES (?) [of the hook!]", "COMMIT")
})

func TestHooksThatFail(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Guests)
	s := session(t, engine)
	require.NoError(t, s.Add(&Guest{Name: "stop"}))
	assert.EqualError(t, s.Commit(ctx), "orm: flushing the session: OnBeforeInsert of a Guest: stopped")
	assert.ErrorIs(t, s.Flush(ctx), orm.ErrPendingRollback)
	require.NoError(t, s.Rollback(ctx))
	log.is(t, "BEGIN", "ROLLBACK")

	failing := session(t, engine)
	failing.Listen(orm.Events{BeforeCommit: func(context.Context, *orm.Session) error { return errors.New("not today") }})
	assert.EqualError(t, failing.Commit(ctx), "orm: BeforeCommit: not today")
	failing = session(t, engine)
	failing.Listen(orm.Events{AfterFlush: func(ctx context.Context, s *orm.Session) error {
		_, err := Guests.Get(ctx, s, 99)
		return err
	}})
	require.NoError(t, failing.Add(&Guest{Name: "good"}))
	err := failing.Flush(ctx)
	assert.EqualError(t, err, "flushing the session: AfterFlush: getting the Guest with key [99]: orm: no row found")
	assert.ErrorIs(t, err, orm.ErrNoRows)
	require.NoError(t, failing.Rollback(ctx))
	log.take()

	good := &Guest{Name: "good"}
	require.NoError(t, s.Add(good, &Guest{}, &Guest{}))
	assert.EqualError(t, s.Flush(ctx), "orm: flushing the session: the Guest is not valid: Name is empty\nthe Guest is not valid: Name is empty")
	log.is(t) // nothing is sent, and the session can go on
	for _, g := range s.New()[1:] {
		require.NoError(t, s.Expunge(g))
	}
	require.NoError(t, s.Commit(ctx))
}

// Page counts its changes, Stamped knows when it was changed last.
type (
	Page struct {
		ID      int64 `orm:"primary_key"`
		Text    string
		Version int32 `orm:"version"`
	}
	Stamped struct {
		ID   int64 `orm:"primary_key"`
		Text string
		At   time.Time `orm:"version"`
	}
)

var (
	Pages    = orm.Declare[Page]("pages")
	Stampeds = orm.Declare[Stamped]("stampeds")
)

var _ = behaviour(72, func(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pages, Stampeds)
	s := session(t, engine)
	page, stamped := &Page{Text: "a"}, &Stamped{Text: "a"}
	require.NoError(t, s.Add(page, stamped))
	require.NoError(t, s.Flush(ctx))
	page.Text = "b"
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE pages SET text=?, version=? WHERE pages.id = ? AND pages.version = ? [b 2 1 1]")
	assert.Equal(t, int32(2), page.Version)
	for range 3 { // faster than the clock
		before := stamped.At
		stamped.Text += "b"
		require.NoError(t, s.Flush(ctx))
		assert.True(t, stamped.At.After(before))
	}
	require.NoError(t, s.Delete(stamped))
	require.NoError(t, s.Commit(ctx))

	for name, change := range map[string]func() error{
		"UPDATE": func() error { page.Text = "mine"; return nil },
		"DELETE": func() error { return s.Delete(page) },
	} {
		_, err := Pages.Get(ctx, s, 1)
		require.NoError(t, err)
		_, err = orm.Text("UPDATE pages SET version = version + 1").Exec(ctx, s)
		require.NoError(t, err)
		require.NoError(t, change())
		log.take()
		err = s.Flush(ctx)
		require.ErrorIs(t, err, orm.ErrStale, name)
		assert.ErrorContains(t, err, name+" of one Page hit 0 rows")
		require.NoError(t, s.Rollback(ctx))
		assert.Equal(t, int32(2), page.Version)
	}
	require.NoError(t, s.Delete(page))
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "BEGIN", "DELETE FROM pages WHERE pages.id = ? AND pages.version = ? [1 2]")
})

func TestVersionsThatAreNone(t *testing.T) {
	type Wrong struct {
		ID   int64  `orm:"primary_key"`
		Text string `orm:"version"`
		A, B int64  `orm:"version"`
	}
	err := orm.Declare[Wrong]("wrongs").Err()
	assert.ErrorContains(t, err, "Wrong.Text: version is for an integer or a time.Time that is neither nullable nor primary_key")
	assert.ErrorContains(t, err, "Wrong.B: the version is Wrong.A already")
}
