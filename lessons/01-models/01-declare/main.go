// Command 01-declare maps a struct to a table and prints the table's SQL.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
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

func run(context.Context) error {
	sql, _, err := orm.CreateTable(Pets).Compile(sqlite.Dialect)
	if err != nil {
		return err
	}
	fmt.Println(sql)
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
