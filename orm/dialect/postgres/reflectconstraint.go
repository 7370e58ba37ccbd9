package postgres

import (
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

const constraintsQuery = `SELECT o.conname, CAST(o.contype AS text),
(SELECT string_agg(a.attname, chr(31) ORDER BY k.n) FROM unnest(o.conkey) WITH ORDINALITY k(num, n)
 JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.num),
f.relname, CASE WHEN n.nspname = current_schema() THEN '' ELSE n.nspname END,
(SELECT string_agg(a.attname, chr(31) ORDER BY k.n) FROM unnest(o.confkey) WITH ORDINALITY k(num, n)
 JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num),
CAST(o.confdeltype AS text), CAST(o.confupdtype AS text), o.condeferrable, o.condeferred, pg_catalog.pg_get_expr(o.conbin, o.conrelid)
FROM pg_catalog.pg_constraint o LEFT JOIN pg_catalog.pg_class f ON f.oid = o.confrelid
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.relnamespace
WHERE o.conrelid = CAST(:oid AS oid) ORDER BY o.conname`

func (r *reflection) constraints() error {
	rows, err := r.ask(r.ctx, dialect.Ask(constraintsQuery, "oid", r.oid))
	for _, row := range rows {
		columns := row.Names(2)
		name := r.given(row.Text(0), columns)
		switch row.Text(1) {
		case "p":
			r.table.KeyName = name
			for _, c := range r.table.Columns {
				c.PrimaryKey = slices.Contains(columns, c.Name)
				c.Nullable = c.Nullable && !c.PrimaryKey
			}
		case "u":
			dialect.AddUnique(r.table, &schema.Unique{Name: name, Columns: columns})
		case "c":
			r.table.Checks = append(r.table.Checks, &schema.Check{Name: name, SQL: schema.SQL(row.Text(10))})
		case "f":
			dialect.AddKey(r.table, r.key(name, columns, row))
		}
	}
	return err
}

var actions = map[string]schema.Action{
	"r": schema.Restrict, "c": schema.Cascade, "n": schema.SetNull, "d": schema.SetDefault,
}

func (r *reflection) key(name string, columns []string, row dialect.Record) *schema.ForeignKey {
	k := &schema.ForeignKey{Columns: columns, Table: row.Text(3), Schema: row.Text(4), Targets: row.Names(5),
		Actions: schema.Actions{Name: name, OnDelete: actions[row.Text(6)], OnUpdate: actions[row.Text(7)]}}
	if k.Schema == r.table.Schema {
		k.Schema = ""
	}
	if row.Bool(8) {
		k.Deferrable = schema.InitiallyImmediate
	}
	if row.Bool(9) {
		k.Deferrable = schema.InitiallyDeferred
	}
	return k
}

// given is the name of a constraint, or empty if PostgreSQL itself made it up:
// table, columns and what it is.
func (r *reflection) given(name string, columns []string) string {
	rest, ok := strings.CutPrefix(name, r.table.Name+"_")
	if !ok {
		return name
	}
	rest = strings.TrimRight(rest, "0123456789")
	of := strings.Join(columns, "_")
	for _, made := range []string{"pkey", "check", of + "_key", of + "_fkey", of + "_check"} {
		if rest == made {
			return ""
		}
	}
	return name
}

const indexesQuery = `SELECT i.relname, x.indisunique, pg_catalog.pg_get_expr(x.indpred, x.indrelid), k.n > x.indnkeyatts,
x.indkey[k.n - 1] = 0, pg_catalog.pg_get_indexdef(x.indexrelid, k.n, false),
k.n <= x.indnkeyatts AND (x.indoption[k.n - 1] & 1) = 1,
(SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.indrelid AND a.attnum = x.indkey[k.n - 1])
FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
CROSS JOIN LATERAL generate_series(1, CAST(x.indnatts AS integer)) k(n)
WHERE x.indrelid = CAST(:oid AS oid) AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint o WHERE o.conindid = x.indexrelid AND o.contype IN ('p', 'u', 'x'))
ORDER BY i.relname, k.n`

func (r *reflection) indexes() error {
	rows, err := r.ask(r.ctx, dialect.Ask(indexesQuery, "oid", r.oid))
	var index *schema.Index
	for _, row := range rows {
		if index == nil || index.Name != row.Text(0) {
			index = &schema.Index{Name: row.Text(0), Unique: row.Bool(1), Where: schema.SQL(row.Text(2))}
			r.table.Indexes = append(r.table.Indexes, index)
		}
		switch {
		case row.Bool(3):
			index.Include = append(index.Include, row.Text(7))
		case row.Bool(4):
			index.Parts = append(index.Parts, schema.IndexPart{SQL: schema.SQL(row.Text(5)), Descending: row.Bool(6)})
		default:
			index.Parts = append(index.Parts, schema.IndexPart{Column: row.Text(7), Descending: row.Bool(6)})
		}
	}
	return err
}
