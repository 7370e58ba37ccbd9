package engine

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

func TestNamesThatAreRefused(t *testing.T) {
	b := newBench(t, Options{})
	for name, want := range map[string]string{
		"file:pets.db":                 "is a URI",
		"FILE:/etc/passwd?vfs=os":      "is a URI",
		"a\x00b":                       "not plain text",
		"a\nb":                         "not plain text",
		"\xff":                         "not plain text",
		strings.Repeat("a", maxName+1): "longer than",
	} {
		_, err := wire.DecodeOpened(b.Handle((&wire.Request{Op: wire.Open, Name: name}).Append(nil)))
		require.ErrorContains(t, err, want, name)
	}
	assert.Empty(t, b.store.files)
}

func TestNamesArePlain(t *testing.T) {
	b := newBench(t, Options{})
	for _, name := range []string{"pets.db", "a b", "../../etc/passwd", "/tmp/x", "x?vfs=os", "x%2e#frag", "猫", "&", strings.Repeat("a", maxName)} {
		b.must(b.open(name), "CREATE TABLE t (x)")
		assert.Contains(t, b.names(), name)
	}
}

// Whatever is tried, no file appears on the disk.
func TestNoWayOut(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside.db")
	b := newBench(t, Options{})
	conn := b.open("pets.db")
	b.must(conn, "CREATE TABLE t (x)")
	for _, c := range []struct {
		sql  string
		args []driver.Value
	}{
		{sql: "ATTACH '" + outside + "' AS o"},
		{sql: "ATTACH 'file:" + outside + "?vfs=os' AS o"},
		{sql: "ATTACH ? AS o", args: []driver.Value{driver.TextValue("file:" + outside + "?vfs=os")}},
		{sql: "ATTACH '' AS o"},
		{sql: "\ufeffATTACH ':memory:' AS o"},
		{sql: "VACUUM INTO '" + outside + "'"},
		{sql: "VACUUM INTO ?", args: []driver.Value{driver.TextValue("file:" + outside + "?vfs=os")}},
	} {
		require.ErrorContains(t, b.exec(conn, c.sql, c.args...), "not available in the playground", c.sql)
	}
	for sql, want := range map[string]string{
		"SELECT load_extension('x')":               "no such function",
		"SELECT writefile('" + outside + "', 'x')": "no such function",
		"SELECT readfile('/etc/passwd')":           "no such function",
	} {
		require.ErrorContains(t, b.exec(conn, sql), want)
	}
	b.must(conn, "VACUUM", "PRAGMA journal_mode=WAL", "INSERT INTO t VALUES (1)", "PRAGMA journal_mode=DELETE", "INSERT INTO t VALUES (1)",
		"PRAGMA temp_store=file", "CREATE TEMP TABLE tt AS "+numbers, "SELECT * FROM tt ORDER BY i DESC")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, files)
	assert.Equal(t, "ok", b.all(conn, "PRAGMA integrity_check", 100)[0][0].Text())
}

const fill = "INSERT INTO t SELECT randomblob(100000) FROM (" + numbers + ")"

func TestSizeLimit(t *testing.T) {
	b := newBench(t, Options{MaxDatabase: 2 << 20, MaxTotal: 3 << 20})
	conn := b.open("a")
	b.must(conn, "CREATE TABLE t (x)", "INSERT INTO t VALUES ('kept')", "PRAGMA max_page_count=1000000")
	var refusal *driver.Error
	require.ErrorAs(t, b.exec(conn, fill), &refusal)
	assert.Equal(t, driver.Limit, refusal.Kind)
	assert.Equal(t, "database or disk is full (a database in the playground can hold 2 MiB, all together 3 MiB)", refusal.Message)
	assert.Len(t, b.all(conn, "SELECT x FROM t", 100), 1, "the statement was undone")
	b.must(conn, "INSERT INTO t VALUES (randomblob(1700000))")

	other := b.open("b")
	b.must(other, "CREATE TABLE t (x)")
	require.ErrorContains(t, b.exec(other, "INSERT INTO t VALUES (randomblob(1700000))"), "is full", "all together")
	b.endRun()
	require.NoError(t, b.tell(wire.Request{Op: wire.Drop, Name: "a"}))
	b.must(b.open("b"), "INSERT INTO t VALUES (randomblob(1700000))")
}

func TestMemoryLimit(t *testing.T) {
	b := newBench(t, Options{MaxMemory: 8 << 20})
	conn := b.open("")
	b.must(conn, "CREATE TABLE t (x)", "INSERT INTO t VALUES ('kept')")
	var refusal *driver.Error
	require.ErrorAs(t, b.exec(conn, fill), &refusal)
	assert.Equal(t, driver.Limit, refusal.Kind, refusal.Message)
	assert.Contains(t, refusal.Message, "in the playground can use 8 MiB")
	assert.Len(t, b.all(conn, "SELECT x FROM t", 100), 1, "the connection works on")

	require.ErrorAs(t, b.exec(conn, "SELECT zeroblob(100000000)"), &refusal)
	assert.Equal(t, driver.Limit, refusal.Kind)
}

func TestTimeLimit(t *testing.T) {
	b := newBench(t, Options{})
	stmt := ask(b, wire.Request{Op: wire.Prepare, ID: b.open(""),
		SQL: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n"}, wire.DecodePrepared).Stmt
	for _, op := range []wire.Op{wire.Exec, wire.Query} {
		err := wire.DecodeOK(b.Handle((&wire.Request{Op: op, ID: stmt, Limit: 20}).Append(nil)))
		var refusal *driver.Error
		require.True(t, errors.As(err, &refusal), "%v", err)
		assert.Equal(t, driver.Interrupted, refusal.Kind)
	}
}
