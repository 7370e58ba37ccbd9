package engine

import (
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// schema answers with the tables and views of a database, by name.
func (e *Engine) schema(name string, b []byte) ([]byte, error) {
	if _, err := e.existing(name); err != nil {
		return nil, err
	}
	c, err := e.hostConnection(name)
	if err != nil {
		return nil, err
	}
	var tables []wire.Table
	err = query(c, `SELECT name, sql, type FROM sqlite_schema
		WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`,
		func(row []driver.Value) error {
			t := wire.Table{Name: row[0].Text(), SQL: row[1].Text(), Rows: -1}
			if err := describe(c, &t, row[2].Text() == "table"); err != nil {
				return err
			}
			tables = append(tables, t)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return wire.AppendSchema(b, tables), nil
}

// describe fills in a table's columns, keys and indexes and its number of
// rows. A view may be broken, which is no reason to show nothing.
func describe(c *connection, t *wire.Table, isTable bool) error {
	columns, _, err := columnsOf(c, "main", t.Name)
	t.Columns = columns
	if !isTable {
		return nil
	}
	if err == nil {
		t.ForeignKeys, err = foreignKeysOf(c, t.Name)
	}
	if err == nil {
		t.Indexes, err = indexesOf(c, t.Name)
	}
	if err != nil {
		return err
	}
	count, err := queryRow(c, "SELECT count(*) FROM "+quote(t.Name))
	if err != nil {
		return err
	}
	t.Rows = count[0].Int()
	return nil
}

// foreignKeysOf returns a table's foreign keys as they were declared: SQLite
// tells the last first, a row for each column.
func foreignKeysOf(c *connection, table string) (keys []wire.ForeignKey, err error) {
	last := int64(-1)
	err = query(c, "PRAGMA main.foreign_key_list("+quote(table)+")", func(row []driver.Value) error {
		if row[0].Int() != last {
			last = row[0].Int()
			keys = append(keys, wire.ForeignKey{Table: row[2].Text(), OnUpdate: row[5].Text(), OnDelete: row[6].Text()})
		}
		k := &keys[len(keys)-1]
		k.Columns = append(k.Columns, row[3].Text())
		if row[4].Kind() != driver.Null {
			k.Targets = append(k.Targets, row[4].Text())
		}
		return nil
	})
	slices.Reverse(keys)
	return keys, err
}

// indexesOf returns a table's indexes by name.
func indexesOf(c *connection, table string) (indexes []wire.Index, err error) {
	err = query(c, "PRAGMA main.index_list("+quote(table)+")", func(row []driver.Value) error {
		x := wire.Index{Name: row[1].Text(), Unique: row[2].Int() != 0, Constraint: row[3].Text() != "c", Partial: row[4].Int() != 0}
		err := query(c, "PRAGMA main.index_info("+quote(x.Name)+")", func(row []driver.Value) error {
			x.Columns = append(x.Columns, row[2].Text()) // NULL, which reads as "", for an expression
			return nil
		})
		indexes = append(indexes, x)
		return err
	})
	slices.SortFunc(indexes, func(a, b wire.Index) int { return strings.Compare(a.Name, b.Name) })
	return indexes, err
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// plan answers with the query plan of a statement on a database.
func (e *Engine) plan(name, sql string, b []byte) ([]byte, error) {
	if _, err := e.existing(name); err != nil {
		return nil, err
	}
	c, err := e.hostConnection(name)
	if err != nil {
		return nil, err
	}
	lines, err := explainPlan(c, sql)
	if err != nil {
		return nil, e.explain(c, err)
	}
	return wire.AppendPlan(b, lines), nil
}

// explainPlan asks SQLite how it would run a statement.
func explainPlan(c *connection, sql string) (lines []wire.PlanLine, err error) {
	err = query(c, "EXPLAIN QUERY PLAN "+sql, func(row []driver.Value) error {
		lines = append(lines, wire.PlanLine{ID: row[0].Int(), Parent: row[1].Int(), Detail: row[3].Text()})
		return nil
	})
	return lines, err
}
