package expr

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ParseText finds the binds in sql: a colon and a name, such as :sex. What
// stands in strings, quoted names and comments is no bind, nor are ::casts,
// :=, slices such as arr[1:2], or a colon right behind a letter or digit.
// \: is a colon that begins no bind.
//
// The rules are those that the databases share: a quote inside quotes is
// written twice and a backslash does not escape it, -- begins a comment, as
// does /*, and comments with /* may hold others; $$ and $tag$ quote as in
// PostgreSQL; brackets do not quote.
//
// The Text has no values yet.
func ParseText(sql string) (Text, error) {
	l := textLexer{sql: sql}
	if strings.TrimSpace(sql) == "" {
		return Text{}, errors.New("expr: reading a text: it is empty")
	}
	if i := strings.IndexByte(sql, 0); i >= 0 {
		// For some databases it ends the SQL, in quotes too.
		return Text{}, fmt.Errorf("expr: reading a text: there is a NUL character at %s", position(sql, i))
	}
	for l.pos < len(sql) {
		if err := l.next(); err != nil {
			return Text{}, fmt.Errorf("expr: reading a text: %w", err)
		}
	}
	l.parts = append(l.parts, TextPart{SQL: l.piece.String()})
	return Text{Parts: l.parts, Question: l.question}, nil
}

// textLexer reads SQL from left to right.
type textLexer struct {
	sql      string
	pos      int
	edge     int             // where the last dollar-quoted string ended
	piece    strings.Builder // since the last bind
	parts    []TextPart
	question bool
}

// next reads one token.
func (l *textLexer) next() error {
	rest := l.sql[l.pos:]
	switch b := rest[0]; {
	case b == '\'' || b == '"' || b == '`':
		return l.quoted(b)
	case strings.HasPrefix(rest, "--"):
		l.keep(lineLength(rest))
	case strings.HasPrefix(rest, "/*"):
		return l.comment()
	case b == '$' && !l.behindWord():
		return l.dollarQuoted()
	case strings.HasPrefix(rest, `\:`):
		l.pos++
		l.keep(1)
	case strings.HasPrefix(rest, "::") || strings.HasPrefix(rest, ":="):
		l.keep(2)
	case b == ':':
		l.colon(rest)
	case b == '?':
		l.question = true
		l.keep(1)
	default:
		l.keep(1)
	}
	return nil
}

// keep moves n bytes into the piece.
func (l *textLexer) keep(n int) {
	l.piece.WriteString(l.sql[l.pos : l.pos+n])
	l.pos += n
}

// colon reads a bind, or a colon that begins none.
func (l *textLexer) colon(rest string) {
	n := nameLength(rest[1:])
	if n == 0 || l.behindWord() {
		l.keep(1)
		return
	}
	l.parts = append(l.parts, TextPart{SQL: l.piece.String(), Bind: rest[1 : 1+n]})
	l.piece.Reset()
	l.pos += 1 + n
}

// quoted reads a string or a quoted name.
func (l *textLexer) quoted(quote byte) error {
	rest := l.sql[l.pos:]
	for i := 1; i < len(rest); i++ {
		if rest[i] != quote {
			continue
		}
		if i+1 < len(rest) && rest[i+1] == quote {
			i++
			continue
		}
		l.keep(i + 1)
		return nil
	}
	return fmt.Errorf("the %c at %s has no counterpart (inside quotes, write it twice; a backslash does not escape it)",
		quote, position(l.sql, l.pos))
}

// comment reads a comment and the comments inside it.
func (l *textLexer) comment() error {
	rest := l.sql[l.pos:]
	depth := 0
	for i := 0; i+1 < len(rest); i++ {
		switch rest[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			l.keep(i + 1)
			return nil
		}
	}
	return fmt.Errorf("the comment that begins at %s does not end", position(l.sql, l.pos))
}

// dollarQuoted reads $$…$$ and $tag$…$tag$, or a $ that is neither.
func (l *textLexer) dollarQuoted() error {
	rest := l.sql[l.pos:]
	n := nameLength(rest[1:])
	switch {
	case n == 0 && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		return fmt.Errorf("the argument at %s has a number; give it a name, as in :name", position(l.sql, l.pos))
	case 1+n >= len(rest) || rest[1+n] != '$':
		l.keep(1)
		return nil
	}
	tag := rest[:n+2]
	end := strings.Index(rest[len(tag):], tag)
	if end < 0 {
		return fmt.Errorf("the string that begins with %s at %s does not end", tag, position(l.sql, l.pos))
	}
	l.keep(len(tag) + end + len(tag))
	l.edge = l.pos
	return nil
}

// behindWord says whether a letter, digit, _ or $ of a name stands before the current place.
func (l *textLexer) behindWord() bool {
	if l.pos == l.edge {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(l.sql[:l.pos])
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// nameLength is the number of bytes of the name that s begins with.
func nameLength(s string) int {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return i
		}
	}
	return len(s)
}

// lineLength is the number of bytes before the end of the line.
func lineLength(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i
	}
	return len(s)
}

// position names a place as people count: line and column from 1.
func position(sql string, at int) string {
	before := sql[:at]
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("line %d, column %d", line, column)
}
