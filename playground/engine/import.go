package engine

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

const importLimit = 20_000 // milliseconds

// importFile takes a file of the reader's: a database, which takes the place of
// the one of that name, or rows for a table. Nothing stays of a file that is bad.
func (e *Engine) importFile(q *wire.Request, b []byte) ([]byte, error) {
	var rows int64
	var err error
	switch q.Format {
	case wire.FileFormat:
		err = e.importDatabase(q.Name, q.Data)
	case wire.CSVFormat:
		err = e.changing(q.Name, true, func(c *connection) (bool, error) {
			if strings.HasPrefix(q.Name, keptPrefix) {
				return false, errors.New("what was in memory is kept to be looked at only")
			}
			rows, err = importCSV(timeLimit(importLimit), c, strings.Clone(q.Table), string(q.Data))
			return err != nil, e.explain(c, err)
		})
	default:
		err = fmt.Errorf("the format %d is unknown", q.Format)
	}
	if err != nil {
		return nil, fmt.Errorf("importing: %s", message(late(err, "the file", importLimit)))
	}
	return wire.AppendResult(b, driver.Result{RowsAffected: rows}), nil
}

// importDatabase checks a database before it takes another's place.
func (e *Engine) importDatabase(name string, data []byte) (err error) {
	if name == "" || name == ":memory:" {
		return errors.New("a database needs a name")
	}
	if err := checkName(name); err != nil {
		return err
	}
	if len(data) < 512 || !strings.HasPrefix(string(data[:16]), fileHeader) {
		return errors.New("the file is not an SQLite database: it does not begin as one")
	}
	if err := e.idle(name); err != nil {
		return err
	}
	f := e.store.database(name)
	f.keepImage()
	defer func() { f.settle(err != nil) }()
	if err := f.fill(data); err != nil {
		return fmt.Errorf("the file of %d bytes is too large: a database in the playground can hold %d MiB, all together %d MiB",
			len(data), e.store.maxDatabase>>20, e.store.maxChunks*chunkSize>>20)
	}
	return e.checkDatabase(name)
}

// checkDatabase reads all of a database that came from somewhere.
func (e *Engine) checkDatabase(name string) (err error) {
	c, err := e.open(name)
	if err != nil {
		return fmt.Errorf("the file cannot be opened as a database: %s", message(err))
	}
	defer func() { err = errors.Join(err, c.db.Close()) }()
	return queryWithin(timeLimit(importLimit), c, "PRAGMA main.integrity_check(1)", func(row []driver.Value) error {
		if text := row[0].Text(); text != "ok" {
			return fmt.Errorf("the database is damaged: %s", strings.TrimSpace(text))
		}
		return nil
	})
}

// importCSV puts the rows of a file into a table, which it makes if there is
// none.
func importCSV(ctx context.Context, c *connection, table, text string) (int64, error) {
	if table == "" {
		return 0, errors.New("the table needs a name")
	}
	file := records{text: strings.TrimPrefix(text, "\ufeff")}
	header, err := readHeader(&file)
	if err != nil {
		return 0, err
	}
	t, err := lookUp(c, "main", table)
	if err != nil {
		return 0, err
	}
	into := csvTable{c: c, ctx: ctx, file: file}
	if t == nil {
		err = into.create(table, header)
	} else {
		err = into.match(t, header)
	}
	if err != nil {
		return 0, err
	}
	return into.insert(table)
}

func readHeader(file *records) (names []string, err error) {
	row, err := file.next()
	if errors.Is(err, errNoRow) {
		return nil, errors.New("the file is empty: its first row names the columns")
	}
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i, f := range row {
		name := strings.TrimSpace(f.text)
		switch {
		case name == "":
			return nil, fmt.Errorf("row 1, value %d: the column has no name", i+1)
		case seen[strings.ToLower(name)]:
			return nil, fmt.Errorf("row 1, value %d: two columns have the name %q", i+1, name)
		}
		seen[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names, nil
}

// csvTable is a table that a file's rows go into.
type csvTable struct {
	c       *connection
	ctx     context.Context
	file    records
	columns []wire.TableColumn // as the file has them
}

// match finds the file's columns in a table.
func (t *csvTable) match(into *looked, header []string) error {
	if into.view {
		return fmt.Errorf("%q is a view, which holds no rows", into.name)
	}
	for i, name := range header {
		found := false
		for _, column := range into.columns {
			if found = strings.EqualFold(column.Name, name); found {
				if column.Generated {
					return fmt.Errorf("row 1, value %d: the column %q is computed by the table: leave it out", i+1, name)
				}
				t.columns = append(t.columns, column)
				break
			}
		}
		if !found {
			return fmt.Errorf("row 1, value %d: the table %q has no column %q", i+1, into.name, name)
		}
	}
	return nil
}

// create makes a table whose columns have the types that all values fit.
func (t *csvTable) create(table string, header []string) error {
	guesses := make([]guess, len(header))
	file := t.file
	for {
		row, err := file.next()
		if errors.Is(err, errNoRow) {
			break
		}
		if err != nil {
			return err
		}
		for i := range min(len(row), len(header)) {
			guesses[i].see(row[i])
		}
	}
	var list []string
	for i, name := range header {
		column := wire.TableColumn{Name: name, DeclType: guesses[i].declType()}
		t.columns = append(t.columns, column)
		list = append(list, quote(name)+" "+column.DeclType)
	}
	return query(t.c, "CREATE TABLE main."+quote(table)+" ("+strings.Join(list, ", ")+")", func([]driver.Value) error { return nil })
}

// insert inserts the rows, and names the first that does not fit.
func (t *csvTable) insert(table string) (rows int64, err error) {
	var names []string
	for _, column := range t.columns {
		names = append(names, quote(column.Name))
	}
	places := strings.Repeat(", ?", len(names))[2:]
	stmt, err := t.c.db.Prepare(t.ctx, "INSERT INTO main."+quote(table)+" ("+strings.Join(names, ", ")+") VALUES ("+places+")")
	if err != nil {
		return 0, err
	}
	defer stmt.Close()
	if err := t.c.db.Begin(t.ctx, driver.TxOptions{Immediate: true}); err != nil {
		return 0, err
	}
	args := make([]driver.Value, len(names))
	for {
		row, err := t.file.next()
		if errors.Is(err, errNoRow) {
			return rows, t.c.db.Commit(t.ctx)
		}
		if err == nil && len(row) == 1 && row[0].null() && len(args) > 1 {
			continue // an empty line
		}
		if err == nil {
			err = t.values(row, args)
		}
		if err != nil {
			return 0, err
		}
		if _, err := stmt.Exec(t.ctx, args); err != nil {
			return 0, t.refused(err)
		}
		rows++
	}
}

func (t *csvTable) values(row []field, args []driver.Value) error {
	if len(row) != len(args) {
		return fmt.Errorf("row %d: it has %d values, and the header names %d columns", t.file.row, len(row), len(args))
	}
	for i, f := range row {
		v, err := valueFor(f, t.columns[i].DeclType)
		if err != nil {
			return fmt.Errorf("row %d, column %q: %w", t.file.row, t.columns[i].Name, err)
		}
		args[i] = v
	}
	return nil
}

// refused adds the row, and the column if the database tells it, to why a row
// cannot be stored.
func (t *csvTable) refused(err error) error {
	var refusal *driver.Error
	if !errors.As(err, &refusal) || refusal.Kind == driver.Interrupted || refusal.Kind == driver.Timeout {
		return err
	}
	place := fmt.Sprintf("row %d", t.file.row)
	if len(refusal.Columns) > 0 {
		place += fmt.Sprintf(", column %q", strings.Join(refusal.Columns, ", "))
	}
	return fmt.Errorf("%s: %s", place, refusal.Message)
}

// valueFor is a value for a column of a declared type. SQLite would store any
// text in any column; in one of numbers it is a mistake of the file.
func valueFor(f field, declType string) (driver.Value, error) {
	declType = strings.ToUpper(declType)
	isNumber := strings.Contains(declType, "INT") || strings.Contains(declType, "REAL") || strings.Contains(declType, "FLOA") || strings.Contains(declType, "DOUB")
	switch {
	case f.null(), isNumber && f.text == "":
		return driver.Value{}, nil
	case isNumber:
		if !shapeOf(strings.TrimSpace(f.text)).number {
			return driver.Value{}, fmt.Errorf("%q is not a number, as the type %s wants it", shortened(f.text), declType)
		}
	case strings.Contains(declType, "BLOB"):
		if bytes, is := blobOf(f.text); is {
			return driver.BlobValue(bytes), nil
		}
	}
	return driver.TextValue(f.text), nil
}

func shortened(s string) string {
	if len(s) > 40 {
		return cutText(s, 40) + "…"
	}
	return s
}

// guess is what the values of a column have in common. Numbers with zeros in
// front, such as postcodes, are text: as numbers they would lose them.
type guess struct{ seen, text, fraction, blobs bool }

func (g *guess) see(f field) {
	if f.text == "" {
		g.text = g.text || f.quoted
		return
	}
	_, isBlob := blobOf(f.text)
	if !g.seen {
		g.blobs = isBlob
	}
	g.seen, g.blobs = true, g.blobs && isBlob
	n, err := strconv.ParseInt(f.text, 10, 64)
	shape := shapeOf(f.text)
	switch {
	case err == nil && strconv.FormatInt(n, 10) == f.text:
	case shape.number && shape.plain && !shape.whole:
		g.fraction = true
	default:
		g.text = true
	}
}

func (g *guess) declType() string {
	switch {
	case g.blobs:
		return "BLOB"
	case !g.seen || g.text:
		return "TEXT"
	case g.fraction:
		return "REAL"
	}
	return "INTEGER"
}

// shape is what a text is as a number: whole has neither a fraction nor an
// exponent, plain nothing that the number would not be written with.
type shape struct{ number, whole, plain bool }

func shapeOf(s string) shape {
	const decimal = "0123456789"
	sign, rest := take(s, 1, "+-")
	before, rest := take(rest, len(rest), decimal)
	point, rest := take(rest, 1, ".")
	after, rest := take(rest, len(rest), decimal)
	e, rest := take(rest, 1, "eE")
	if e != "" {
		_, rest = take(rest, 1, "+-")
	}
	power, rest := take(rest, len(rest), decimal)
	return shape{
		number: before+after != "" && rest == "" && (e == "") == (power == ""),
		whole:  point+e == "",
		plain:  sign != "+" && (before == "0" || strings.Trim(before[:min(1, len(before))], "0") != "") && (point == "") == (after == ""),
	}
}

// take takes at most so many of certain characters from the front of s.
func take(s string, most int, of string) (taken, rest string) {
	n := 0
	for n < most && n < len(s) && strings.IndexByte(of, s[n]) >= 0 {
		n++
	}
	return s[:n], s[n:]
}

// blobOf reads x'00ff'.
func blobOf(s string) ([]byte, bool) {
	if len(s) < 3 || s[0] != 'x' && s[0] != 'X' || s[1] != '\'' || s[len(s)-1] != '\'' {
		return nil, false
	}
	bytes, err := hex.DecodeString(s[2 : len(s)-1])
	return bytes, err == nil
}
