// Command 02-update changes one field of a pet.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, session *orm.Session) error {
	fluffy := Pets.New()
	fluffy.Name, fluffy.Species = "Fluffy", orm.Some("Cat")
	session.Add(fluffy)
	if err := session.Commit(ctx); err != nil {
		return err
	}
	fluffy.Hunger = 5
	if err := session.Commit(ctx); err != nil {
		return err
	}
	fluffy.Hunger = 5 // as it is already
	if err := session.Commit(ctx); err != nil {
		return err
	}
	show.Table(fluffy)
	return nil
}
