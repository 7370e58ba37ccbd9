package orm_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

var randomRuns = flag.Int("random-graphs", 0, "number of random runs of the test of relationships; 0 is a few")

// world is what the database should hold, as plain values by the objects that
// stand for the rows.
type world struct {
	authors map[*Author]string
	posts   map[*Post]postRow
	tags    map[*Tag]bool
	links   map[link]bool
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
	return &world{map[*Author]string{}, map[*Post]postRow{}, map[*Tag]bool{}, map[link]bool{}}
}

func (w *world) clone() *world {
	c := newWorld()
	for k, v := range w.authors {
		c.authors[k] = v
	}
	for k, v := range w.posts {
		c.posts[k] = v
	}
	for k, v := range w.tags {
		c.tags[k] = v
	}
	for k, v := range w.links {
		c.links[k] = v
	}
	return c
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
	for l := range w.links {
		if l.post == p {
			delete(w.links, l)
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

// walk is one random run.
type walk struct {
	t         *testing.T
	r         *rand.Rand
	s         *orm.Session
	engine    *orm.Engine
	now       *world
	committed *world
	authors   []*Author // in the order in which they came, so that a seed tells the run
	posts     []*Post
	tags      []*Tag
	log       []string
	made      int
}

func (k *walk) note(format string, args ...any) { k.log = append(k.log, fmt.Sprintf(format, args...)) }

func (k *walk) must(err error) {
	k.t.Helper()
	if err != nil {
		require.NoError(k.t, err, strings.Join(k.log, "\n"))
	}
}

// tidy forgets objects that are in no row to be.
func (k *walk) tidy() {
	k.authors = slices.DeleteFunc(k.authors, func(a *Author) bool { _, ok := k.now.authors[a]; return !ok })
	k.posts = slices.DeleteFunc(k.posts, func(p *Post) bool { _, ok := k.now.posts[p]; return !ok })
	k.tags = slices.DeleteFunc(k.tags, func(g *Tag) bool { return !k.now.tags[g] })
}

func pick[T any](r *rand.Rand, list []T) (one T, ok bool) {
	if len(list) == 0 {
		return one, false
	}
	return list[r.IntN(len(list))], true
}

func (k *walk) name() string {
	k.made++
	return fmt.Sprintf("n%d", k.made)
}

// adopt is what the model says when a post gets an author, nil for none: the
// relationship is delete-orphan.
func (k *walk) adopt(p *Post, a *Author) {
	row := k.now.posts[p]
	row.author = a
	k.now.posts[p] = row
}

// step does one random thing to the session and to the model.
func (k *walk) step(ctx context.Context) {
	a, haveAuthor := pick(k.r, k.authors)
	p, havePost := pick(k.r, k.posts)
	q, _ := pick(k.r, k.posts)
	g, haveTag := pick(k.r, k.tags)
	switch n := k.r.IntN(23); {
	case n == 0 || !haveAuthor:
		a := &Author{Name: k.name()}
		k.note("add author %s", a.Name)
		k.must(k.s.Add(a))
		k.now.authors[a] = a.Name
		k.authors = append(k.authors, a)
	case n < 3 || !havePost:
		p := &Post{Title: k.name()}
		k.note("add post %s to %s", p.Title, a.Name)
		k.now.posts[p] = postRow{title: p.Title, author: a}
		k.posts = append(k.posts, p)
		if k.r.IntN(2) == 0 {
			k.must(a.Posts.Add(p))
		} else {
			k.must(p.Author.Set(a))
			k.must(k.s.Add(p))
		}
	case n == 3 || !haveTag:
		g := &Tag{Name: k.name()}
		k.note("add tag %s", g.Name)
		k.must(k.s.Add(g))
		k.now.tags[g] = true
		k.tags = append(k.tags, g)
	case n < 6:
		p.Title = k.name()
		k.note("title %d %s", p.ID, p.Title)
		row := k.now.posts[p]
		row.title = p.Title
		k.now.posts[p] = row
	case n < 8:
		k.note("move %s to %s by the collection", p.Title, a.Name)
		k.must(a.Posts.Add(p))
		k.adopt(p, a)
	case n < 10:
		k.note("move %s to %s", p.Title, a.Name)
		k.must(p.Author.Set(a))
		k.adopt(p, a)
	case n == 10:
		if k.now.above(p, q) {
			return
		}
		k.note("%s replies to %s", p.Title, q.Title)
		if k.r.IntN(2) == 0 {
			k.must(p.Parent.Set(q))
		} else {
			k.must(q.Replies.Add(p))
		}
		row := k.now.posts[p]
		row.parent = q
		k.now.posts[p] = row
	case n == 11:
		k.note("%s replies to nothing", p.Title)
		row := k.now.posts[p]
		if row.parent != nil && k.r.IntN(2) == 0 {
			k.must(row.parent.Replies.Remove(p))
		} else {
			k.must(p.Parent.Set(nil))
		}
		row.parent = nil
		k.now.posts[p] = row
	case n == 12:
		a := k.now.posts[p].author
		k.note("take %s out of %s", p.Title, a.Name)
		k.must(a.Posts.Remove(p))
		k.now.dropPost(p)
		k.flush(ctx) // otherwise a new parent would save it
	case n < 15:
		l := link{p, g}
		if k.now.links[l] {
			return
		}
		k.note("link %s %s", p.Title, g.Name)
		if k.r.IntN(2) == 0 {
			k.must(p.Tags.Add(g))
		} else {
			k.must(g.Posts.Add(p))
		}
		k.now.links[l] = true
	case n == 15:
		l := link{p, g}
		if !k.now.links[l] {
			return
		}
		k.note("unlink %s %s", p.Title, g.Name)
		if k.r.IntN(2) == 0 {
			k.must(p.Tags.Remove(g))
		} else {
			k.must(g.Posts.Remove(p))
		}
		delete(k.now.links, l)
	case n == 16:
		k.flush(ctx) // only what has a row can be deleted
		k.delete(a, p, g)
	case n == 17:
		k.flush(ctx)
	case n == 18:
		k.note("query")
		_, err := Authors.Select().Options(orm.SelectIn(&Authors.F.Posts).Then(orm.SelectIn(&Posts.F.Tags))).All(ctx, k.s)
		k.must(err)
	case n == 19:
		k.note("load %s", p.Title)
		k.flush(ctx)
		_, err := p.Replies.Load(ctx)
		k.must(err)
		_, err = a.Posts.Load(ctx)
		k.must(err)
	case n == 20:
		k.note("commit")
		k.must(k.s.Commit(ctx))
		k.committed = k.now.clone()
		k.check(ctx)
	case n == 21:
		k.note("rollback")
		k.must(k.s.Rollback(ctx))
		k.now = k.committed.clone()
		k.revive()
		k.check(ctx)
	default:
		k.nested(ctx)
	}
}

func (k *walk) flush(ctx context.Context) {
	k.note("flush")
	k.must(k.s.Flush(ctx))
	k.tidy()
}

func (k *walk) delete(a *Author, p *Post, g *Tag) {
	switch k.r.IntN(3) {
	case 0:
		k.note("delete author %s", a.Name)
		k.must(k.s.Delete(a))
		delete(k.now.authors, a)
		for p, row := range k.now.posts {
			if row.author == a {
				k.now.dropPost(p)
			}
		}
	case 1:
		k.note("delete post %s", p.Title)
		k.must(k.s.Delete(p))
		k.now.dropPost(p)
	default:
		k.note("delete tag %s", g.Name)
		k.must(k.s.Delete(g))
		delete(k.now.tags, g)
		for l := range k.now.links {
			if l.tag == g {
				delete(k.now.links, l)
			}
		}
	}
	k.must(k.s.Flush(context.Background()))
	k.tidy()
}

// nested does several things in a savepoint, which is undone half of the time.
func (k *walk) nested(ctx context.Context) {
	fails := k.r.IntN(2) == 0
	before := k.now.clone()
	k.note("begin nested")
	err := k.s.Nested(ctx, func(ctx context.Context) error {
		for range 1 + k.r.IntN(5) {
			k.inside(ctx)
		}
		if fails {
			return errUndo
		}
		return nil
	})
	k.note("end nested, undone: %v", fails)
	if fails {
		require.ErrorIs(k.t, err, errUndo)
		k.now = before
		k.revive()
		return
	}
	k.must(err)
	k.tidy()
}

var errUndo = errors.New("undo")

// inside is a step that does not end the transaction.
func (k *walk) inside(ctx context.Context) {
	a, haveAuthor := pick(k.r, k.authors)
	p, havePost := pick(k.r, k.posts)
	if !haveAuthor || !havePost {
		return
	}
	switch k.r.IntN(4) {
	case 0:
		p := &Post{Title: k.name()}
		k.note("inside: add post %s to %s", p.Title, a.Name)
		k.must(a.Posts.Add(p))
		k.now.posts[p] = postRow{title: p.Title, author: a}
		k.posts = append(k.posts, p)
	case 1:
		k.note("inside: move %s to %s", p.Title, a.Name)
		k.must(p.Author.Set(a))
		k.adopt(p, a)
	case 2:
		k.flush(ctx)
		if g, ok := pick(k.r, k.tags); ok {
			k.delete(a, p, g)
		}
	default:
		k.flush(ctx)
	}
}

// revive lists the objects of the model again, in a fixed order.
func (k *walk) revive() {
	k.authors, k.posts, k.tags = nil, nil, nil
	for a := range k.now.authors {
		k.authors = append(k.authors, a)
	}
	for p := range k.now.posts {
		k.posts = append(k.posts, p)
	}
	for g := range k.now.tags {
		k.tags = append(k.tags, g)
	}
	slices.SortFunc(k.authors, func(a, b *Author) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(k.posts, func(a, b *Post) int { return strings.Compare(k.now.posts[a].title, k.now.posts[b].title) })
	slices.SortFunc(k.tags, func(a, b *Tag) int { return strings.Compare(a.Name, b.Name) })
}

// lines are what the model says, as the database would.
func (w *world) lines() []string {
	list := []string{}
	for a, name := range w.authors {
		list = append(list, fmt.Sprintf("author %s %d", name, a.ID))
	}
	for p, row := range w.posts {
		parent := "none"
		if row.parent != nil {
			parent = w.posts[row.parent].title
		}
		list = append(list, fmt.Sprintf("post %s of %s in %s", row.title, w.authors[row.author], parent), fmt.Sprintf("post %s %d", row.title, p.ID))
	}
	for g := range w.tags {
		list = append(list, "tag "+g.Name)
	}
	for l := range w.links {
		list = append(list, fmt.Sprintf("link %s %s", w.posts[l.post].title, l.tag.Name))
	}
	slices.Sort(list)
	return list
}

// check compares the model with what another session reads, and with what the
// session's own handles read.
func (k *walk) check(ctx context.Context) {
	k.t.Helper()
	want := k.now.lines()
	other := orm.NewSession(k.engine)
	require.Equal(k.t, want, k.read(ctx, other), strings.Join(k.log, "\n"))
	require.NoError(k.t, other.Close())
	require.Equal(k.t, want, k.read(ctx, k.s), strings.Join(k.log, "\n"))
	for p, row := range k.now.posts {
		a, err := p.Author.Load(ctx)
		k.must(err)
		require.Same(k.t, row.author, a, "%s\n%s", row.title, strings.Join(k.log, "\n"))
		tags, err := p.Tags.Load(ctx)
		k.must(err)
		for _, g := range tags {
			require.True(k.t, k.now.links[link{p, g}], "%s %s\n%s", row.title, g.Name, strings.Join(k.log, "\n"))
		}
	}
	k.must(k.s.Commit(ctx))
	k.tidy()
}

func (k *walk) read(ctx context.Context, s *orm.Session) []string {
	list := []string{}
	authors, err := Authors.Select().Options(orm.SelectIn(&Authors.F.Posts).Then(orm.SelectIn(&Posts.F.Tags)).Then(orm.SelectIn(&Posts.F.Parent))).All(ctx, s)
	k.must(err)
	for _, a := range authors {
		list = append(list, fmt.Sprintf("author %s %d", a.Name, a.ID))
		posts, err := a.Posts.Load(ctx)
		k.must(err)
		for _, p := range posts {
			parent, err := p.Parent.Load(ctx)
			k.must(err)
			name := "none"
			if parent != nil {
				name = parent.Title
			}
			list = append(list, fmt.Sprintf("post %s of %s in %s", p.Title, a.Name, name), fmt.Sprintf("post %s %d", p.Title, p.ID))
			tags, err := p.Tags.Load(ctx)
			k.must(err)
			for _, g := range tags {
				list = append(list, fmt.Sprintf("link %s %s", p.Title, g.Name))
			}
		}
	}
	tags, err := Tags.Select().All(ctx, s)
	k.must(err)
	for _, g := range tags {
		list = append(list, "tag "+g.Name)
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
	ctx := context.Background()
	for seed := range runs {
		engine := open(t, "sqlite://", orm.Options{})
		require.NoError(t, orm.CreateAll(ctx, engine, related...))
		k := &walk{t: t, r: rand.New(rand.NewPCG(uint64(seed), 62)), s: orm.NewSession(engine), engine: engine, now: newWorld(), committed: newWorld()}
		k.note("seed %d", seed)
		for range steps {
			k.step(ctx)
		}
		k.must(k.s.Commit(ctx))
		k.check(ctx)
		require.NoError(t, k.s.Close())
		require.NoError(t, engine.Close())
	}
}
