package mysql

import (
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

// checks come first: on MariaDB they tell which columns are JSON.
func (r *reflection) checks() error {
	query := `SELECT c.constraint_name, c.check_clause FROM information_schema.check_constraints c
JOIN information_schema.table_constraints t ON t.constraint_schema = c.constraint_schema AND t.constraint_name = c.constraint_name
WHERE t.table_schema = COALESCE(NULLIF(:space, ''), DATABASE()) AND t.table_name = :name ORDER BY c.constraint_name`
	if r.maria {
		query = `SELECT constraint_name, check_clause FROM information_schema.check_constraints
WHERE constraint_schema = COALESCE(NULLIF(:space, ''), DATABASE()) AND table_name = :name ORDER BY constraint_name`
	}
	rows, err := r.rows(query)
	for _, row := range rows {
		name, clause := row.Text(0), row.Text(1)
		if clause == "json_valid(`"+name+"`)" {
			r.json[name] = true
			continue
		}
		if strings.HasPrefix(name, "CONSTRAINT_") || strings.HasPrefix(name, r.table.Name+"_chk_") {
			name = ""
		}
		r.table.Checks = append(r.table.Checks, &schema.Check{Name: name, SQL: schema.SQL(clause)})
	}
	return err
}

func (r *reflection) keys() error {
	rows, err := r.rows(`SELECT k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, f.delete_rule, f.update_rule,
CASE WHEN k.referenced_table_schema = k.table_schema THEN '' ELSE k.referenced_table_schema END
FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints f
ON f.constraint_schema = k.constraint_schema AND f.constraint_name = k.constraint_name AND f.table_name = k.table_name
WHERE k.table_schema = COALESCE(NULLIF(:space, ''), DATABASE()) AND k.table_name = :name ORDER BY k.constraint_name, k.ordinal_position`)
	var keys []*schema.ForeignKey
	for _, row := range rows {
		if n := len(keys); n == 0 || keys[n-1].Name != row.Text(0) {
			keys = append(keys, &schema.ForeignKey{Table: row.Text(2), Schema: row.Text(6), Actions: schema.Actions{Name: row.Text(0),
				OnDelete: dialect.ParseAction(row.Text(4)), OnUpdate: dialect.ParseAction(row.Text(5))}})
		}
		k := keys[len(keys)-1]
		k.Columns, k.Targets = append(k.Columns, row.Text(1)), append(k.Targets, row.Text(3))
	}
	for _, k := range keys {
		if strings.HasPrefix(k.Name, r.table.Name+"_ibfk_") {
			k.Name = ""
		}
		dialect.AddKey(r.table, k)
	}
	return err
}

func (r *reflection) indexes() error {
	rows, err := r.rows(`SELECT index_name, non_unique, column_name, collation FROM information_schema.statistics
WHERE ` + inSpace + ` AND table_name = :name AND index_name <> 'PRIMARY' ORDER BY index_name, seq_in_index`)
	var list []*schema.Index
	for _, row := range rows {
		if n := len(list); n == 0 || list[n-1].Name != row.Text(0) {
			list = append(list, &schema.Index{Name: row.Text(0), Unique: !row.Bool(1)})
		}
		index := list[len(list)-1]
		index.Parts = append(index.Parts, schema.IndexPart{Column: row.Text(2), Descending: row.Text(3) == "D"})
	}
	for _, index := range list {
		switch columns := index.Columns(); {
		case index.Unique:
			u := &schema.Unique{Name: index.Name, Columns: columns}
			if len(columns) == 1 && index.Name == columns[0] {
				u.Name = "" // what the server calls it by itself
			}
			dialect.AddUnique(r.table, u)
		case !r.ofKey(index.Name, columns):
			r.table.Indexes = append(r.table.Indexes, index)
		}
	}
	return err
}

// ofKey says whether the server made the index for a foreign key.
func (r *reflection) ofKey(name string, columns []string) bool {
	for _, k := range r.table.AllForeignKeys() {
		if slices.Equal(k.Columns, columns) && (name == k.Name || name == columns[0]) {
			return true
		}
	}
	return false
}
