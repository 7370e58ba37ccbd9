// Command 12-pyramid adds people up by age and sex, and draws both sides.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
	groups, err := orm.Select(age, sex, orm.Sum(pop2000).As("people")).
		GroupBy(age, sex).
		OrderBy(age.Asc(), sex.Asc()).
		All(ctx, engine)
	if err != nil {
		return err
	}
	show.Chart{Title: "People by age and sex, 2000"}.Pyramid(groups)
	return nil
}
