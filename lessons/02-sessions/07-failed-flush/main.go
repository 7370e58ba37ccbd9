// Command 07-failed-flush goes on after a flush that failed.
package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, session *orm.Session) error {
	session.Add(&Pet{Name: "Fluffy"})
	if err := session.Commit(ctx); err != nil {
		return err
	}
	session.Add(&Pet{Name: "Fluffy"})
	fmt.Println("commit:", session.Commit(ctx))

	_, err := Pets.Select().All(ctx, session)
	fmt.Println("needs rollback:", errors.Is(err, orm.ErrPendingRollback))

	if err := session.Rollback(ctx); err != nil {
		return err
	}
	pets, err := Pets.Select().All(ctx, session)
	if err != nil {
		return err
	}
	show.Table(pets)
	return nil
}
