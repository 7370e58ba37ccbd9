package engine

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ormlab/ormlab/orm/driver"
)

// CSV here is that of RFC 4180 in UTF-8. NULL is a value without quotes and
// without characters, an empty text is "", a blob is x'00ff'.

// writeCSV is a table or view as CSV, with a header.
func writeCSV(ctx context.Context, c *connection, table string) ([]byte, error) {
	t, err := lookUp(c, "main", table)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, fmt.Errorf("engine: exporting: there is no table %q", table)
	}
	var text []byte
	for i, column := range t.columns {
		text = appendField(text, i, column.Name)
	}
	text = append(text, "\r\n"...)
	err = queryWithin(ctx, c, "SELECT "+t.names("")+" FROM main."+quote(table), func(row []driver.Value) error {
		for i := range row {
			text = appendCSV(text, i, &row[i])
		}
		text = append(text, "\r\n"...)
		return roomFor(text)
	})
	return text, err
}

func appendCSV(b []byte, i int, v *driver.Value) []byte {
	switch v.Kind() {
	case driver.Int:
		return strconv.AppendInt(comma(b, i), v.Int(), 10)
	case driver.Float:
		return appendFloat(comma(b, i), v.Float())
	case driver.Text:
		return appendField(b, i, v.Text())
	case driver.Blob:
		return append(hex.AppendEncode(append(comma(b, i), "x'"...), v.Blob()), '\'')
	}
	return comma(b, i)
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

// appendField appends a text, in quotes if it needs them.
func appendField(b []byte, i int, s string) []byte {
	b = comma(b, i)
	if s != "" && !strings.ContainsAny(s, ",\"\r\n") && strings.TrimSpace(s) == s {
		return append(b, s...)
	}
	return append(append(append(b, '"'), strings.ReplaceAll(s, `"`, `""`)...), '"')
}

// field is one value of a file.
type field struct {
	text   string
	quoted bool
}

func (f field) null() bool { return f.text == "" && !f.quoted }

// records reads CSV row by row.
type records struct {
	text string
	row  int // of the file; its header is row 1
}

var errNoRow = errors.New("no row is left")

// next reads a row; errNoRow is the end.
func (r *records) next() ([]field, error) {
	if r.text == "" {
		return nil, errNoRow
	}
	r.row++
	var row []field
	for {
		f, end, err := r.field()
		if err != nil {
			return nil, fmt.Errorf("row %d, value %d: %w", r.row, len(row)+1, err)
		}
		if row = append(row, f); end {
			return row, nil
		}
	}
}

// field reads a value and what ends it: a comma, or the end of the row.
func (r *records) field() (f field, end bool, err error) {
	if !strings.HasPrefix(r.text, `"`) {
		n := strings.IndexAny(r.text, ",\r\n\"")
		if n < 0 {
			n = len(r.text)
		}
		f.text, r.text = r.text[:n], r.text[n:]
		if strings.HasPrefix(r.text, `"`) {
			return f, false, errors.New(`a quote stands within a value: one that holds quotes stands in quotes itself, and they are doubled in it`)
		}
	} else if f, err = r.quoted(); err != nil {
		return f, false, err
	}
	if !utf8.ValidString(f.text) {
		return f, false, errors.New("the text is not UTF-8: save the file in that encoding")
	}
	switch {
	case strings.HasPrefix(r.text, ","):
		r.text = r.text[1:]
		return f, false, nil
	case strings.HasPrefix(r.text, "\r\n"):
		r.text = r.text[2:]
	case r.text != "":
		if r.text[0] != '\n' && r.text[0] != '\r' {
			return f, false, errors.New("after the closing quote there is neither a comma nor the end of the row")
		}
		r.text = r.text[1:]
	}
	return f, true, nil
}

func (r *records) quoted() (field, error) {
	var b strings.Builder
	rest := r.text[1:]
	for {
		before, after, found := strings.Cut(rest, `"`)
		if !found {
			return field{}, errors.New("its closing quote is missing")
		}
		b.WriteString(before)
		if !strings.HasPrefix(after, `"`) {
			r.text = after
			return field{b.String(), true}, nil
		}
		b.WriteByte('"')
		rest = after[1:]
	}
}
