// Command 10-text runs SQL that somebody wrote, with values for its binds.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/lessons/students"
	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

func run(ctx context.Context) error {
	engine, err := orm.Open("sqlite:///students.db", orm.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := students.Load(ctx, engine); err != nil {
		return err
	}

	text := orm.Text("select students.name, students.lastname from students" +
		" where students.name between :x and :y")
	rows, err := text.Bind("x", "A").Bind("y", "L").All(ctx, engine)
	if err != nil {
		return err
	}
	for _, row := range rows.All() {
		fmt.Println(row)
	}
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
