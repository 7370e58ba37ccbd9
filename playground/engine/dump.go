package engine

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

const (
	exportLimit = 20_000   // milliseconds
	maxExport   = 96 << 20 // bytes; a blob is twice as long in SQL
)

// export answers with a database as SQL, or with a table as CSV.
func (e *Engine) export(q *wire.Request, b []byte) ([]byte, error) {
	if _, err := e.existing(q.Name); err != nil {
		return nil, err
	}
	c, err := e.hostConnection(q.Name)
	if err != nil {
		return nil, err
	}
	var text []byte
	ctx := timeLimit(exportLimit)
	switch q.Format {
	case wire.SQLFormat:
		text, err = dump(ctx, c)
	case wire.CSVFormat:
		text, err = writeCSV(ctx, c, q.Table)
	default:
		err = fmt.Errorf("engine: exporting: the format %d is unknown", q.Format)
	}
	if err != nil {
		return nil, late(err, "exporting", exportLimit)
	}
	return wire.AppendSnapshot(b, len(text), slices.Values([][]byte{text})), nil
}

// roomFor says that a text has become too long.
func roomFor(text []byte) error {
	if len(text) > maxExport {
		return fmt.Errorf("engine: exporting: the text is longer than %d MiB: export the file itself", maxExport>>20)
	}
	return nil
}

// dumped is a table, view, index or trigger.
type dumped struct{ name, kind, sql string }

// dump is SQL that makes the database: tables and their rows first, and what
// looks at rows after them. Foreign keys are not checked meanwhile, so tables
// may come in any order.
func dump(ctx context.Context, c *connection) ([]byte, error) {
	all, err := schemaOf(ctx, c)
	if err != nil {
		return nil, err
	}
	text := []byte("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n")
	for _, pragma := range []string{"application_id", "user_version"} {
		row, err := queryRow(c, "PRAGMA main."+pragma)
		if err != nil {
			return nil, err
		}
		if row[0].Int() != 0 {
			text = fmt.Appendf(text, "PRAGMA %s=%d;\n", pragma, row[0].Int())
		}
	}
	for _, kind := range []string{"table", "sequence", "index", "view", "trigger"} {
		for _, one := range all {
			if one.kind == kind {
				if text, err = one.write(ctx, c, text); err != nil {
					return nil, err
				}
			}
		}
	}
	return append(text, "COMMIT;\n"...), nil
}

// schemaOf lists what a database holds, in the order in which it was made.
func schemaOf(ctx context.Context, c *connection) (all []dumped, err error) {
	err = queryWithin(ctx, c, `SELECT name, CASE name WHEN 'sqlite_sequence' THEN 'sequence' ELSE type END, sql FROM main.sqlite_schema
		WHERE sql IS NOT NULL AND (name NOT LIKE 'sqlite\_%' ESCAPE '\' OR name = 'sqlite_sequence') ORDER BY rowid`,
		func(row []driver.Value) error {
			all = append(all, dumped{row[0].Text(), row[1].Text(), row[2].Text()})
			return nil
		})
	return all, err
}

func (d *dumped) write(ctx context.Context, c *connection, text []byte) ([]byte, error) {
	if d.kind == "sequence" {
		text = append(text, "DELETE FROM sqlite_sequence;\n"...)
	} else {
		text = append(text, d.sql...)
		if strings.Contains(d.sql, "--") { // a comment at its end would take the semicolon
			text = append(text, '\n')
		}
		text = append(text, ";\n"...)
	}
	if d.kind == "index" || d.kind == "view" || d.kind == "trigger" {
		return text, nil
	}
	return d.writeRows(ctx, c, text)
}

func (d *dumped) writeRows(ctx context.Context, c *connection, text []byte) ([]byte, error) {
	columns, _, err := columnsOf(c, "main", d.name)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, column := range columns {
		if !column.Generated {
			names = append(names, quote(column.Name))
		}
	}
	if names == nil {
		return text, nil
	}
	list := strings.Join(names, ", ")
	insert := "INSERT INTO " + quote(d.name) + " (" + list + ") VALUES ("
	err = queryWithin(ctx, c, "SELECT "+list+" FROM main."+quote(d.name), func(row []driver.Value) error {
		text = append(text, insert...)
		for i := range row {
			if i > 0 {
				text = append(text, ", "...)
			}
			text = appendLiteral(text, &row[i])
		}
		text = append(text, ");\n"...)
		return roomFor(text)
	})
	return text, err
}

// appendLiteral appends a value as SQL that means just this value.
func appendLiteral(b []byte, v *driver.Value) []byte {
	switch v.Kind() {
	case driver.Int:
		return strconv.AppendInt(b, v.Int(), 10)
	case driver.Float:
		return appendFloat(b, v.Float())
	case driver.Text:
		s := v.Text()
		if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
			b = append(hex.AppendEncode(append(b, "CAST(x'"...), []byte(s)), "' AS TEXT)"...)
			return b
		}
		return append(append(append(b, '\''), strings.ReplaceAll(s, "'", "''")...), '\'')
	case driver.Blob:
		return append(hex.AppendEncode(append(b, "x'"...), v.Blob()), '\'')
	}
	return append(b, "NULL"...)
}

// appendFloat appends a number that stays one with a fraction.
func appendFloat(b []byte, f float64) []byte {
	switch {
	case math.IsInf(f, 1):
		return append(b, "9.0e+999"...)
	case math.IsInf(f, -1):
		return append(b, "-9.0e+999"...)
	}
	at := len(b)
	b = strconv.AppendFloat(b, f, 'g', -1, 64)
	if strings.Trim(string(b[at:]), "-0123456789") == "" {
		b = append(b, ".0"...)
	}
	return b
}

// late says in words that something took too long.
func late(err error, what string, limit int) error {
	if tooLong(err, what) == err {
		return err
	}
	return fmt.Errorf("engine: %s took longer than %d seconds", what, limit/1000)
}
