// Command 06-between asks for a range of ages.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
	students, err := orm.Select(age, pop2008).
		Where(state.Eq("District of Columbia"), sex.Eq("F"), age.Between(16, 20)).
		All(ctx, engine)
	if err != nil {
		return err
	}
	show.Table(students)
	return nil
}
