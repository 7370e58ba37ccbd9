// Command 09-nothing asks for rows that are not there, and for one of many.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
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

	puertoRico := orm.Select(census.Table).Where(state.Eq("Puerto Rico"))
	rows, err := puertoRico.All(ctx, engine)
	if err != nil {
		return err
	}
	fmt.Println("All:  ", rows.Len(), "rows")

	_, err = puertoRico.First(ctx, engine)
	fmt.Println("First:", err, errors.Is(err, orm.ErrNoRows))

	texas := orm.Select(census.Table).Where(state.Eq("Texas"))
	_, err = texas.One(ctx, engine)
	fmt.Println("One:  ", err, errors.Is(err, orm.ErrMultipleRows))
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
