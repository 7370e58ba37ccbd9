package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
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

func main() {
	if err := start(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// start opens a session on an empty database and hands it to run.
func start(ctx context.Context) error {
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
	return run(ctx, session)
}
