package sqlite

import (
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

// definition is what only the text of a CREATE TABLE tells.
type definition struct {
	keyName       string
	autoincrement bool
	checks        []*schema.Check
	uniques       []*schema.Unique
	keys          []foreign
	computed      map[string]string // expressions by column
}

// foreign is what a foreign key has besides what the pragma tells.
type foreign struct {
	name       string
	columns    []string
	deferrable schema.Deferrable
}

var tableConstraints = []string{"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}

func readDefinition(create string) *definition {
	d := &definition{computed: map[string]string{}}
	for _, item := range items(create) {
		column := item[0].text
		for _, word := range tableConstraints {
			if item[0].is(word) {
				column = ""
			}
		}
		d.read(item, column)
	}
	return d
}

// read takes the constraints out of a column's definition, or of the table's.
func (d *definition) read(item []token, column string) {
	name := ""
	for i := 0; i < len(item); i++ {
		next := func(n int) token {
			if i+n < len(item) {
				return item[i+n]
			}
			return token{}
		}
		columns := func(group token) []string {
			if column != "" {
				return []string{column}
			}
			return names(group)
		}
		switch t := item[i]; {
		case t.is("CONSTRAINT"):
			name = next(1).text
			i++
			continue
		case t.is("CHECK") && next(1).group:
			d.checks = append(d.checks, &schema.Check{Name: name, SQL: schema.SQL(strings.TrimSpace(next(1).text))})
		case t.is("UNIQUE"):
			d.uniques = append(d.uniques, &schema.Unique{Name: name, Columns: columns(next(1))})
		case t.is("PRIMARY"):
			d.keyName = name
		case t.is("AUTOINCREMENT"):
			d.autoincrement = true
		case t.is("FOREIGN") && next(2).group:
			d.keys = append(d.keys, foreign{name: name, columns: names(next(2))})
		case t.is("REFERENCES") && column != "":
			d.keys = append(d.keys, foreign{name: name, columns: []string{column}})
		case t.is("DEFERRABLE") && !(i > 0 && item[i-1].is("NOT")) && len(d.keys) > 0:
			d.deferred(next(1), next(2))
		case t.is("AS") && next(1).group && column != "":
			d.computed[column] = strings.TrimSpace(next(1).text)
		default:
			continue
		}
		name = ""
	}
}

// deferred says of the last foreign key when it is checked.
func (d *definition) deferred(first, second token) {
	key := &d.keys[len(d.keys)-1]
	key.deferrable = schema.InitiallyImmediate
	if first.is("INITIALLY") && second.is("DEFERRED") {
		key.deferrable = schema.InitiallyDeferred
	}
}

// names are those in a list between parentheses.
func names(group token) (list []string) {
	for _, part := range split(tokens(group.text)) {
		list = append(list, part[0].text)
	}
	return list
}
