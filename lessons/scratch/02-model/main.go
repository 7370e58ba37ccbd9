// Command 02-model declares a model and creates its table.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// Book is one row of the table books.
type Book struct {
	ID    int64           `orm:"primary_key,autoincrement"`
	Title string          `orm:"size:100"`
	ISBN  string          `orm:"size:13,unique"`
	Year  orm.Null[int64] // may be NULL
}

// Books maps Book to its table.
var Books = orm.Declare[Book]("books")

func main() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	check(err)
	defer engine.Close()
	check(orm.CreateAll(ctx, engine, Books))
	fmt.Println("The table books is there; its SQL stands beside this line.")
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
