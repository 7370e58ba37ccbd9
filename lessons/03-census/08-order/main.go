// Command 08-order pages through the largest groups.
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

	largest := orm.Select(census.Table).
		OrderBy(pop2008.Desc(), state.Asc(), sex.Asc(), age.Asc()).
		Limit(3)
	for page := range 2 {
		rows, err := largest.Offset(3*page).All(ctx, engine)
		if err != nil {
			return err
		}
		show.Titled(fmt.Sprint("page ", page+1), rows)
	}
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
