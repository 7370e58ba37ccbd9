package orm_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

// shelf is a database with two authors and their posts, and a recorder of the
// statements that follow.
func shelf() (*orm.Session, *orm.Recorder, func()) {
	ctx := context.Background()
	recorder := &orm.Recorder{}
	engine, err := orm.Open("sqlite://", orm.Options{Observers: []orm.Observer{recorder.Observer()}})
	check(err)
	check(orm.CreateAll(ctx, engine, related...))
	session := orm.NewSession(engine)
	for _, name := range []string{"Ann", "Bob"} {
		a := &Author{Name: name}
		check(a.Posts.Add(&Post{Title: name + "'s first"}, &Post{Title: name + "'s second"}))
		check(session.Add(a))
	}
	check(session.Commit(ctx))
	check(session.Close())
	recorder.Reset()
	session = orm.NewSession(engine)
	return session, recorder, func() { session.Close(); engine.Close() }
}

// show prints the authors with their posts, which must be loaded, and how many
// statements that took.
func show(authors []*Author, recorder *orm.Recorder) {
	for _, a := range authors {
		posts, err := a.Posts.All()
		check(err)
		fmt.Println(a.Name, len(posts), posts[0].Title)
	}
	fmt.Println(len(recorder.Statements()), "statements")
}

// Both sides of a relationship are in step at once; the flush writes the
// foreign keys, parents first.
func ExampleMany() {
	ctx := context.Background()
	session, end := kennel(related...)
	defer end()
	ann, post := &Author{Name: "Ann"}, &Post{Title: "Hello"}
	check(session.Add(ann))
	check(ann.Posts.Add(post)) // which brings the post into the session
	author, err := post.Author.Get()
	check(err)
	fmt.Println(author.Name, session.Contains(post))
	check(session.Commit(ctx))
	fmt.Println(post.AuthorID)

	check(ann.Posts.Remove(post)) // delete-orphan: a post needs an author
	check(session.Commit(ctx))
	n, err := orm.Select1(orm.Count()).From(Posts).One(ctx, session)
	check(err)
	fmt.Println(n)
	// Output:
	// Ann true
	// 1
	// 0
}

// Nothing is loaded behind the program's back: not loaded is told from empty.
func ExampleErrNotLoaded() {
	ctx := context.Background()
	session, _, end := shelf()
	defer end()
	ann, err := Authors.Get(ctx, session, 1)
	check(err)
	_, err = ann.Posts.All()
	fmt.Println(errors.Is(err, orm.ErrNotLoaded))
	posts, err := ann.Posts.Load(ctx)
	check(err)
	fmt.Println(len(posts))
	// Output:
	// true
	// 2
}

// One query for the authors, one for the posts of all of them.
func ExampleSelectIn() {
	session, recorder, end := shelf()
	defer end()
	authors, err := Authors.Select().OrderBy(orm.C(&Authors.F.ID).Asc()).
		Options(orm.SelectIn(&Authors.F.Posts)).All(context.Background(), session)
	check(err)
	show(authors, recorder)
	// Output:
	// Ann 2 Ann's first
	// Bob 2 Bob's first
	// 2 statements
}

// The latest post of each author: the limit is for each of them.
func ExampleLoader_Limit() {
	session, recorder, end := shelf()
	defer end()
	latest := orm.SelectIn(&Authors.F.Posts).OrderBy(orm.C(&Posts.F.ID).Desc()).Limit(1)
	authors, err := Authors.Select().OrderBy(orm.C(&Authors.F.ID).Asc()).Options(latest).All(context.Background(), session)
	check(err)
	show(authors, recorder)
	// Output:
	// Ann 1 Ann's second
	// Bob 1 Bob's second
	// 2 statements
}

// One query for all. The limit counts authors, not the rows of the join.
func ExampleJoined() {
	session, recorder, end := shelf()
	defer end()
	authors, err := Authors.Select().OrderBy(orm.C(&Authors.F.ID).Asc()).Limit(1).
		Options(orm.Joined(&Authors.F.Posts)).All(context.Background(), session)
	check(err)
	show(authors, recorder)
	// Output:
	// Ann 2 Ann's first
	// 1 statements
}

// The second query contains the first, whatever that is.
func ExampleSubqueryLoad() {
	session, recorder, end := shelf()
	defer end()
	authors, err := Authors.Select().Where(orm.C(&Authors.F.Name).Like("B%")).
		Options(orm.SubqueryLoad(&Authors.F.Posts)).All(context.Background(), session)
	check(err)
	show(authors, recorder)
	// Output:
	// Bob 2 Bob's first
	// 2 statements
}

// The handle gets what the query itself has joined.
func ExampleContainsEager() {
	session, recorder, end := shelf()
	defer end()
	authors, err := Authors.Select().Join(orm.Along(&Authors.F.Posts), orm.C(&Posts.F.Title).Like("%second")).
		OrderBy(orm.C(&Authors.F.ID).Asc()).Options(orm.ContainsEager(&Authors.F.Posts)).All(context.Background(), session)
	check(err)
	show(authors, recorder)
	// Output:
	// Ann 1 Ann's second
	// Bob 1 Bob's second
	// 1 statements
}

// A session that leaves rows out of every query, loads of relationships
// included: soft deletion, or the rows of one tenant.
func ExampleCriteria() {
	ctx := context.Background()
	session, _, end := shelf()
	defer end()
	session.AddCriteria(orm.Criteria(Posts, orm.Not(orm.C(&Posts.F.Title).Like("%first"))))
	ann, err := Authors.Get(ctx, session, 1)
	check(err)
	posts, err := ann.Posts.Load(ctx)
	check(err)
	fmt.Println(titles(posts))
	// Output: [Ann's second]
}

// Many loads from one line are N+1, which the recorder finds.
func ExampleRecorder_Repeated() {
	ctx := context.Background()
	session, recorder, end := shelf()
	defer end()
	authors, err := Authors.Select().All(ctx, session)
	check(err)
	for _, a := range authors {
		_, err := a.Posts.Load(ctx) // SelectIn would be one query
		check(err)
	}
	for _, r := range recorder.Repeated(2) {
		fmt.Println(r.Times, r.SQL[:len("SELECT posts.id")])
	}
	// Output: 2 SELECT posts.id
}
