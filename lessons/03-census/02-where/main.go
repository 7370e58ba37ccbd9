// Command 02-where looks for the groups of more than 300,000 people.
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

	large, err := orm.Select(census.Table).Where(pop2008.Gt(300_000)).All(ctx, engine)
	if err != nil {
		return err
	}
	show.Table(large)
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
