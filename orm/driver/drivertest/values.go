package drivertest

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

var valueCases = map[string]func(*testing.T, *suite){
	"values": func(t *testing.T, s *suite) {
		at := time.Date(2024, 2, 29, 23, 59, 58, 123456000, time.UTC)
		for name, c := range map[string]struct {
			sqlType   string
			arg, want driver.Value
		}{
			"null":             {"INTEGER", driver.Value{}, driver.Value{}},
			"zero":             {"INTEGER", driver.IntValue(0), driver.IntValue(0)},
			"largest int":      {"INTEGER", driver.IntValue(math.MaxInt64), driver.IntValue(math.MaxInt64)},
			"smallest int":     {"INTEGER", driver.IntValue(math.MinInt64), driver.IntValue(math.MinInt64)},
			"float":            {"REAL", driver.FloatValue(0.1), driver.FloatValue(0.1)},
			"largest float":    {"REAL", driver.FloatValue(math.MaxFloat64), driver.FloatValue(math.MaxFloat64)},
			"infinity":         {"REAL", driver.FloatValue(math.Inf(-1)), driver.FloatValue(math.Inf(-1))},
			"not a number":     {"REAL", driver.FloatValue(math.NaN()), driver.Value{}},
			"true":             {"INTEGER", driver.BoolValue(true), driver.IntValue(1)},
			"false":            {"INTEGER", driver.BoolValue(false), driver.IntValue(0)},
			"text":             {"TEXT", driver.TextValue("Fluffy é 猫 😀"), driver.TextValue("Fluffy é 猫 😀")},
			"empty text":       {"TEXT", driver.TextValue(""), driver.TextValue("")},
			"text with NUL":    {"TEXT", driver.TextValue("a\x00b\x00"), driver.TextValue("a\x00b\x00")},
			"not UTF-8":        {"TEXT", driver.TextValue("a\xff\xfeb"), driver.TextValue("a\xff\xfeb")},
			"text like a bind": {"TEXT", driver.TextValue("'; DROP TABLE v; -- ? :x"), driver.TextValue("'; DROP TABLE v; -- ? :x")},
			"long text":        {"TEXT", driver.TextValue(strings.Repeat("long ", 100_000)), driver.TextValue(strings.Repeat("long ", 100_000))},
			"blob":             {"BLOB", driver.BlobValue([]byte{0, 1, 255}), driver.BlobValue([]byte{0, 1, 255})},
			"empty blob":       {"BLOB", driver.BlobValue([]byte{}), driver.BlobValue([]byte{})},
			"nil blob":         {"BLOB", driver.BlobValue(nil), driver.BlobValue([]byte{})},
			"time":             {"TEXT", driver.TimeValue(at), driver.TextValue("2024-02-29 23:59:58.123456")},
			"time elsewhere": {"TEXT", driver.TimeValue(at.In(time.FixedZone("", 3600)).Add(999)),
				driver.TextValue("2024-02-29 23:59:58.123456")},
		} {
			t.Run(name, func(t *testing.T) {
				s.exec(t, "CREATE TABLE v (x "+c.sqlType+")")
				defer s.exec(t, "DROP TABLE v")
				insert := s.prepare(t, "INSERT INTO v (x) VALUES (?)")
				_, err := insert.Exec(t.Context(), []driver.Value{c.arg})
				if slices.Contains(s.Refused, name) {
					refusal(t, err, driver.Data)
					return
				}
				require.NoError(t, err)
				require.NoError(t, insert.Close())
				if want, ok := s.Values[name]; ok {
					c.want = want
				}
				if c.want.Kind() == driver.Float && math.IsNaN(c.want.Float()) {
					got := s.all(t, s.conn, "SELECT x FROM v")[0][0]
					assert.True(t, got.Kind() == driver.Float && math.IsNaN(got.Float()), "%v", got)
					return
				}
				assert.Equal(t, [][]driver.Value{{c.want}}, s.all(t, s.conn, "SELECT x FROM v"))
			})
		}
	},
	"typed readers": func(t *testing.T, s *suite) {
		s.exec(t, "CREATE TABLE v (i INTEGER, f REAL, s TEXT, b BLOB, n TEXT)")
		_, err := s.run(t.Context(), s.conn, "INSERT INTO v VALUES (?, ?, ?, ?, ?)", driver.IntValue(7), driver.FloatValue(2.5),
			driver.TextValue("Fluffy"), driver.BlobValue([]byte{1, 2}), driver.Value{})
		require.NoError(t, err)
		rows, err := s.prepare(t, "SELECT i, f, s, b, n FROM v").Query(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, driver.Null, rows.Kind(0), "before the first row")
		more, err := rows.Next(t.Context())
		require.NoError(t, err)
		require.True(t, more)
		var kinds []string
		for i := range rows.Columns() {
			kinds = append(kinds, rows.Kind(i).String())
		}
		assert.Equal(t, []string{"int", "float", "text", "blob", "null"}, kinds)
		assert.Equal(t, int64(7), rows.Int(0))
		assert.True(t, rows.Bool(0))
		assert.Equal(t, 2.5, rows.Float(1))
		assert.Equal(t, "Fluffy", rows.Text(2))
		assert.Equal(t, []byte{1, 2}, rows.Blob(3))
		assert.True(t, rows.Value(4).IsNull())
		assert.Equal(t, driver.Null, rows.Kind(5), "beyond the last column")
		assert.Equal(t, driver.Null, rows.Kind(-1), "before the first column")
		more, err = rows.Next(t.Context())
		require.NoError(t, err)
		require.False(t, more)
		assert.Equal(t, driver.Null, rows.Kind(0), "after the last row")
		assert.Equal(t, "", rows.Text(2), "after the last row")
	},
	"values outlive their row": func(t *testing.T, s *suite) {
		s.exec(t, "CREATE TABLE v (id AUTOKEY, s TEXT, b BLOB)")
		insert := s.prepare(t, "INSERT INTO v (s, b) VALUES (?, ?)")
		for _, word := range []string{"one", "two", "six"} {
			_, err := insert.Exec(t.Context(), []driver.Value{driver.TextValue(word), driver.BlobValue([]byte(word))})
			require.NoError(t, err)
		}
		stmt := s.prepare(t, "SELECT s, b FROM v ORDER BY id")
		var words []string
		var blobs [][]byte
		for range 2 {
			rows, err := stmt.Query(t.Context(), nil)
			require.NoError(t, err)
			for {
				more, err := rows.Next(t.Context())
				require.NoError(t, err)
				if !more {
					break
				}
				words, blobs = append(words, rows.Text(0)), append(blobs, rows.Blob(1))
			}
		}
		assert.Equal(t, []string{"one", "two", "six", "one", "two", "six"}, words)
		blobs[0][0] = 'X'
		_ = append(blobs[1], "spoilt"...)
		assert.Equal(t, [][]byte{[]byte("Xne"), []byte("two"), []byte("six"), []byte("one"), []byte("two"), []byte("six")}, blobs)
	},
	"a time that cannot be stored": func(t *testing.T, s *suite) {
		s.exec(t, "CREATE TABLE v (x TEXT)")
		_, err := s.run(t.Context(), s.conn, "INSERT INTO v VALUES (?)", driver.TimeValue(time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)))
		refusal(t, err, driver.Data)
	},
}
