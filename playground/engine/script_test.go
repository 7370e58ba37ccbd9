package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/playground/wire"
)

func (b *bench) script(name, sql string, whole bool) wire.ScriptAnswer {
	b.t.Helper()
	return ask(b, wire.Request{Op: wire.Script, Name: name, SQL: sql, Limit: 3, Longest: 20, Whole: whole}, wire.DecodeScript)
}

// became are the results in short: rows, or rows affected, or the error and the text where it is.
func became(sql string, answer wire.ScriptAnswer) (all []string) {
	for _, r := range answer.Results {
		text := sql[r.From:r.To] + " =>"
		switch {
		case r.Error != "":
			text += " " + r.Error + " @" + sql[r.At:min(len(sql), r.At+5)]
		case len(r.Columns) > 0:
			text += fmt.Sprintf(" %d columns %v more=%v", len(r.Columns), texts(r.Rows), r.More)
		}
		if r.Affected >= 0 {
			text += fmt.Sprint(" affected ", r.Affected)
		}
		all = append(all, text)
	}
	return all
}

func TestScript(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("pets.db"), "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", "INSERT INTO pets VALUES (1, 'Fluffy')")
	b.endRun()
	b.mark()
	b.told()
	sql := "-- é\n/* ; */ INSERT INTO pets (name) VALUES ('a'), ('b;'), ('c');; SELECT name FROM pets; UPDATE pets SET name = name RETURNING id; SELECT id FROM pets WHERE 0"
	answer := b.script("pets.db", sql, false)
	assert.Equal(t, []string{
		"INSERT INTO pets (name) VALUES ('a'), ('b;'), ('c'); => affected 3",
		"SELECT name FROM pets; => 1 columns [Fluffy a b;] more=true",
		"UPDATE pets SET name = name RETURNING id; => 1 columns [1 2 3] more=true affected 4",
		"SELECT id FROM pets WHERE 0 => 1 columns [] more=false",
	}, became(sql, answer))
	assert.True(t, answer.Wrote)
	assert.Equal(t, 4, answer.Statements)
	require.Len(t, b.changes(10), 1)
	assert.Equal(t, int64(3), b.changes(10)[0].Added, "what it changes stands beside what the run changed")
	assert.Empty(t, b.told(), "a console is no program")
	assert.False(t, b.script("pets.db", "SELECT 1; EXPLAIN QUERY PLAN SELECT 1", false).Wrote)

	for sql, want := range map[string]string{
		"SELECT 1; SELECT * FROM nobody; DELETE FROM pets": "no such table: nobody @SELEC",
		"SELECT é, FROM pets":                              "near \"FROM\": syntax error @FROM ",
		"DELETE FROM pets WHERE (":                         "incomplete input @DELET",
		"INSERT INTO pets VALUES (1, 'x')":                 "UNIQUE constraint failed: pets.id @INSER",
		"ATTACH 'other.db' AS o":                           "ATTACH and VACUUM INTO are not available in the playground: open the other database instead @ATTAC",
		"SELECT 'a\x00b'":                                  "the text holds a NUL byte @\x00b'",
		"SELECT ?":                                         "sqlite: the statement has 1 parameters, but 0 arguments were given @SELEC",
	} {
		answer := b.script("pets.db", sql, false)
		all := became(sql, answer)
		assert.Contains(t, all[len(all)-1], want)
	}
	sql = "CREATE TRIGGER [a;b] AFTER DELETE ON pets BEGIN SELECT ';'; /* ; */ SELECT 1; -- ;\nEND; SELECT \"name\" FROM pets WHERE name <> `name`"
	assert.Len(t, became(sql, b.script("pets.db", sql, false)), 2)
	sql = "CREATE TRIGGER t AFTER DELETE ON pets BEGIN SELECT 1; SELECT nonsense,; END; SELECT 1"
	assert.Contains(t, became(sql, b.script("pets.db", sql, false))[0], `near ";": syntax error @; END`)
	assert.Len(t, became("", b.script("pets.db", " -- nothing\n;/* open", false)), 0)
	answer = b.script("pets.db", "BEGIN; DELETE FROM pets", false)
	assert.True(t, answer.Undone, "nobody has committed")
	assert.Equal(t, []string{"4"}, texts(b.script("pets.db", "SELECT count(*) FROM pets", false).Results[0].Rows))
	answer = b.script("pets.db", strings.Repeat("SELECT 1;", maxResults+9), false)
	assert.Len(t, answer.Results, maxResults)
	assert.Equal(t, maxResults+9, answer.Statements)
	b.script("pets.db", "PRAGMA journal_mode=wal; VACUUM", false)

	b.open("pets.db")
	_, err := wire.DecodeScript(b.Handle((&wire.Request{Op: wire.Script, Name: "pets.db", SQL: "SELECT 1"}).Append(nil)))
	require.ErrorContains(t, err, "end the run first")
	_, err = wire.DecodeScript(b.Handle((&wire.Request{Op: wire.Script, SQL: "SELECT 1"}).Append(nil)))
	require.ErrorContains(t, err, "needs a name")
}

func TestScriptCannotChangeWhatIsKept(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open(""), "CREATE TABLE pets (name)")
	b.endRun()
	name := b.keptOnes()[0]
	sql := "PRAGMA query_only=0; SELECT count(*) FROM pets; INSERT INTO pets VALUES (1)"
	answer := b.script(name, sql, false)
	require.Len(t, answer.Results, 3)
	assert.Equal(t, "attempt to write a readonly database (what was in memory is kept to be looked at only)", answer.Results[2].Error)
}

func TestWholeScript(t *testing.T) {
	b := newBench(t, Options{MaxDatabase: 4 << 20})
	b.must(b.open("pets.db"), "CREATE TABLE pets (name)", "INSERT INTO pets VALUES ('Fluffy')")
	b.endRun()
	b.mark()
	before := b.snapshot("pets.db")
	for _, sql := range []string{
		"INSERT INTO pets VALUES (1); INSERT INTO nobody VALUES (1)",
		"PRAGMA foreign_keys=OFF; BEGIN; DROP TABLE pets; COMMIT; VACUUM; CREATE TABLE pets (x, x)",
		"BEGIN; INSERT INTO pets VALUES (1)",
		"INSERT INTO pets SELECT zeroblob(100000) FROM (" + numbers + ")",
	} {
		answer := b.script("pets.db", sql, true)
		require.Len(t, answer.Results, 1, sql)
		assert.True(t, answer.Undone)
		assert.False(t, answer.Wrote)
		assert.NotEmpty(t, answer.Results[0].Error)
		require.Equal(t, before, b.snapshot("pets.db"), sql)
		assert.Empty(t, b.changes(10))
	}
	answer := b.script("pets.db", "BEGIN; INSERT INTO pets VALUES (1); COMMIT; INSERT INTO pets VALUES (2)", true)
	assert.Equal(t, wire.ScriptAnswer{Statements: 4, Wrote: true, Results: []wire.ScriptResult{}}, answer)
	assert.Equal(t, int64(2), b.changes(10)[0].Added)

	b.store.marked, b.store.files["pets.db"].shared = nil, nil
	before = b.snapshot("pets.db")
	b.script("pets.db", "UPDATE pets SET name = 'lost'; nonsense", true)
	require.Equal(t, before, b.snapshot("pets.db"), "without a mark too")

	b.script("new.db", "CREATE TABLE t (x); nonsense", true)
	assert.Equal(t, []string{"pets.db"}, b.names(), "nothing half done")
	b.script("new.db", "CREATE TABLE t (x)", true)
	assert.Equal(t, []string{"new.db", "pets.db"}, b.names())
	b.store.mark()
	require.NoError(t, b.tell(wire.Request{Op: wire.Drop, Name: "new.db"}))
	require.NoError(t, b.tell(wire.Request{Op: wire.Drop, Name: "pets.db"}))
	assert.Zero(t, b.store.chunks, "all room is given back")
}
