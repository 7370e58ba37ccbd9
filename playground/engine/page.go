package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

const (
	maxPage   = 500   // rows of a page
	lookLimit = 3_000 // milliseconds that a look at a database may take
)

// page answers with some rows of a table or view.
func (e *Engine) page(q *wire.Request, b []byte) ([]byte, error) {
	if _, err := e.existing(q.Name); err != nil {
		return nil, err
	}
	c, err := e.hostConnection(q.Name)
	if err != nil {
		return nil, err
	}
	t, err := lookUp(c, "main", q.Table)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, fmt.Errorf("engine: the database %q has no table %q", q.Name, q.Table)
	}
	order, err := t.order(q)
	if err != nil {
		return nil, err
	}
	answer := wire.TablePage{Total: -1}
	for _, column := range t.columns {
		answer.Columns = append(answer.Columns, driver.Column{Name: column.Name, DeclType: column.DeclType})
	}
	ctx := timeLimit(lookLimit)
	from := " FROM main." + quote(q.Table)
	sql := fmt.Sprintf("SELECT %s%s%s LIMIT %d OFFSET %d", t.names(""), from, order, min(q.Limit, maxPage), q.Offset)
	err = queryWithin(ctx, c, sql, func(row []driver.Value) error {
		answer.Rows = append(answer.Rows, cellsOf(row, q.Longest))
		return nil
	})
	if err != nil {
		return nil, tooLong(err, fmt.Sprintf("reading %q", q.Table))
	}
	// A view may take long to count, which is no reason to show none of it.
	_ = queryWithin(ctx, c, "SELECT count(*)"+from, func(row []driver.Value) error {
		answer.Total = row[0].Int()
		return nil
	})
	return answer.Append(b), nil
}

// tooLong says in words that a look at a database took too long.
func tooLong(err error, what string) error {
	var refusal *driver.Error
	if errors.As(err, &refusal) && (refusal.Kind == driver.Interrupted || refusal.Kind == driver.Timeout) {
		return fmt.Errorf("engine: %s took longer than %d seconds", what, lookLimit/1000)
	}
	return err
}

// order is the ORDER BY of a page: rows that are equal in the column, and all
// if there is none, come in the order in which they are stored.
func (t *looked) order(q *wire.Request) (string, error) {
	var terms []string
	if q.Column != "" {
		if !t.has(q.Column) {
			return "", fmt.Errorf("engine: the table %q has no column %q to order by", q.Table, q.Column)
		}
		// With its table's name before it, it cannot be taken for a text.
		term := quote(q.Table) + "." + quote(q.Column)
		if q.Down {
			term += " DESC"
		}
		terms = append(terms, term)
	}
	for _, name := range t.identity {
		terms = append(terms, quote(q.Table)+"."+name)
	}
	if terms == nil {
		return "", nil
	}
	return " ORDER BY " + strings.Join(terms, ", "), nil
}
