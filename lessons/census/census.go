// Package census is a data set of the lessons: how many people of each age and
// sex lived in each state of the United States in 2000 and in 2008.
//
// The figures are the US Census Bureau's. There are 8,772 rows: 50 states and
// the District of Columbia, two sexes, and the ages from 0 to 85, where 85
// stands for 85 and older.
package census

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm"
)

// Table is the table census. A program reaches its columns by name, as in
// census.Table.C("state").
var Table = orm.NewTable("census",
	orm.Column("state", orm.String(30)).NotNull(),
	orm.Column("sex", orm.String(1)).NotNull(), // F or M
	orm.Column("age", orm.Integer()).NotNull(),
	orm.Column("pop2000", orm.Integer()).NotNull(),
	orm.Column("pop2008", orm.Integer()).NotNull())

// Load makes the table and fills it, unless it has rows already.
func Load(ctx context.Context, on orm.Executor) error {
	if err := orm.CreateAll(ctx, on, Table); err != nil {
		return fmt.Errorf("census: loading: %w", err)
	}
	_, err := orm.Select(Table).First(ctx, on)
	if err == nil {
		return nil
	}
	if !errors.Is(err, orm.ErrNoRows) {
		return fmt.Errorf("census: loading: %w", err)
	}
	rows, err := parse(data)
	if err != nil {
		return fmt.Errorf("census: loading: %w", err)
	}
	_, err = orm.Insert(Table, "state", "sex", "age", "pop2000", "pop2008").Rows(rows).Exec(ctx, on)
	if err != nil {
		return fmt.Errorf("census: loading: %w", err)
	}
	return nil
}

//go:embed census.csv
var data string

// parse reads the rows behind the heading. No field of the file needs quotes,
// so a program that loads the data does without encoding/csv.
func parse(csv string) ([][]any, error) {
	_, body, _ := strings.Cut(csv, "\n")
	rows := make([][]any, 0, strings.Count(body, "\n"))
	for line := range strings.Lines(body) {
		row, err := parseRow(strings.TrimSpace(line))
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(rows)+1, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func parseRow(line string) ([]any, error) {
	fields := strings.Split(line, ",")
	if len(fields) != 5 {
		return nil, fmt.Errorf("%q has %d fields, not 5", line, len(fields))
	}
	row := []any{fields[0], fields[1], nil, nil, nil}
	for i := 2; i < len(fields); i++ {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return nil, err
		}
		row[i] = n
	}
	return row, nil
}
