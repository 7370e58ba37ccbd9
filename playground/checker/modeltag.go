package checker

import "strings"

// tagOf reads the tag of a field as the mapper does: options between commas,
// each a word or word:value; a value that holds a comma stands in single
// quotes. An option without a value is there with an empty one.
func tagOf(tag string) map[string]string {
	options := map[string]string{}
	for _, part := range splitTag(tag) {
		name, value, _ := strings.Cut(part, ":")
		options[strings.TrimSpace(name)] = unquote(strings.TrimSpace(value))
	}
	return options
}

// splitTag splits at the commas outside quotes.
func splitTag(tag string) (parts []string) {
	start, quoted := 0, false
	for i := 0; i <= len(tag); i++ {
		switch {
		case i == len(tag), tag[i] == ',' && !quoted:
			if part := strings.TrimSpace(tag[start:i]); part != "" {
				parts = append(parts, part)
			}
			start = i + 1
		case tag[i] == '\'':
			quoted = !quoted
		}
	}
	return parts
}

// unquote takes the quotes off a value; two quotes inside stand for one.
func unquote(s string) string {
	if len(s) >= 2 && s[0] == '\'' && s[len(s)-1] == '\'' {
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'")
	}
	return s
}

func has(options map[string]string, name string) bool {
	_, ok := options[name]
	return ok
}

// referenceOf reads table.column; a table in a namespace is left alone.
func referenceOf(options map[string]string) (key Key, ok bool) {
	table, column, ok := strings.Cut(options["foreign_key"], ".")
	if !ok || table == "" || column == "" || strings.Contains(column, ".") {
		return key, false
	}
	return Key{Table: table, Targets: []string{column}, OnDelete: actionOf(options["on_delete"]), OnUpdate: actionOf(options["on_update"])}, true
}

// actionOf is an action of a foreign key in the words of SQL.
func actionOf(option string) string {
	if option == "" {
		return "NO ACTION"
	}
	return strings.ToUpper(strings.ReplaceAll(option, "_", " "))
}
