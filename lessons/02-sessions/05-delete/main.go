// Command 05-delete deletes a pet.
package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

func run(ctx context.Context, session *orm.Session) error {
	fluffy := &Pet{Name: "Fluffy"}
	session.Add(fluffy)
	if err := session.Commit(ctx); err != nil {
		return err
	}
	if err := session.Delete(fluffy); err != nil {
		return err
	}
	if err := session.Commit(ctx); err != nil {
		return err
	}
	_, err := Pets.Get(ctx, session, fluffy.ID)
	fmt.Println(err)
	fmt.Println("no row:", errors.Is(err, orm.ErrNoRows))
	return nil
}
