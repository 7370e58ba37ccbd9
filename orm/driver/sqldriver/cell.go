package sqldriver

import (
	sqld "database/sql/driver"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

// describe takes the columns from rows that have just been started.
func (s *Stmt) describe(rows sqld.Rows) {
	names := rows.Columns()
	typed, _ := rows.(sqld.RowsColumnTypeDatabaseTypeName)
	s.columns = make([]driver.Column, len(names))
	s.types = make([]string, len(names))
	s.kinds = make([]driver.Kind, len(names))
	for i, name := range names {
		if typed != nil {
			s.types[i] = strings.ToUpper(typed.ColumnTypeDatabaseTypeName(i))
		}
		s.columns[i] = driver.Column{Name: name, DeclType: s.types[i]}
		s.kinds[i] = s.conn.columnKind(s.types[i])
	}
}

func (c *Conn) columnKind(databaseType string) driver.Kind {
	if c.options.ColumnKind != nil {
		return c.options.ColumnKind(databaseType)
	}
	for _, part := range []string{"BLOB", "BINARY", "BYTEA"} {
		if strings.Contains(databaseType, part) {
			return driver.Blob
		}
	}
	return driver.Text
}

// cell is the value in column i of the current row; nil without one.
func (r *Rows) cell(i int) sqld.Value {
	if !r.onRow || i < 0 || i >= len(r.row) || !r.live() {
		return nil
	}
	return r.row[i]
}

// Kind is the kind of the value in column i.
func (r *Rows) Kind(i int) driver.Kind {
	switch v := r.cell(i).(type) {
	case nil:
		return driver.Null
	case int64:
		return driver.Int
	case uint64:
		if v > math.MaxInt64 {
			return driver.Text
		}
		return driver.Int
	case float64, float32:
		return driver.Float
	case bool:
		return driver.Bool
	case time.Time:
		if r.types[i] == "DATE" || r.types[i] == "TIME" {
			return driver.Text
		}
		return driver.Time
	case []byte:
		return r.kindOfBytes(i, v)
	}
	return driver.Text
}

func (r *Rows) kindOfBytes(i int, b []byte) driver.Kind {
	if r.kinds[i] != driver.Time {
		return r.kinds[i]
	}
	if _, ok := parseTime(string(b)); ok {
		return driver.Time
	}
	return driver.Text
}

// Int returns the integer in column i.
func (r *Rows) Int(i int) int64 {
	switch v := r.cell(i).(type) {
	case int64:
		return v
	case uint64:
		return int64(v)
	case bool:
		if v {
			return 1
		}
	}
	return 0
}

// Float returns the number in column i.
func (r *Rows) Float(i int) float64 {
	switch v := r.cell(i).(type) {
	case float64:
		return v
	case float32:
		return float64(v)
	}
	return 0
}

// Bool says whether the truth value in column i is true, or the integer is not
// zero.
func (r *Rows) Bool(i int) bool { return r.Int(i) != 0 }

// Text returns the text in column i.
func (r *Rows) Text(i int) string {
	switch v := r.cell(i).(type) {
	case []byte:
		return string(v)
	case string:
		return v
	case uint64:
		return strconv.FormatUint(v, 10)
	case time.Time:
		if r.types[i] == "TIME" {
			return v.Format("15:04:05.999999")
		}
		return v.Format("2006-01-02")
	}
	return ""
}

// Blob returns the bytes in column i.
func (r *Rows) Blob(i int) []byte {
	b, _ := r.cell(i).([]byte)
	return append([]byte{}, b...)
}

// Value is column i as a value that stays valid.
func (r *Rows) Value(i int) driver.Value {
	switch r.Kind(i) {
	case driver.Int:
		return driver.IntValue(r.Int(i))
	case driver.Float:
		return driver.FloatValue(r.Float(i))
	case driver.Bool:
		return driver.BoolValue(r.Bool(i))
	case driver.Text:
		return driver.TextValue(r.Text(i))
	case driver.Blob:
		return driver.BlobValue(r.Blob(i))
	case driver.Time:
		return driver.TimeValue(r.time(i))
	}
	return driver.Value{}
}

// time is the instant in column i.
func (r *Rows) time(i int) time.Time {
	t, ok := r.cell(i).(time.Time)
	if !ok {
		t, _ = parseTime(r.Text(i))
		return t
	}
	if r.conn.options.WallClock {
		year, month, day := t.Date()
		hour, minute, second := t.Clock()
		return time.Date(year, month, day, hour, minute, second, t.Nanosecond(), time.UTC)
	}
	return t
}
