// Command 08-order pages through the largest groups.
package main

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
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
