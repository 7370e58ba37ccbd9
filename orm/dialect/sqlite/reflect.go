package sqlite

import (
	"context"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

var _ dialect.Reflector = sqlite{}

// TableNames leaves out SQLite's own tables.
func (sqlite) TableNames(ctx context.Context, ask dialect.Asker, _ string) ([]string, error) {
	rows, err := ask(ctx, dialect.Ask("SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"))
	var names []string
	for _, r := range rows {
		names = append(names, r.Text(0))
	}
	return names, err
}

// ReflectViews reads the queries of the views, and asks a pragma for their
// columns.
func (sqlite) ReflectViews(ctx context.Context, ask dialect.Asker, _ string) ([]*schema.View, error) {
	rows, err := ask(ctx, dialect.Ask("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name"))
	var views []*schema.View
	for _, r := range rows {
		query := r.Text(1)
		list := tokens(query)
		if i := slices.IndexFunc(list, func(t token) bool { return t.is("AS") }); i >= 0 {
			query = strings.TrimSpace(query[list[i].end:])
		}
		part := reflection{ctx, ask, &schema.Table{Name: r.Text(0)}, readDefinition("")}
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
	text  *definition
}

// ReflectTable asks the pragmas, and the text of the CREATE TABLE for what they
// do not tell: names, checks, expressions.
func (sqlite) ReflectTable(ctx context.Context, ask dialect.Asker, _, name string) (*schema.Table, error) {
	rows, err := ask(ctx, dialect.Ask("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name = :name COLLATE NOCASE", "name", name))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	r := reflection{ctx, ask, &schema.Table{Name: rows[0].Text(0)}, readDefinition(rows[0].Text(1))}
	r.table.KeyName, r.table.Checks = r.text.keyName, r.text.checks
	for _, part := range []func() error{r.columns, r.keys, r.indexes} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	for _, u := range r.text.uniques {
		dialect.AddUnique(r.table, u)
	}
	return r.table, schema.Define(r.table)
}

func (r *reflection) columns() error {
	rows, err := r.ask(r.ctx, dialect.Ask(`SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(:t) ORDER BY cid`, "t", r.table.Name))
	for _, row := range rows {
		c := &schema.Column{Name: row.Text(0), Type: readType(row.Text(1)), PrimaryKey: row.Int(4) > 0}
		c.Nullable = !row.Bool(2) && !c.PrimaryKey
		c.Autoincrement = c.PrimaryKey && r.text.autoincrement
		if !row.IsNull(3) {
			c.Default = dialect.ParseDefault(c.Type, row.Text(3))
		}
		const virtual, stored = 2, 3
		if kind := row.Int(5); kind == virtual || kind == stored {
			c.Computed = &schema.Computed{SQL: schema.SQL(r.text.computed[c.Name]), Stored: kind == stored}
		}
		r.table.Columns = append(r.table.Columns, c)
	}
	return err
}

func (r *reflection) keys() error {
	rows, err := r.ask(r.ctx, dialect.Ask(`SELECT id, "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(:t) ORDER BY id DESC, seq`, "t", r.table.Name))
	var keys []*schema.ForeignKey
	last := int64(-1)
	for _, row := range rows {
		if row.Int(0) != last {
			last = row.Int(0)
			keys = append(keys, &schema.ForeignKey{Table: row.Text(1),
				Actions: schema.Actions{OnUpdate: dialect.ParseAction(row.Text(4)), OnDelete: dialect.ParseAction(row.Text(5))}})
		}
		k := keys[len(keys)-1]
		k.Columns = append(k.Columns, row.Text(2))
		if !row.IsNull(3) {
			k.Targets = append(k.Targets, row.Text(3))
		}
	}
	for _, k := range keys {
		if err := r.target(k); err != nil {
			return err
		}
		for _, f := range r.text.keys {
			if slices.Equal(f.columns, k.Columns) {
				k.Name, k.Deferrable = f.name, f.deferrable
			}
		}
		dialect.AddKey(r.table, k)
	}
	return err
}

// target fills in the primary key of the other table, which a foreign key may
// leave out.
func (r *reflection) target(k *schema.ForeignKey) error {
	if len(k.Targets) == len(k.Columns) {
		return nil
	}
	rows, err := r.ask(r.ctx, dialect.Ask("SELECT name FROM pragma_table_info(:t) WHERE pk > 0 ORDER BY pk", "t", k.Table))
	for _, row := range rows {
		k.Targets = append(k.Targets, row.Text(0))
	}
	return err
}

func (r *reflection) indexes() error {
	rows, err := r.ask(r.ctx, dialect.Ask(`SELECT l.name, l."unique", m.sql FROM pragma_index_list(:t) l JOIN sqlite_master m ON m.type = 'index' AND m.name = l.name WHERE l.origin = 'c' ORDER BY l.name`, "t", r.table.Name))
	for _, row := range rows {
		index := &schema.Index{Name: row.Text(0), Unique: row.Bool(1)}
		list := tokens(row.Text(2))
		for _, t := range list {
			if t.group && len(index.Parts) == 0 {
				index.Parts = readParts(t.text)
			}
			if t.is("WHERE") && len(index.Parts) > 0 {
				index.Where = schema.SQL(strings.TrimSpace(row.Text(2)[t.end:]))
			}
		}
		r.table.Indexes = append(r.table.Indexes, index)
	}
	return err
}

// readParts reads the columns and expressions of an index.
func readParts(text string) (parts []schema.IndexPart) {
	for _, item := range split(tokens(text)) {
		p := schema.IndexPart{Descending: item[len(item)-1].is("DESC")}
		switch {
		case item[0].group:
			p.SQL = schema.SQL(item[0].text)
		case len(item) > 1 && item[1].group:
			p.SQL = schema.SQL(item[0].text + "(" + item[1].text + ")")
		default:
			p.Column = item[0].text
		}
		parts = append(parts, p)
	}
	return parts
}

// kindOf are the types by the names that this dialect gives them.
var kindOf = func() map[string]schema.Kind {
	m := map[string]schema.Kind{}
	for kind, name := range typeNames {
		m[strings.ToLower(name)] = kind
	}
	return m
}()

// readType is the inverse of TypeDDL; a type that it would not write is Native.
func readType(s string) schema.Type {
	name, numbers := dialect.ParseType(s)
	switch {
	case strings.EqualFold(s, typeNames[schema.Interval]):
		return schema.Type{Kind: schema.Interval}
	case strings.EqualFold(s, typeNames[schema.UUID]):
		return schema.Type{Kind: schema.UUID}
	case name == "varchar" && len(numbers) == 1:
		return schema.Type{Kind: schema.String, Size: numbers[0]}
	case name == "numeric" && len(numbers) == 2:
		return schema.Type{Kind: schema.Numeric, Size: numbers[0], Scale: int16(numbers[1])}
	}
	if kind, ok := kindOf[name]; ok && numbers == nil {
		return schema.Type{Kind: kind}
	}
	return schema.NativeOf(s)
}
