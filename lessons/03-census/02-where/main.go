// Command 02-where looks for the groups of more than 300,000 people.
package main

import (
	"context"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
	large, err := orm.Select(census.Table).Where(pop2008.Gt(300_000)).All(ctx, engine)
	if err != nil {
		return err
	}
	show.Table(large)
	return nil
}
