package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// statesOf notes the changes of state in a session.
func statesOf(s *orm.Session) (take func() []string) {
	var list []string
	s.Listen(orm.Events{StateChanged: func(_ *orm.Session, object any, from, to orm.ObjectState) {
		list = append(list, fmt.Sprintf("%s: %s to %s", object.(*Guest).Name, from, to))
	}})
	return func() []string {
		taken := list
		list = nil
		return taken
	}
}

func TestStateChanged(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Guests)

	t.Run("what a session reads, deletes and lets go", func(t *testing.T) {
		s := session(t, engine)
		take := statesOf(s)
		ann, bea := &Guest{Name: "Ann"}, &Guest{Name: "Bea"}
		require.NoError(t, s.Add(ann, bea))
		assert.Equal(t, []string{"Ann: transient to pending", "Bea: transient to pending"}, take())
		require.NoError(t, s.Expunge(bea))
		assert.Equal(t, []string{"Bea: pending to transient"}, take())
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, []string{"Ann!: pending to persistent"}, take())
		require.NoError(t, s.Expunge(ann))
		assert.Equal(t, []string{"Ann!: persistent to detached"}, take())
		require.NoError(t, s.Add(ann))
		assert.Equal(t, []string{"Ann!: detached to pending"}, take())
		require.NoError(t, s.ExpungeAll())
		assert.Equal(t, []string{"Ann!: pending to transient"}, take())

		same, err := Guests.Get(ctx, s, 1)
		require.NoError(t, err)
		assert.Equal(t, []string{"Ann!: transient to persistent"}, take(), "a session that has let go of everything still tells")
		require.NoError(t, s.Delete(same))
		assert.Empty(t, take(), "it is persistent until the flush")
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, []string{"Ann!: persistent to deleted", "Ann!: deleted to detached"}, take())
		require.NoError(t, s.Add(bea, &Guest{Name: "Cid"}))
		require.NoError(t, s.Flush(ctx))
		take()
		require.NoError(t, s.Close())
		assert.Equal(t, []string{"Bea!: persistent to transient", "Cid!: persistent to transient"}, take(), "Close rolls back")
	})

	t.Run("rollbacks", func(t *testing.T) {
		s := session(t, engine)
		take := statesOf(s)
		dan := &Guest{Name: "Dan"}
		require.NoError(t, s.Add(dan))
		require.NoError(t, s.Commit(ctx))
		take()
		err := s.Nested(ctx, func(ctx context.Context) error {
			require.NoError(t, s.Add(&Guest{Name: "Eve"}))
			require.NoError(t, s.Delete(dan))
			require.NoError(t, s.Flush(ctx))
			return assert.AnError
		})
		require.ErrorIs(t, err, assert.AnError)
		assert.Equal(t, []string{"Eve: transient to pending", "Eve!: pending to persistent", "Dan!: persistent to deleted",
			"Dan!: deleted to persistent", "Eve!: persistent to transient"}, take())
		require.NoError(t, s.Delete(dan))
		require.NoError(t, s.Rollback(ctx))
		assert.Empty(t, take(), "it was not flushed")

		require.NoError(t, s.Delete(dan))
		require.NoError(t, s.Add(&Guest{ID: dan.ID, Name: "Flo"}))
		require.NoError(t, s.Flush(ctx))
		assert.Equal(t, []string{"Flo: transient to pending", "Dan!: persistent to deleted", "Flo?: pending to persistent"}, take(), "a row switch")
		require.NoError(t, s.Close())
		assert.Equal(t, []string{"Dan!: deleted to persistent", "Flo?: persistent to transient", "Dan!: persistent to detached"}, take())
	})

	t.Run("the order, if nobody uses the session", func(t *testing.T) {
		s := session(t, engine)
		var list []string
		note := func(what string) orm.SessionEvent {
			return func(context.Context, *orm.Session) error { list = append(list, what); return nil }
		}
		s.Listen(orm.Events{AfterFlush: note("after_flush"), AfterCommit: note("after_commit"), AfterRollback: note("after_rollback"),
			StateChanged: func(_ *orm.Session, _ any, from, to orm.ObjectState) {
				list = append(list, fmt.Sprint(from, " to ", to))
			}})
		take := statesOf(s)
		gus := &Guest{Name: "Gus"}
		require.NoError(t, s.Add(gus))
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, s.Delete(gus))
		require.NoError(t, s.Flush(ctx))
		require.NoError(t, s.Rollback(ctx))
		require.NoError(t, s.Delete(gus))
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, []string{"transient to pending", "after_flush", "pending to persistent", "after_commit",
			"after_flush", "persistent to deleted", "deleted to persistent", "after_rollback",
			"after_flush", "persistent to deleted", "after_commit", "deleted to detached"}, list)
		assert.Len(t, take(), 6, "both listeners hear of it")
	})

	t.Run("a listener uses the session", func(t *testing.T) {
		s := session(t, engine)
		twice := 0
		s.Listen(orm.Events{
			AfterFlush: func(_ context.Context, s *orm.Session) error {
				if twice++; twice == 1 {
					return s.Add(&Guest{Name: "of AfterFlush"})
				}
				return nil
			},
			StateChanged: func(s *orm.Session, object any, from, to orm.ObjectState) {
				if object.(*Guest).Name == "of AfterFlush!" && to == orm.Persistent {
					assert.NoError(t, s.Add(&Guest{Name: "of StateChanged"}))
				}
			}})
		require.NoError(t, s.Add(&Guest{Name: "first"}))
		require.NoError(t, s.Commit(ctx))
		names, err := orm.Select1(orm.C(&Guests.F.Name)).OrderBy(orm.C(&Guests.F.ID).Desc()).Limit(3).All(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []string{"of StateChanged!", "of AfterFlush!", "first!"}, names, "a commit writes what the events have added")

		s.Listen(orm.Events{AfterFlush: func(_ context.Context, s *orm.Session) error { return s.Add(&Guest{Name: "endless"}) }})
		require.NoError(t, s.Add(&Guest{Name: "one"}))
		require.ErrorContains(t, s.Commit(ctx), "after 100 flushes there is still something to write")
		require.NoError(t, s.Rollback(ctx))
	})
}

// Reader has hooks for what is read.
type Reader struct {
	ID    int64 `orm:"primary_key"`
	Name  string
	Age   int64
	Books orm.Many[Lent] `orm:"back_populates:Reader"`
}

type Lent struct {
	ID       int64 `orm:"primary_key"`
	Title    string
	ReaderID orm.Null[int64] `orm:"foreign_key:readers.id"`
	Reader   orm.One[Reader] `orm:"back_populates:Books"`
}

var (
	Readers     = orm.Declare[Reader]("readers")
	Lents       = orm.Declare[Lent]("lents")
	readerNotes []string
)

func noteReader(format string, args ...any) {
	readerNotes = append(readerNotes, fmt.Sprintf(format, args...))
}

func readerNoted() []string {
	list := readerNotes
	readerNotes = nil
	return list
}

func init() {
	orm.OnLoad(Readers, func(s *orm.Session, r *Reader) {
		noteReader("load %s, books %t, held %t", r.Name, r.Books.Loaded(), s.Contains(r))
	})
	orm.OnRefresh(Readers, func(_ *orm.Session, r *Reader, fields []string) { noteReader("refresh %s %v", r.Name, fields) })
	must0(orm.OnAdd(Readers, &Readers.F.Books, func(r *Reader, b *Lent) { noteReader("%s adds %s", r.Name, b.Title) }))
	must0(orm.OnRemove(Readers, &Readers.F.Books, func(r *Reader, b *Lent) { noteReader("%s removes %s", r.Name, b.Title) }))
	must0(orm.OnSet(Lents, &Lents.F.Reader, func(b *Lent, now, old *Reader) {
		noteReader("%s goes from %s to %s", b.Title, nameOf(old), nameOf(now))
	}))
}

func must0(err error) {
	if err != nil {
		panic(err)
	}
}

func nameOf(r *Reader) string {
	if r == nil {
		return "nobody"
	}
	return r.Name
}

func TestOnLoadAndOnRefresh(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Readers, Lents)
	s := session(t, engine)
	ann := &Reader{Name: "Ann", Age: 3}
	require.NoError(t, s.Add(ann, &Reader{Name: "Bob"}))
	require.NoError(t, s.Commit(ctx))
	assert.Empty(t, readerNoted(), "they were not read")
	byID(t, s, Readers, &Readers.F.ID)
	all := "[Reader.ID Reader.Name Reader.Age]"
	assert.Equal(t, []string{"refresh Ann " + all, "refresh Bob " + all}, readerNoted(), "they had expired")
	require.NoError(t, s.Refresh(ctx, ann, &Readers.F.Age))
	assert.Equal(t, []string{"refresh Ann [Reader.Age]"}, readerNoted())

	require.NoError(t, s.ExpungeAll())
	readers := byID(t, s, Readers, &Readers.F.ID, orm.SelectIn(&Readers.F.Books))
	assert.Equal(t, []string{"load Ann, books true, held true", "load Bob, books true, held true"}, readerNoted())
	byID(t, s, Readers, &Readers.F.ID)
	assert.Empty(t, readerNoted(), "the session holds them")

	require.NoError(t, s.ExpungeAll())
	readers = byID(t, s, Readers, &Readers.F.ID, orm.LoadOnly(&Readers.F.Name))
	assert.Equal(t, []string{"load Ann, books false, held true", "load Bob, books false, held true"}, readerNoted())
	_, err := Readers.Get(ctx, s, readers[0].ID)
	require.NoError(t, err)
	assert.Equal(t, []string{"refresh Ann [Reader.Age]"}, readerNoted(), "what it lacked")
}

func TestEventsOfRelationships(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Readers, Lents)
	s := session(t, engine)
	ann, bob := &Reader{Name: "Ann"}, &Reader{Name: "Bob"}
	one, two := &Lent{Title: "one"}, &Lent{Title: "two"}
	add(t, &ann.Books, one)
	assert.Empty(t, readerNoted(), "nobody knows the object")
	require.NoError(t, s.Add(ann, bob))
	assert.Equal(t, []string{"Ann adds one", "one goes from nobody to Ann"}, readerNoted())
	add(t, &ann.Books, two, two)
	assert.Equal(t, []string{"Ann adds two", "two goes from nobody to Ann"}, readerNoted(), "what is there already is no change")
	require.NoError(t, one.Reader.Set(bob))
	assert.Equal(t, []string{"one goes from Ann to Bob", "Ann removes one", "Bob adds one"}, readerNoted())
	require.NoError(t, one.Reader.Set(bob))
	assert.Empty(t, readerNoted())
	require.NoError(t, ann.Books.Remove(two))
	assert.Equal(t, []string{"Ann removes two", "two goes from Ann to nobody"}, readerNoted())
	require.NoError(t, ann.Books.Set(two, one))
	assert.Equal(t, []string{"Ann adds two", "two goes from nobody to Ann", "Ann adds one", "Bob removes one", "one goes from Bob to Ann"}, readerNoted())
	require.NoError(t, ann.Books.Set(one))
	assert.Equal(t, []string{"Ann removes two", "two goes from Ann to nobody"}, readerNoted())
	require.NoError(t, s.Commit(ctx))

	require.NoError(t, s.ExpungeAll())
	books := byID(t, s, Lents, &Lents.F.ID)
	require.NoError(t, s.Rollback(ctx))
	cleo, err := Readers.Get(ctx, s, 1)
	require.NoError(t, err)
	readerNoted()
	require.NoError(t, cleo.Books.Remove(books[0]))
	assert.Equal(t, []string{"Ann removes one", "one goes from Ann to nobody"}, readerNoted(), "the collection is not loaded")
	require.NoError(t, s.Rollback(ctx))
	require.NoError(t, s.ExpungeAll())
	books = byID(t, s, Lents, &Lents.F.ID)
	readerNoted()
	require.NoError(t, books[0].Reader.Set(nil))
	assert.Equal(t, []string{"one goes from nobody to nobody"}, readerNoted(), "who it was is not loaded")
	require.NoError(t, s.Rollback(ctx))
	byID(t, s, Lents, &Lents.F.ID, orm.SelectIn(&Lents.F.Reader).Then(orm.SelectIn(&Readers.F.Books)))
	assert.NotContains(t, fmt.Sprint(readerNoted()), "goes", "what is loaded or rolled back is no change")

	assert.EqualError(t, orm.OnAdd(Readers, &new(Reader).Books, nil), notPrototype)
	assert.EqualError(t, orm.OnAdd(Authors, &Readers.F.Books, nil), "orm: an event of Reader.Books was asked for with another model")
}
