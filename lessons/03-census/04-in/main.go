// Command 04-in compares with lists of states.
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

	oldest, err := orm.Select(state, sex, pop2000, pop2008).
		Where(age.Eq(85), state.In("Florida", "New York")).
		All(ctx, engine)
	if err != nil {
		return err
	}
	show.Titled("85 and older", oldest)

	mainland, err := orm.Select(orm.Sum(pop2008).As("people")).
		Where(state.NotIn("Alaska", "Hawaii")).
		All(ctx, engine)
	if err != nil {
		return err
	}
	show.Titled("neither Alaska nor Hawaii", mainland)
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
