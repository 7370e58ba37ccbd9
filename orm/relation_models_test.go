package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Author, Profile, Post and Tag have relationships of all kinds.
type Author struct {
	ID      int64            `orm:"primary_key"`
	Name    string           `orm:"size:50"`
	Posts   orm.Many[Post]   `orm:"back_populates:Author,cascade:all delete-orphan,order_by:ID"`
	Profile orm.One[Profile] `orm:"back_populates:Author"`
}

type Profile struct {
	ID       int64           `orm:"primary_key"`
	Motto    string          `orm:"size:50"`
	AuthorID orm.Null[int64] `orm:"foreign_key:authors.id,unique"`
	Author   orm.One[Author] `orm:"back_populates:Profile"`
}

type Post struct {
	ID       int64           `orm:"primary_key"`
	Title    string          `orm:"size:50"`
	AuthorID orm.Null[int64] `orm:"foreign_key:authors.id"`
	ParentID orm.Null[int64] `orm:"foreign_key:posts.id"`
	Author   orm.One[Author] `orm:"back_populates:Posts"`
	Parent   orm.One[Post]   `orm:"back_populates:Replies"`
	Replies  orm.Many[Post]  `orm:"back_populates:Parent,foreign_key:ParentID,order_by:ID"`
	Tags     orm.Many[Tag]   `orm:"secondary:post_tags,back_populates:Posts,order_by:Name desc ID"`
}

type Tag struct {
	ID    int64          `orm:"primary_key"`
	Name  string         `orm:"size:50"`
	Posts orm.Many[Post] `orm:"secondary:post_tags,back_populates:Tags,order_by:ID"`
}

// Shelf and Item have a key of two columns, and no way back.
type Shelf struct {
	Room   string         `orm:"primary_key,size:20"`
	Number int64          `orm:"primary_key"`
	Items  orm.Many[Item] `orm:"order_by:ID"`
}

type Item struct {
	ID     int64            `orm:"primary_key"`
	Room   orm.Null[string] `orm:"size:20"`
	Number orm.Null[int64]
	Shelf  orm.One[Shelf]
}

var (
	Authors  = orm.Declare[Author]("authors")
	Profiles = orm.Declare[Profile]("profiles")
	Posts    = orm.Declare[Post]("posts")
	Tags     = orm.Declare[Tag]("tags")
	Shelves  = orm.Declare[Shelf]("shelves")
	Items    = orm.Declare[Item]("items", orm.ForeignKey("Room", "Number").References("shelves", "room", "number"))
)

var related = []orm.Mapped{Authors, Profiles, Posts, Tags, Shelves, Items}

// library is what the tests of relationships read.
var library = []string{
	"INSERT INTO authors (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cid')",
	"INSERT INTO profiles (id, motto, author_id) VALUES (1, 'so it goes', 1)",
	"INSERT INTO posts (id, title, author_id, parent_id) VALUES (1, 'one', 1, NULL), (2, 'two', 1, 1), (3, 'three', 2, 1), (4, 'four', NULL, 2)",
	"INSERT INTO tags (id, name) VALUES (1, 'go'), (2, 'sql'), (3, 'wasm')",
	"INSERT INTO post_tags (post_id, tag_id) VALUES (1, 1), (1, 2), (2, 2)",
	"INSERT INTO shelves (room, number) VALUES ('a', 1), ('a', 2), ('b', 1)",
	"INSERT INTO items (id, room, number) VALUES (1, 'a', 1), (2, 'a', 1), (3, 'b', 1), (4, 'b', NULL)",
}

// fillLibrary makes the tables and fills them.
func fillLibrary(t testing.TB, engine *orm.Engine) {
	t.Helper()
	require.NoError(t, orm.CreateAll(context.Background(), engine, related...))
	for _, sql := range library {
		_, err := orm.Text(sql).Exec(context.Background(), engine)
		require.NoError(t, err, sql)
	}
}

// withLibrary is a session on the library that has loaded nothing.
func withLibrary(t testing.TB) (*orm.Session, *sent) {
	t.Helper()
	engine, log := recorded(t)
	fillLibrary(t, engine)
	s := session(t, engine)
	_, err := orm.Text("SELECT 1").All(context.Background(), s) // so that the transaction has begun
	require.NoError(t, err)
	log.take()
	return s, log
}

// byID returns all objects of a model, in order.
func byID[T any](t testing.TB, s *orm.Session, m *orm.Model[T], id *int64, options ...orm.Loader) []*T {
	t.Helper()
	list, err := m.Select().OrderBy(orm.C(id).Asc()).Options(options...).All(context.Background(), s)
	require.NoError(t, err)
	return list
}

// titles are those of posts.
func titles(posts []*Post) []string {
	list := []string{}
	for _, p := range posts {
		list = append(list, p.Title)
	}
	return list
}

// titlesOf are those of the posts of a handle, which must be loaded.
func titlesOf(t testing.TB, h *orm.Many[Post]) []string {
	t.Helper()
	posts, err := h.All()
	require.NoError(t, err)
	return titles(posts)
}

// tagsOf are the names of a post's tags, which must be loaded.
func tagsOf(t testing.TB, p *Post) []string {
	t.Helper()
	tags, err := p.Tags.All()
	require.NoError(t, err)
	list := []string{}
	for _, tag := range tags {
		list = append(list, tag.Name)
	}
	return list
}
