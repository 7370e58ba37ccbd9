package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

var _ dialect.Reflector = postgres{}

// inSpace limits pg_namespace n to a namespace; an empty one is the
// connection's own.
const inSpace = "n.nspname = COALESCE(NULLIF(CAST(:space AS text), ''), CAST(current_schema() AS text))"

// TableNames leaves out the partitions of tables.
func (postgres) TableNames(ctx context.Context, ask dialect.Asker, space string) ([]string, error) {
	rows, err := ask(ctx, dialect.Ask(`SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND `+inSpace+` ORDER BY c.relname`, "space", space))
	var names []string
	for _, r := range rows {
		names = append(names, r.Text(0))
	}
	return names, err
}

// ReflectViews reads the queries as PostgreSQL writes them anew.
func (postgres) ReflectViews(ctx context.Context, ask dialect.Asker, space string) ([]*schema.View, error) {
	rows, err := ask(ctx, dialect.Ask(`SELECT c.relname, pg_catalog.pg_get_viewdef(c.oid), c.oid FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'v' AND `+inSpace+` ORDER BY c.relname`, "space", space))
	var views []*schema.View
	for _, r := range rows {
		query := strings.TrimSuffix(strings.TrimSpace(r.Text(1)), ";")
		part := reflection{ctx, ask, &schema.Table{Schema: space, Name: r.Text(0)}, r.Text(2)}
		if err := part.columns(); err != nil {
			return nil, err
		}
		view, err := dialect.ViewOf(part.table, schema.SQL(query))
		if err != nil {
			return nil, err
		}
		views = append(views, view)
	}
	return views, err
}

// reflection is one run of ReflectTable.
type reflection struct {
	ctx   context.Context
	ask   dialect.Asker
	table *schema.Table
	oid   string
}

// ReflectTable asks the catalog.
func (postgres) ReflectTable(ctx context.Context, ask dialect.Asker, space, name string) (*schema.Table, error) {
	rows, err := ask(ctx, dialect.Ask(`SELECT c.oid, pg_catalog.obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND c.relname = :name AND `+inSpace,
		"space", space, "name", name))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	r := reflection{ctx, ask, &schema.Table{Schema: space, Name: name, Comment: rows[0].Text(1)}, rows[0].Text(0)}
	for _, part := range []func() error{r.columns, r.constraints, r.indexes} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	r.generated()
	return r.table, schema.Define(r.table)
}

const columnsQuery = `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
pg_catalog.pg_get_expr(d.adbin, d.adrelid), CAST(a.attidentity AS text), CAST(a.attgenerated AS text), pg_catalog.col_description(a.attrelid, a.attnum),
(SELECT s.relname FROM pg_catalog.pg_depend p JOIN pg_catalog.pg_class s ON s.oid = p.objid AND s.relkind = 'S'
 WHERE p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype IN ('a', 'i') LIMIT 1),
(SELECT string_agg(e.enumlabel, chr(31) ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = a.atttypid),
(SELECT t.typname FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid),
(SELECT CAST(q.seqstart AS text) || ' ' || CAST(q.seqincrement AS text) FROM pg_catalog.pg_depend p JOIN pg_catalog.pg_sequence q ON q.seqrelid = p.objid
 WHERE p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype IN ('a', 'i') LIMIT 1)
FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = CAST(:oid AS oid) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`

func (r *reflection) columns() error {
	rows, err := r.ask(r.ctx, dialect.Ask(columnsQuery, "oid", r.oid))
	for _, row := range rows {
		c := &schema.Column{Name: row.Text(0), Type: readType(row.Text(1)), Nullable: !row.Bool(2), Comment: row.Text(6)}
		if values := row.Names(8); values != nil {
			c.Type = schema.EnumOf(row.Text(9), values...)
		}
		r.origin(c, row)
		r.table.Columns = append(r.table.Columns, c)
	}
	return err
}

// origin says where a column's value comes from.
func (r *reflection) origin(c *schema.Column, row dialect.Record) {
	value := row.Text(3)
	switch {
	case row.Text(4) != "":
		c.Identity = &schema.Identity{Always: row.Text(4) == "a"}
		_, _ = fmt.Sscan(row.Text(10), &c.Identity.Start, &c.Identity.Increment)
	case row.Text(5) != "":
		c.Computed = &schema.Computed{SQL: schema.SQL(value), Stored: row.Text(5) == "s"}
	case strings.HasPrefix(value, "nextval(") && !row.IsNull(7):
		c.Autoincrement = true
	case strings.HasPrefix(value, "nextval("):
		c.Sequence = sequence(value)
	case !row.IsNull(3):
		c.Default = readDefault(c.Type, value)
	}
}

// sequence reads nextval('shop."Counter"'::regclass).
func sequence(value string) *schema.Sequence {
	name := strings.TrimPrefix(value, "nextval('")
	if i := strings.LastIndex(name, "'"); i >= 0 {
		name = strings.ReplaceAll(name[:i], "''", "'")
	}
	s := &schema.Sequence{Name: name}
	if space, rest, ok := strings.Cut(name, "."); ok {
		s.Schema, s.Name = strings.Trim(space, `"`), rest
	}
	s.Name = strings.Trim(s.Name, `"`)
	return s
}

// readDefault reads a default, which PostgreSQL writes with a cast.
func readDefault(t schema.Type, value string) any {
	text := value
	if i := strings.LastIndex(value, "'::"); i >= 0 {
		text = value[:i+1]
	}
	if d := dialect.ParseDefault(t, text); d != any(schema.SQL(text)) {
		return d
	}
	return schema.SQL(value)
}

// generated takes back what [schema.Table.GeneratedKey] says without being
// told.
func (r *reflection) generated() {
	key := r.table.PrimaryKey()
	if len(key) == 1 && key[0].Autoincrement && key[0].References == nil {
		key[0].Autoincrement = false
	}
}
