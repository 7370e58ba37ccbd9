package sqldriver

import (
	"slices"
	"strings"
)

var changeWords = []string{"INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE"}

// ChangesNothing says whether a statement cannot change rows, by its first
// word. It is the QueryOnly of a database/sql driver whose Exec counts rows for
// such statements too: those read, or those that an earlier statement changed.
func ChangesNothing(sql string) bool {
	for {
		sql = strings.TrimLeft(sql, " \t\r\n\f;(")
		switch {
		case strings.HasPrefix(sql, "--"):
			_, sql, _ = strings.Cut(sql, "\n")
			continue
		case strings.HasPrefix(sql, "/*"):
			_, sql, _ = strings.Cut(sql[2:], "*/")
			continue
		}
		return !begins(sql, changeWords...) && (!begins(sql, "WITH") || !changes(sql))
	}
}

func begins(sql string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return len(sql) >= len(w) && strings.EqualFold(sql[:len(w)], w) })
}

// changes says whether a statement that begins with WITH may change rows.
func changes(sql string) bool {
	sql = strings.ToUpper(sql)
	return slices.ContainsFunc(changeWords, func(w string) bool { return strings.Contains(sql, w) })
}
