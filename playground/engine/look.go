package engine

import (
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// looked is what the engine's own looks at a table need to know of it.
type looked struct {
	name    string
	view    bool
	sql     string
	columns []wire.TableColumn
	// identity is what tells rows apart, quoted: the primary key, or else
	// SQLite's own number. A view has none.
	identity []string
}

// lookUp returns a table or view of an attached database, nil if there is none.
func lookUp(c *connection, schema, name string) (*looked, error) {
	t := &looked{name: name}
	kind, rowid := "", true
	err := query(c, "PRAGMA "+schema+".table_list("+quote(name)+")", func(row []driver.Value) error {
		if row[0].Text() == schema {
			kind, rowid = row[2].Text(), row[4].Int() == 0
		}
		return nil
	})
	if err != nil || kind == "" {
		return nil, err
	}
	t.view = kind == "view"
	var key []wire.TableColumn
	t.columns, key, err = columnsOf(c, schema, name)
	if err != nil || t.view {
		return t, err
	}
	t.identity = t.rowIdentity(key, rowid)
	return t, nil
}

// rowIdentity is the primary key if it can hold no NULL, which SQLite allows
// in one of a table that numbers its rows itself.
func (t *looked) rowIdentity(key []wire.TableColumn, rowid bool) []string {
	var names []string
	sure := len(key) > 0
	for _, column := range key {
		names = append(names, quote(column.Name))
		sure = sure && (column.NotNull || len(key) == 1 && strings.EqualFold(column.DeclType, "INTEGER"))
	}
	if sure || !rowid {
		return names
	}
	for _, name := range []string{"rowid", "_rowid_", "oid"} {
		if !t.has(name) {
			return []string{name}
		}
	}
	return names
}

func (t *looked) has(name string) bool {
	for _, column := range t.columns {
		if strings.EqualFold(column.Name, name) {
			return true
		}
	}
	return false
}

// names lists the columns for a SELECT.
func (t *looked) names(alias string) string {
	var list []string
	for _, column := range t.columns {
		list = append(list, alias+quote(column.Name))
	}
	return strings.Join(list, ", ")
}

// columnsOf returns a table's columns, and those of its primary key in the
// order of the key. Columns that a SELECT * leaves out are not among them.
func columnsOf(c *connection, schema, table string) (columns, key []wire.TableColumn, err error) {
	inKey := map[int64]wire.TableColumn{}
	err = query(c, "PRAGMA "+schema+".table_xinfo("+quote(table)+")", func(row []driver.Value) error {
		const hidden = 1
		if row[6].Int() == hidden {
			return nil
		}
		column := wire.TableColumn{Name: row[1].Text(), DeclType: row[2].Text(), NotNull: row[3].Int() != 0,
			HasDefault: row[4].Kind() != driver.Null, PrimaryKey: row[5].Int() != 0, Generated: row[6].Int() != 0}
		if column.HasDefault {
			column.Default = row[4].Text()
		}
		if column.PrimaryKey {
			inKey[row[5].Int()] = column
		}
		columns = append(columns, column)
		return nil
	})
	for range inKey {
		key = append(key, inKey[int64(len(key)+1)])
	}
	return columns, key, err
}
