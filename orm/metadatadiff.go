package orm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Diff says how other differs from m as a database of that dialect holds them,
// one difference a line: those of m begin with -, those of other with +. Both
// are written as DDL, and expressions are compared without white space,
// parentheses and casts, which databases rewrite. It returns nil if nothing
// differs.
func (m *Metadata) Diff(d dialect.Dialect, other *Metadata) ([]string, error) {
	ours, err := m.lines(d)
	if err != nil {
		return nil, err
	}
	theirs, err := other.lines(d)
	if err != nil {
		return nil, err
	}
	var list []string
	add := func(sign string, of, without map[string]string) {
		for key, line := range of {
			if _, ok := without[key]; !ok {
				list = append(list, sign+" "+line)
			}
		}
	}
	add("-", ours, theirs)
	add("+", theirs, ours)
	slices.Sort(list)
	return list, nil
}

// lines are the columns, constraints, indexes and views, each under the form in
// which it is compared.
func (m *Metadata) lines(d dialect.Dialect) (map[string]string, error) {
	set := map[string]string{}
	add := func(of, line string) { set[of+" "+plainSQL(line)] = of + ": " + line }
	for _, t := range m.described() {
		body, err := tableLines(d, t)
		if err != nil {
			return nil, fmt.Errorf("orm: comparing table %s: %w", t.FullName(), err)
		}
		for _, line := range body {
			add("table "+t.FullName(), line)
		}
	}
	for _, v := range m.views {
		set["view "+v.FullName()] = "view " + v.FullName()
	}
	return set, nil
}

// tableLines are the parts of the CREATE TABLE and what belongs to the table.
func tableLines(d dialect.Dialect, t *schema.Table) ([]string, error) {
	f := d.Features().DDL
	var statements []expr.Stmt
	shown := *t
	shown.Uniques = slices.Clone(t.Uniques)
	for _, index := range t.Indexes {
		switch {
		case !index.On(d.Name()):
		case index.Unique && f.UniqueIsIndex && len(index.Columns()) == len(index.Parts):
			shown.Uniques = append(shown.Uniques, &schema.Unique{Name: index.Name, Columns: index.Columns()})
		default:
			statements = append(statements, expr.CreateIndex{Table: t, Index: index})
		}
	}
	if f.CommentStatements {
		statements = append(statements, expr.SetComment{Table: t})
		for _, c := range t.Columns {
			statements = append(statements, expr.SetComment{Table: t, Column: c})
		}
	}
	if !f.KeyNames {
		shown.KeyName = ""
	}
	create, err := dialect.Compile(d, expr.CreateTable{Table: &shown})
	if err != nil {
		return nil, err
	}
	lines := bodyLines(create.SQL)
	if f.RestrictIsDefault {
		for i, line := range lines {
			lines[i] = strings.NewReplacer(" ON DELETE RESTRICT", "", " ON UPDATE RESTRICT", "").Replace(line)
		}
	}
	for _, s := range statements {
		c, err := dialect.Compile(d, s)
		if err != nil {
			return nil, err
		}
		lines = append(lines, c.SQL)
	}
	return lines, nil
}

// bodyLines are the columns and constraints of a CREATE TABLE, and what stands
// behind them.
func bodyLines(create string) []string {
	_, body, _ := strings.Cut(create, "(\n\t")
	tail := ""
	if end := strings.LastIndex(body, "\n)"); end >= 0 {
		body, tail = body[:end], strings.TrimSpace(body[end+len("\n)"):])
	}
	lines := strings.Split(body, ",\n\t")
	if tail != "" {
		lines = append(lines, tail)
	}
	return lines
}

// plainSQL is SQL without what databases add when they write it anew.
func plainSQL(sql string) string {
	sql = withoutCasts(strings.ToLower(sql))
	noise := strings.NewReplacer(" ", "", "\n", "", "\t", "", "(", "", ")", "", `"`, "", "`", "", "[", "", "]", "")
	return strings.NewReplacer("=anyarray", "in", "<>", "!=").Replace(noise.Replace(sql))
}

// castWords are what may follow the first word of a type.
var castWords = []string{" varying", " precision", " without time zone", " with time zone", "[]"}

// withoutCasts leaves out ::type.
func withoutCasts(sql string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(sql, "::")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		sql = strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz_")
		for _, word := range castWords {
			sql = strings.TrimPrefix(sql, word)
		}
	}
}
