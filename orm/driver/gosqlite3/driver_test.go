package gosqlite3_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs/memdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/drivertest"
	"github.com/ormlab/ormlab/orm/driver/gosqlite3"
)

// noLocks says that this platform has files, but not SQLite's locks on them.
const noLocks = runtime.GOOS == "js" || runtime.GOOS == "wasip1"

func TestDriverOnFiles(t *testing.T) {
	if noLocks {
		t.Skip("see TestFileWithoutLocks")
	}
	drivertest.Run(t, drivertest.Config{
		Driver: gosqlite3.Driver(),
		Name:   func(t testing.TB) string { return filepath.Join(t.TempDir(), "test.db") },
	})
}

func TestDriverOnSharedMemory(t *testing.T) {
	drivertest.Run(t, drivertest.Config{
		Driver: gosqlite3.Driver(),
		Name:   func(t testing.TB) string { return memdb.TestDB(t, url.Values{}) },
	})
}

func TestFileWithoutLocks(t *testing.T) {
	if !noLocks {
		t.Skip("this platform has locks")
	}
	name := filepath.Join(t.TempDir(), "test.db")
	_, err := gosqlite3.Driver().Open(t.Context(), name)
	require.ErrorContains(t, err, "this platform cannot lock files")
	require.ErrorContains(t, err, `"file:`+name+`?nolock=1"`)
	conn := open(t, "file:"+name+"?nolock=1")
	_, err = exec(t.Context(), conn, "CREATE TABLE t (x)")
	require.NoError(t, err, "what the message advises works")
}

func open(t testing.TB, name string) driver.Conn {
	t.Helper()
	conn, err := gosqlite3.Driver().Open(t.Context(), name)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	return conn
}

func exec(ctx context.Context, conn driver.Conn, sql string, args ...driver.Value) (driver.Result, error) {
	stmt, err := conn.Prepare(ctx, sql)
	if err != nil {
		return driver.Result{}, err
	}
	defer stmt.Close()
	return stmt.Exec(ctx, args)
}

func number(t *testing.T, conn driver.Conn, sql string) int64 {
	t.Helper()
	stmt, err := conn.Prepare(t.Context(), sql)
	require.NoError(t, err)
	defer stmt.Close()
	rows, err := stmt.Query(t.Context(), nil)
	require.NoError(t, err)
	more, err := rows.Next(t.Context())
	require.NoError(t, err)
	require.True(t, more)
	return rows.Int(0)
}

func TestSettings(t *testing.T) {
	conn := open(t, ":memory:")
	assert.Equal(t, int64(1), number(t, conn, "PRAGMA foreign_keys"))
	assert.Equal(t, int64(5000), number(t, conn, "PRAGMA busy_timeout"))
	conn = open(t, "file:/"+t.Name()+"?vfs=memdb&_pragma=foreign_keys(0)&_pragma=busy_timeout(7)")
	assert.Equal(t, int64(0), number(t, conn, "PRAGMA foreign_keys"), "the URI decides")
	assert.Equal(t, int64(7), number(t, conn, "PRAGMA busy_timeout"), "the URI decides")
}

func TestOpenErrors(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	notDatabase := filepath.Join(dir, "text.db")
	require.NoError(t, os.WriteFile(notDatabase, make([]byte, 8192), 0o666))
	require.NoError(t, os.WriteFile(notDatabase, []byte("this is not a database, but long enough to look like one: "+string(make([]byte, 1024))), 0o666))
	for name, want := range map[string]string{
		filepath.Join(dir, "no", "such", "folder", "a.db"): "unable to open database file",
		"a\x00b":                            "NUL byte",
		"file:x.db?vfs=nothing":             "no such vfs",
		"file:" + notDatabase + "?nolock=1": "file is not a database",
	} {
		_, err := gosqlite3.Driver().Open(ctx, name)
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "sqlite: opening")
	}
}

func TestOutOfMemory(t *testing.T) {
	raw, err := sqlite3.OpenContext(sqlite3.WithMaxMemory(t.Context(), 4<<20), ":memory:")
	require.NoError(t, err)
	conn := gosqlite3.New(raw)
	defer conn.Close()
	var refused *driver.Error
	_, err = exec(t.Context(), conn, "SELECT zeroblob(10000000)")
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, driver.Limit, refused.Kind)
	_, err = exec(t.Context(), conn, "SELECT ?", driver.BlobValue(make([]byte, 10_000_000)))
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, driver.Limit, refused.Kind)
	assert.Equal(t, int64(1), number(t, conn, "SELECT 1"), "the connection works on")
}

func TestErrorsOfOtherKinds(t *testing.T) {
	conn := open(t, ":memory:")
	for _, sql := range []string{"CREATE TABLE s (n INTEGER) STRICT", "CREATE TABLE p (id INTEGER PRIMARY KEY, a, b)",
		"CREATE UNIQUE INDEX ux ON p (lower(a))", "CREATE UNIQUE INDEX u2 ON p (a, b)", "INSERT INTO p VALUES (1, 'x', 'y')",
		"CREATE TRIGGER tr BEFORE DELETE ON p BEGIN SELECT raise(ABORT, 'pets stay'); END"} {
		_, err := exec(t.Context(), conn, sql)
		require.NoError(t, err, sql)
	}
	for sql, want := range map[string]driver.Error{
		"INSERT INTO s VALUES ('x')": {Kind: driver.Data, Code: "3091", Table: "s", Columns: []string{"n"},
			Message: "cannot store TEXT value in INTEGER column s.n"},
		"INSERT INTO p VALUES ('x', 1, 1)":     {Kind: driver.Data, Code: "20", Message: "datatype mismatch"},
		"INSERT INTO p VALUES (2, 'X', 'z')":   {Kind: driver.Unique, Code: "2067", Constraint: "ux", Message: "UNIQUE constraint failed: index 'ux'"},
		"DELETE FROM p":                        {Kind: driver.Check, Code: "1811", Message: "pets stay"},
		"SELECT json('{')":                     {Kind: driver.Data, Code: "1", Message: "malformed JSON"},
		"SELECT abs(-9223372036854775807 - 1)": {Kind: driver.Data, Code: "1", Message: "integer overflow"},
	} {
		_, err := exec(t.Context(), conn, sql)
		var got *driver.Error
		require.ErrorAs(t, err, &got, sql)
		require.Error(t, got.Cause)
		got.Cause = nil
		assert.Equal(t, want, *got, sql)
	}
}

func TestFirstWord(t *testing.T) {
	for sql, want := range map[string]string{
		"select 1": "SELECT", "": "", "  -- note\n/* a */;Insert into": "INSERT", "/* open": "", "-- open": "", "with(": "WITH", "1": "",
	} {
		assert.Equal(t, want, gosqlite3.FirstWord(sql), "%q", sql)
	}
}

func TestTextsStayAsTheyWereRead(t *testing.T) {
	conn := open(t, ":memory:")
	query, err := conn.Prepare(t.Context(), "WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < 499) SELECT substr(hex(zeroblob(n)) || n, -1 - n % 70) FROM c")
	require.NoError(t, err)
	rows, err := query.Query(t.Context(), nil)
	require.NoError(t, err)
	var got []string
	for {
		more, err := rows.Next(t.Context())
		require.NoError(t, err)
		if !more {
			break
		}
		got = append(got, rows.Text(0))
	}
	require.Len(t, got, 500)
	for n, text := range got {
		whole := strings.Repeat("0", 2*n) + strconv.Itoa(n)
		require.Equal(t, whole[max(0, len(whole)-1-n%70):], text)
	}
}

func TestNoAllocations(t *testing.T) {
	conn := open(t, ":memory:")
	ctx := context.Background()
	_, err := exec(ctx, conn, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, size REAL)")
	require.NoError(t, err)
	insert, err := conn.Prepare(ctx, "INSERT INTO t (name, size) VALUES (?, ?)")
	require.NoError(t, err)
	args := []driver.Value{driver.TextValue("Fluffy"), driver.FloatValue(2.5)}
	assert.Zero(t, testing.AllocsPerRun(100, func() { _, err = insert.Exec(ctx, args) }), "an insert")
	require.NoError(t, err)
	query, err := conn.Prepare(ctx, "SELECT id, size FROM t LIMIT 100")
	require.NoError(t, err)
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		var rows driver.Rows
		rows, err = query.Query(ctx, nil)
		for more := true; more && err == nil; {
			_, _ = rows.Int(0), rows.Float(1)
			more, err = rows.Next(ctx)
		}
	}), 1., "a query of 100 rows: its Rows")
	require.NoError(t, err)
}

func BenchmarkInsertInTransaction(b *testing.B) {
	conn, insert := benchTable(b)
	ctx := context.Background()
	args := []driver.Value{driver.TextValue("Fluffy the cat"), driver.IntValue(7), driver.FloatValue(2.5)}
	require.NoError(b, conn.Begin(ctx, driver.TxOptions{}))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := insert.Exec(ctx, args); err != nil {
			b.Fatal(err)
		}
	}
	require.NoError(b, conn.Commit(ctx))
}

func BenchmarkGetByKey(b *testing.B) {
	conn, insert := benchTable(b)
	ctx := context.Background()
	for range 10_000 {
		_, err := insert.Exec(ctx, []driver.Value{driver.TextValue("Fluffy the cat"), driver.IntValue(7), driver.FloatValue(2.5)})
		require.NoError(b, err)
	}
	get, err := conn.Prepare(ctx, "SELECT id, name, age, size FROM t WHERE id = ?")
	require.NoError(b, err)
	b.ReportAllocs()
	args := make([]driver.Value, 1)
	for i := int64(0); b.Loop(); i++ {
		args[0] = driver.IntValue(i%10_000 + 1)
		rows, err := get.Query(ctx, args)
		if err != nil {
			b.Fatal(err)
		}
		if more, err := rows.Next(ctx); !more || err != nil {
			b.Fatal(more, err)
		}
		if rows.Int(0) != args[0].Int() || rows.Text(1) == "" || rows.Int(2) != 7 || rows.Float(3) != 2.5 {
			b.Fatal("another row")
		}
		if err := rows.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func benchTable(b *testing.B) (driver.Conn, driver.Stmt) {
	conn := open(b, ":memory:")
	ctx := context.Background()
	_, err := exec(ctx, conn, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, size REAL)")
	require.NoError(b, err)
	insert, err := conn.Prepare(ctx, "INSERT INTO t (name, age, size) VALUES (?, ?, ?)")
	require.NoError(b, err)
	return conn, insert
}
