package engine

import (
	"encoding/hex"
	"strconv"
	"unicode/utf8"

	"github.com/ormlab/ormlab/orm/driver"
)

const hexDigits = "0123456789abcdef"

// appendJSONString appends s as a JSON string. What is not UTF-8 becomes the
// replacement character.
func appendJSONString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = appendJSONEscape(append(b, s[start:i]...), c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(append(b, s[start:i]...), "\uFFFD"...)
			start = i + 1
		}
		i += size
	}
	return append(append(b, s[start:]...), '"')
}

func appendJSONEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, '\\', 'n')
	case '\t':
		return append(b, '\\', 't')
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// appendArg appends an argument as the events show it: text for people, cut if
// it is long.
func appendArg(b []byte, v *driver.Value) []byte {
	b = append(append(append(b, `{"kind":"`...), v.Kind().String()...), `","text":`...)
	cut := 0
	switch v.Kind() {
	case driver.Null:
		b = append(b, `"NULL"`...)
	case driver.Int:
		b = append(strconv.AppendInt(append(b, '"'), v.Int(), 10), '"')
	case driver.Float:
		b = append(strconv.AppendFloat(append(b, '"'), v.Float(), 'g', -1, 64), '"')
	case driver.Bool:
		b = append(strconv.AppendBool(append(b, '"'), v.Bool()), '"')
	case driver.Text:
		text := cutText(v.Text(), maxArg)
		cut = len(v.Text()) - len(text)
		b = appendJSONString(b, text)
	case driver.Blob:
		blob := v.Blob()[:min(len(v.Blob()), maxArg)]
		cut = len(v.Blob()) - len(blob)
		b = append(hex.AppendEncode(append(b, '"'), blob), '"')
	case driver.Time:
		b = append(v.Time().AppendFormat(append(b, '"'), "2006-01-02 15:04:05.000000"), '"')
	}
	if cut > 0 {
		b = strconv.AppendInt(append(b, `,"cut":`...), int64(cut), 10)
	}
	return append(b, '}')
}

// cutText returns the first n bytes of s, or a little less, so that no
// character is cut in two.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for back := range min(n, utf8.UTFMax) {
		if utf8.RuneStart(s[n-back]) {
			return s[:n-back]
		}
	}
	return s[:n] // not UTF-8
}
