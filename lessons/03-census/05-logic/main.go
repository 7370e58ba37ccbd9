// Command 05-logic puts conditions together with And, Or and Not.
package main

import (
	"context"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
	youngOrOld := orm.Or(age.Eq(0), age.Eq(85))
	groups, err := orm.Select(census.Table).
		Where(orm.And(state.Eq("Alaska"), youngOrOld, orm.Not(sex.Eq("M")))).
		All(ctx, engine)
	if err != nil {
		return err
	}
	show.Table(groups)
	return nil
}
