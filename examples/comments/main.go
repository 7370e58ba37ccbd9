// Command comments is a small application on the ORM: users who comment on
// pages and reply to each other. models.go says what there is, store.go what
// the application does with it, and this file plays a day of it.
//
//	go run ./examples/comments            in memory
//	go run ./examples/comments -sql       with every statement
//	go run ./examples/comments -db sqlite:///comments.db
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/mysql"
	_ "github.com/ormlab/ormlab/orm/dialect/postgres"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

func main() {
	url := flag.String("db", "sqlite://", "URL of an empty database")
	sql := flag.Bool("sql", false, "print every statement")
	flag.Parse()
	var options orm.Options
	if *sql {
		options.Echo = os.Stdout
	}
	if err := run(context.Background(), os.Stdout, *url, options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, url string, options orm.Options) error {
	store, err := open(ctx, url, options)
	if err != nil {
		return err
	}
	defer store.engine.Close()
	d := &day{ctx: ctx, out: out, store: store}
	for _, part := range []func() error{d.talk, d.read, d.pages, d.moderate, d.leave} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// day is one run of the application.
type day struct {
	ctx   context.Context
	out   io.Writer
	store *Store
}

func (d *day) say(format string, args ...any) { fmt.Fprintf(d.out, format+"\n", args...) }

const page = "/go"

// talk: three users comment and reply.
func (d *day) talk() error {
	if err := d.store.AddUsers(d.ctx, "ann", "bob", "cid"); err != nil {
		return err
	}
	for _, c := range []struct {
		author, body string
		parent       int64
	}{
		{"ann", "Generics, at last.", 0},
		{"bob", "I still write interfaces.", 1},
		{"cid", "Both of you are right.", 2},
		{"bob", "Is there an ORM?", 0},
		{"ann", "There is one now.", 4},
		{"cid", "Buy cheap watches!", 4},
	} {
		if _, err := d.store.Say(d.ctx, c.author, page, c.body, c.parent); err != nil {
			return err
		}
	}
	_, err := d.store.Say(d.ctx, "dan", page, "Hello?", 0)
	d.say("a user who is not there: %v", err)
	return nil
}

// read prints the tree.
func (d *day) read() error {
	tree, err := d.store.Tree(d.ctx, page)
	if err != nil {
		return err
	}
	d.say("\ncomments on %s", page)
	return d.print(tree, 1)
}

func (d *day) print(list []*Comment, depth int) error {
	for _, c := range list {
		author, err := c.Author.Get()
		if err != nil {
			return err
		}
		d.say("%s%d %s: %s", strings.Repeat("  ", depth), c.ID, author.Name, c.Body)
		if !c.Replies.Loaded() {
			continue // as deep as the page shows
		}
		replies, err := c.Replies.All()
		if err != nil {
			return err
		}
		if err := d.print(replies, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// pages goes through all comments in two ways.
func (d *day) pages() error {
	list, total, err := d.store.Page(d.ctx, 2, 2)
	if err != nil {
		return err
	}
	d.say("\npage 2 of %d: %s", (total+1)/2, numbers(list))
	list, err = d.store.Older(d.ctx, list[len(list)-1].ID, 2)
	if err != nil {
		return err
	}
	d.say("older ones: %s", numbers(list))
	users, err := d.store.Latest(d.ctx, 1)
	if err != nil {
		return err
	}
	for _, u := range users {
		latest, err := u.Comments.All()
		if err != nil {
			return err
		}
		d.say("the latest of %s: %s", u.Name, numbers(latest))
	}
	return nil
}

func numbers(list []*Comment) string {
	var parts []string
	for _, c := range list {
		parts = append(parts, fmt.Sprint(c.ID))
	}
	return strings.Join(parts, ", ")
}

// moderate hides a comment, which every query then leaves out.
func (d *day) moderate() error {
	if err := d.store.Remove(d.ctx, 6); err != nil {
		return err
	}
	if err := d.read(); err != nil {
		return err
	}
	n, err := d.store.Count(d.ctx)
	d.say("rows: %d", n)
	return err
}

// leave deletes a user, whose comments go, and the replies to them.
func (d *day) leave() error {
	if err := d.store.Forget(d.ctx, "bob"); err != nil {
		return err
	}
	if err := d.read(); err != nil {
		return err
	}
	n, err := d.store.Count(d.ctx)
	d.say("rows: %d", n)
	return err
}
