// Command 06-relationships loads authors with their posts, in two statements.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// Author is one row of the table authors.
type Author struct {
	ID    int64          `orm:"primary_key,autoincrement"`
	Name  string         `orm:"size:50"`
	Posts orm.Many[Post] `orm:"back_populates:Author"`
}

// Post is one row of the table posts.
type Post struct {
	ID       int64           `orm:"primary_key,autoincrement"`
	AuthorID int64           `orm:"foreign_key:authors.id"`
	Title    string          `orm:"size:100"`
	Author   orm.One[Author] `orm:"back_populates:Posts"`
}

// Authors and Posts map them to their tables.
var (
	Authors = orm.Declare[Author]("authors")
	Posts   = orm.Declare[Post]("posts")
)

func main() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	check(err)
	defer engine.Close()
	check(orm.CreateAll(ctx, engine, Authors, Posts))

	session := orm.NewSession(engine)
	defer session.Close()
	ada := &Author{Name: "Ada"}
	check(ada.Posts.Add(&Post{Title: "On engines"}, &Post{Title: "On looms"}))
	check(session.Add(ada, &Author{Name: "Grace"})) // the posts come along
	check(session.Commit(ctx))

	reader := orm.NewSession(engine)
	defer reader.Close()
	authors, err := Authors.Select().
		Options(orm.SelectIn(&Authors.F.Posts)). // without it, Posts.Load asks for one author's
		OrderBy(orm.C(&Authors.F.Name).Asc()).
		All(ctx, reader)
	check(err)
	for _, author := range authors {
		posts, err := author.Posts.All()
		check(err)
		fmt.Println(author.Name, "has", len(posts), "posts")
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
