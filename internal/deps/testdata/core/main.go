// Command core is a program on tables and statements, without models: its
// size is what package orm costs a program.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ormlab/ormlab/orm"
)

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
	census := orm.NewTable("census", orm.Column("state", orm.String(20)), orm.Column("pop", orm.BigInteger()))
	if err := orm.NewMetadata(census).CreateAll(ctx, engine); err != nil {
		return err
	}
	if _, err := orm.Insert(census, "state", "pop").Row("Texas", 1).Exec(ctx, engine); err != nil {
		return err
	}
	rows, err := orm.Select(census.C("state"), census.C("pop")).Where(census.C("state").In("Texas", "New York")).All(ctx, engine)
	if err != nil {
		return err
	}
	fmt.Println(rows)
	rows, err = orm.Text("SELECT pop FROM census WHERE state = :state").Bind("state", "Texas").All(ctx, engine)
	fmt.Println(rows)
	return err
}
