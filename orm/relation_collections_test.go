package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Album keeps its tracks in order, its plays unread, and its singers in
// association objects with a role.
type Album struct {
	ID       int64             `orm:"primary_key"`
	Name     string            `orm:"size:30"`
	Tracks   orm.Many[Track]   `orm:"back_populates:Album,position:Place,cascade:all delete-orphan"`
	Plays    orm.Many[Play]    `orm:"back_populates:Album,write_only"`
	Stickers orm.Many[Sticker] `orm:"secondary:album_labels,write_only"`
	Credits  orm.Many[Credit]  `orm:"back_populates:Album,cascade:all delete-orphan,order_by:SingerID"`
	Cover    orm.One[Cover]    `orm:"cascade:save-update"`
}

type Track struct {
	ID      int64 `orm:"primary_key"`
	Title   string
	Place   int64
	AlbumID int64          `orm:"foreign_key:albums.id"`
	Album   orm.One[Album] `orm:"back_populates:Tracks"`
}

type Play struct {
	ID      int64 `orm:"primary_key"`
	Who     string
	AlbumID orm.Null[int64] `orm:"foreign_key:albums.id"`
	Album   orm.One[Album]  `orm:"back_populates:Plays"`
}

type Sticker struct {
	ID   int64 `orm:"primary_key"`
	Name string
}

type Cover struct {
	ID      int64 `orm:"primary_key"`
	Art     string
	AlbumID orm.Null[int64] `orm:"foreign_key:albums.id"`
}

type Credit struct {
	AlbumID  int64 `orm:"primary_key,foreign_key:albums.id"`
	SingerID int64 `orm:"primary_key,foreign_key:singers.id"`
	Role     string
	Album    orm.One[Album] `orm:"back_populates:Credits"`
	Singer   orm.One[Singer]
}

type Singer struct {
	ID   int64 `orm:"primary_key"`
	Name string
}

var (
	Albums   = orm.Declare[Album]("albums")
	Tracks   = orm.Declare[Track]("tracks")
	Plays    = orm.Declare[Play]("plays")
	Stickers = orm.Declare[Sticker]("stickers")
	Covers   = orm.Declare[Cover]("covers")
	Credits  = orm.Declare[Credit]("credits")
	Singers  = orm.Declare[Singer]("singers")
)

var music = []orm.Mapped{Albums, Tracks, Plays, Stickers, Covers, Singers, Credits}

// withAlbum is a session that has written an album of three tracks.
func withAlbum(t testing.TB) (*orm.Session, *sent, *Album) {
	t.Helper()
	engine, log := recorded(t, music...)
	s := session(t, engine)
	album := &Album{Name: "Kind"}
	add(t, &album.Tracks, &Track{Title: "a"}, &Track{Title: "b"}, &Track{Title: "c"})
	require.NoError(t, s.Add(album))
	require.NoError(t, s.Flush(context.Background()))
	return s, log, album
}

// order are the titles of the tracks as the database has them.
func order(t testing.TB, s *orm.Session) string {
	t.Helper()
	var titles []string
	list, err := Tracks.Select().OrderBy(orm.C(&Tracks.F.Place).Asc()).All(context.Background(), s)
	require.NoError(t, err)
	for i, track := range list {
		assert.EqualValues(t, i, track.Place, track.Title)
		titles = append(titles, track.Title)
	}
	return strings.Join(titles, "")
}

func TestRelationship55OrderingList(t *testing.T) {
	ctx := context.Background()
	s, log, album := withAlbum(t)
	log.is(t, "BEGIN", "INSERT INTO albums (name) VALUES (?) [Kind]", "INSERT INTO tracks (title, place, album_id) VALUES (?, ?, ?) [a 0 1]",
		"INSERT INTO tracks (title, place, album_id) VALUES (?, ?, ?) [b 1 1]", "INSERT INTO tracks (title, place, album_id) VALUES (?, ?, ?) [c 2 1]")
	require.NoError(t, orm.Move(&album.Tracks, 2, 0))
	require.NoError(t, s.Flush(ctx))
	const update = "UPDATE tracks SET place=? WHERE tracks.id = ? "
	log.is(t, update+"[1 1]", update+"[2 2]", update+"[0 3]")
	assert.Equal(t, "cab", order(t, s))
	log.take()
	require.NoError(t, orm.InsertAt(&album.Tracks, 1, &Track{Title: "x"}))
	assert.Equal(t, "cxab", order(t, s))
	require.NoError(t, album.Tracks.Remove(first(t, &album.Tracks)))
	assert.Equal(t, "xab", order(t, s))
	require.NoError(t, s.Commit(ctx))
	log.take()

	require.NoError(t, s.ExpungeAll())
	album, err := Albums.Get(ctx, s, 1)
	require.NoError(t, err)
	err = album.Tracks.Add(&Track{Title: "y"})
	assert.EqualError(t, err, "orm: changing Album.Tracks: its order is kept in Track.Place, so it must be loaded before it is changed")
	require.NoError(t, s.Rollback(ctx))
	log.take()
	tracks, err := album.Tracks.Load(ctx)
	require.NoError(t, err)
	assert.Equal(t, "SELECT tracks.id, tracks.title, tracks.place, tracks.album_id FROM tracks WHERE ? = tracks.album_id ORDER BY tracks.place [1]", line(log.take()[1]))
	require.NoError(t, album.Tracks.Set(tracks[2], tracks[0], tracks[1]))
	assert.Equal(t, "bxa", order(t, s))
	require.NoError(t, album.Tracks.Add(&Track{Title: "y"}))
	assert.Equal(t, "bxay", order(t, s))

	assert.EqualError(t, orm.Move(&album.Tracks, 0, 4), "orm: moving from place 0 to 4: the collection has 4 objects")
	assert.EqualError(t, orm.InsertAt(&album.Tracks, 5), "orm: inserting at place 5: the collection has the places 0 to 4")
}

func TestRelationship55KeyedCollection(t *testing.T) {
	_, _, album := withAlbum(t)
	tracks, err := orm.KeyedBy(&album.Tracks, &Tracks.F.Title)
	require.NoError(t, err)
	require.Len(t, tracks, 3)
	assert.EqualValues(t, 1, tracks["b"].Place)
	add(t, &album.Tracks, &Track{Title: "b"})
	_, err = orm.KeyedBy(&album.Tracks, &Tracks.F.Title)
	assert.ErrorIs(t, err, orm.ErrMultipleRows)
	assert.ErrorContains(t, err, "two of the Track have the key b")
	_, err = orm.KeyedBy(&album.Tracks, &Plays.F.Who)
	assert.EqualError(t, err, "orm: Play.Who is no field of a Track")
	_, err = orm.KeyedBy(&album.Tracks, new(string))
	assert.EqualError(t, err, notPrototype)
}

func TestRelationship55AssociationObject(t *testing.T) {
	ctx := context.Background()
	s, log, album := withAlbum(t)
	ann := &Singer{Name: "Ann"}
	lead, choir := &Credit{Role: "lead"}, &Credit{Role: "choir"}
	require.NoError(t, lead.Singer.Set(ann))
	require.NoError(t, choir.Singer.Set(&Singer{Name: "Bob"}))
	add(t, &album.Credits, lead, choir)
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "INSERT INTO singers (name) VALUES (?) [Ann]", "INSERT INTO singers (name) VALUES (?) [Bob]",
		"INSERT INTO credits (album_id, singer_id, role) VALUES (?, ?, ?) [1 1 lead]", "INSERT INTO credits (album_id, singer_id, role) VALUES (?, ?, ?) [1 2 choir]")
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.ExpungeAll())

	albums := byID(t, s, Albums, &Albums.F.ID, orm.SelectIn(&Albums.F.Credits).Then(orm.SelectIn(&Credits.F.Singer)))
	credits, singers := must(t, func() ([]*Credit, error) { return albums[0].Credits.All() }), singersOf(t, albums[0])
	assert.Equal(t, "Ann", singers[0].Name)
	assert.Equal(t, "choir", credits[1].Role)
	log.take()
	require.NoError(t, albums[0].Credits.Remove(credits[0]))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "DELETE FROM credits WHERE credits.album_id = ? AND credits.singer_id = ? [1 1]")
	assert.Len(t, singersOf(t, albums[0]), 1)

	other := byID(t, session2(t, s), Albums, &Albums.F.ID)
	_, err := orm.Through(&other[0].Credits, func(c *Credit) *orm.One[Singer] { return &c.Singer })
	assert.ErrorIs(t, err, orm.ErrNotLoaded)
}

func singersOf(t testing.TB, a *Album) []*Singer {
	return must(t, func() ([]*Singer, error) {
		return orm.Through(&a.Credits, func(c *Credit) *orm.One[Singer] { return &c.Singer })
	})
}

func must[T any](t testing.TB, f func() (T, error)) T {
	t.Helper()
	v, err := f()
	require.NoError(t, err)
	return v
}

// session2 is the session, after it has let go of everything.
func session2(t testing.TB, s *orm.Session) *orm.Session {
	t.Helper()
	require.NoError(t, s.ExpungeAll())
	return s
}

func TestRelationship62WriteOnly(t *testing.T) {
	ctx := context.Background()
	s, log, album := withAlbum(t)
	log.take()
	for _, who := range []string{"x", "y"} {
		play := &Play{Who: who}
		require.NoError(t, album.Plays.Add(play))
		require.NoError(t, album.Stickers.Add(&Sticker{Name: who}))
		assert.Same(t, album, must(t, play.Album.Get))
		require.NoError(t, s.Flush(ctx))
	}
	log.is(t, "INSERT INTO plays (who, album_id) VALUES (?, ?) [x 1]", "INSERT INTO stickers (name) VALUES (?) [x]", "INSERT INTO album_labels (album_id, sticker_id) VALUES (?, ?) [1 1]",
		"INSERT INTO plays (who, album_id) VALUES (?, ?) [y 1]", "INSERT INTO stickers (name) VALUES (?) [y]", "INSERT INTO album_labels (album_id, sticker_id) VALUES (?, ?) [1 2]")

	_, err := album.Plays.All()
	assert.ErrorIs(t, err, orm.ErrNotLoaded)
	assert.EqualError(t, err, "orm: not loaded: Album.Plays is write_only, so it is never read as a whole; query it by orm.Related(…, &….Plays)")
	_, err = album.Plays.Load(ctx)
	assert.ErrorIs(t, err, orm.ErrNotLoaded)
	assert.ErrorIs(t, album.Plays.Set(), orm.ErrNotLoaded)
	assert.False(t, album.Plays.Loaded())
	_, err = Albums.Select().Options(orm.SelectIn(&Albums.F.Plays)).All(ctx, s)
	assert.EqualError(t, err, "orm: loading Album.Plays: it is write_only; query it by orm.Related, or leave the tag out")
	log.take()

	plays, err := orm.Related(Plays, &album.Plays).OrderBy(orm.C(&Plays.F.ID).Desc()).Limit(1).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "y", plays[0].Who)
	log.is(t, "SELECT plays.id, plays.who, plays.album_id FROM plays WHERE ? = plays.album_id ORDER BY plays.id DESC LIMIT ? [1 1]")
	require.NoError(t, album.Plays.Remove(plays[0]))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE plays SET album_id=? WHERE plays.id = ? [<nil> 2]")

	n, err := orm.Update(Plays, orm.C(&Plays.F.Who).Set("z")).Where(orm.WithParent(&album.Plays)).Exec(ctx, s)
	require.NoError(t, err)
	assert.EqualValues(t, 1, n)
	n, err = orm.Delete(Stickers).Where(orm.WithParent(&album.Stickers), orm.C(&Stickers.F.Name).Eq("x")).Exec(ctx, s)
	require.NoError(t, err)
	assert.EqualValues(t, 1, n)
	log.is(t, "UPDATE plays SET who=? WHERE ? = plays.album_id [z 1]",
		"DELETE FROM stickers WHERE EXISTS (SELECT 1 FROM album_labels WHERE ? = album_labels.album_id AND stickers.id = album_labels.sticker_id) AND stickers.name = ? RETURNING id [1 x]")

	require.NoError(t, album.Plays.Add(&Play{Who: "last"}))
	require.NoError(t, s.Delete(album))
	require.NoError(t, s.Flush(ctx))
	left, err := Plays.Select().All(ctx, s)
	require.NoError(t, err)
	require.Len(t, left, 3)
	for _, play := range left {
		assert.Equal(t, orm.Null[int64]{}, play.AlbumID, "of what nobody has loaded, too")
	}
}

func TestRelationship54Cascades(t *testing.T) {
	ctx := context.Background()

	t.Run("expunge, expire and refresh along all", func(t *testing.T) {
		s, log, album := withAlbum(t)
		require.NoError(t, album.Cover.Set(&Cover{Art: "blue"}))
		require.NoError(t, s.Flush(ctx))
		track, cover := first(t, &album.Tracks), must(t, album.Cover.Get)
		runAll(t, s, "UPDATE tracks SET title = 'new' WHERE id = 1", "UPDATE covers SET art = 'red'")
		track.Title = "dropped"
		require.NoError(t, s.Expire(album))
		got, err := Tracks.Get(ctx, s, track.ID)
		require.NoError(t, err)
		assert.Equal(t, "new", got.Title)
		runAll(t, s, "UPDATE tracks SET title = 'newer' WHERE id = 1", "DELETE FROM tracks WHERE id = 3")
		log.take()
		require.NoError(t, s.Refresh(ctx, album))
		log.is(t, "SELECT albums.id, albums.name FROM albums WHERE albums.id = ? [1]")
		tracks, err := album.Tracks.Load(ctx)
		require.NoError(t, err)
		require.Len(t, tracks, 2, "the collection has expired")
		assert.Equal(t, "newer", track.Title)
		assert.Equal(t, "blue", must(t, func() (*Cover, error) { return Covers.Get(ctx, s, cover.ID) }).Art, "save-update alone does not expire")

		require.NoError(t, s.Expunge(album))
		assert.False(t, s.Contains(album) || s.Contains(track))
		assert.True(t, s.Contains(cover))
	})

	t.Run("merge", func(t *testing.T) {
		s, log, album := withAlbum(t)
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, s.ExpungeAll())
		log.take()
		given := &Album{ID: 1, Name: "Other"}
		add(t, &given.Tracks, &Track{ID: 2, Title: "bb"}, &Track{Title: "new"})
		require.NoError(t, given.Cover.Set(&Cover{Art: "none"}))
		merged, err := orm.Merge(ctx, s, given)
		require.NoError(t, err)
		assert.NotSame(t, given, merged)
		assert.False(t, s.Contains(first(t, &given.Tracks)))
		tracks := must(t, merged.Tracks.All)
		require.Len(t, tracks, 2)
		assert.Same(t, merged, must(t, tracks[1].Album.Get))
		log.take()
		require.NoError(t, s.Flush(ctx))
		log.is(t, "INSERT INTO tracks (title, place, album_id) VALUES (?, ?, ?) [new 1 1]", "UPDATE albums SET name=? WHERE albums.id = ? [Other 1]",
			"UPDATE tracks SET title=?, place=? WHERE tracks.id = ? [bb 0 2]", "DELETE FROM tracks WHERE tracks.id = ? [1]", "DELETE FROM tracks WHERE tracks.id = ? [3]")
		assert.Empty(t, must(t, func() ([]*Cover, error) { return Covers.Select().All(ctx, s) }), "the tag leaves merge out")

		held, err := orm.Merge(ctx, s, &Album{ID: 1, Name: "Third"})
		require.NoError(t, err)
		assert.Same(t, merged, held)
		assert.Len(t, must(t, held.Tracks.All), 2, "what is not loaded is not merged")
		_ = album
	})

	t.Run("merge of a graph with a circle", func(t *testing.T) {
		s, _, album := withAlbum(t)
		require.NoError(t, s.Commit(ctx))
		_, err := album.Tracks.Load(ctx)
		require.NoError(t, err)
		require.NoError(t, s.ExpungeAll())
		album.Name, first(t, &album.Tracks).Title = "mine", "mine"
		merged, err := orm.Merge(ctx, s, first(t, &album.Tracks))
		require.NoError(t, err)
		owner := must(t, merged.Album.Get)
		assert.Equal(t, "mine", owner.Name)
		assert.Same(t, merged, first(t, &owner.Tracks))
		require.NoError(t, s.Commit(ctx))
	})
}

func TestPlaceOfAChildThatNamesItsParent(t *testing.T) {
	ctx := context.Background()
	s, log, _ := withAlbum(t)
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.ExpungeAll())
	album, err := Albums.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	track := &Track{Title: "d"}
	require.NoError(t, track.Album.Set(album))
	require.NoError(t, s.Add(track))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "SELECT tracks.id, tracks.title, tracks.place, tracks.album_id FROM tracks WHERE ? = tracks.album_id ORDER BY tracks.place [1]",
		"INSERT INTO tracks (title, place, album_id) VALUES (?, ?, ?) [d 3 1]")
	assert.Equal(t, "abcd", order(t, s))
	assert.True(t, album.Tracks.Loaded())

	require.NoError(t, s.ExpungeAll())
	other := &Album{Name: "Other"}
	require.NoError(t, s.Add(other))
	first, err := Tracks.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	require.NoError(t, first.Album.Set(other))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "SELECT tracks.id, tracks.title, tracks.place, tracks.album_id FROM tracks WHERE ? = tracks.album_id ORDER BY tracks.place [2]",
		"UPDATE tracks SET album_id=? WHERE tracks.id = ? [2 1]") // those that are left behind are in order
}

func TestExpireAndRefreshOfRelationships(t *testing.T) {
	ctx := context.Background()
	s, log := withLibrary(t)
	authors := byID(t, s, Authors, &Authors.F.ID, orm.SelectIn(&Authors.F.Posts))
	ann := authors[0]
	runAll(t, s, "UPDATE posts SET author_id = 1 WHERE id = 4", "UPDATE authors SET name = 'x'")
	ann.Name = "mine"
	log.take()
	require.NoError(t, s.Refresh(ctx, ann, &Authors.F.Posts))
	log.is(t, postsOf+" [1]")
	assert.Equal(t, []string{"one", "two", "four"}, titlesOf(t, &ann.Posts))
	assert.Equal(t, "mine", ann.Name, "fields stay as they are")

	runAll(t, s, "UPDATE posts SET author_id = NULL WHERE id = 1")
	log.take()
	require.NoError(t, s.Expire(ann, "Posts"))
	assert.Equal(t, []string{"one", "two", "four"}, titlesOf(t, &ann.Posts), "it keeps what it had until it is loaded")
	list, err := ann.Posts.Load(ctx)
	require.NoError(t, err)
	assert.Equal(t, []string{"two", "four"}, titles(list))
	require.NoError(t, s.Refresh(ctx, ann, &Authors.F.Profile, &Authors.F.Name))
	var sent []string
	for _, st := range log.take() {
		sent = append(sent, line(st))
	}
	assert.Equal(t, []string{"SELECT authors.name FROM authors WHERE authors.id = ? [1]", profileOf + " [1]"}, sent[len(sent)-2:])
	assert.True(t, ann.Profile.Loaded())

	assert.EqualError(t, s.Expire(ann, &Posts.F.Tags), "orm: expiring: Post.Tags is not a relationship of a Author")
	assert.ErrorContains(t, s.Refresh(ctx, ann, &new(Author).Posts), notPrototype)
	assert.ErrorContains(t, s.Expire(ann, "Pots"), `a Author has no field or column "Pots"`)

	s2, _, album := withAlbum(t)
	assert.EqualError(t, s2.Refresh(ctx, album, &Albums.F.Plays), "orm: refreshing: Album.Plays is write_only, so it is never read as a whole")
}
