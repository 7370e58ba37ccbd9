package mapper

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

// options is what the tag of a field says.
type options struct {
	name, typ                         string
	primaryKey, autoincrement, unique bool
	nullable, omitZero                bool
	size                              int
	def                               *string
	serverDefault                     string
	references                        *schema.Reference
}

// parseTag reads the tag of a field: options between commas, each a word or
// word:value. A value that holds a comma stands in single quotes.
func parseTag(tag string) (o options, err error) {
	parts, err := splitTag(tag)
	if err != nil {
		return o, err
	}
	for _, part := range parts {
		key, value, hasValue := strings.Cut(part, ":")
		if err := o.set(strings.TrimSpace(key), unquote(value), hasValue); err != nil {
			return o, fmt.Errorf("tag %q: %w", tag, err)
		}
	}
	return o, nil
}

// set takes over one option.
func (o *options) set(key, value string, hasValue bool) error {
	flags := map[string]*bool{
		"primary_key": &o.primaryKey, "autoincrement": &o.autoincrement, "unique": &o.unique,
		"nullable": &o.nullable, "omitzero": &o.omitZero,
	}
	if flag := flags[key]; flag != nil {
		if hasValue {
			return fmt.Errorf("%s takes no value", key)
		}
		*flag = true
		return nil
	}
	texts := map[string]*string{"name": &o.name, "type": &o.typ, "server_default": &o.serverDefault}
	known := slices.Sorted(maps.Keys(flags))
	known = append(known, slices.Sorted(maps.Keys(texts))...)
	known = append(known, "default", "foreign_key", "size")
	switch {
	case !slices.Contains(known, key):
		return fmt.Errorf("unknown option %q; known are %s", key, strings.Join(known, ", "))
	case !hasValue, value == "" && key != "default":
		return fmt.Errorf("%s needs a value, as in %s:…", key, key)
	}
	if text := texts[key]; text != nil {
		*text = value
		return nil
	}
	return o.setParsed(key, value)
}

// setParsed takes over an option whose value is not plain text.
func (o *options) setParsed(key, value string) error {
	switch key {
	case "default":
		o.def = &value
	case "size":
		n, err := strconv.Atoi(value)
		if err != nil || n <= 0 {
			return fmt.Errorf("size:%s is not a number of characters above 0", value)
		}
		o.size = n
	case "foreign_key":
		table, column, ok := strings.Cut(value, ".")
		if !ok || table == "" || column == "" {
			return fmt.Errorf("foreign_key:%s is not of the form table.column", value)
		}
		o.references = &schema.Reference{Table: table, Column: column}
	}
	return nil
}

// splitTag splits at the commas outside quotes.
func splitTag(tag string) (parts []string, err error) {
	start, quoted := 0, false
	for i := 0; i <= len(tag); i++ {
		switch {
		case i == len(tag) && quoted:
			return nil, fmt.Errorf("tag %q: a quote is not closed", tag)
		case i == len(tag) || tag[i] == ',' && !quoted:
			if part := strings.TrimSpace(tag[start:i]); part != "" {
				parts = append(parts, part)
			}
			start = i + 1
		case tag[i] == '\'':
			quoted = !quoted
		}
	}
	return parts, nil
}

// unquote takes the quotes off a value; two quotes inside stand for one.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '\'' && s[len(s)-1] == '\'' {
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'")
	}
	return s
}

// namedTypes are the values of the option type.
var namedTypes = map[string]schema.Type{
	"smallint": {Kind: schema.SmallInteger},
	"integer":  {Kind: schema.Integer},
	"bigint":   {Kind: schema.BigInteger},
	"string":   {Kind: schema.String},
	"text":     {Kind: schema.Text},
	"boolean":  {Kind: schema.Boolean},
	"float":    {Kind: schema.Float},
	"blob":     {Kind: schema.LargeBinary},
	"datetime": {Kind: schema.DateTime},
}

func typeNames() string { return strings.Join(slices.Sorted(maps.Keys(namedTypes)), ", ") }

// compatible says whether a column of type column can hold what a Go field
// whose own type is field holds.
func compatible(column, field schema.Type) bool {
	return column.Kind == field.Kind || column.IsInteger() && field.IsInteger() ||
		column.IsText() && field.IsText()
}

// parseDefault reads a default in the form of its column.
func parseDefault(t schema.Type, text string) (v any, err error) {
	switch {
	case t.IsInteger():
		v, err = strconv.ParseInt(text, 10, 64)
	case t.Kind == schema.Boolean:
		v, err = strconv.ParseBool(text)
	case t.Kind == schema.Float:
		v, err = strconv.ParseFloat(text, 64)
	case t.IsText():
		v = text
	default:
		return nil, fmt.Errorf("a %s has no default in a tag; use server_default for an SQL expression", t)
	}
	if err != nil {
		return nil, fmt.Errorf("default:%s is not a value of the type %s", text, t)
	}
	return v, nil
}

// SnakeCase turns a Go name into the name of a column or table: UserID becomes
// user_id, HTTPServerX http_server_x.
func SnakeCase(name string) string {
	var b strings.Builder
	r := []rune(name)
	upper := func(i int) bool { return i >= 0 && i < len(r) && r[i] >= 'A' && r[i] <= 'Z' }
	for i, c := range r {
		if upper(i) && i > 0 && r[i-1] != '_' && (!upper(i-1) || i+1 < len(r) && !upper(i+1) && r[i+1] != '_') {
			b.WriteByte('_')
		}
		b.WriteRune(c)
	}
	return strings.ToLower(b.String())
}
