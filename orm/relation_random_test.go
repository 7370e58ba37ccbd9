package orm_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

var (
	randomRuns  = flag.Int("random-graphs", 0, "number of random runs of the test of relationships; 0 is a few")
	randomFirst = flag.Int("random-first", 0, "seed of the first of them")
)

// world is what the database should hold, as plain values by the objects that
// stand for the rows.
type world struct {
	authors  map[*Author]string
	profiles map[*Profile]profileRow
	posts    map[*Post]postRow
	tags     map[*Tag]bool
	links    map[link]bool
	shelves  map[*Shelf]bool
	items    map[*Item]*Shelf
}

type profileRow struct {
	motto  string
	author *Author
}

type postRow struct {
	title  string
	author *Author
	parent *Post
}

type link struct {
	post *Post
	tag  *Tag
}

func newWorld() *world {
	return &world{map[*Author]string{}, map[*Profile]profileRow{}, map[*Post]postRow{}, map[*Tag]bool{}, map[link]bool{}, map[*Shelf]bool{}, map[*Item]*Shelf{}}
}

func (w *world) clone() *world {
	return &world{maps.Clone(w.authors), maps.Clone(w.profiles), maps.Clone(w.posts), maps.Clone(w.tags), maps.Clone(w.links), maps.Clone(w.shelves), maps.Clone(w.items)}
}

// dropPost is the deletion of a post: its replies lose their parent.
func (w *world) dropPost(p *Post) {
	delete(w.posts, p)
	for q, row := range w.posts {
		if row.parent == p {
			row.parent = nil
			w.posts[q] = row
		}
	}
	maps.DeleteFunc(w.links, func(l link, _ bool) bool { return l.post == p })
}

// dropAuthor is the deletion of an author: the posts go, the profile stays.
func (w *world) dropAuthor(a *Author) {
	delete(w.authors, a)
	for p, row := range w.posts {
		if row.author == a {
			w.dropPost(p)
		}
	}
	w.retire(a)
}

// retire takes an author's profile away.
func (w *world) retire(a *Author) {
	for p, row := range w.profiles {
		if row.author == a {
			row.author = nil
			w.profiles[p] = row
		}
	}
}

// above says whether p is q, or one of the posts that q replies to.
func (w *world) above(p, q *Post) bool {
	for ; q != nil; q = w.posts[q].parent {
		if p == q {
			return true
		}
	}
	return false
}

// lines are what the model says, as the database would.
func (w *world) lines() []string {
	list := []string{}
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	for a, name := range w.authors {
		add("author %s %d", name, a.ID)
	}
	for p, row := range w.profiles {
		add("profile %s %d of %s", row.motto, p.ID, w.authors[row.author])
	}
	for p, row := range w.posts {
		add("post %s %d of %s in %s", row.title, p.ID, w.authors[row.author], w.posts[row.parent].title)
	}
	for g := range w.tags {
		add("tag %s", g.Name)
	}
	for l := range w.links {
		add("link %s %s", w.posts[l.post].title, l.tag.Name)
	}
	for s := range w.shelves {
		add("shelf %s %d", s.Room, s.Number)
	}
	for i, s := range w.items {
		if s == nil {
			s = &Shelf{}
		}
		add("item %d in %s %d", i.ID, s.Room, s.Number)
	}
	slices.Sort(list)
	return list
}

// walk is one random run.
type walk struct {
	t         *testing.T
	r         *rand.Rand
	s         *orm.Session
	engine    *orm.Engine
	now       *world
	committed *world
	pool             // in the order in which they came, so that a seed tells the run
	pools     []pool // those of the savepoints, and of the last commit
	log       []string
	made      int
	depth     int // of savepoints
}

// pool are the objects that a step can take.
type pool struct {
	authors  []*Author
	profiles []*Profile
	posts    []*Post
	tags     []*Tag
	shelves  []*Shelf
	items    []*Item
}

func (p *pool) clone() pool {
	return pool{slices.Clone(p.authors), slices.Clone(p.profiles), slices.Clone(p.posts), slices.Clone(p.tags), slices.Clone(p.shelves), slices.Clone(p.items)}
}

func (k *walk) note(format string, args ...any) { k.log = append(k.log, fmt.Sprintf(format, args...)) }

func (k *walk) story() string { return strings.Join(k.log, "\n") }

func (k *walk) must(err error) {
	k.t.Helper()
	if err != nil {
		require.NoError(k.t, err, k.story())
	}
}

// tidy forgets objects that are in no row to be.
func (k *walk) tidy() {
	keep(&k.authors, k.now.authors)
	keep(&k.profiles, k.now.profiles)
	keep(&k.posts, k.now.posts)
	keep(&k.tags, k.now.tags)
	keep(&k.shelves, k.now.shelves)
	keep(&k.items, k.now.items)
}

func keep[T comparable, V any](list *[]T, rows map[T]V) {
	*list = slices.DeleteFunc(*list, func(o T) bool { _, ok := rows[o]; return !ok })
}

// some is one of a list; the zero value if there is none.
func some[T any](r *rand.Rand, list []T) (one T) {
	if len(list) == 0 {
		return one
	}
	return list[r.IntN(len(list))]
}

func (k *walk) chance() bool { return k.r.IntN(2) == 0 }

func (k *walk) name() string {
	k.made++
	return fmt.Sprintf("n%d", k.made)
}

// step does one random thing to the session and to the model.
func (k *walk) step(ctx context.Context) {
	if len(k.authors) == 0 {
		k.addAuthor()
	}
	if len(k.posts) == 0 {
		k.addPost()
	}
	switch n := k.r.IntN(32); {
	case n < 12:
		k.change(ctx, some(k.r, k.authors), some(k.r, k.posts), some(k.r, k.posts))
	case n < 15:
		k.tag(some(k.r, k.posts), some(k.r, k.tags))
	case n < 18:
		k.profile(ctx, some(k.r, k.authors), some(k.r, k.profiles))
	case n < 20:
		k.shelve(some(k.r, k.shelves), some(k.r, k.items))
	case n < 22:
		k.flush(ctx) // only what has a row can be deleted
		k.delete(ctx)
	case n < 27:
		k.look(ctx, some(k.r, k.authors), some(k.r, k.posts))
	case n < 28:
		k.merge(ctx, some(k.r, k.authors), some(k.r, k.posts))
	case n < 30:
		k.nested(ctx)
	case k.depth > 0: // only outside it can end the transaction
		k.flush(ctx)
	case n == 30:
		k.note("commit")
		k.must(k.s.Commit(ctx))
		k.tidy()
		k.committed, k.pools = k.now.clone(), []pool{k.clone()}
		k.check(ctx)
	default:
		k.note("rollback")
		k.must(k.s.Rollback(ctx))
		k.now, k.pool = k.committed.clone(), k.pools[0].clone()
		k.check(ctx)
	}
}

func (k *walk) addAuthor() {
	a := &Author{Name: k.name()}
	k.note("add author %s", a.Name)
	k.must(k.s.Add(a))
	k.now.authors[a] = a.Name
	k.authors = append(k.authors, a)
}

func (k *walk) addPost() {
	p, a := &Post{Title: k.name()}, some(k.r, k.authors)
	k.note("add post %s to %s", p.Title, a.Name)
	k.now.posts[p] = postRow{title: p.Title, author: a}
	k.posts = append(k.posts, p)
	if k.chance() {
		k.must(a.Posts.Add(p))
	} else {
		k.must(p.Author.Set(a))
		k.must(k.s.Add(p))
	}
}

// change is about authors and their posts, and posts that reply to others.
func (k *walk) change(ctx context.Context, a *Author, p, q *Post) {
	row := k.now.posts[p]
	defer func() {
		if _, ok := k.now.posts[p]; ok {
			k.now.posts[p] = row
		}
	}()
	switch k.r.IntN(9) {
	case 0:
		k.addAuthor()
	case 1:
		k.addPost()
	case 2:
		p.Title = k.name()
		row.title = p.Title
		k.note("title %d %s", p.ID, p.Title)
	case 3:
		k.note("move %s to %s by the collection", p.Title, a.Name)
		k.must(a.Posts.Add(p))
		row.author = a
	case 4:
		k.note("move %s to %s", p.Title, a.Name)
		k.must(p.Author.Set(a))
		row.author = a
	case 5:
		k.note("move %s to %s by way of none", p.Title, a.Name)
		k.must(row.author.Posts.Remove(p))
		k.must(a.Posts.Add(p))
		row.author = a
	case 6:
		if k.now.above(p, q) {
			return
		}
		k.note("%s replies to %s", p.Title, q.Title)
		if k.chance() {
			k.must(p.Parent.Set(q))
		} else {
			k.must(q.Replies.Add(p))
		}
		row.parent = q
	case 7:
		k.note("%s replies to nothing", p.Title)
		if row.parent != nil && k.chance() {
			k.must(row.parent.Replies.Remove(p))
		} else {
			k.must(p.Parent.Set(nil))
		}
		row.parent = nil
	case 8:
		k.note("take %s out of %s", p.Title, row.author.Name)
		if k.chance() {
			k.must(p.Author.Set(nil))
		} else {
			k.must(row.author.Posts.Remove(p))
		}
		k.now.dropPost(p)
		k.flush(ctx) // otherwise a new parent would save it
	}
}

// tag links and unlinks posts and tags.
func (k *walk) tag(p *Post, g *Tag) {
	if g == nil || k.r.IntN(4) == 0 {
		g = &Tag{Name: k.name()}
		k.note("add tag %s", g.Name)
		k.must(k.s.Add(g))
		k.now.tags[g] = true
		k.tags = append(k.tags, g)
	}
	l := link{p, g}
	k.note("link %s %s: %v", p.Title, g.Name, !k.now.links[l])
	switch {
	case k.now.links[l] && k.chance():
		k.must(p.Tags.Remove(g))
	case k.now.links[l]:
		k.must(g.Posts.Remove(p))
	case k.chance():
		k.must(p.Tags.Add(g))
		k.now.links[l] = true
		return
	default:
		k.must(g.Posts.Add(p))
		k.now.links[l] = true
		return
	}
	delete(k.now.links, l)
}

// profile is about a relationship of one to one, whose key is unique.
func (k *walk) profile(ctx context.Context, a *Author, p *Profile) {
	k.flush(ctx) // two profiles that change places would need an order of UPDATEs
	if _, ok := k.now.authors[a]; !ok {
		return
	}
	if p == nil || k.r.IntN(4) == 0 {
		p = &Profile{Motto: k.name()}
		k.must(k.s.Add(p))
		k.profiles = append(k.profiles, p)
		k.now.profiles[p] = profileRow{motto: p.Motto}
	}
	row := k.now.profiles[p]
	if row.author != nil && k.chance() {
		k.note("no profile %s of %s", p.Motto, row.author.Name)
		if k.chance() {
			k.must(row.author.Profile.Set(nil))
		} else {
			k.must(p.Author.Set(nil))
		}
		row.author = nil
	} else {
		k.note("profile %s of %s", p.Motto, a.Name)
		if k.chance() {
			k.must(a.Profile.Set(p))
		} else {
			k.must(p.Author.Set(a))
		}
		k.now.retire(a)
		row.author = a
	}
	k.now.profiles[p] = row
}

// shelve is about keys of two columns, and a relationship without a way back.
func (k *walk) shelve(s *Shelf, i *Item) {
	if s == nil || k.r.IntN(4) == 0 {
		k.made++
		s = &Shelf{Room: "a", Number: int64(k.made)}
		k.must(k.s.Add(s))
		k.shelves = append(k.shelves, s)
		k.now.shelves[s] = true
	}
	if i == nil || k.r.IntN(4) == 0 {
		i = &Item{}
		k.must(k.s.Add(i))
		k.items = append(k.items, i)
		k.now.items[i] = nil
	}
	old := k.now.items[i]
	if old != nil {
		k.note("item %d out of shelf %d", i.ID, old.Number)
		k.must(old.Items.Remove(i))
		k.now.items[i] = nil
	}
	if old == nil || k.chance() {
		k.note("item %d in shelf %d", i.ID, s.Number)
		k.must(s.Items.Add(i))
		k.now.items[i] = s
	}
}

func (k *walk) flush(ctx context.Context) {
	k.note("flush")
	k.must(k.s.Flush(ctx))
	k.tidy()
}

func (k *walk) delete(ctx context.Context) {
	var gone any
	switch k.r.IntN(6) {
	case 0:
		if a := some(k.r, k.authors); a != nil {
			k.note("delete author %s", a.Name)
			k.now.dropAuthor(a)
			gone = a
		}
	case 1:
		if p := some(k.r, k.posts); p != nil {
			k.note("delete post %s", p.Title)
			k.now.dropPost(p)
			gone = p
		}
	case 2:
		if g := some(k.r, k.tags); g != nil {
			k.note("delete tag %s", g.Name)
			delete(k.now.tags, g)
			maps.DeleteFunc(k.now.links, func(l link, _ bool) bool { return l.tag == g })
			gone = g
		}
	case 3:
		if p := some(k.r, k.profiles); p != nil {
			k.note("delete profile %s", p.Motto)
			delete(k.now.profiles, p)
			gone = p
		}
	case 4:
		if s := some(k.r, k.shelves); s != nil {
			k.note("delete shelf %d", s.Number)
			delete(k.now.shelves, s)
			for i, of := range k.now.items {
				if of == s {
					k.now.items[i] = nil
				}
			}
			gone = s
		}
	default:
		if i := some(k.r, k.items); i != nil {
			k.note("delete item %d", i.ID)
			delete(k.now.items, i)
			gone = i
		}
	}
	if gone != nil {
		k.must(k.s.Delete(gone))
		k.flush(ctx)
	}
}

// look reads, which changes nothing but what the session knows.
func (k *walk) look(ctx context.Context, a *Author, p *Post) {
	switch k.r.IntN(7) {
	case 0:
		k.note("query")
		_, err := Authors.Select().Options(orm.SelectIn(&Authors.F.Posts).Then(orm.SelectIn(&Posts.F.Tags))).All(ctx, k.s)
		k.must(err)
	case 1:
		k.note("joined query")
		_, err := Posts.Select().Options(orm.Joined(&Posts.F.Author).Then(orm.Joined(&Authors.F.Profile)), orm.Joined(&Posts.F.Replies)).All(ctx, k.s)
		k.must(err)
	case 2:
		k.flush(ctx)
		k.note("load of %s and %s", p.Title, a.Name)
		_, err := p.Replies.Load(ctx)
		k.must(err)
		_, err = a.Posts.Load(ctx)
		k.must(err)
		_, err = a.Profile.Load(ctx)
		k.must(err)
	case 3:
		k.flush(ctx) // what is not flushed would be dropped
		k.note("expire %s and %s", p.Title, a.Name)
		k.expire(a)
		k.expire(p)
	case 4:
		k.flush(ctx)
		k.note("expire all")
		k.must(k.s.ExpireAll())
	case 5:
		k.flush(ctx)
		if _, ok := k.now.posts[p]; ok {
			k.note("refresh %s", p.Title)
			k.must(k.s.Refresh(ctx, p))
		}
	default:
		k.flush(ctx)
		k.note("shelves")
		_, err := Shelves.Select().Options(orm.SubqueryLoad(&Shelves.F.Items)).All(ctx, k.s)
		k.must(err)
	}
}

// expire expires an object that has a row.
func (k *walk) expire(object any) {
	if i, err := k.s.Inspect(object); err == nil && i.State == orm.Persistent {
		k.must(k.s.Expire(object))
	}
}

// merge brings other objects with the same keys.
func (k *walk) merge(ctx context.Context, a *Author, p *Post) {
	k.flush(ctx)
	if _, ok := k.now.authors[a]; ok {
		name := k.name()
		k.note("merge author %s as %s", a.Name, name)
		got, err := orm.Merge(ctx, k.s, &Author{ID: a.ID, Name: name})
		k.must(err)
		require.Same(k.t, a, got, k.story())
		k.now.authors[a] = name
	}
	if row, ok := k.now.posts[p]; ok {
		row.title = k.name()
		k.note("merge post %s as %s", p.Title, row.title)
		got, err := orm.Merge(ctx, k.s, &Post{ID: p.ID, Title: row.title, AuthorID: p.AuthorID, ParentID: p.ParentID})
		k.must(err)
		require.Same(k.t, p, got, k.story())
		k.now.posts[p] = row
	}
}

// nested does several things in a savepoint, which is undone half of the time.
func (k *walk) nested(ctx context.Context) {
	if k.depth == 3 {
		return
	}
	fails := k.chance()
	k.note("begin nested")
	var before *world
	err := k.s.Nested(ctx, func(ctx context.Context) error {
		k.tidy() // it has flushed
		before = k.now.clone()
		k.pools = append(k.pools, k.clone())
		k.depth++
		for range 1 + k.r.IntN(6) {
			k.step(ctx)
		}
		if fails {
			return errUndo
		}
		return nil
	})
	k.depth--
	k.note("end nested, undone: %v", fails)
	if fails {
		require.ErrorIs(k.t, err, errUndo)
		k.now, k.pool = before, k.pools[len(k.pools)-1].clone()
	} else {
		k.must(err)
		k.tidy()
	}
	k.pools = k.pools[:len(k.pools)-1]
}

var errUndo = errors.New("undo")

// check compares the model with what another session reads, and with what the
// session itself knows.
func (k *walk) check(ctx context.Context) {
	k.t.Helper()
	want := k.now.lines()
	other := orm.NewSession(k.engine)
	require.Equal(k.t, want, k.read(ctx, other), k.story())
	require.NoError(k.t, other.Close())
	if k.chance() { // otherwise the walk goes on with what has expired
		k.own(ctx)
		require.Equal(k.t, want, k.read(ctx, k.s), k.story())
		k.must(k.s.Commit(ctx))
	}
}

// own compares the model with what the session's handles read.
func (k *walk) own(ctx context.Context) {
	for _, p := range k.posts {
		row := k.now.posts[p]
		a, err := p.Author.Load(ctx)
		k.must(err)
		require.Same(k.t, row.author, a, "%s\n%s", row.title, k.story())
		parent, err := p.Parent.Load(ctx)
		k.must(err)
		require.True(k.t, row.parent == parent, "%s\n%s", row.title, k.story())
		tags, err := p.Tags.Load(ctx)
		k.must(err)
		links := 0
		for l := range k.now.links {
			if l.post == p {
				require.Contains(k.t, tags, l.tag, "%s\n%s", row.title, k.story())
				links++
			}
		}
		require.Len(k.t, tags, links, "%s\n%s", row.title, k.story())
	}
	for _, i := range k.items {
		shelf, err := i.Shelf.Load(ctx)
		k.must(err)
		require.True(k.t, k.now.items[i] == shelf, "item %d\n%s", i.ID, k.story())
	}
}

// read reads all that there is.
func (k *walk) read(ctx context.Context, s *orm.Session) []string {
	list := []string{}
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	authors, err := Authors.Select().Options(orm.SelectIn(&Authors.F.Posts).Then(orm.SelectIn(&Posts.F.Tags)).Then(orm.SelectIn(&Posts.F.Parent))).All(ctx, s)
	k.must(err)
	for _, a := range authors {
		add("author %s %d", a.Name, a.ID)
		posts, err := a.Posts.Load(ctx)
		k.must(err)
		for _, p := range posts {
			parent, err := p.Parent.Load(ctx)
			k.must(err)
			title := ""
			if parent != nil {
				title = parent.Title
			}
			add("post %s %d of %s in %s", p.Title, p.ID, a.Name, title)
			tags, err := p.Tags.Load(ctx)
			k.must(err)
			for _, g := range tags {
				add("link %s %s", p.Title, g.Name)
			}
		}
	}
	profiles, err := Profiles.Select().Options(orm.Joined(&Profiles.F.Author)).All(ctx, s)
	k.must(err)
	for _, p := range profiles {
		a, err := p.Author.Load(ctx)
		k.must(err)
		if a == nil {
			a = &Author{}
		}
		add("profile %s %d of %s", p.Motto, p.ID, a.Name)
	}
	tags, err := Tags.Select().All(ctx, s)
	k.must(err)
	for _, g := range tags {
		add("tag %s", g.Name)
	}
	shelves, err := Shelves.Select().All(ctx, s)
	k.must(err)
	for _, s := range shelves {
		add("shelf %s %d", s.Room, s.Number)
	}
	items, err := Items.Select().All(ctx, s)
	k.must(err)
	for _, i := range items {
		room, _ := i.Room.Get()
		number, _ := i.Number.Get()
		add("item %d in %s %d", i.ID, room, number)
	}
	slices.Sort(list)
	return list
}

// TestRandomGraphs does random things to objects that are related, and compares
// the database with a plain model of it after every commit and rollback.
func TestRandomGraphs(t *testing.T) {
	runs, steps := 12, 60
	if *randomRuns > 0 {
		runs, steps = *randomRuns, 150
	}
	for seed := *randomFirst; seed < *randomFirst+runs; seed++ {
		engine := open(t, "sqlite://", orm.Options{})
		wander(t, engine, seed, steps)
		require.NoError(t, engine.Close())
	}
}

// wander is one random run on an empty database.
func wander(t *testing.T, engine *orm.Engine, seed, steps int) {
	ctx := context.Background()
	require.NoError(t, orm.CreateAll(ctx, engine, related...))
	k := &walk{t: t, r: rand.New(rand.NewPCG(uint64(seed), 62)), s: orm.NewSession(engine), engine: engine,
		now: newWorld(), committed: newWorld(), pools: make([]pool, 1)}
	k.note("seed %d", seed)
	for range steps {
		k.step(ctx)
	}
	k.must(k.s.Commit(ctx))
	k.tidy()
	k.check(ctx)
	require.NoError(t, k.s.Close())
}
