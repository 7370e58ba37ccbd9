package schema

import (
	"errors"
	"fmt"
	"strings"
)

// Define makes a table that has been filled in ready for use. It fails when a
// name is empty or used twice, or when a key, a constraint or an index names a
// column that is not there; the error lists all that is wrong.
func Define(t *Table) error {
	d := definer{Table: t}
	t.byName = make(map[string]*Column, len(t.Columns))
	if t.Name == "" {
		d.wrong("the table has no name")
	}
	if len(t.Columns) == 0 {
		d.wrong("it has no columns")
	}
	for i, c := range t.Columns {
		d.column(i, c)
	}
	if d.automatic > 1 {
		d.wrong("two columns are autoincrement; a table can have one")
	}
	d.constraints()
	d.indexes()
	d.names()
	if d.list != nil {
		return fmt.Errorf("table %s: %w", t.FullName(), errors.New(strings.Join(d.list, "; ")))
	}
	return nil
}

// definer collects what is wrong with a table.
type definer struct {
	*Table
	list      []string
	automatic int // columns that count
}

func (d *definer) wrong(format string, args ...any) {
	d.list = append(d.list, fmt.Sprintf(format, args...))
}

func (d *definer) column(i int, c *Column) {
	switch {
	case c.Name == "":
		d.wrong("column %d has no name", i+1)
	case d.byName[c.Name] != nil:
		d.wrong("column %s is there twice", c.Name)
	case c.Type.Kind == Unknown:
		d.wrong("column %s has no type", c.Name)
	}
	if c.Autoincrement || c.Identity != nil {
		d.automatic++
	}
	d.origins(c)
	c.Table = d.Table
	d.byName[c.Name] = c
}

// origins checks that one thing at most says what a column's value is.
func (d *definer) origins(c *Column) {
	var given []string
	add := func(is bool, what string) {
		if is {
			given = append(given, what)
		}
	}
	add(c.Default != nil, "a default")
	add(c.Sequence != nil, "a sequence")
	add(c.Computed != nil, "computed")
	add(c.Identity != nil, "identity")
	if len(given) > 1 {
		d.wrong("column %s is %s; one of them can be", c.Name, strings.Join(given, " and "))
	}
	if c.Computed != nil && (c.Autoincrement || c.PrimaryKey || c.OnUpdate != nil) {
		d.wrong("column %s is computed, so it cannot be a primary key or have an OnUpdate", c.Name)
	}
}

func (d *definer) constraints() {
	for _, u := range d.Uniques {
		d.columns("a unique constraint", u.Columns)
	}
	for _, c := range d.Checks {
		if strings.TrimSpace(string(c.SQL)) == "" {
			d.wrong("a check has no condition")
		}
	}
	for _, k := range d.ForeignKeys {
		d.columns("a foreign key", k.Columns)
		if k.Table == "" {
			d.wrong("a foreign key names no table")
		}
		if len(k.Columns) != len(k.Targets) {
			d.wrong("the foreign key to %s has %d columns for %d", k.Table, len(k.Columns), len(k.Targets))
		}
	}
}

func (d *definer) indexes() {
	for _, index := range d.Indexes {
		if len(index.Parts) == 0 {
			d.wrong("an index has no columns")
			continue
		}
		for _, p := range index.Parts {
			switch {
			case p.Column != "" && p.SQL != "":
				d.wrong("a part of an index is the column %s and the expression %s", p.Column, p.SQL)
			case p.SQL == "":
				d.columns("an index", []string{p.Column})
			}
		}
		for _, name := range index.Include {
			d.columns("an index", []string{name})
		}
		if index.Name == "" {
			index.Name = Naming{}.index(d.Table, index)
		}
	}
}

// columns checks a list of columns.
func (d *definer) columns(what string, names []string) {
	if len(names) == 0 {
		d.wrong("%s has no columns", what)
	}
	seen := map[string]bool{}
	for _, name := range names {
		switch {
		case d.byName[name] == nil:
			d.wrong("%s names the column %q, which is not there", what, name)
		case seen[name]:
			d.wrong("%s names the column %s twice", what, name)
		}
		seen[name] = true
	}
}

// names checks that no two constraints, and no two indexes, share a name.
func (d *definer) names() {
	seen := map[string]bool{}
	check := func(what, name string) {
		if name != "" && seen[name] {
			d.wrong("two %s have the name %s", what, name)
		}
		seen[name] = true
	}
	check("constraints", d.KeyName)
	for _, u := range d.Uniques {
		check("constraints", u.Name)
	}
	for _, c := range d.Checks {
		check("constraints", c.Name)
	}
	for _, k := range d.AllForeignKeys() {
		check("constraints", k.Name)
	}
	clear(seen)
	for _, index := range d.Indexes {
		check("indexes", index.Name)
	}
}
