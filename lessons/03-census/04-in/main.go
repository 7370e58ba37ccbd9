// Command 04-in compares with lists of states.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
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
