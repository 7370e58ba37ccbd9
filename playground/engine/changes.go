package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// maxChanged bounds the rows of one answer about changes, over all tables.
const maxChanged = 1000

// changes answers with what differs in a database since the last mark.
func (e *Engine) changes(q *wire.Request, b []byte) ([]byte, error) {
	if _, err := e.existing(q.Name); err != nil {
		return nil, err
	}
	store := e.storeOf(q.Name)
	if store.marked == nil || store.untouched(q.Name) {
		return wire.AppendChanges(b, nil), nil
	}
	if was, known := store.marked[q.Name]; known && was == nil {
		return nil, fmt.Errorf("engine: the database %q was larger than %d MiB, too large to compare", q.Name, maxMarked>>20)
	}
	c, err := e.openBeside(q.Name)
	if err != nil {
		return nil, err
	}
	defer c.db.Close() // only read from
	tables, err := compare(timeLimit(lookLimit), c, q)
	if err != nil {
		return nil, err
	}
	return wire.AppendChanges(b, tables), nil
}

// openBeside opens a database with what it was at the last mark attached to
// it, under the name before.
func (e *Engine) openBeside(name string) (*connection, error) {
	c, err := e.open(name)
	if err != nil {
		return nil, err
	}
	c.attaching = true
	err = c.raw.Exec("ATTACH '" + e.storeOf(name).uri(beforeName+name) + "&mode=ro' AS before")
	c.attaching = false
	if err != nil {
		_ = c.db.Close() // the first error says more
		return nil, err
	}
	return c, nil
}

// compare returns the tables that differ, by name.
func compare(ctx context.Context, c *connection, q *wire.Request) (tables []wire.TableChange, err error) {
	now, err := tablesOf(c, "main")
	if err != nil {
		return nil, err
	}
	before, err := tablesOf(c, "before")
	if err != nil {
		return nil, err
	}
	all := maps.Clone(before)
	maps.Copy(all, now)
	left := maxChanged
	for _, name := range slices.Sorted(maps.Keys(all)) {
		d := difference{ctx: ctx, c: c, now: now[name], before: before[name], rows: min(q.Limit, left), longest: q.Longest}
		if d.compare(name); d.differs() {
			left -= len(d.answer.Rows)
			tables = append(tables, d.answer)
		}
	}
	return tables, nil
}

// tablesOf returns the tables of an attached database by name, without
// SQLite's own.
func tablesOf(c *connection, schema string) (map[string]*looked, error) {
	sql := map[string]string{}
	err := query(c, "SELECT name, sql FROM "+schema+`.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`,
		func(row []driver.Value) error {
			sql[row[0].Text()] = row[1].Text()
			return nil
		})
	if err != nil {
		return nil, err
	}
	tables := map[string]*looked{}
	for name, text := range sql {
		t, err := lookUp(c, schema, name)
		if err != nil {
			return nil, err
		}
		if t != nil {
			t.sql = text
			tables[name] = t
		}
	}
	return tables, nil
}

// difference compares one table; now or before may be nil.
type difference struct {
	ctx         context.Context
	c           *connection
	now, before *looked
	rows        int // how many may be listed
	longest     int
	answer      wire.TableChange
}

func (d *difference) differs() bool {
	a := &d.answer
	return a.State != wire.TableSame || a.Added+a.Removed+a.Changed > 0 || a.Note != ""
}

func (d *difference) compare(name string) {
	d.answer.Name = name
	shown := d.now
	switch {
	case d.now == nil:
		d.answer.State, shown = wire.TableDropped, d.before
	case d.before == nil:
		d.answer.State = wire.TableCreated
	case d.now.sql != d.before.sql:
		d.answer.State = wire.TableAltered
	}
	for _, column := range shown.columns {
		d.answer.Columns = append(d.answer.Columns, driver.Column{Name: column.Name, DeclType: column.DeclType})
	}
	if err := d.compareRows(); err != nil {
		d.answer.Note = tooLong(err, "comparing the rows").Error()
	}
}

func (d *difference) compareRows() error {
	switch {
	case d.now == nil:
		return d.list(wire.RowRemoved, "before", d.before, "")
	case d.before == nil:
		return d.list(wire.RowAdded, "main", d.now, "")
	}
	same := d.sameRow()
	if same == "" {
		return fmt.Errorf("engine: the rows cannot be told apart by the same columns as before")
	}
	absent := func(schema string) string {
		return " WHERE NOT EXISTS (SELECT 1 FROM " + schema + "." + quote(d.now.name) + " AS y WHERE " + same + ")"
	}
	if err := d.list(wire.RowAdded, "main", d.now, absent("before")); err != nil {
		return err
	}
	if err := d.listChanged(same); err != nil {
		return err
	}
	return d.listRemoved(absent("main"))
}

// sameRow is the condition that x and y are one row, "" if there is none.
func (d *difference) sameRow() string {
	if !slices.Equal(d.now.identity, d.before.identity) {
		return ""
	}
	var terms []string
	for _, name := range d.now.identity {
		terms = append(terms, "x."+name+" = y."+name)
	}
	return strings.Join(terms, " AND ")
}

// list counts the rows of a table that fulfil a condition, and takes some.
func (d *difference) list(change wire.RowChange, schema string, t *looked, condition string) error {
	count := &d.answer.Added
	if change == wire.RowRemoved {
		count = &d.answer.Removed
	}
	return d.each("SELECT "+t.names("x.")+" FROM "+schema+"."+quote(t.name)+" AS x"+condition, count, func(row []driver.Value) {
		d.answer.Rows = append(d.answer.Rows, wire.ChangedRow{Change: change, Cells: cellsOf(row, d.longest)})
	})
}

// listRemoved lists rows of before under the columns of now: what an altered
// table no longer has is not shown.
func (d *difference) listRemoved(condition string) error {
	var columns []string
	for _, column := range d.now.columns {
		if d.before.has(column.Name) {
			columns = append(columns, "x."+quote(column.Name))
		} else {
			columns = append(columns, "NULL")
		}
	}
	return d.each("SELECT "+strings.Join(columns, ", ")+" FROM before."+quote(d.before.name)+" AS x"+condition, &d.answer.Removed, func(row []driver.Value) {
		d.answer.Rows = append(d.answer.Rows, wire.ChangedRow{Change: wire.RowRemoved, Cells: cellsOf(row, d.longest)})
	})
}

// listChanged lists the rows that are in both but differ. A comparison as the
// column itself does it may hold 'a' and 'A', or 1 and 1.0, for equal.
func (d *difference) listChanged(same string) error {
	var differ, befores []string
	var places []int // of befores among the columns
	for i, column := range d.now.columns {
		if !d.before.has(column.Name) {
			continue
		}
		x, y := "x."+quote(column.Name), "y."+quote(column.Name)
		differ = append(differ, fmt.Sprintf("%s IS NOT %s COLLATE BINARY OR typeof(%s) <> typeof(%s)", x, y, x, y))
		befores = append(befores, y)
		places = append(places, i)
	}
	if differ == nil {
		return nil
	}
	table := quote(d.now.name)
	sql := "SELECT " + d.now.names("x.") + ", " + strings.Join(befores, ", ") + " FROM main." + table + " AS x JOIN before." + table +
		" AS y ON " + same + " WHERE " + strings.Join(differ, " OR ")
	width := len(d.now.columns)
	return d.each(sql, &d.answer.Changed, func(values []driver.Value) {
		row := wire.ChangedRow{Change: wire.RowChanged, Cells: cellsOf(values[:width], d.longest)}
		for i, place := range places {
			if before := &values[width+i]; !identical(&values[place], before) {
				row.Before = append(row.Before, wire.BeforeCell{Column: place, Cell: cellOf(before, d.longest)})
			}
		}
		d.answer.Rows = append(d.answer.Rows, row)
	})
}

func identical(a, b *driver.Value) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	switch a.Kind() {
	case driver.Int:
		return a.Int() == b.Int()
	case driver.Float:
		return a.Float() == b.Float()
	case driver.Text:
		return a.Text() == b.Text()
	case driver.Blob:
		return string(a.Blob()) == string(b.Blob())
	}
	return true
}

// each counts the rows of a query, and takes as many as may still be listed.
func (d *difference) each(sql string, count *int64, take func(row []driver.Value)) error {
	return queryWithin(d.ctx, d.c, sql, func(row []driver.Value) error {
		if *count++; len(d.answer.Rows) < d.rows {
			take(row)
		}
		return nil
	})
}
