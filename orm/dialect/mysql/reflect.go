package mysql

import (
	"context"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

var _ dialect.Reflector = mysql{}

// inSpace limits table_schema to a database; an empty one is the connection's
// own.
const inSpace = "table_schema = COALESCE(NULLIF(:space, ''), DATABASE())"

// TableNames lists the tables that are no views.
func (mysql) TableNames(ctx context.Context, ask dialect.Asker, space string) ([]string, error) {
	rows, err := ask(ctx, dialect.Ask("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND "+inSpace+" ORDER BY table_name", "space", space))
	var names []string
	for _, r := range rows {
		names = append(names, r.Text(0))
	}
	return names, err
}

// ReflectViews reads the queries as the server writes them anew.
func (mysql) ReflectViews(ctx context.Context, ask dialect.Asker, space string) ([]*schema.View, error) {
	rows, err := ask(ctx, dialect.Ask("SELECT table_name, view_definition, version() FROM information_schema.views WHERE "+inSpace+" ORDER BY table_name", "space", space))
	var views []*schema.View
	for _, r := range rows {
		part := reflection{ctx: ctx, ask: ask, table: &schema.Table{Schema: space, Name: r.Text(0)}, maria: strings.Contains(r.Text(2), "MariaDB")}
		if err := part.columns(); err != nil {
			return nil, err
		}
		view, err := dialect.ViewOf(part.table, schema.SQL(r.Text(1)))
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
	maria bool
	json  map[string]bool // columns that a check makes JSON: MariaDB has no type for it
}

func (r *reflection) rows(sql string) ([]dialect.Record, error) {
	return r.ask(r.ctx, dialect.Ask(sql, "space", r.table.Schema, "name", r.table.Name))
}

// ReflectTable asks the information schema.
func (mysql) ReflectTable(ctx context.Context, ask dialect.Asker, space, name string) (*schema.Table, error) {
	r := reflection{ctx: ctx, ask: ask, table: &schema.Table{Schema: space, Name: name}, json: map[string]bool{}}
	rows, err := r.rows("SELECT table_comment, version() FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND " + inSpace + " AND table_name = :name")
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	r.table.Comment = rows[0].Text(0)
	r.maria = strings.Contains(rows[0].Text(1), "MariaDB")
	for _, part := range []func() error{r.checks, r.columns, r.keys, r.indexes} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return r.table, schema.Define(r.table)
}

func (r *reflection) columns() error {
	rows, err := r.rows(`SELECT column_name, column_type, is_nullable, column_default, extra, generation_expression, column_comment, column_key
FROM information_schema.columns WHERE ` + inSpace + ` AND table_name = :name ORDER BY ordinal_position`)
	for _, row := range rows {
		c := &schema.Column{Name: row.Text(0), Type: readType(row.Text(1)), Nullable: row.Bool(2),
			PrimaryKey: row.Text(7) == "PRI", Comment: row.Text(6)}
		if r.json[c.Name] {
			c.Type = schema.Type{Kind: schema.JSON}
		}
		extra := strings.ToUpper(row.Text(4))
		switch {
		case row.Text(5) != "":
			c.Computed = &schema.Computed{SQL: schema.SQL(row.Text(5)), Stored: strings.Contains(extra, "STORED") || strings.Contains(extra, "PERSISTENT")}
		case strings.Contains(extra, "AUTO_INCREMENT"):
			c.Autoincrement = true
		case !row.IsNull(3):
			c.Default = r.readDefault(c, row.Text(3), strings.Contains(extra, "DEFAULT_GENERATED"))
		}
		r.table.Columns = append(r.table.Columns, c)
	}
	if key := r.table.PrimaryKey(); len(key) == 1 {
		key[0].Autoincrement = false // what the key does without being told
	}
	return err
}

// readDefault reads a default. MariaDB writes literals as SQL, and NULL too;
// MySQL writes texts without quotes and says which defaults are expressions.
func (r *reflection) readDefault(c *schema.Column, text string, expression bool) any {
	switch {
	case strings.EqualFold(text, "NULL") && c.Nullable:
		return nil
	case strings.EqualFold(strings.TrimSuffix(text, "(6)"), "CURRENT_TIMESTAMP"):
		return schema.SQL("CURRENT_TIMESTAMP")
	case r.maria:
		// A backslash is written twice in a literal.
		if strings.HasPrefix(text, "'") {
			text = strings.ReplaceAll(strings.ReplaceAll(text, `\'`, "''"), `\\`, `\`)
		}
		return dialect.ParseDefault(c.Type, text)
	case expression:
		return schema.SQL("(" + text + ")")
	}
	if d := dialect.ParseDefault(c.Type, text); d != any(schema.SQL(text)) {
		return d
	}
	return text
}

// readType is the inverse of TypeDDL; a type that it would not write is Native.
func readType(s string) schema.Type {
	name, numbers := dialect.ParseType(s)
	switch {
	case strings.EqualFold(s, "tinyint(1)"):
		return schema.Type{Kind: schema.Boolean}
	case strings.EqualFold(s, "decimal(16,6)"):
		return schema.Type{Kind: schema.Interval}
	case strings.EqualFold(s, "char(36)"):
		return schema.Type{Kind: schema.UUID}
	case name == "varchar" && len(numbers) == 1:
		return schema.Type{Kind: schema.String, Size: numbers[0]}
	case name == "decimal" && len(numbers) == 2:
		return schema.Type{Kind: schema.Numeric, Size: numbers[0], Scale: int16(numbers[1])}
	case strings.HasPrefix(strings.ToLower(s), "enum("):
		return schema.EnumOf("", enumValues(s)...)
	}
	kinds := map[string]schema.Kind{
		"smallint": schema.SmallInteger, "int": schema.Integer, "bigint": schema.BigInteger, "double": schema.Float,
		"text": schema.Text, "longblob": schema.LargeBinary, "datetime(6)": schema.DateTime, "date": schema.Date,
		"time(6)": schema.Time, "json": schema.JSON,
	}
	if kind, ok := kinds[strings.ToLower(s)]; ok {
		return schema.Type{Kind: kind}
	}
	// Integers may have a width, which means nothing.
	if kind, ok := kinds[name]; ok && (kind == schema.SmallInteger || kind == schema.Integer || kind == schema.BigInteger) {
		return schema.Type{Kind: kind}
	}
	return schema.NativeOf(s)
}

// enumValues reads enum('a','it”s').
func enumValues(s string) (values []string) {
	for rest := s; ; {
		start := strings.IndexByte(rest, '\'')
		if start < 0 {
			return values
		}
		var b strings.Builder
		i := start + 1
		for ; i < len(rest); i++ {
			if rest[i] == '\'' {
				if i+1 < len(rest) && rest[i+1] == '\'' {
					i++
				} else {
					break
				}
			}
			b.WriteByte(rest[i])
		}
		values = append(values, b.String())
		rest = rest[min(i+1, len(rest)):]
	}
}
