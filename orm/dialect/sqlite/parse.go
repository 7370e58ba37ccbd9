package sqlite

import "strings"

// token is a word, a name in quotes, a literal, or all that stands between two
// parentheses.
type token struct {
	text   string // without the quotes or parentheses
	quoted bool
	group  bool
	end    int // the place behind it
}

// is says whether the token is that keyword.
func (t token) is(keyword string) bool {
	return !t.quoted && !t.group && strings.EqualFold(t.text, keyword)
}

// items splits the columns and constraints of a CREATE TABLE.
func items(create string) [][]token {
	for _, t := range tokens(create) {
		if t.group {
			return split(tokens(t.text))
		}
	}
	return nil
}

func split(list []token) (parts [][]token) {
	start := 0
	for i := 0; i <= len(list); i++ {
		if i == len(list) || list[i].is(",") {
			if i > start {
				parts = append(parts, list[start:i])
			}
			start = i + 1
		}
	}
	return parts
}

// tokens splits SQL that SQLite has taken, so that quotes and parentheses are
// known to be closed.
func tokens(sql string) (list []token) {
	for i := 0; i < len(sql); {
		end := i + 1
		switch c := sql[i]; {
		case strings.IndexByte(" \t\r\n\f", c) >= 0:
		case strings.HasPrefix(sql[i:], "--"), strings.HasPrefix(sql[i:], "/*"):
			end = comment(sql, i)
		case c == '(':
			end = closing(sql, i)
			list = append(list, token{text: sql[i+1 : max(i+1, end-1)], group: true, end: end})
		case strings.IndexByte("'\"`[", c) >= 0:
			end = quoteEnd(sql, i)
			list = append(list, token{text: unquote(sql[i:end]), quoted: true, end: end})
		case isWord(c):
			for end < len(sql) && isWord(sql[end]) {
				end++
			}
			list = append(list, token{text: sql[i:end], end: end})
		default:
			list = append(list, token{text: sql[i:end], end: end})
		}
		i = end
	}
	return list
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c == '.' || c >= '0' && c <= '9' || c|32 >= 'a' && c|32 <= 'z' || c >= 0x80
}

func comment(sql string, i int) int {
	close := "\n"
	if sql[i] == '/' {
		close = "*/"
	}
	if n := strings.Index(sql[i+2:], close); n >= 0 {
		return i + 2 + n + len(close)
	}
	return len(sql)
}

// quoteEnd is the place behind the quote that opens at i.
func quoteEnd(sql string, i int) int {
	close := sql[i]
	if close == '[' {
		close = ']'
	}
	for j := i + 1; j < len(sql); j++ {
		if sql[j] != close {
			continue
		}
		if j+1 < len(sql) && sql[j+1] == close && close != ']' {
			j++
			continue
		}
		return j + 1
	}
	return len(sql)
}

func unquote(s string) string {
	if len(s) < 2 {
		return s
	}
	q := s[len(s)-1:]
	return strings.ReplaceAll(s[1:len(s)-1], q+q, q)
}

// closing is the place behind the parenthesis that closes the one at i.
func closing(sql string, i int) int {
	depth := 0
	for i < len(sql) {
		switch c := sql[i]; {
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		case strings.IndexByte("'\"`[", c) >= 0:
			i = quoteEnd(sql, i)
			continue
		case strings.HasPrefix(sql[i:], "--"), strings.HasPrefix(sql[i:], "/*"):
			i = comment(sql, i)
			continue
		}
		i++
	}
	return len(sql)
}
