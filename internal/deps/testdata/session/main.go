// Command session is a program on models: its size is what package orm costs
// a program that uses sessions.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/orm"
)

// Pet is one row of the table pets.
type Pet struct {
	ID   int64  `orm:"primary_key,autoincrement"`
	Name string `orm:"size:50,unique"`
}

// Pets maps Pet to its table.
var Pets = orm.Declare[Pet]("pets")

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	engine, err := orm.Open(os.Getenv("DATABASE_URL"), orm.Options{Echo: os.Stdout})
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := orm.CreateAll(ctx, engine, Pets); err != nil {
		return err
	}
	session := orm.NewSession(engine)
	defer session.Close()
	if err := session.Add(&Pet{Name: "Fluffy"}); err != nil {
		return err
	}
	if err := session.Commit(ctx); err != nil {
		return err
	}
	pets, err := Pets.Select().Where(orm.C(&Pets.F.Name).Like("F%")).All(ctx, session)
	fmt.Println(len(pets))
	return err
}
