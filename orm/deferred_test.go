package orm_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Book has columns that are read when somebody asks, two of them together.
type Book struct {
	ID      int64                          `orm:"primary_key"`
	Title   string                         `orm:"size:50"`
	Year    int64                          `orm:""`
	Cover   orm.Deferred[[]byte]           `orm:"deferred:body"`
	Text    orm.Deferred[string]           `orm:"type:text,deferred:body"`
	Note    orm.Deferred[orm.Null[string]] `orm:"type:text" json:"note,omitzero"`
	Chapter orm.Many[Chapter]              `orm:"back_populates:Book,order_by:ID" json:"-"`
}

// Chapter refers to a book.
type Chapter struct {
	ID     int64  `orm:"primary_key"`
	Name   string `orm:"size:50"`
	Length int64
	BookID orm.Null[int64] `orm:"foreign_key:books.id"`
	Book   orm.One[Book]   `orm:"back_populates:Chapter"`
}

var (
	Books    = orm.Declare[Book]("books")
	Chapters = orm.Declare[Chapter]("chapters")
)

// withBooks is a database with two books and three chapters.
func withBooks(t *testing.T, url string) (*orm.Engine, *sent) {
	t.Helper()
	ctx := context.Background()
	engine, log := recordedAt(t, url, Books, Chapters)
	s := session(t, engine)
	for i := range 2 {
		b := &Book{ID: int64(i + 1), Title: "one", Year: 1990}
		b.Cover.Set([]byte{1, 2})
		b.Text.Set("long")
		b.Note.Set(orm.Some("noted"))
		require.NoError(t, s.Add(b))
		require.NoError(t, b.Chapter.Add(&Chapter{ID: int64(10 * (i + 1)), Name: "a", Length: 5}))
	}
	require.NoError(t, s.Add(&Chapter{ID: 30, Name: "loose", Length: 6}))
	require.NoError(t, s.Commit(ctx))
	log.take()
	return engine, log
}

func onBooks(t *testing.T, test func(t *testing.T, engine *orm.Engine, log *sent)) {
	testdb.Each(t, func(t *testing.T, url string) {
		engine, log := withBooks(t, url)
		test(t, engine, log)
	})
}

func TestDeferredColumnsAreReadWhenAsked(t *testing.T) {
	onBooks(t, func(t *testing.T, engine *orm.Engine, log *sent) {
		ctx := context.Background()
		s := session(t, engine)
		b, err := Books.Get(ctx, s, 1)
		require.NoError(t, err)
		assert.NotContains(t, line(log.take()[1]), "text", "the SELECT leaves them out")
		_, err = b.Text.Get()
		require.ErrorIs(t, err, orm.ErrNotLoaded)
		assert.EqualError(t, err, "orm: not loaded: Book.Text; call its Load, or let the query read it by Options(orm.Undefer(…))")
		assert.False(t, b.Text.Loaded())
		in, err := s.Inspect(b)
		require.NoError(t, err)
		assert.Equal(t, []string{"Book.Cover", "Book.Text", "Book.Note"}, in.Unloaded)
		assert.False(t, in.Modified)

		text, err := b.Text.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, "long", text)
		statements := log.take()
		require.Len(t, statements, 1)
		assert.Contains(t, line(statements[0]), "SELECT books.cover, books.text FROM books", "with its group, and alone else")
		cover, err := b.Cover.Get()
		require.NoError(t, err)
		assert.Equal(t, []byte{1, 2}, cover)
		_, err = b.Text.Load(ctx)
		require.NoError(t, err)
		log.is(t)
		_, err = b.Note.Get()
		require.ErrorIs(t, err, orm.ErrNotLoaded)

		encoded, err := json.Marshal(b)
		require.NoError(t, err)
		assert.JSONEq(t, `{"ID":1,"Title":"one","Year":1990,"Cover":"AQI=","Text":"long"}`, string(encoded))

		b.Text.Set("")
		require.NoError(t, s.Flush(ctx))
		assert.Contains(t, line(log.take()[0]), "UPDATE books SET text=", "only what changed")
	})
}

func TestUndeferReadsInTheQuery(t *testing.T) {
	onBooks(t, func(t *testing.T, engine *orm.Engine, log *sent) {
		ctx := context.Background()
		s := session(t, engine)
		_, err := Books.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		list, err := Books.Select().Where(orm.N(&Books.F.Text).Eq("long")).Options(orm.UndeferGroup("body"), orm.Defer(&Books.F.Year)).
			OrderBy(orm.C(&Books.F.ID).Asc()).All(ctx, s)
		require.NoError(t, err)
		require.Len(t, list, 2)
		assert.Contains(t, line(log.take()[0]), "SELECT books.id, books.title, books.cover, books.text FROM books WHERE books.text = ")
		for i, b := range list {
			text, err := b.Text.Get()
			require.NoError(t, err)
			assert.Equal(t, "long", text, "also into an object that is held")
			in, err := s.Inspect(b)
			require.NoError(t, err)
			assert.Equal(t, [][]string{{"Book.Note"}, {"Book.Year", "Book.Note"}}[i], in.Unloaded)
		}
		_, err = Books.Select().Options(orm.Undefer(&Books.F.Note)).All(ctx, s)
		require.NoError(t, err)
		note, err := list[0].Note.Get()
		require.NoError(t, err)
		assert.Equal(t, orm.Some("noted"), note)
		assert.Equal(t, int64(1990), list[1].Year, "what was left out is filled in")
	})
}

// What was not loaded is never written as if it were.
func TestUnloadedColumnsAreNotWritten(t *testing.T) {
	onBooks(t, func(t *testing.T, engine *orm.Engine, log *sent) {
		ctx := context.Background()
		s := session(t, engine)
		b, err := Books.Select().Options(orm.LoadOnly(&Books.F.Title)).Where(orm.C(&Books.F.ID).Eq(2)).One(ctx, s)
		require.NoError(t, err)
		assert.Contains(t, line(log.take()[1]), "SELECT books.id, books.title FROM books", "the key is always read")
		assert.Zero(t, b.Year)
		b.Title = "two"
		require.NoError(t, s.Flush(ctx))
		assert.Contains(t, line(log.take()[0]), "UPDATE books SET title=", "nothing else")
		b.Text.Set("") // a zero that was set is told from one that was not
		b.Year = 2000
		in, err := s.Inspect(b)
		require.NoError(t, err)
		assert.Equal(t, []orm.FieldChange{{"Book.Year", "year", nil, int64(2000)}, {"Book.Text", "text", nil, ""}}, in.Changes)
		require.NoError(t, s.Commit(ctx))
		in, err = s.Inspect(b)
		require.NoError(t, err)
		assert.Equal(t, []string{"Book.Cover", "Book.Note"}, in.Unloaded)

		check := session(t, engine)
		got, err := Books.Select().Options(orm.Undefer("Cover", "Text", "Note")).Where(orm.C(&Books.F.ID).Eq(2)).One(ctx, check)
		require.NoError(t, err)
		text, _ := got.Text.Get()
		cover, _ := got.Cover.Get()
		assert.Equal(t, []any{"two", int64(2000), "", []byte{1, 2}}, []any{got.Title, got.Year, text, cover})
	})
}

func TestRollbackOfDeferredColumns(t *testing.T) {
	engine, _ := withBooks(t, "sqlite://")
	ctx := context.Background()
	s := session(t, engine)
	b, err := Books.Get(ctx, s, 1)
	require.NoError(t, err)
	b.Text.Set("mine")
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Rollback(ctx))
	assert.False(t, b.Text.Loaded(), "as before the transaction")
	text, err := b.Text.Load(ctx)
	require.NoError(t, err)
	assert.Equal(t, "long", text)
	require.NoError(t, s.Commit(ctx))
	other := session(t, engine)
	_, err = orm.Update(Books, orm.N(&Books.F.Text).Set("theirs")).AllRows().Exec(ctx, other)
	require.NoError(t, err)
	require.NoError(t, other.Commit(ctx))
	text, err = b.Text.Load(ctx)
	require.NoError(t, err)
	assert.Equal(t, "theirs", text, "an object that has expired is read anew")
	require.NoError(t, s.Expire(b))
	_, err = Books.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.False(t, b.Text.Loaded(), "a row that is read anew leaves it out again")
	require.NoError(t, s.Refresh(ctx, b, &Books.F.Text))
	assert.True(t, b.Text.Loaded())
	require.NoError(t, s.Expire(b, &Books.F.Text))
	assert.False(t, b.Text.Loaded())
}

func TestPartlyLoadedObjectsAreCompleted(t *testing.T) {
	ways := map[string]func(ctx context.Context, s *orm.Session, b *Book) error{
		"Get": func(ctx context.Context, s *orm.Session, b *Book) error {
			_, err := Books.Get(ctx, s, b.ID)
			return err
		},
		"a query": func(ctx context.Context, s *orm.Session, b *Book) error {
			_, err := Books.Select().All(ctx, s)
			return err
		},
		"Refresh":        func(ctx context.Context, s *orm.Session, b *Book) error { return s.Refresh(ctx, b, &Books.F.Year) },
		"all of Refresh": func(ctx context.Context, s *orm.Session, b *Book) error { return s.Refresh(ctx, b) },
		"another part": func(ctx context.Context, s *orm.Session, b *Book) error {
			_, err := Books.Select().Options(orm.LoadOnly(&Books.F.Year)).All(ctx, s)
			return err
		},
		"a statement": func(ctx context.Context, s *orm.Session, b *Book) error {
			_, err := orm.FromStatement(Books, orm.Text("SELECT year, title, id FROM books")).All(ctx, s)
			return err
		},
		"after Commit": func(ctx context.Context, s *orm.Session, b *Book) error {
			if err := s.Commit(ctx); err != nil {
				return err
			}
			_, err := Books.Get(ctx, s, b.ID)
			return err
		},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			engine, log := withBooks(t, "sqlite://")
			ctx := context.Background()
			s := session(t, engine)
			b, err := Books.Select().Options(orm.LoadOnly(&Books.F.Title)).Where(orm.C(&Books.F.ID).Eq(1)).One(ctx, s)
			require.NoError(t, err)
			assert.Zero(t, b.Year)
			b.Title = "changed"
			require.NoError(t, way(ctx, s, b))
			assert.Equal(t, int64(1990), b.Year)
			if name != "all of Refresh" {
				assert.Equal(t, "changed", b.Title)
			}
			in, err := s.Inspect(b)
			require.NoError(t, err)
			assert.NotContains(t, in.Unloaded, "Book.Year")
			require.NoError(t, s.Flush(ctx))
			log.take()
			b.Year = 0
			require.NoError(t, s.Flush(ctx))
			assert.Equal(t, "UPDATE books SET year=? WHERE books.id = ? [0 1]", line(log.take()[0]), "now a zero is a change")
		})
	}
}

func TestPartlyLoadedObjectsElsewhere(t *testing.T) {
	ctx := context.Background()
	part := func(t *testing.T) (*orm.Engine, *orm.Session, *Book) {
		engine, _ := withBooks(t, "sqlite://")
		s := session(t, engine)
		b, err := Books.Select().Options(orm.LoadOnly(&Books.F.Title)).Where(orm.C(&Books.F.ID).Eq(1)).One(ctx, s)
		require.NoError(t, err)
		return engine, s, b
	}
	t.Run("merge leaves what was not read", func(t *testing.T) {
		engine, s, b := part(t)
		require.NoError(t, s.Close())
		b.Title = "merged"
		other := session(t, engine)
		m, err := orm.Merge(ctx, other, b)
		require.NoError(t, err)
		assert.Equal(t, []any{"merged", int64(1990)}, []any{m.Title, m.Year})
		assert.False(t, m.Text.Loaded())
		_, err = orm.Delete(Chapters).AllRows().Exec(ctx, other)
		require.NoError(t, err)
		require.NoError(t, other.Delete(m))
		require.NoError(t, other.Commit(ctx))
		_, err = orm.Merge(ctx, other, b)
		assert.EqualError(t, err, "merging a Book: its row is gone, and cannot be made again: Book.Year is not loaded")
	})
	t.Run("merge from a session that is open", func(t *testing.T) {
		engine, s, b := part(t)
		require.NoError(t, s.Rollback(ctx)) // gives the connection back
		m, err := orm.Merge(ctx, session(t, engine), b)
		require.NoError(t, err)
		assert.Equal(t, int64(1990), m.Year)
	})
	t.Run("Add does not insert what was not read", func(t *testing.T) {
		engine, s, b := part(t)
		require.NoError(t, s.Expunge(b))
		require.NoError(t, s.Rollback(ctx))
		assert.ErrorContains(t, session(t, engine).Add(b), "Book.Year is not loaded; the Book was read by a query of other columns, and cannot be inserted")
		whole := session(t, engine)
		c, err := Books.Get(ctx, whole, 1)
		require.NoError(t, err)
		require.NoError(t, whole.Expunge(c))
		require.NoError(t, whole.Rollback(ctx))
		c.ID = 7
		another := session(t, engine)
		require.NoError(t, another.Add(c))
		assert.ErrorContains(t, another.Flush(ctx), "Book.Cover: it is not loaded")
	})
	t.Run("another object takes the row", func(t *testing.T) {
		_, s, b := part(t)
		require.NoError(t, s.Delete(b))
		fresh := &Book{ID: 1, Title: "one"}
		require.NoError(t, s.Add(fresh))
		require.NoError(t, s.Flush(ctx))
		row, err := orm.Select(orm.C(&Books.F.Year), orm.N(&Books.F.Text)).Where(orm.C(&Books.F.ID).Eq(1)).One(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []any{int64(0), ""}, row.Values(), "although the old object held the same zeros")
	})
	t.Run("a bulk UPDATE asks the database about what was not read", func(t *testing.T) {
		_, s, b := part(t)
		_, err := orm.Update(Books, orm.C(&Books.F.Title).Set("hit")).Where(orm.C(&Books.F.Year).Eq(0)).Exec(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, "one", b.Title, "its year is 1990, which the session does not know")
		_, err = orm.Update(Books, orm.C(&Books.F.Title).Set("hit"), orm.N(&Books.F.Text).Set("new")).
			Where(orm.N(&Books.F.Text).Eq("long")).Exec(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, "hit", b.Title)
		text, err := b.Text.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, "new", text)
		_, err = orm.Update(Books, orm.C(&Books.F.Year).Set(1)).AllRows().Exec(ctx, s)
		require.NoError(t, err)
		in, err := s.Inspect(b)
		require.NoError(t, err)
		assert.Equal(t, []string{"Book.Cover", "Book.Note"}, in.Unloaded)
		assert.Equal(t, int64(1), b.Year)
	})
	t.Run("new rows are returned without what is deferred", func(t *testing.T) {
		_, s, _ := part(t)
		made, err := orm.ReturnObjects(ctx, s, Books, orm.Insert(Books, "id", "title", "year", "cover", "text").Row(9, "t", 3, []byte{1}, "x"))
		require.NoError(t, err)
		assert.Equal(t, []any{int64(3), false}, []any{made[0].Year, made[0].Text.Loaded()})
	})
	t.Run("deferred columns of a detached object", func(t *testing.T) {
		_, s, b := part(t)
		require.NoError(t, s.Expunge(b))
		_, err := b.Text.Load(ctx)
		require.ErrorIs(t, err, orm.ErrDetached)
		assert.ErrorContains(t, err, "Book.Text")
		c := *b
		_, err = c.Text.Load(ctx)
		require.ErrorIs(t, err, orm.ErrDetached, "a copy is in no session either")
		alone := b.Text
		_, err = alone.Load(ctx)
		require.ErrorIs(t, err, orm.ErrDetached)
	})
}

func TestColumnsOfRelationships(t *testing.T) {
	onBooks(t, func(t *testing.T, engine *orm.Engine, log *sent) {
		ctx := context.Background()
		for name, how := range map[string]func(orm.Handle) orm.Loader{"selectin": orm.SelectIn, "joined": orm.Joined, "subquery": orm.SubqueryLoad} {
			s := session(t, engine)
			list, err := Books.Select().OrderBy(orm.C(&Books.F.ID).Asc()).Limit(5).
				Options(orm.LoadOnly(&Books.F.Title), how(&Books.F.Chapter).Then(orm.LoadOnly(&Chapters.F.Name))).All(ctx, s)
			require.NoError(t, err, name)
			require.Len(t, list, 2, name)
			for _, st := range log.take() {
				assert.NotContains(t, st.SQL, "length", name)
				assert.NotContains(t, st.SQL, "year", name)
			}
			all, err := list[1].Chapter.All()
			require.NoError(t, err, name)
			require.Len(t, all, 1, name)
			assert.Equal(t, []any{int64(20), "a", int64(0)}, []any{all[0].ID, all[0].Name, all[0].Length}, name)
			back, err := all[0].Book.Get()
			require.NoError(t, err, name)
			assert.Same(t, list[1], back, "%s: the foreign key is always read", name)
			whole, err := Chapters.Get(ctx, s, 20)
			require.NoError(t, err)
			assert.Equal(t, int64(5), whole.Length)
			require.NoError(t, s.Rollback(ctx))
			log.take()
		}
	})
}

func TestColumnOptionMistakes(t *testing.T) {
	engine, log := withBooks(t, "sqlite://")
	ctx := context.Background()
	s := session(t, engine)
	for want, option := range map[string]orm.Loader{
		"orm: LoadOnly: chapters.name is not a column of a Book":                                                                               orm.LoadOnly(&Chapters.F.Name),
		`orm: Undefer: a Book has no field or column "Txet"`:                                                                                   orm.Undefer("Txet"),
		"orm: Defer: Book.ID is read always: it is a key or the version":                                                                       orm.Defer(&Books.F.ID),
		"orm: UndeferGroup: no column of a Book has the tag deferred:cover":                                                                    orm.UndeferGroup("cover"),
		"orm: WithExpression: Book.Year is a column; it is for a field with the tag expression":                                                orm.WithExpression(&Books.F.Year, orm.Count()),
		"orm: LoadOnly: orm: the pointer is not a field of a declared model's prototype: pass &Model.F.Field, where Model = orm.Declare[…](…)": orm.LoadOnly(new(int)),
	} {
		_, err := Books.Select().Options(option).All(ctx, s)
		assert.EqualError(t, err, want)
	}
	log.is(t)
	assert.ErrorContains(t, orm.LoadAll(ctx, s, []*Book{{}}, orm.LoadOnly("Title")), "in no session")
	held, err := Books.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.ErrorContains(t, orm.LoadAll(ctx, s, []*Book{held}, orm.LoadOnly("Title")), "options for columns are for queries")
	type Bad struct {
		ID    orm.Deferred[int64] `orm:"primary_key"`
		Plain string              `orm:"deferred"`
		Opt   orm.Deferred[orm.Opt[int64]]
		Key   orm.Deferred[int64]  `orm:"foreign_key:books.id"`
		Kind  orm.Deferred[string] `orm:"enum:a|b"`
		Sum   int64                `orm:"expression,size:3"`
	}
	err = orm.Declare[Bad]("bad").Err()
	for _, want := range []string{
		"Bad.ID: a key or a version cannot be deferred: each object needs it; use the plain type",
		"Bad.Plain: deferred is for a field of the type orm.Deferred[string], which tells whether it is loaded",
		"Bad.Key: a key or a version cannot be deferred",
		"Bad.Kind: a deferred column goes without enum",
		"Bad.Sum: a field with the tag expression is no column; only name goes with it",
		"Bad.Opt: a Go orm.Deferred[",
	} {
		assert.ErrorContains(t, err, want)
	}
}
