// Command 04-autoflush asks for pets that were never flushed.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, session *orm.Session) error {
	fluffy, rex := &Pet{Name: "Fluffy"}, &Pet{Name: "Rex", Hunger: 7}
	session.Add(fluffy, rex)
	hungry := Pets.Select().
		Where(orm.C(&Pets.F.Hunger).Gt(10)).
		OrderBy(orm.C(&Pets.F.Name).Asc())
	pets, err := hungry.All(ctx, session)
	if err != nil {
		return err
	}
	show.Titled("hungry", pets)

	rex.Hunger = 30
	if pets, err = hungry.All(ctx, session); err != nil {
		return err
	}
	show.Titled("hungry, a little later", pets)
	return nil
}
