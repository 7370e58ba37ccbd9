package engine

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

func (b *bench) names() []string {
	return ask(b, wire.Request{Op: wire.Databases}, wire.DecodeNames)
}

func (b *bench) snapshot(name string) []byte {
	return slices.Clone(ask(b, wire.Request{Op: wire.Snapshot, Name: name}, wire.DecodeSnapshot))
}

func TestSnapshotAndRestore(t *testing.T) {
	b := newBench(t, Options{})
	conn := b.open("pets.db")
	b.must(conn, "CREATE TABLE pets (name)", "INSERT INTO pets VALUES ('Fluffy')", "CREATE TABLE big (x)",
		"INSERT INTO big SELECT randomblob(1000) FROM ("+numbers+") LIMIT 1000")
	b.open("never written")
	assert.Equal(t, []string{"pets.db"}, b.names())
	before := b.snapshot("pets.db")
	require.Greater(t, len(before), 1_000_000)

	b.must(conn, "DELETE FROM pets")
	var refusal *driver.Error
	require.ErrorAs(t, b.tell(wire.Request{Op: wire.Restore, Name: "pets.db", Data: before}), &refusal)
	require.Equal(t, driver.Busy, refusal.Kind)
	require.ErrorAs(t, b.tell(wire.Request{Op: wire.Drop, Name: "pets.db"}), &refusal)
	b.must(conn, "BEGIN IMMEDIATE")
	_, err := wire.DecodeSnapshot(b.Handle((&wire.Request{Op: wire.Snapshot, Name: "pets.db"}).Append(nil)))
	require.ErrorContains(t, err, "a transaction is writing")
	b.endRun()

	// The host's own look at a database does not keep it open.
	ask(b, wire.Request{Op: wire.Schema, Name: "pets.db"}, wire.DecodeSchema)
	require.NoError(t, b.tell(wire.Request{Op: wire.Restore, Name: "pets.db", Data: before}))
	require.Equal(t, before, b.snapshot("pets.db"))
	conn = b.open("pets.db")
	assert.Equal(t, [][]driver.Value{{driver.TextValue("Fluffy")}}, b.all(conn, "SELECT name FROM pets", 100))
	assert.Equal(t, "ok", b.all(conn, "PRAGMA integrity_check", 100)[0][0].Text())
	b.endRun()

	other := newBench(t, Options{})
	require.NoError(t, other.tell(wire.Request{Op: wire.Restore, Name: "copy", Data: before}))
	assert.Len(t, other.all(other.open("copy"), "SELECT x FROM big", 1000), 1000)

	require.NoError(t, b.tell(wire.Request{Op: wire.Drop, Name: "pets.db"}))
	assert.Empty(t, b.names())
	require.NoError(t, b.tell(wire.Request{Op: wire.Drop, Name: "pets.db"}), "a second time")
	_, err = wire.DecodeSnapshot(b.Handle((&wire.Request{Op: wire.Snapshot, Name: "pets.db"}).Append(nil)))
	require.EqualError(t, err, `engine: there is no database "pets.db"`)
}

func TestRestoreRefuses(t *testing.T) {
	b := newBench(t, Options{MaxDatabase: 1 << 20})
	for want, q := range map[string]wire.Request{
		"are not an SQLite database": {Name: "a", Data: []byte("hello")},
		"is a URI":                   {Name: "file:a"},
		"needs a name":               {Name: ":memory:"},
		"is too large":               {Name: "a", Data: append([]byte("SQLite format 3\x00"), make([]byte, 1<<20)...)},
	} {
		q.Op = wire.Restore
		require.ErrorContains(t, b.tell(q), want)
	}
	assert.Empty(t, b.names())
}

func TestRestoreOfDatabaseWithWAL(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("a"), "CREATE TABLE t (x)")
	b.endRun()
	file := b.snapshot("a")
	file[18], file[19] = 2, 2
	require.NoError(t, b.tell(wire.Request{Op: wire.Restore, Name: "a", Data: file}))
	b.must(b.open("a"), "INSERT INTO t VALUES (1)")
}

func TestSchema(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("pets.db"), `CREATE TABLE "my ""pets""" (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(50) NOT NULL)`,
		`INSERT INTO "my ""pets""" (name) VALUES ('Fluffy'), ('Rex')`, `CREATE VIEW names AS SELECT name FROM "my ""pets"""`,
		"CREATE VIEW broken AS SELECT * FROM nowhere", "CREATE INDEX i ON \"my \"\"pets\"\"\" (name)")
	tables := ask(b, wire.Request{Op: wire.Schema, Name: "pets.db"}, wire.DecodeSchema)
	assert.Equal(t, []wire.Table{
		{Name: "broken", SQL: "CREATE VIEW broken AS SELECT * FROM nowhere", Columns: []wire.TableColumn{}, ForeignKeys: []wire.ForeignKey{}, Indexes: []wire.Index{}, Rows: -1},
		{Name: `my "pets"`, SQL: `CREATE TABLE "my ""pets""" (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(50) NOT NULL)`,
			Columns:     []wire.TableColumn{{Name: "id", DeclType: "INTEGER", PrimaryKey: true}, {Name: "name", DeclType: "VARCHAR(50)", NotNull: true}},
			ForeignKeys: []wire.ForeignKey{}, Indexes: []wire.Index{{Name: "i", Columns: []string{"name"}}}, Rows: 2},
		{Name: "names", SQL: `CREATE VIEW names AS SELECT name FROM "my ""pets"""`,
			Columns: []wire.TableColumn{{Name: "name", DeclType: "VARCHAR(50)"}}, ForeignKeys: []wire.ForeignKey{}, Indexes: []wire.Index{}, Rows: -1},
	}, tables)
}

func TestPlan(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("pets.db"), "CREATE TABLE pets (id INTEGER PRIMARY KEY, name)", "INSERT INTO pets VALUES (1, 'a')")
	plan := ask(b, wire.Request{Op: wire.Plan, Name: "pets.db", SQL: "SELECT * FROM pets WHERE id IN (SELECT id FROM pets)"}, wire.DecodePlan)
	require.NotEmpty(t, plan)
	assert.Contains(t, plan[0].Detail, "pets")
	for _, sql := range []string{"SELEKT", "SELECT 1; DELETE FROM pets", ""} {
		_, err := wire.DecodePlan(b.Handle((&wire.Request{Op: wire.Plan, Name: "pets.db", SQL: sql}).Append(nil)))
		require.ErrorAs(t, err, new(*driver.Error), sql)
	}
	ask(b, wire.Request{Op: wire.Plan, Name: "pets.db", SQL: "DELETE FROM pets"}, wire.DecodePlan)
	assert.Equal(t, int64(1), ask(b, wire.Request{Op: wire.Schema, Name: "pets.db"}, wire.DecodeSchema)[0].Rows, "a plan changes nothing")
}

func TestFileContent(t *testing.T) {
	h := handle{file: newStore(1<<20, 1<<20).database("a")}
	data := bytes.Repeat([]byte("0123456789"), 20_000)
	_, err := h.WriteAt(data, 12345)
	require.NoError(t, err)
	got := make([]byte, len(data)+100)
	n, err := h.ReadAt(got, 12345)
	require.ErrorContains(t, err, "EOF")
	assert.Equal(t, data, got[:n])
	require.NoError(t, h.Truncate(20_000))
	require.NoError(t, h.SizeHint(30_000))
	_, err = h.ReadAt(got[:10], 20_001)
	require.NoError(t, err)
	assert.Equal(t, make([]byte, 10), got[:10], "what was cut does not come back")
	var whole []byte
	for piece := range h.pieces() {
		whole = append(whole, piece...)
	}
	assert.Len(t, whole, 30_000)
	assert.Equal(t, data[:7655], whole[12345:20_000])
}
