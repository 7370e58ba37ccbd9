package textform

import (
	"fmt"
	"strings"
)

// FormatArray writes an array as PostgreSQL reads it. A nil element is NULL.
func FormatArray(elements []*string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, e := range elements {
		if i > 0 {
			b.WriteByte(',')
		}
		if e == nil {
			b.WriteString("NULL")
			continue
		}
		b.WriteByte('"')
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(*e, `\`, `\\`), `"`, `\"`))
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String()
}

// Array reads an array of one dimension.
func Array(s string) ([]*string, error) {
	wrong := fmt.Errorf("%q is not an array of one dimension", s)
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' {
		return nil, wrong
	}
	elements := []*string{}
	for rest := s[1 : len(s)-1]; rest != ""; {
		var e *string
		var ok bool
		if e, rest, ok = element(rest); !ok {
			return nil, wrong
		}
		elements = append(elements, e)
		if rest == "" {
			break
		}
		if rest[0] != ',' || len(rest) == 1 {
			return nil, wrong
		}
		rest = rest[1:]
	}
	return elements, nil
}

// element reads one element and returns what stands behind it.
func element(s string) (e *string, rest string, ok bool) {
	if s[0] != '"' {
		end := strings.IndexByte(s, ',')
		if end < 0 {
			end = len(s)
		}
		text := s[:end]
		switch {
		case text == "" || strings.ContainsAny(text, `{}"\`):
			return nil, "", false
		case strings.EqualFold(text, "NULL"):
			return nil, s[end:], true
		}
		return &text, s[end:], true
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			text := b.String()
			return &text, s[i+1:], true
		case '\\':
			if i++; i == len(s) {
				return nil, "", false
			}
		}
		b.WriteByte(s[i])
	}
	return nil, "", false
}
