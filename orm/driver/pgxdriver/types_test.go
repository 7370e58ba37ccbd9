//go:build !js && !wasip1

package pgxdriver_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/pgxdriver"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

func connect(t *testing.T, url string) driver.Conn {
	t.Helper()
	conn, err := pgxdriver.Driver().Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	return conn
}

// value is what a query of one row and column returns.
func value(t *testing.T, conn driver.Conn, sql string, args ...driver.Value) (driver.Value, error) {
	t.Helper()
	stmt, err := conn.Prepare(t.Context(), sql)
	require.NoError(t, err, sql)
	defer stmt.Close()
	rows, err := stmt.Query(t.Context(), args)
	if err != nil {
		return driver.Value{}, err
	}
	defer rows.Close()
	more, err := rows.Next(t.Context())
	require.NoError(t, err, sql)
	require.True(t, more)
	return rows.Value(0), nil
}

func TestReading(t *testing.T) {
	conn := connect(t, testdb.PostgresServer(t).Reveal())
	at := time.Date(2024, 2, 29, 22, 59, 58, 123456000, time.UTC)
	for sql, want := range map[string]driver.Value{
		"(-7)::int2":        driver.IntValue(-7),
		"(-70000)::int4":    driver.IntValue(-70000),
		"7000000000::int8":  driver.IntValue(7000000000),
		"4000000000::oid":   driver.IntValue(4000000000),
		"1.5::float4":       driver.FloatValue(1.5),
		"'-Infinity'::real": driver.FloatValue(math.Inf(-1)),
		"0.1::float8":       driver.FloatValue(0.1),
		"true":              driver.BoolValue(true),
		"1 = 2":             driver.BoolValue(false),
		"'a'::text":         driver.TextValue("a"),
		"'a'::char(3)":      driver.TextValue("a  "),
		"'a'::name":         driver.TextValue("a"),
		"'\\x00ff'::bytea":  driver.BlobValue([]byte{0, 255}),
		"'2024-02-29 23:59:58.123456+01'::timestamptz": driver.TimeValue(at),
		"'2024-02-29 22:59:58.123456'::timestamp":      driver.TimeValue(at),
		"'infinity'::timestamptz":                      driver.TextValue("infinity"),
		"'-infinity'::timestamp":                       driver.TextValue("-infinity"),
		"'0044-03-15 BC'::timestamp":                   driver.TimeValue(time.Date(-43, 3, 15, 0, 0, 0, 0, time.UTC)),
		"'294276-12-31'::timestamp":                    driver.TimeValue(time.Date(294276, 12, 31, 0, 0, 0, 0, time.UTC)),
		"'1969-07-20'::date":                           driver.TextValue("1969-07-20"),
		"'0005-02-28 BC'::date":                        driver.TextValue("0005-02-28 BC"),
		"'12345-01-01'::date":                          driver.TextValue("12345-01-01"),
		"'infinity'::date":                             driver.TextValue("infinity"),
		"12345678901234567890.123::numeric":            driver.TextValue("12345678901234567890.123"),
		"'{\"a\": 1}'::jsonb":                          driver.TextValue(`{"a": 1}`),
		"'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid": driver.TextValue("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
		"array[1,2]":                                   driver.TextValue("{1,2}"),
		"interval '1 day'":                             driver.TextValue("1 day"),
		"null::int4":                                   {},
	} {
		got, err := value(t, conn, "SELECT "+sql)
		require.NoError(t, err, sql)
		assert.Equal(t, want, got, sql)
	}
}

// TestEveryDateIsReadAsTheServerWritesIt compares with the server's own text.
func TestEveryDateIsReadAsTheServerWritesIt(t *testing.T) {
	conn := connect(t, testdb.PostgresServer(t).Reveal())
	stmt, err := conn.Prepare(t.Context(), "SELECT d, d::text FROM generate_series(-4700, 4000, 37) AS y(n), "+
		"LATERAL (SELECT '2000-02-29'::date + n * 365 + n / 3 AS d) AS x")
	require.NoError(t, err)
	rows, err := stmt.Query(t.Context(), nil)
	require.NoError(t, err)
	count := 0
	for {
		more, err := rows.Next(t.Context())
		require.NoError(t, err)
		if !more {
			break
		}
		count++
		require.Equal(t, rows.Text(1), rows.Text(0))
	}
	assert.Greater(t, count, 200)
}

func TestArguments(t *testing.T) {
	conn := connect(t, testdb.PostgresServer(t).Reveal())
	at := time.Date(1969, 7, 20, 20, 17, 40, 123456789, time.UTC)
	for _, c := range []struct {
		param string
		arg   driver.Value
		want  string // the server's text; empty for an error of the kind Data
	}{
		{"int2", driver.IntValue(-32768), "-32768"},
		{"int2", driver.IntValue(32768), ""},
		{"int4", driver.IntValue(-2147483648), "-2147483648"},
		{"int4", driver.IntValue(2147483648), ""},
		{"int8", driver.IntValue(math.MinInt64), "-9223372036854775808"},
		{"oid", driver.IntValue(-1), ""},
		{"oid", driver.IntValue(4294967295), "4294967295"},
		{"float8", driver.IntValue(3), "3"},
		{"float4", driver.IntValue(3), "3"},
		{"numeric", driver.IntValue(-5), "-5"},
		{"text", driver.IntValue(-5), "-5"},
		{"bool", driver.IntValue(1), "true"},
		{"float4", driver.FloatValue(0.1), "0.1"},
		{"float4", driver.FloatValue(1e300), ""},
		{"float4", driver.FloatValue(math.Inf(1)), "Infinity"},
		{"numeric", driver.FloatValue(1e-7), "0.0000001"},
		{"int4", driver.FloatValue(7), "7"},
		{"int4", driver.FloatValue(7.5), ""},
		{"int8", driver.FloatValue(1 << 63), ""},
		{"int8", driver.FloatValue(math.NaN()), ""},
		{"text", driver.FloatValue(1.5), "1.5"},
		{"bool", driver.BoolValue(true), "true"},
		{"int4", driver.BoolValue(true), "1"},
		{"text", driver.BoolValue(false), "false"},
		{"int4", driver.TextValue("12"), "12"},
		{"int4", driver.TextValue("twelve"), ""},
		{"varchar", driver.TextValue(""), "<empty>"},
		{"jsonb", driver.TextValue(`{"a":1}`), `{"a": 1}`},
		{"jsonb", driver.TextValue(`{`), ""},
		{"date", driver.TextValue("2024-02-29"), "2024-02-29"},
		{"int4[]", driver.TextValue("{1,2}"), "{1,2}"},
		{"bytea", driver.BlobValue(nil), `\x`},
		{"bytea", driver.BlobValue([]byte{0, 255}), `\x00ff`},
		{"text", driver.BlobValue([]byte("abc")), "abc"},
		{"uuid", driver.BlobValue([]byte("0123456789abcdef")), "30313233-3435-3637-3839-616263646566"},
		{"uuid", driver.BlobValue([]byte("short")), ""},
		{"int4", driver.BlobValue([]byte{1}), ""},
		{"timestamptz", driver.TimeValue(at), "1969-07-20 20:17:40.123456+00"},
		{"timestamp", driver.TimeValue(at), "1969-07-20 20:17:40.123456"},
		{"date", driver.TimeValue(at), "1969-07-20"},
		{"text", driver.TimeValue(at), "1969-07-20 20:17:40.123456"},
		{"time", driver.TimeValue(at), "20:17:40.123456"},
		{"timestamptz", driver.TimeValue(time.Date(-4713, 11, 24, 0, 0, 0, 0, time.UTC)), "4714-11-24 00:00:00+00 BC"},
		{"timestamptz", driver.TimeValue(time.Date(-4714, 1, 1, 0, 0, 0, 0, time.UTC)), ""},
		{"timestamptz", driver.TimeValue(time.Date(300000, 1, 1, 0, 0, 0, 0, time.UTC)), ""},
		{"text", driver.TimeValue(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), ""},
	} {
		got, err := value(t, conn, "SELECT coalesce(nullif($1::"+c.param+"::text, ''), '<empty>')", c.arg)
		if c.want == "" {
			var refusal *driver.Error
			require.ErrorAs(t, err, &refusal, "%s %v gave %v", c.param, c.arg, got)
			assert.Equal(t, driver.Data, refusal.Kind, "%s %v: %s", c.param, c.arg, refusal.Message)
			continue
		}
		require.NoError(t, err, "%s %v", c.param, c.arg)
		assert.Equal(t, c.want, got.Text(), "%s %v", c.param, c.arg)
	}
}

func TestDeclaredTypes(t *testing.T) {
	conn := connect(t, testdb.Postgres(t))
	run(t, conn, "CREATE TABLE v (a int2, b varchar(50), c numeric(10, 2), d text, e timestamptz, f int4[], g numeric, h char(3))")
	stmt, err := conn.Prepare(t.Context(), "SELECT *, a + 1 AS n FROM v")
	require.NoError(t, err)
	var types []string
	for _, c := range stmt.Columns() {
		types = append(types, c.DeclType)
	}
	assert.Equal(t, []string{"SMALLINT", "VARCHAR(50)", "NUMERIC(10, 2)", "TEXT", "TIMESTAMP WITH TIME ZONE", "", "NUMERIC", "CHAR(3)", ""}, types)
}

func TestConnectErrors(t *testing.T) {
	url := testdb.PostgresServer(t).Reveal()
	for name, want := range map[string]driver.ErrorKind{
		"postgresql://root@127.0.0.1:1/test?sslmode=disable&password=geheim": driver.Disconnected,
		url + "&search_path=x&statement_timeout=rubbish":                     driver.Data,
	} {
		_, err := pgxdriver.Driver().Open(t.Context(), name)
		var refusal *driver.Error
		require.ErrorAs(t, err, &refusal, name)
		assert.Equal(t, want, refusal.Kind, refusal.Message)
		assert.NotContains(t, err.Error(), "geheim")
	}
	_, err := pgxdriver.Driver().Open(t.Context(), "postgresql://root:geheim@127.0.0.1:x/test")
	require.ErrorContains(t, err, "pgxdriver: reading the connection string")
	assert.NotContains(t, err.Error(), "geheim")
}
