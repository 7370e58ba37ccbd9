package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/playground/wire"
)

func (b *bench) keptOnes() []string {
	b.t.Helper()
	names := ask(b, wire.Request{Op: wire.Kept}, wire.DecodeNames)
	for i := range names {
		names[i] = strings.Clone(names[i]) // the engine uses an answer's memory again
	}
	return names
}

func TestPrivateDatabasesAreKeptToBeLookedAt(t *testing.T) {
	b := newBench(t, Options{})
	b.site.Line = 12
	first, empty, second := b.open(""), b.open(":memory:"), b.open("")
	b.must(first, "CREATE TABLE pets (id INTEGER PRIMARY KEY, name)", "INSERT INTO pets VALUES (1, 'Fluffy')",
		"CREATE TEMP TABLE pets (x)", "BEGIN", "INSERT INTO main.pets VALUES (2, 'lost')")
	b.must(empty, "SELECT 1")
	b.must(second, "CREATE TABLE other (x)")
	assert.Empty(t, b.keptOnes(), "while the program has them open, they are its own")
	require.NoError(t, b.tell(wire.Request{Op: wire.CloseConn, ID: first}))
	assert.Equal(t, []string{"\x02in memory (main.go:12)"}, b.keptOnes())
	b.endRun()
	names := b.keptOnes()
	assert.Equal(t, []string{"\x02in memory (main.go:12)", "\x02in memory (main.go:12), 2"}, names, "one without tables is nothing to see")
	assert.Empty(t, b.names(), "they are none of the databases that stay")

	tables := ask(b, wire.Request{Op: wire.Schema, Name: names[0]}, wire.DecodeSchema)
	require.Len(t, tables, 1)
	assert.Equal(t, int64(1), tables[0].Rows, "what was not committed is not there")
	page := ask(b, wire.Request{Op: wire.Page, Name: names[0], Table: "pets", Limit: 10, Longest: 10}, wire.DecodePage)
	assert.Equal(t, []string{"1|Fluffy"}, texts(page.Rows))
	changes := ask(b, wire.Request{Op: wire.Changes, Name: names[0], Limit: 10, Longest: 10}, wire.DecodeChanges)
	require.Len(t, changes, 1)
	assert.Equal(t, wire.TableCreated, changes[0].State)
	assert.Equal(t, []byte("SQLite format 3\x00"), b.snapshot(names[0])[:16])

	require.ErrorContains(t, b.tell(wire.Request{Op: wire.Open, Name: names[0]}), "not plain text", "programs cannot name them")
	require.ErrorContains(t, b.tell(wire.Request{Op: wire.Restore, Name: names[0]}), "not plain text")
	require.NoError(t, b.tell(wire.Request{Op: wire.Forget}))
	assert.Empty(t, b.keptOnes(), "the next run begins")
	require.ErrorContains(t, b.tell(wire.Request{Op: wire.Schema, Name: names[0]}), `no database "in memory (main.go:12)"`)
	b.must(b.open(""), "CREATE TABLE again (x)")
	b.endRun()
	assert.Equal(t, names[:1], b.keptOnes())
	assert.Equal(t, "again", ask(b, wire.Request{Op: wire.Schema, Name: names[0]}, wire.DecodeSchema)[0].Name)
}

func TestKeptDatabasesAreFewAndSmall(t *testing.T) {
	b := newBench(t, Options{MaxTotal: 1 << 20})
	for i := range maxKept + 2 {
		b.site.Line = i + 1
		conn := b.open("")
		b.must(conn, fmt.Sprintf("CREATE TABLE t%d (x)", i))
		require.NoError(t, b.tell(wire.Request{Op: wire.CloseConn, ID: conn}))
	}
	names := b.keptOnes()
	assert.Len(t, names, maxKept)
	assert.Equal(t, "\x02in memory (main.go:3)", names[0], "the last ones are kept")
	large := b.open("")
	b.must(large, "CREATE TABLE t (x)", "INSERT INTO t SELECT zeroblob(100000) FROM ("+numbers+") LIMIT 200")
	b.endRun()
	assert.Equal(t, names, b.keptOnes(), "a large one is not")
	b.must(b.open("pets.db"), "CREATE TABLE t (x)", "INSERT INTO t SELECT zeroblob(100000) FROM ("+numbers+") LIMIT 8")
	b.endRun()
	assert.Equal(t, names, b.keptOnes(), "nor do they take room from the program's")
}
