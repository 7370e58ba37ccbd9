package mapper

import (
	"fmt"
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
	columnOptions
}

// columnOptions are the rarer ones.
type columnOptions struct {
	uniqueGroups, indexes             []string // the name of an index may be empty
	check, comment, computed, collate string
	onDelete, onUpdate                string
	deferrable                        string
	sequence, updateSQL               string
	enum, native                      string
	virtual, identity, notNull        bool
	precision, scale                  int
	version, readOnly                 bool
	embedded                          bool
	prefix                            string
	expression, deferred              bool
	group                             string
	words                             int // how many options there are
}

// parseTag reads the tag of a field: options between commas, each a word or
// word:value. A value that holds a comma stands in single quotes.
func parseTag(tag string) (o options, err error) {
	parts, err := splitTag(tag)
	if err != nil {
		return o, err
	}
	o.words = len(parts)
	for _, part := range parts {
		key, value, hasValue := strings.Cut(part, ":")
		if err := o.set(strings.TrimSpace(key), unquote(value), hasValue); err != nil {
			return o, fmt.Errorf("tag %q: %w", tag, err)
		}
	}
	return o, nil
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
