// Command 09-nothing asks for rows that are not there, and for one of many.
package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
)

func run(ctx context.Context, engine *orm.Engine) error {
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
