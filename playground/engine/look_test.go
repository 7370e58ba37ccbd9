package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

func (b *bench) page(q wire.Request) wire.TablePage {
	b.t.Helper()
	q.Op, q.Name = wire.Page, "pets.db"
	return ask(b, q, wire.DecodePage)
}

func (b *bench) mark() { require.NoError(b.t, b.tell(wire.Request{Op: wire.Mark})) }

func (b *bench) changes(rows int) []wire.TableChange {
	b.t.Helper()
	return ask(b, wire.Request{Op: wire.Changes, Name: "pets.db", Limit: rows, Longest: 100}, wire.DecodeChanges)
}

// texts are the cells of rows, NULL as such and what was cut as its number.
func texts(rows [][]wire.Cell) (all []string) {
	for _, row := range rows {
		all = append(all, line(row))
	}
	return all
}

func line(row []wire.Cell) string {
	var list []string
	for _, c := range row {
		text := c.Text
		if c.Kind == driver.Null {
			text = "NULL"
		}
		if c.Cut > 0 {
			text += fmt.Sprintf("+%d", c.Cut)
		}
		list = append(list, text)
	}
	return strings.Join(list, "|")
}

func TestSchemaTellsKeysAndIndexes(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("pets.db"), "CREATE TABLE a (x INT, y INT, PRIMARY KEY (y, x))",
		`CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT DEFAULT 'it''s', low TEXT AS (lower(n)), a1 INT, a2 INT, self INT REFERENCES b ON DELETE SET NULL,
			UNIQUE (n), FOREIGN KEY (a1, a2) REFERENCES a (y, x) ON UPDATE CASCADE)`,
		"CREATE UNIQUE INDEX part ON b (lower(n), a1) WHERE a1 > 0")
	tables := ask(b, wire.Request{Op: wire.Schema, Name: "pets.db"}, wire.DecodeSchema)
	require.Len(t, tables, 2)
	got := tables[1]
	assert.Equal(t, wire.TableColumn{Name: "n", DeclType: "TEXT", HasDefault: true, Default: "'it''s'"}, got.Columns[1])
	assert.Equal(t, wire.TableColumn{Name: "low", DeclType: "TEXT", Generated: true}, got.Columns[2])
	assert.Equal(t, []wire.ForeignKey{
		{Columns: []string{"self"}, Table: "b", OnUpdate: "NO ACTION", OnDelete: "SET NULL"},
		{Columns: []string{"a1", "a2"}, Table: "a", Targets: []string{"y", "x"}, OnUpdate: "CASCADE", OnDelete: "NO ACTION"},
	}, got.ForeignKeys)
	assert.Equal(t, []wire.Index{
		{Name: "part", Unique: true, Partial: true, Columns: []string{"", "a1"}},
		{Name: "sqlite_autoindex_b_1", Unique: true, Constraint: true, Columns: []string{"n"}},
	}, got.Indexes)
}

func TestRequestsMemoryIsUsedAgain(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("a.db"), "CREATE TABLE a (x)")
	b.must(b.open("b.db"), "CREATE TABLE b (x)")
	buffer := make([]byte, 0, 100)
	for _, name := range []string{"a", "b"} {
		q := wire.Request{Op: wire.Schema, Name: name + ".db"}
		tables, err := wire.DecodeSchema(b.Handle(q.Append(buffer)))
		require.NoError(t, err)
		require.Equal(t, name, tables[0].Name)
	}
}

func TestPage(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("pets.db")
	b.must(conn, `CREATE TABLE "my ""pets""" (id INTEGER PRIMARY KEY, "na""me" TEXT, x)`,
		`INSERT INTO "my ""pets""" VALUES (1, 'b', NULL), (2, 'a', 2.5), (3, 'b', x'00ff'), (9223372036854775807, '`+strings.Repeat("é", 60)+`', 'text')`,
		`CREATE VIEW v AS SELECT x FROM "my ""pets"""`)
	page := b.page(wire.Request{Table: `my "pets"`, Limit: 2, Longest: 11})
	assert.Equal(t, []driver.Column{{Name: "id", DeclType: "INTEGER"}, {Name: `na"me`, DeclType: "TEXT"}, {Name: "x"}}, page.Columns)
	assert.Equal(t, int64(4), page.Total)
	assert.Equal(t, []string{"1|b|NULL", "2|a|2.5"}, texts(page.Rows))
	page = b.page(wire.Request{Table: `my "pets"`, Limit: 50, Offset: 2, Longest: 11})
	assert.Equal(t, []string{"3|b|00ff", "9223372036854775807|ééééé+110|text"}, texts(page.Rows))
	assert.Equal(t, driver.Blob, page.Rows[0][2].Kind)

	ordered := func(column string, down bool) (ids []string) {
		for _, row := range b.page(wire.Request{Table: `my "pets"`, Column: column, Down: down, Limit: 3}).Rows {
			ids = append(ids, row[0].Text)
		}
		return ids
	}
	assert.Equal(t, []string{"2", "1", "3"}, ordered(`na"me`, false), "rows that are equal keep their order")
	assert.Equal(t, []string{"9223372036854775807", "1", "3"}, ordered(`na"me`, true))
	assert.Equal(t, int64(4), b.page(wire.Request{Table: "v", Column: "x", Limit: 1}).Total)

	for want, q := range map[string]wire.Request{
		`no database "x"`:        {Name: "x", Table: "v"},
		`no table "sqlite"`:      {Name: "pets.db", Table: "sqlite"},
		`no column "y" to order`: {Name: "pets.db", Table: "v", Column: "y"},
	} {
		q.Op = wire.Page
		_, err := wire.DecodePage(b.Handle(q.Append(nil)))
		require.ErrorContains(t, err, want)
	}
	b.must(conn, "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i FROM n")
	page = b.page(wire.Request{Table: "endless", Limit: 2})
	assert.Equal(t, []string{"1", "2"}, texts(page.Rows))
	assert.Equal(t, int64(-1), page.Total, "too long to count")
	q := wire.Request{Op: wire.Page, Name: "pets.db", Table: "endless", Column: "i", Limit: 2}
	_, err := wire.DecodePage(b.Handle(q.Append(nil)))
	require.Error(t, err, "too long, or too large, to sort")
}

func TestChanges(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("pets.db")
	b.must(conn, "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, x)", "CREATE TABLE plain (a TEXT)",
		"CREATE TABLE keyed (a TEXT PRIMARY KEY, n INT, rowid, oid, _rowid_)", "CREATE TABLE pairs (a INT, b INT, v, PRIMARY KEY (b, a)) WITHOUT ROWID",
		"CREATE TABLE gone (x)", "CREATE TABLE same (x)", "CREATE TABLE altered (id INTEGER PRIMARY KEY, old, kept)",
		"INSERT INTO pets VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)", "INSERT INTO plain VALUES ('one'), ('two')",
		"INSERT INTO keyed (a, n) VALUES ('k', 1)", "INSERT INTO pairs VALUES (1, 2, 'v'), (2, 1, 'w')", "INSERT INTO gone VALUES (7)",
		"INSERT INTO same VALUES (1)", "INSERT INTO altered VALUES (1, 'o', 'k'), (2, 'o', 'k')")
	assert.Empty(t, b.changes(100), "nothing was marked")
	b.mark()
	assert.Empty(t, b.changes(100))
	b.must(conn, "UPDATE pets SET name = 'A' WHERE id = 1", "UPDATE pets SET x = 2.0 WHERE id = 2", "DELETE FROM pets WHERE id = 3", "INSERT INTO pets VALUES (4, 'd', NULL)",
		"UPDATE plain SET a = 'three' WHERE a = 'two'", "UPDATE keyed SET n = 2", "UPDATE pairs SET v = 'u' WHERE a = 2",
		"DROP TABLE gone", "CREATE TABLE fresh (x)", "INSERT INTO fresh VALUES (x'00')", "ALTER TABLE altered DROP COLUMN old", "ALTER TABLE altered ADD COLUMN extra DEFAULT 5",
		"DELETE FROM altered WHERE id = 2", "UPDATE same SET x = 2", "UPDATE same SET x = 1")
	b.endRun()

	var got []string
	for _, change := range b.changes(100) {
		got = append(got, fmt.Sprintf("%s %d: +%d -%d ~%d %s", change.Name, change.State, change.Added, change.Removed, change.Changed, change.Note))
		for _, row := range change.Rows {
			text := fmt.Sprint("  ", row.Change, " ", line(row.Cells))
			for _, before := range row.Before {
				text += fmt.Sprintf(" (%d was %s)", before.Column, line([]wire.Cell{before.Cell}))
			}
			got = append(got, text)
		}
	}
	assert.Equal(t, []string{
		"altered 3: +0 -1 ~0 ", "  2 2|k|NULL",
		"fresh 1: +1 -0 ~0 ", "  1 00",
		"gone 2: +0 -1 ~0 ", "  2 7",
		"keyed 0: +0 -0 ~1 ", "  3 k|2|NULL|NULL|NULL (1 was 1)",
		"pairs 0: +0 -0 ~1 ", "  3 2|1|u (2 was w)",
		"pets 0: +1 -1 ~2 ", "  1 4|d|NULL", "  3 1|A|1 (1 was a)", "  3 2|b|2.0 (2 was 2)", "  2 3|c|3",
		"plain 0: +0 -0 ~1 ", "  3 three (0 was two)",
	}, got)

	limited := b.changes(1)
	pets := limited[slices.IndexFunc(limited, func(c wire.TableChange) bool { return c.Name == "pets" })]
	assert.Len(t, pets.Rows, 1)
	assert.Equal(t, []int64{1, 1, 2}, []int64{pets.Added, pets.Removed, pets.Changed}, "all are counted")
	assert.Equal(t, []string{"pets.db"}, b.names(), "what was marked is no database")
	b.must(b.open("pets.db"), "INSERT INTO same VALUES (5)")
	b.endRun()
	assert.Len(t, b.changes(100), 8, "looking at changes keeps them")
	b.mark()
	assert.Empty(t, b.changes(100))
}

func TestChangesOfNewAndRestoredDatabases(t *testing.T) {
	b := newBench(t, Options{})
	b.mark()
	b.must(b.open("pets.db"), "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)")
	b.endRun()
	changes := b.changes(10)
	require.Len(t, changes, 1)
	assert.Equal(t, wire.TableCreated, changes[0].State)
	assert.Equal(t, int64(1), changes[0].Added)
	file := b.snapshot("pets.db")
	require.NoError(t, b.tell(wire.Request{Op: wire.Restore, Name: "pets.db", Data: file}))
	assert.Empty(t, b.changes(10), "a restored database has no last run")
}

func TestMarkedDatabaseStays(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("pets.db")
	b.must(conn, "CREATE TABLE big (id INTEGER PRIMARY KEY, x)", "INSERT INTO big (x) SELECT randomblob(1000) FROM ("+numbers+") LIMIT 1000")
	before := b.snapshot("pets.db")
	b.mark()
	b.must(conn, "DELETE FROM big WHERE id > 10", "VACUUM", "UPDATE big SET x = zeroblob(200000) WHERE id = 5")
	b.endRun()
	var kept []byte
	for piece := range b.store.before("pets.db").pieces() {
		kept = append(kept, piece...)
	}
	require.Equal(t, before, kept)
	changes := b.changes(10)
	require.Len(t, changes, 1)
	assert.Equal(t, []int64{0, 990, 1}, []int64{changes[0].Added, changes[0].Removed, changes[0].Changed})
	assert.Equal(t, 199_900, changes[0].Rows[0].Cells[1].Cut)
	assert.ErrorContains(t, b.tell(wire.Request{Op: wire.Open, Name: beforeName + "pets.db"}), "not plain text")
}
