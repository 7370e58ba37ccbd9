// Command 05-census asks the census for the states in which the most people
// of 85 and older lived.
package main

import (
	"context"
	"log"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/playground/show"
)

var (
	state   = census.Table.C("state")
	age     = census.Table.C("age")
	pop2008 = census.Table.C("pop2008")
)

func main() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite:///census.db", orm.Options{})
	check(err)
	defer engine.Close()
	check(census.Load(ctx, engine))

	old, err := orm.Select(census.Table).
		Where(age.Eq(85)).
		OrderBy(pop2008.Desc(), state.Asc()).
		Limit(5).
		All(ctx, engine)
	check(err)
	show.Table(old)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
