package orm

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// Rows are the rows of a result, all in memory.
type Rows struct {
	head *heading
	rows [][]any
}

// heading is what all rows of a result share.
type heading struct {
	names []string
	types []schema.Kind
}

// Row is one row of a result. The zero Row has no columns.
type Row struct {
	head   *heading
	values []any
}

// Columns returns the names of the columns.
func (r *Rows) Columns() []string { return append([]string(nil), r.head.names...) }

// Len is the number of rows.
func (r *Rows) Len() int { return len(r.rows) }

// At returns row i, from 0.
func (r *Rows) At(i int) Row { return Row{r.head, r.rows[i]} }

// All iterates over the rows and their numbers, from 0.
func (r *Rows) All() iter.Seq2[int, Row] {
	return func(yield func(int, Row) bool) {
		for i := range r.rows {
			if !yield(i, r.At(i)) {
				return
			}
		}
	}
}

// Values returns the values of all rows, each as [Row.Values] does.
func (r *Rows) Values() [][]any { return r.rows }

// Values returns the values in order: nil, int64, float64, bool, string,
// []byte or [time.Time]. They must not be changed.
func (r Row) Values() []any { return r.values }

// Get returns the value in the column of that name. It fails if there is no
// such column, or more than one.
func (r Row) Get(name string) (any, error) {
	found := -1
	if r.head != nil {
		for i, n := range r.head.names {
			if n == name && found >= 0 {
				return nil, fmt.Errorf("orm: the row has more than one column %q; name them apart with As", name)
			}
			if n == name {
				found = i
			}
		}
	}
	if found < 0 {
		return nil, fmt.Errorf("orm: the row has no column %q; it has %s", name, r.columnList())
	}
	return r.values[found], nil
}

func (r Row) columnList() string {
	if r.head == nil {
		return "no columns"
	}
	return strings.Join(r.head.names, ", ")
}

// Scan copies the values into variables, one for each column: pointers to
// integers, floats, bools, strings, []byte, [time.Time], any, or [Null] or
// pointers of these.
func (r Row) Scan(into ...any) error {
	if len(into) != len(r.values) {
		return fmt.Errorf("orm: scanning a row: it has %d columns (%s), got %d variables", len(r.values), r.columnList(), len(into))
	}
	for i, p := range into {
		if err := mapper.Assign(p, r.values[i]); err != nil {
			return fmt.Errorf("orm: scanning column %s: %w", r.head.names[i], err)
		}
	}
	return nil
}

// String formats the row as SQLAlchemy does, as in ('Fluffy', 5, NULL).
func (r Row) String() string {
	parts := make([]string, len(r.values))
	for i, v := range r.values {
		parts[i] = formatArg(v)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// fetch runs a statement and reads all its rows.
func fetch(ctx context.Context, on Executor, stmt expr.Stmt, buildErr error) (*Rows, error) {
	return fetchFrom(ctx, on, stmt, nil, buildErr)
}

// fetchFrom is fetch for a statement that a builder made, if it is not nil.
func fetchFrom(ctx context.Context, on Executor, stmt expr.Stmt, from exec.Builder, buildErr error) (_ *Rows, err error) {
	q, err := compiled(on, stmt, buildErr)
	if err != nil {
		return nil, err
	}
	conn, release, err := borrowFor(ctx, on, stmt)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := about(conn, &q); err != nil {
		return nil, err
	}
	if from != nil {
		conn.From(from)
	}
	rows, err := conn.Query(ctx, q.SQL, q.Args)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	if err := checkColumns(rows.Columns(), stmt); err != nil {
		return nil, err
	}
	out := &Rows{head: newHeading(rows.Columns(), stmt)}
	var room []any // for rows to come
	for {
		ok, err := rows.Next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return out, nil
		}
		if len(room) < len(out.head.names) { // for as many rows again, within reason
			room = make([]any, min(max(len(out.rows), 1), 64)*len(out.head.names))
		}
		row := room[:len(out.head.names):len(out.head.names)]
		room = room[len(row):]
		err = out.head.read(row, rows.Rows)
		if err != nil {
			return nil, misfit(q.SQL, q.Args, err)
		}
		out.rows = append(out.rows, row)
	}
}

// checkColumns makes sure that there are columns, as many as the statement
// tells.
func checkColumns(columns []driver.Column, stmt expr.Stmt) error {
	if len(columns) == 0 {
		return errors.New("orm: the statement has run, but it returns no rows; run such a one with Exec")
	}
	text, ok := stmt.(expr.Text)
	if !ok || len(text.Columns) == 0 || len(text.Columns) == len(columns) {
		return nil
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return fmt.Errorf("orm: the text's rows have %d columns (%s), but Columns tells %d", len(columns), strings.Join(names, ", "), len(text.Columns))
}

// newHeading takes the names from the database, and the types from the
// statement where it has them: SQLite does not know true from 1.
func newHeading(columns []driver.Column, stmt expr.Stmt) *heading {
	h := &heading{names: make([]string, len(columns)), types: make([]schema.Kind, len(columns))}
	for i, c := range columns {
		h.names[i] = c.Name
	}
	if types := expr.ResultTypes(stmt); len(types) == len(columns) {
		for i, t := range types {
			h.types[i] = t.Kind
		}
	}
	return h
}

// read fills row, which has room for each column.
func (h *heading) read(row []any, rows driver.Rows) error {
	for i := range row {
		switch {
		case rows.Kind(i) == driver.Null:
		case h.types[i] == schema.Float && rows.Kind(i) != driver.Float:
			v, err := readFloat(rows, i)
			if err != nil {
				return fmt.Errorf("column %s: %w", h.names[i], err)
			}
			row[i] = v
		case isInteger(h.types[i]) && rows.Kind(i) == driver.Text:
			v, err := strconv.ParseInt(rows.Text(i), 10, 64)
			if err != nil {
				return fmt.Errorf("column %s: %q is not a whole number", h.names[i], rows.Text(i))
			}
			row[i] = v
		case h.types[i] == schema.Boolean && rows.Kind(i) == driver.Int:
			row[i] = rows.Int(i) != 0
		case h.types[i] == schema.DateTime:
			t, err := mapper.ReadTime(rows, i)
			if err != nil {
				return fmt.Errorf("column %s: %w", h.names[i], err)
			}
			row[i] = t
		default:
			row[i] = rows.Value(i).Any()
		}
	}
	return nil
}

// isInteger says whether a column holds whole numbers. MySQL gives their sum
// as an exact decimal.
func isInteger(k schema.Kind) bool { return schema.Type{Kind: k}.IsInteger() }

// readFloat reads a number that the database calculated, which may come as a
// whole one or, if it is an exact decimal, as text.
func readFloat(rows driver.Rows, i int) (any, error) {
	switch rows.Kind(i) {
	case driver.Int:
		return float64(rows.Int(i)), nil
	case driver.Text:
		return strconv.ParseFloat(rows.Text(i), 64)
	}
	return rows.Value(i).Any(), nil
}
