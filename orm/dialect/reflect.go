package dialect

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Reflector is a [Dialect] that can say what a database holds. A namespace that
// is empty is the connection's own.
type Reflector interface {
	// TableNames lists the tables, in the order of their names.
	TableNames(ctx context.Context, ask Asker, space string) ([]string, error)
	// ReflectTable describes one; it returns nil if it is not there.
	ReflectTable(ctx context.Context, ask Asker, space, name string) (*schema.Table, error)
	// ReflectViews describes the views.
	ReflectViews(ctx context.Context, ask Asker, space string) ([]*schema.View, error)
}

// Asker runs a statement and returns its rows.
type Asker func(ctx context.Context, s expr.Stmt) ([]Record, error)

// Record is one row of what a database says about itself.
type Record []any

// Text is column i as text; NULL is empty.
func (r Record) Text(i int) string {
	switch v := r[i].(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	}
	return fmt.Sprint(r[i])
}

// IsNull says whether column i is NULL.
func (r Record) IsNull(i int) bool { return r[i] == nil }

// Int is column i as an integer; what is none is 0.
func (r Record) Int(i int) int64 {
	if n, ok := r[i].(int64); ok {
		return n
	}
	n, _ := strconv.ParseInt(r.Text(i), 10, 64)
	return n
}

// Bool is column i as a truth value, however the database writes it.
func (r Record) Bool(i int) bool {
	switch strings.ToUpper(r.Text(i)) {
	case "1", "T", "TRUE", "YES":
		return true
	}
	return false
}

// Separator stands between the names in a column of names.
const Separator = "\x1f"

// Names is column i as a list of names.
func (r Record) Names(i int) []string {
	if r.Text(i) == "" {
		return nil
	}
	return strings.Split(r.Text(i), Separator)
}

// ParseType splits a type such as "numeric(10, 2)" into its name, in lower
// case, and its numbers.
func ParseType(s string) (name string, numbers []int) {
	name, rest, has := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "(")
	inside, after, _ := strings.Cut(rest, ")")
	if has {
		for part := range strings.SplitSeq(inside, ",") {
			if n, err := strconv.Atoi(strings.TrimSpace(part)); err == nil {
				numbers = append(numbers, n)
			}
		}
	}
	return strings.TrimSpace(strings.TrimSpace(name) + after), numbers
}

// ParseDefault reads the SQL of a default: a literal is a value of the type's
// Go kind, anything else a [schema.SQL].
func ParseDefault(t schema.Type, sql string) any {
	text := strings.TrimSpace(sql)
	if s, ok := unquoteLiteral(text); ok {
		return s
	}
	if t.Kind == schema.Numeric {
		if _, err := strconv.ParseFloat(text, 64); err == nil {
			return text
		}
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		switch {
		case t.IsInteger():
			return n
		case t.Kind == schema.Boolean:
			return n != 0
		}
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && t.Kind == schema.Float {
		return f
	}
	if b, err := strconv.ParseBool(text); err == nil && t.Kind == schema.Boolean {
		return b
	}
	return schema.SQL(sql)
}

// unquoteLiteral reads a text literal.
func unquoteLiteral(s string) (string, bool) {
	if len(s) < 2 || s[0] != '\'' || s[len(s)-1] != '\'' {
		return "", false
	}
	inside := s[1 : len(s)-1]
	if strings.Contains(strings.ReplaceAll(inside, "''", ""), "'") {
		return "", false
	}
	return strings.ReplaceAll(inside, "''", "'"), true
}

// ParseAction reads the action of a foreign key; NO ACTION is the zero value.
func ParseAction(s string) schema.Action {
	if a := schema.Action(strings.ToUpper(s)); a != "NO ACTION" {
		return a
	}
	return schema.NoAction
}

// AddKey adds a foreign key to a table that is being reflected: one of a single
// column to that column.
func AddKey(t *schema.Table, k *schema.ForeignKey) {
	if len(k.Columns) == 1 && len(k.Targets) == 1 {
		for _, c := range t.Columns {
			if c.Name == k.Columns[0] && c.References == nil {
				c.References = &schema.Reference{Schema: k.Schema, Table: k.Table, Column: k.Targets[0], Actions: k.Actions}
				return
			}
		}
	}
	t.ForeignKeys = append(t.ForeignKeys, k)
}

// AddUnique likewise adds a unique constraint; without a name one of a single
// column belongs to the column.
func AddUnique(t *schema.Table, u *schema.Unique) {
	if u.Name == "" && len(u.Columns) == 1 {
		for _, c := range t.Columns {
			if c.Name == u.Columns[0] {
				c.Unique = true
				return
			}
		}
	}
	t.Uniques = append(t.Uniques, u)
}

// ViewOf makes a view of what a dialect reads of its columns, which have no
// keys, no defaults and no rules: those are its tables'.
func ViewOf(t *schema.Table, query schema.SQL) (*schema.View, error) {
	for i, c := range t.Columns {
		t.Columns[i] = &schema.Column{Name: c.Name, Type: c.Type, Nullable: true}
	}
	return &schema.View{Schema: t.Schema, Name: t.Name, SQL: query, Table: t}, schema.Define(t)
}
