// Package students is a data set of the lessons: the names of five students.
package students

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

// Table is the table students.
var Table = orm.NewTable("students",
	orm.Column("id", orm.Integer()).PrimaryKey().Autoincrement(),
	orm.Column("name", orm.String(50)).NotNull(),
	orm.Column("lastname", orm.String(50)).NotNull())

// Load makes the table and fills it, unless it has rows already.
func Load(ctx context.Context, on orm.Executor) error {
	if err := orm.CreateAll(ctx, on, Table); err != nil {
		return fmt.Errorf("students: loading: %w", err)
	}
	_, err := orm.Select(Table).First(ctx, on)
	if err == nil {
		return nil
	}
	if !errors.Is(err, orm.ErrNoRows) {
		return fmt.Errorf("students: loading: %w", err)
	}
	_, err = orm.Insert(Table, "name", "lastname").
		Row("Ravi", "Kapoor").
		Row("Rajiv", "Khanna").
		Row("Komal", "Bhandari").
		Row("Abdul", "Sattar").
		Row("Priya", "Rajhans").
		Exec(ctx, on)
	if err != nil {
		return fmt.Errorf("students: loading: %w", err)
	}
	return nil
}
