// Command 03-identity gets one row several times.
package main

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

func run(ctx context.Context, session *orm.Session) error {
	fluffy := &Pet{Name: "Fluffy"}
	session.Add(fluffy)
	if err := session.Commit(ctx); err != nil {
		return err
	}
	first, err := Pets.Get(ctx, session, fluffy.ID)
	if err != nil {
		return err
	}
	second, err := Pets.Get(ctx, session, fluffy.ID)
	if err != nil {
		return err
	}
	third, err := Pets.Select().Where(orm.C(&Pets.F.Name).Eq("Fluffy")).One(ctx, session)
	if err != nil {
		return err
	}
	fmt.Println(first == fluffy, second == fluffy, third == fluffy)
	return nil
}
