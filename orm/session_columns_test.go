package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var _ = behaviour(70, func(t *testing.T) {
	ctx := context.Background()
	engine, log := withBooks(t, "sqlite://")
	s := session(t, engine)
	b, err := Books.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Expire(b, &Books.F.Text))
	require.NoError(t, s.Close())
	log.take()

	_, err = b.Text.Load(ctx)
	require.ErrorIs(t, err, orm.ErrDetached)
	assert.EqualError(t, err, "orm: the object is in no session: Book.Text cannot be loaded; load it while a session has the object")
	_, err = b.Text.Get()
	require.ErrorIs(t, err, orm.ErrNotLoaded)
	assert.ErrorContains(t, err, "Book.Text")
	_, err = b.Chapter.Load(ctx)
	require.ErrorIs(t, err, orm.ErrDetached)
	assert.ErrorContains(t, err, "Book.Chapter cannot be loaded")
	_, err = b.Chapter.All()
	require.ErrorIs(t, err, orm.ErrNotLoaded)
	assert.Equal(t, "one", b.Title, "a plain field keeps its value: reading it cannot fail in Go")
	log.is(t)
})

var _ = behaviour(82, func(t *testing.T) {
	ctx := context.Background()
	engine, log := withBooks(t, "sqlite://")
	s := session(t, engine)
	b, err := Books.Select().Where(orm.C(&Books.F.ID).Eq(1)).Options(orm.RaiseAll(), orm.LoadOnly(&Books.F.Title)).One(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "SELECT books.id, books.title FROM books WHERE books.id = ? LIMIT ? [1 2]", line(log.take()[1]), "load_only adds the key")
	_, err = b.Chapter.Load(ctx)
	require.ErrorIs(t, err, orm.ErrNotLoaded)
	assert.ErrorContains(t, err, "Book.Chapter, because the query forbade it by orm.Raise")
	log.is(t)

	_, err = b.Note.Load(ctx)
	require.NoError(t, err)
	assert.Equal(t, "SELECT books.note FROM books WHERE books.id = ? [1]", line(log.take()[0]), "a deferred column loads alone")

	_, err = Chapters.Select().Options(orm.Joined(&Chapters.F.Book), orm.Criteria(Books, orm.C(&Books.F.Title).Eq("one")),
		orm.Criteria(Chapters, orm.C(&Chapters.F.Length).Gt(3))).All(ctx, s)
	require.NoError(t, err)
	joined := line(log.take()[0])
	assert.Contains(t, joined, "books_1.title = ?", "criteria of a model count in eager loads")
	assert.Contains(t, joined, "WHERE chapters.length > ?", "and in the query itself")
})
