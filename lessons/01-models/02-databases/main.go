// Command 02-databases prints one model's table in the SQL of three databases.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
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
	for _, d := range []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect} {
		sql, _, err := orm.CreateTable(Pets).Compile(d)
		if err != nil {
			return err
		}
		fmt.Printf("-- %s\n%s\n\n", d.Name(), sql)
	}
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
