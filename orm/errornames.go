package orm

import (
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

// complete adds what the database has not told about a constraint: the table
// from the statement, the columns from a declared model.
func (e *Error) complete() {
	if e.Table == "" {
		e.Table = writtenTable(e.SQL)
	}
	if e.Kind != KindUnique || e.Constraint == "" || len(e.Columns) > 0 {
		return
	}
	if list := prototypes.list.Load(); list != nil {
		for _, p := range *list {
			if p.mapper != nil && p.mapper.Table.Name == e.Table {
				e.Columns = uniqueColumns(p.mapper.Table, e.Constraint)
			}
		}
	}
}

// writtenTable is the table that a statement writes to, without its
// namespace; empty if its first words do not tell.
func writtenTable(sql string) string {
	var name string
	for _, verb := range []string{"INSERT INTO ", "UPDATE ", "REPLACE INTO "} {
		if rest, ok := strings.CutPrefix(sql, verb); ok {
			name = rest
		}
	}
	for name != "" {
		table, rest := firstName(name)
		if !strings.HasPrefix(rest, ".") {
			return table
		}
		name = rest[1:]
	}
	return ""
}

// firstName takes a name, in quotes or not, from the beginning of some SQL.
func firstName(sql string) (name, rest string) {
	if quote := sql[0]; quote == '"' || quote == '`' {
		name, rest, _ = strings.Cut(sql[1:], string(quote))
		return name, rest
	}
	end := strings.IndexAny(sql, " .(\n")
	if end < 0 {
		end = len(sql)
	}
	return sql[:end], sql[end:]
}

// uniqueColumns are the columns of a key by the name under which the database
// knows it; nil if there is none. MySQL calls a key without a name by its
// first column, and the primary key PRIMARY.
func uniqueColumns(t *schema.Table, name string) []string {
	if name == "PRIMARY" || name == t.KeyName {
		var names []string
		for _, c := range t.PrimaryKey() {
			names = append(names, c.Name)
		}
		return names
	}
	for _, u := range t.Uniques {
		if u.Name == name || u.Name == "" && u.Columns[0] == name {
			return u.Columns
		}
	}
	for _, index := range t.Indexes {
		if index.Name == name && index.Unique {
			return index.Columns()
		}
	}
	if c := t.Column(name); c != nil && c.Unique {
		return []string{name}
	}
	return nil
}
