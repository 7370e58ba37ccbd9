// Command 07-like finds states by a part of their names.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, engine *orm.Engine) error {
	for _, pattern := range []string{"New%", "____", "%o%o%"} {
		states, err := orm.Select(state).Distinct().Where(state.Like(pattern)).OrderBy(state.Asc()).All(ctx, engine)
		if err != nil {
			return err
		}
		show.Titled(pattern, states)
	}
	return nil
}
