// Command 01-load fills the table census and adds it up.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/playground/show"
)

// The columns of the table census.
var (
	state   = census.Table.C("state")
	sex     = census.Table.C("sex")
	age     = census.Table.C("age")
	pop2000 = census.Table.C("pop2000")
	pop2008 = census.Table.C("pop2008")
)

func run(ctx context.Context) error {
	engine, err := orm.Open("sqlite:///census.db", orm.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := census.Load(ctx, engine); err != nil {
		return err
	}

	totals, err := orm.Select(
		orm.Count().As("groups"),
		orm.Sum(pop2000).As("people_2000"),
		orm.Sum(pop2008).As("people_2008"),
	).From(census.Table).All(ctx, engine)
	if err != nil {
		return err
	}
	show.Table(totals)
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
