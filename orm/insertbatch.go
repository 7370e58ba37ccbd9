package orm

import (
	"context"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/dialect"
)

// maxBatch is how many rows one INSERT has at most, where several can be
// inserted by one.
const maxBatch = 1000

// filled is the statement with the columns besides whose values a function of
// the program makes, if it has rows of its own.
func (s InsertStmt) filled() InsertStmt {
	if s.err != nil || s.query != nil {
		return s
	}
	first := len(s.columns)
	for _, c := range s.table.Columns {
		if c.Made != nil && !slices.Contains(s.columns[:first], c) {
			s.columns = append(slices.Clip(s.columns), c)
		}
	}
	if len(s.columns) == first {
		return s
	}
	rows := make([][]any, len(s.rows))
	for i, row := range s.rows {
		rows[i] = slices.Clip(row)
		for _, c := range s.columns[first:] {
			rows[i] = append(rows[i], c.Made.Make())
		}
	}
	s.rows = rows
	return s
}

// batches are statements of as many rows as one can take.
func (s InsertStmt) batches(d dialect.Dialect) []InsertStmt {
	most := maxBatch
	if n := len(s.columns); n > 0 {
		most = min(most, max(1, (d.Features().MaxArgs-spareArgs)/n))
	}
	if s.query != nil || len(s.rows) <= most {
		return []InsertStmt{s}
	}
	var list []InsertStmt
	for part := range slices.Chunk(s.rows, most) {
		one := s
		one.rows = part
		list = append(list, one)
	}
	return list
}

// spareArgs is room for the arguments of an INSERT that are not those of its
// rows.
const spareArgs = 100

// inBatches calls f for each batch, all in one transaction.
func (s InsertStmt) inBatches(ctx context.Context, on Executor, f func(on Executor, batch InsertStmt) error) error {
	batches := s.batches(on.sqlDialect())
	if len(batches) == 1 {
		return f(on, batches[0])
	}
	if e, ok := on.(*Engine); ok {
		return e.Transaction(ctx, func(tx Executor) error { return s.inBatches(ctx, tx, f) })
	}
	row := 1
	for _, batch := range batches {
		if err := f(on, batch); err != nil {
			return fmt.Errorf("inserting rows %d to %d: %w", row, row+len(batch.rows)-1, err)
		}
		row += len(batch.rows)
	}
	return nil
}

// execAtOnce inserts several rows by one statement.
func (s InsertStmt) execAtOnce(ctx context.Context, on Executor) (total int64, err error) {
	err = s.inBatches(ctx, on, func(on Executor, batch InsertStmt) error {
		n, err := run(ctx, on, batch.statement(batch.rows), nil)
		total += n
		return err
	})
	if err != nil {
		return 0, err
	}
	return total, nil
}

// allReturned inserts the rows and returns what all of them return.
func (s InsertStmt) allReturned(ctx context.Context, on Executor) (all *Rows, err error) {
	err = s.inBatches(ctx, on, func(on Executor, batch InsertStmt) error {
		rows, err := fetch(ctx, on, batch.statement(batch.rows), nil)
		switch {
		case err != nil:
			return err
		case all == nil:
			all = rows
		default:
			all.rows = append(all.rows, rows.rows...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}
