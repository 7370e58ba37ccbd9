// Command 03-and combines conditions: old people in Texas.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
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
