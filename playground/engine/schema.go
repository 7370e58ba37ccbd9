package engine

import (
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

// describe fills in a table's columns and number of rows. A view may be
// broken, which is no reason to show nothing.
func describe(c *connection, t *wire.Table, isTable bool) error {
	err := query(c, "PRAGMA table_info("+quote(t.Name)+")", func(row []driver.Value) error {
		t.Columns = append(t.Columns, wire.TableColumn{Name: row[1].Text(), DeclType: row[2].Text(),
			NotNull: row[3].Int() != 0, PrimaryKey: row[5].Int() != 0})
		return nil
	})
	if !isTable {
		return nil
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
