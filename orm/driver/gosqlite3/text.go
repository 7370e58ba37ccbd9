package gosqlite3

import (
	"strings"
	"time"
)

// timeLayout is SQLAlchemy's storage form of a DateTime on SQLite.
const timeLayout = "2006-01-02 15:04:05.000000"

// appendTime appends t, in UTC, in its storage form, cut to microseconds; it reports
// false for a year that would not sort as text.
func appendTime(b []byte, t time.Time) ([]byte, bool) {
	if year := t.Year(); year < 0 || year > 9999 {
		return b, false
	}
	return t.AppendFormat(b, timeLayout), true
}

// skipBlank returns what of sql follows white space, comments and semicolons.
func skipBlank(sql string) string {
	for {
		sql = strings.TrimLeft(sql, " \t\r\n\f;")
		switch {
		case strings.HasPrefix(sql, "--"):
			_, sql, _ = strings.Cut(sql, "\n")
		case strings.HasPrefix(sql, "/*"):
			_, sql, _ = strings.Cut(sql[2:], "*/")
		default:
			return sql
		}
	}
}

// FirstWord returns the first word of a statement in upper case, after white
// space and comments: "SELECT", "INSERT". It is "" where there is none.
func FirstWord(sql string) string {
	sql = skipBlank(sql)
	end := strings.IndexFunc(sql, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end < 0 {
		end = len(sql)
	}
	return strings.ToUpper(sql[:end])
}
