package ormtest

import (
	"context"
	"fmt"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Bands have albums, which do not exist without them; albums have genres;
// branches are a tree; halls have seats by a key of two columns.
type (
	band struct {
		ID     int64              `orm:"primary_key"`
		Name   string             `orm:"size:30"`
		Albums orm.Many[album]    `orm:"back_populates:Band,cascade:all delete-orphan,order_by:ID"`
		Site   orm.One[site]      `orm:"back_populates:Band"`
		Fans   orm.Many[follower] `orm:"order_by:ID"`
	}
	site struct {
		ID     int64           `orm:"primary_key"`
		Link   string          `orm:"size:30"`
		BandID orm.Null[int64] `orm:"foreign_key:bands.id,unique"`
		Band   orm.One[band]   `orm:"back_populates:Site"`
	}
	follower struct {
		ID     int64           `orm:"primary_key"`
		BandID orm.Null[int64] `orm:"foreign_key:bands.id"`
	}
	album struct {
		ID     int64           `orm:"primary_key"`
		Title  string          `orm:"size:30"`
		BandID int64           `orm:"foreign_key:bands.id"`
		Band   orm.One[band]   `orm:"back_populates:Albums"`
		Genres orm.Many[genre] `orm:"secondary:album_genres,back_populates:Albums,order_by:ID"`
	}
	genre struct {
		ID     int64           `orm:"primary_key"`
		Name   string          `orm:"size:30"`
		Albums orm.Many[album] `orm:"secondary:album_genres,back_populates:Genres,order_by:ID"`
	}
	branch struct {
		ID       int64            `orm:"primary_key"`
		Name     string           `orm:"size:30"`
		ParentID orm.Null[int64]  `orm:"foreign_key:branches.id"`
		Parent   orm.One[branch]  `orm:"back_populates:Children"`
		Children orm.Many[branch] `orm:"back_populates:Parent,cascade:all,order_by:ID"`
	}
	hall struct {
		City   string         `orm:"primary_key,size:20"`
		Number int64          `orm:"primary_key"`
		Seats  orm.Many[seat] `orm:"back_populates:Hall,order_by:ID"`
	}
	seat struct {
		ID     int64            `orm:"primary_key"`
		City   orm.Null[string] `orm:"size:20"`
		Number orm.Null[int64]
		Hall   orm.One[hall] `orm:"back_populates:Seats"`
	}
)

var (
	bands     = orm.Declare[band]("bands")
	sites     = orm.Declare[site]("sites")
	followers = orm.Declare[follower]("followers")
	albums    = orm.Declare[album]("albums")
	genres    = orm.Declare[genre]("genres")
	branches  = orm.Declare[branch]("branches")
	halls     = orm.Declare[hall]("halls")
	seats     = orm.Declare[seat]("seats", orm.ForeignKey("City", "Number").References("halls", "city", "number"))

	related = []orm.Mapped{bands, sites, followers, albums, genres, branches, halls, seats}
)

// relationshipCases are what handles read and write.
var relationshipCases = []testCase{
	{"one to many", func(t *test) {
		t.create(related...)
		s := t.session()
		ann, bob := &band{Name: "ann"}, &band{Name: "bob"}
		add(t, &ann.Albums, &album{Title: "first"}, &album{Title: "second"})
		require.NoError(t, s.Add(ann, bob))
		require.NoError(t, s.Commit(t.ctx), "parents are inserted first")
		assert.Equal(t, "('ann', 'first') ('ann', 'second')", t.discography(s))

		list, err := ann.Albums.Load(t.ctx)
		require.NoError(t, err)
		add(t, &bob.Albums, list[0])
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "('bob', 'first') ('ann', 'second')", t.discography(s), "a child moves")
		require.NoError(t, ann.Albums.Set(&album{Title: "third"}))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "('bob', 'first') ('ann', 'third')", t.discography(s), "an orphan goes")
		require.NoError(t, s.Delete(bob))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "('ann', 'third')", t.discography(s), "a deletion cascades")
	}},
	{"one to one", func(t *test) {
		t.create(related...)
		s := t.session()
		ann := &band{Name: "ann"}
		require.NoError(t, ann.Site.Set(&site{Link: "old"}))
		require.NoError(t, s.Add(ann))
		require.NoError(t, s.Commit(t.ctx))
		require.NoError(t, ann.Site.Set(&site{Link: "new"}))
		require.NoError(t, s.Commit(t.ctx), "the old one makes room")
		assert.Equal(t, "('old', NULL) ('new', 1)", t.rows(s, orm.Select(orm.C(&sites.F.Link), orm.C(&sites.F.BandID)).OrderBy(orm.C(&sites.F.ID).Asc())))
	}},
	{"many to many", func(t *test) {
		t.create(related...)
		s := t.session()
		ann, jazz, rock := &band{Name: "ann"}, &genre{Name: "jazz"}, &genre{Name: "rock"}
		first, second := &album{Title: "first"}, &album{Title: "second"}
		add(t, &ann.Albums, first, second)
		add(t, &first.Genres, jazz, rock)
		add(t, &rock.Albums, second)
		require.NoError(t, s.Add(ann))
		require.NoError(t, s.Commit(t.ctx))
		links := func() string {
			return t.rows(s, orm.Text("SELECT album_id, genre_id FROM album_genres ORDER BY album_id, genre_id"))
		}
		assert.Equal(t, "(1, 1) (1, 2) (2, 2)", links())
		require.NoError(t, first.Genres.Remove(jazz))
		add(t, &jazz.Albums, second)
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "(1, 2) (2, 1) (2, 2)", links())
		require.NoError(t, s.Delete(rock))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "(2, 1)", links(), "the rows of what is deleted go with it")
	}},
	{"a tree", func(t *test) {
		t.create(related...)
		s := t.session()
		root := &branch{Name: "root"}
		leaf := &branch{Name: "leaf"}
		middle := &branch{Name: "middle"}
		add(t, &middle.Children, leaf)
		require.NoError(t, s.Add(leaf, middle)) // children first
		add(t, &root.Children, middle, &branch{Name: "other"})
		require.NoError(t, s.Add(root))
		require.NoError(t, s.Commit(t.ctx))
		parent := branches.As("parent")
		tree := orm.Select(orm.C(&branches.F.Name), orm.C(&parent.F.Name)).From(branches).
			LeftJoin(parent, orm.N(&branches.F.ParentID).EqExpr(orm.C(&parent.F.ID))).OrderBy(orm.C(&branches.F.Name).Asc())
		assert.Equal(t, "('leaf', 'middle') ('middle', 'root') ('other', 'root') ('root', NULL)", t.rows(s, tree))
		require.NoError(t, leaf.Parent.Set(root))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "('leaf', 'root') ('middle', 'root') ('other', 'root') ('root', NULL)", t.rows(s, tree))
		require.NoError(t, middle.Parent.Set(leaf))
		require.NoError(t, s.Commit(t.ctx))
		require.NoError(t, s.Close())

		s = t.session()
		top, err := branches.Get(t.ctx, s, root.ID)
		require.NoError(t, err)
		require.NoError(t, s.Delete(top))
		require.NoError(t, s.Commit(t.ctx), "grandchildren go before children")
		assert.Equal(t, "", t.rows(s, tree))
	}},
	{"keys of two columns", func(t *test) {
		t.create(related...)
		s := t.session()
		a, b := &hall{City: "Ó", Number: 1}, &hall{City: "Ó", Number: 2}
		one, two := &seat{}, &seat{}
		add(t, &a.Seats, one, two)
		require.NoError(t, s.Add(a, b))
		require.NoError(t, s.Commit(t.ctx))
		require.NoError(t, one.Hall.Set(b))
		require.NoError(t, a.Seats.Remove(two))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "(1, 'Ó', 2) (2, NULL, NULL)", t.rows(s, orm.Select(orm.C(&seats.F.ID), orm.C(&seats.F.City), orm.C(&seats.F.Number)).OrderBy(orm.C(&seats.F.ID).Asc())))
		require.NoError(t, s.Delete(b))
		require.NoError(t, s.Commit(t.ctx), "the seat is let go first")
	}},
	{"eager loading", eagerLoading},
	{"undone", func(t *test) {
		t.create(related...)
		s := t.session()
		ann, bob := &band{Name: "ann"}, &band{Name: "bob"}
		first := &album{Title: "first"}
		add(t, &ann.Albums, first)
		require.NoError(t, s.Add(ann, bob))
		require.NoError(t, s.Commit(t.ctx))
		move := func() {
			add(t, &bob.Albums, first, &album{Title: "second"})
			add(t, &first.Genres, &genre{Name: "jazz"})
			require.NoError(t, s.Flush(t.ctx))
			assert.Equal(t, "('bob', 'first') ('bob', 'second')", t.discography(s))
		}
		require.ErrorIs(t, s.Nested(t.ctx, func(context.Context) error { move(); return errUndo }), errUndo)
		require.Equal(t, "('ann', 'first')", t.discography(s))
		same := func() {
			t.Helper()
			list, err := ann.Albums.Load(t.ctx)
			require.NoError(t, err)
			require.Equal(t, []*album{first}, list)
			list, err = bob.Albums.Load(t.ctx)
			require.NoError(t, err)
			require.Empty(t, list)
		}
		same()
		move()
		require.NoError(t, s.Rollback(t.ctx))
		same()
		require.NoError(t, s.Delete(ann))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "", t.discography(s))
	}},
	{"conditions", func(t *test) {
		t.create(related...)
		s := t.session()
		t.bandsOf(s, 3)
		names := func(c orm.Cond) string {
			return t.rows(s, orm.Select(orm.C(&bands.F.Name)).Where(c).OrderBy(orm.C(&bands.F.ID).Asc()))
		}
		assert.Equal(t, "('band 1') ('band 2')", names(orm.Any(&bands.F.Albums)))
		assert.Equal(t, "('band 2')", names(orm.Any(&bands.F.Albums, orm.C(&albums.F.Title).Eq("album 2 of 2"))))
		assert.Equal(t, "('band 0')", names(orm.Not(orm.Any(&bands.F.Albums))))
		found, err := albums.Select().Where(orm.Has(&albums.F.Band, orm.C(&bands.F.Name).Eq("band 2"))).Join(orm.Along(&albums.F.Genres), orm.C(&genres.F.Name).Eq("even")).All(t.ctx, s)
		require.NoError(t, err)
		require.Len(t, found, 1)
		assert.Equal(t, "album 2 of 2", found[0].Title)
	}},
}

// eagerLoading: every strategy finds the same, in few statements, with and
// without a limit.
func eagerLoading(t *test) {
	recorder := &orm.Recorder{}
	engine := t.open(orm.Options{Observers: []orm.Observer{recorder.Observer()}})
	t.engine = engine
	t.create(related...)
	s := t.session()
	t.bandsOf(s, 4)
	require.NoError(t, s.Close())
	want := []string{"band 0: []", "band 1: [album 1 of 1[]]", "band 2: [album 1 of 2[] album 2 of 2[even]]", "band 3: [album 1 of 3[] album 2 of 3[even] album 3 of 3[]]"}
	query := bands.Select().OrderBy(orm.C(&bands.F.ID).Asc())
	albumsBy := func(how func(orm.Handle) orm.Loader) orm.Loader {
		return how(&bands.F.Albums).Then(how(&albums.F.Genres))
	}
	read := func(q orm.Query[band], l orm.Loader) (list []string, statements int) {
		t.Helper()
		s := t.session()
		recorder.Reset()
		found, err := q.Options(l).All(t.ctx, s)
		require.NoError(t, err)
		for _, b := range found {
			list = append(list, describe(t, b))
		}
		statements = len(recorder.Statements())
		require.NoError(t, s.Close())
		return list, statements
	}
	for _, strategy := range []struct {
		name       string
		how        func(orm.Handle) orm.Loader
		statements int
	}{{"SelectIn", orm.SelectIn, 3}, {"Joined", orm.Joined, 1}, {"SubqueryLoad", orm.SubqueryLoad, 3}} {
		list, n := read(query, albumsBy(strategy.how))
		assert.Equal(t, want, list, strategy.name)
		assert.Equal(t, strategy.statements, n, strategy.name)
		list, n = read(query.Limit(2).Offset(1), albumsBy(strategy.how))
		assert.Equal(t, want[1:3], list, "%s under a limit", strategy.name)
		assert.Equal(t, strategy.statements, n, strategy.name)
		list, _ = read(query, strategy.how(&bands.F.Albums).Where(orm.C(&albums.F.Title).Like("album 2%")).Then(strategy.how(&albums.F.Genres)))
		assert.Equal(t, []string{"band 0: []", "band 1: []", "band 2: [album 2 of 2[even]]", "band 3: [album 2 of 3[even]]"}, list, "%s with a condition", strategy.name)
	}
	for name, l := range map[string]orm.Loader{"forbidden": orm.Raise(&bands.F.Albums), "all forbidden": orm.RaiseAll()} {
		s := t.session()
		found, err := query.Options(l).All(t.ctx, s)
		require.NoError(t, err, name)
		_, err = found[1].Albums.Load(t.ctx)
		require.ErrorIs(t, err, orm.ErrNotLoaded, name)
		require.NoError(t, s.Close())
	}
	list, n := read(query, orm.SelectIn(&bands.F.Albums).OrderBy(orm.C(&albums.F.ID).Desc()).Limit(2).Then(orm.SelectIn(&albums.F.Genres)))
	assert.Equal(t, []string{want[0], want[1], "band 2: [album 2 of 2[even] album 1 of 2[]]", "band 3: [album 3 of 3[] album 2 of 3[even]]"}, list, "a limit for each parent")
	assert.Equal(t, 3, n)
	contained := query.Join(orm.Along(&bands.F.Albums), orm.C(&albums.F.Title).Like("album 2%"))
	list, n = read(contained, orm.ContainsEager(&bands.F.Albums).Then(orm.SelectIn(&albums.F.Genres)))
	assert.Equal(t, []string{"band 2: [album 2 of 2[even]]", "band 3: [album 2 of 3[even]]"}, list, "ContainsEager")
	assert.Equal(t, 2, n)
}

// describe says what a band's handles hold, which must be loaded.
func describe(t *test, b *band) string {
	t.Helper()
	list, err := b.Albums.All()
	require.NoError(t, err)
	var parts []string
	for _, a := range list {
		of, err := a.Band.Get()
		require.NoError(t, err)
		assert.Same(t, b, of)
		found, err := a.Genres.All()
		require.NoError(t, err)
		names := []string{}
		for _, g := range found {
			names = append(names, g.Name)
		}
		parts = append(parts, fmt.Sprint(a.Title, names))
	}
	return fmt.Sprintf("%s: %v", b.Name, parts)
}

// bandsOf adds bands: one with no album, one with one, and so on. Every second
// album has a genre.
func (t *test) bandsOf(s *orm.Session, n int) {
	t.Helper()
	even := &genre{Name: "even"}
	for i := range n {
		b := &band{Name: fmt.Sprint("band ", i)}
		for j := 1; j <= i; j++ {
			a := &album{Title: fmt.Sprintf("album %d of %d", j, i)}
			add(t, &b.Albums, a)
			if j%2 == 0 {
				add(t, &a.Genres, even)
			}
		}
		require.NoError(t, s.Add(b))
		require.NoError(t, s.Flush(t.ctx)) // so that keys are in this order
	}
	require.NoError(t, s.Commit(t.ctx))
}

// discography are the albums with their bands.
func (t *test) discography(s *orm.Session) string {
	t.Helper()
	return t.rows(s, orm.Select(orm.C(&bands.F.Name), orm.C(&albums.F.Title)).Join(albums, orm.C(&albums.F.BandID).EqExpr(orm.C(&bands.F.ID))).OrderBy(orm.C(&albums.F.ID).Asc()))
}

func add[T any](t *test, h *orm.Many[T], items ...*T) {
	t.Helper()
	require.NoError(t, h.Add(items...))
}
