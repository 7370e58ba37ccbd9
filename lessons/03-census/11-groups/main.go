// Command 11-groups adds people up by state, and draws them.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
	people := orm.Sum(pop2008)
	perState, err := orm.Select(state, people.As("people")).
		GroupBy(state).
		OrderBy(people.Desc()).
		All(ctx, engine)
	if err != nil {
		return err
	}
	show.Chart{Title: "People by state, 2008"}.Bar(perState)
	return nil
}
