// Command 06-rollback takes back a change and an addition.
package main

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, session *orm.Session) error {
	fluffy, rex := Pets.New(), Pets.New()
	fluffy.Name, rex.Name = "Fluffy", "Rex"
	session.Add(fluffy)
	if err := session.Commit(ctx); err != nil {
		return err
	}
	fluffy.Hunger = 5
	session.Add(rex)
	if err := session.Flush(ctx); err != nil { // writes, and does not commit
		return err
	}
	if err := session.Rollback(ctx); err != nil {
		return err
	}
	fmt.Println("hunger:", fluffy.Hunger)
	fmt.Println("holds Rex:", session.Contains(rex))
	pets, err := Pets.Select().All(ctx, session)
	if err != nil {
		return err
	}
	show.Table(pets)
	return nil
}
