package show

import (
	"strconv"
	"unicode/utf8"
)

// document is the table as the page takes it: the JSON of a ShowDoc, as
// DESIGN.md describes it.
func (t *table) document() []byte {
	b := t.appendData(nil, "table")
	return appendText(b, t.text())
}

// appendData begins a document with the data, which all kinds have alike.
func (t *table) appendData(b []byte, kind string) []byte {
	b = append(b, `{"kind":"`+kind+`"`...)
	if t.title != "" {
		b = append(b, `,"title":`...)
		b = appendJSON(b, t.title)
	}
	b = append(b, `,"columns":[`...)
	for i, c := range t.columns {
		b = appendComma(b, i)
		b = append(b, `{"name":`...)
		b = appendJSON(b, c.name)
		b = append(b, `,"type":`...)
		b = appendJSON(b, c.kind)
		b = append(b, '}')
	}
	b = append(b, `],"rows":[`...)
	for i, row := range t.rows {
		b = appendComma(b, i)
		b = appendRow(b, row)
	}
	b = append(b, `],"total":`...)
	return strconv.AppendInt(b, int64(t.total), 10)
}

// appendText ends a document.
func appendText(b []byte, text string) []byte {
	b = append(b, `,"text":`...)
	b = appendJSON(b, text)
	return append(b, '}')
}

func appendRow(b []byte, row []cell) []byte {
	b = append(b, '[')
	for j, c := range row {
		b = appendComma(b, j)
		if c.kind == null {
			b = append(b, "null"...)
		} else {
			b = appendJSON(b, c.text)
		}
	}
	return append(b, ']')
}

func appendComma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

// appendJSON appends s as a JSON string. Bytes that are no UTF-8 become
// U+FFFD, as encoding/json has it.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r < ' ' || r == 0x7f:
			b = append(b, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
