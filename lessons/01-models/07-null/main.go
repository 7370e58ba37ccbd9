// Command 07-null asks for the pets whose species nobody knows.
package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/playground/show"
)

func run(ctx context.Context, session *orm.Session) error {
	session.Add(
		&Pet{Name: "Fluffy", Species: orm.Some("Cat")},
		&Pet{Name: "Rex", Species: orm.Some("Dog")},
		&Pet{Name: "Mystery"}) // the zero Null is NULL
	species := orm.N(&Pets.F.Species)
	unknown, err := Pets.Select().Where(species.IsNull()).All(ctx, session)
	if err != nil {
		return err
	}
	show.Titled("species IS NULL", unknown)
	notCats, err := Pets.Select().Where(species.Ne("Cat")).All(ctx, session)
	if err != nil {
		return err
	}
	show.Titled("species != 'Cat'", notCats)
	return nil
}
