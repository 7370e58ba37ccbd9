// Command 07-failed-flush goes on after a flush that failed.
package main

import (
	"context"
	"errors"
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

	session.Add(&Pet{Name: "Fluffy"})
	if err := session.Commit(ctx); err != nil {
		return err
	}
	session.Add(&Pet{Name: "Fluffy"})
	fmt.Println("commit:", session.Commit(ctx))

	_, err = Pets.Select().All(ctx, session)
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

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
