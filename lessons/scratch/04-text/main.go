// Command 04-text runs SQL that somebody wrote, with a value for its bind.
package main

import (
	"context"
	"log"

	"github.com/ormlab/ormlab/lessons/students"
	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/playground/show"
)

func main() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite:///students.db", orm.Options{})
	check(err)
	defer engine.Close()
	check(students.Load(ctx, engine))

	query := orm.Text("SELECT name, lastname FROM students WHERE name >= :from ORDER BY name")
	rows, err := query.Bind("from", "K").All(ctx, engine)
	check(err)
	show.Table(rows)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
