// Command 03-session adds objects, changes one and deletes another.
package main

import (
	"context"
	"log"

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

// Pets maps Pet to its table.
var Pets = orm.Declare[Pet]("pets")

func main() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{}) // sqlite:///pets.db is kept for the next run
	check(err)
	defer engine.Close()
	check(orm.CreateAll(ctx, engine, Pets))

	session := orm.NewSession(engine)
	defer session.Close() // rolls back what was not committed
	fluffy, rex := &Pet{Name: "Fluffy", Species: orm.Some("Cat")}, &Pet{Name: "Rex"}
	check(session.Add(fluffy, rex))
	check(session.Commit(ctx))

	fluffy.Hunger = 5
	check(session.Delete(rex))
	check(session.Commit(ctx))

	pets, err := Pets.Select().OrderBy(orm.C(&Pets.F.Name).Asc()).All(ctx, session)
	check(err)
	show.Table(pets)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
