// Command 03-and combines conditions: old people in Texas.
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

	old := orm.Select(state, sex, age, pop2008).Where(state.Eq("Texas"), age.Ge(84))
	rows, err := old.All(ctx, engine)
	if err != nil {
		return err
	}
	show.Titled("84 and older in Texas", rows)

	rows, err = old.Where(sex.Eq("F")).All(ctx, engine)
	if err != nil {
		return err
	}
	show.Titled("of them women", rows)
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
