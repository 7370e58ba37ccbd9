// Command 04-autoflush asks for pets that were never flushed.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/playground/show"
)

// Pet is one row of the table pets.
type Pet struct {
	ID      int64            `orm:"primary_key,autoincrement"`
	Name    string           `orm:"size:50,unique"`
	Species orm.Null[string] `orm:"size:30"`
	Hunger  int64            `orm:"default:20,omitzero"`
}

// Pets maps Pet to its table; &Pets.F.Name names the column pets.name.
var Pets = orm.Declare[Pet]("pets")

func run(ctx context.Context) error {
	engine, err := orm.Open("sqlite://", orm.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := orm.CreateAll(ctx, engine, Pets); err != nil {
		return err
	}
	session := orm.NewSession(engine)
	defer session.Close()

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

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
