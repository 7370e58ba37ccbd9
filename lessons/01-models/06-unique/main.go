// Command 06-unique adds two pets of one name.
package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

func run(ctx context.Context, session *orm.Session) error {
	session.Add(&Pet{Name: "Fluffy"}, &Pet{Name: "Fluffy"})
	err := session.Commit(ctx)
	fmt.Println("error:", err)
	var failure *orm.Error
	if errors.As(err, &failure) {
		fmt.Println("kind:", failure.Kind)
		fmt.Println("columns:", failure.Columns)
	}
	return nil
}
