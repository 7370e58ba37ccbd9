package engine

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/playground/wire"
)

func (b *bench) export(name string, format wire.Format, table string) string {
	b.t.Helper()
	return string(ask(b, wire.Request{Op: wire.Export, Name: name, Format: format, Table: table}, wire.DecodeSnapshot))
}

func (b *bench) importFile(name string, format wire.Format, table string, data []byte) (int64, error) {
	q := wire.Request{Op: wire.Import, Name: name, Format: format, Table: table, Data: data}
	result, err := wire.DecodeResult(b.Handle(q.Append(nil)))
	return result.RowsAffected, err
}

const hostile = `"<img src=x onerror=""boom()"">'--"`

func TestDump(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("all.db"),
		"CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent INT REFERENCES parent (id), twice INT AS (parent * 2), v)",
		"CREATE TABLE parent (id INTEGER PRIMARY KEY)", "CREATE TABLE "+hostile+" ("+hostile+" TEXT, b BLOB) -- note",
		"CREATE TABLE pairs (a INT, b TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID", "CREATE TABLE log (x)",
		"CREATE INDEX ix ON child (parent) WHERE v IS NOT NULL",
		"CREATE VIEW v AS SELECT * FROM child -- all of it",
		"CREATE TRIGGER tr AFTER INSERT ON parent BEGIN INSERT INTO log VALUES (new.id || ';'); END",
		"INSERT INTO parent VALUES (1), (2)", "INSERT INTO child (id, parent, v) VALUES (9, 2, 'it''s\nnew'), (3, 1, NULL)", "DELETE FROM child WHERE id = 3",
		"INSERT INTO child (parent, v) VALUES (NULL, 2.0), (NULL, 9e999), (NULL, -9e999), (NULL, 1e300), (NULL, 0.1), (NULL, -9223372036854775807 - 1), (NULL, ''), (NULL, x''), (NULL, x'00ff'), (NULL, CAST(x'61006200' AS TEXT)), (NULL, CAST(x'ff41' AS TEXT))",
		"INSERT INTO "+hostile+" VALUES ('<script>', x'3c')", "INSERT INTO pairs VALUES (1, 'x')", "PRAGMA user_version = 7")
	b.endRun()
	first := b.export("all.db", wire.SQLFormat, "")
	answer := b.script("again.db", first, true)
	require.Empty(t, answer.Results)
	assert.Equal(t, first, b.export("again.db", wire.SQLFormat, ""), "the dump of what a dump makes is the same")
	for _, query := range []string{"SELECT id, typeof(v), hex(v), v = 2 FROM child ORDER BY id", "SELECT * FROM log",
		"SELECT seq FROM sqlite_sequence", "PRAGMA user_version", "PRAGMA integrity_check", "SELECT * FROM pairs", "SELECT count(*) FROM v",
		"SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name"} {
		q := wire.Request{Op: wire.Script, SQL: query, Limit: 500, Longest: 10_000}
		q.Name = "all.db"
		was := ask(b, q, wire.DecodeScript)
		want := texts(was.Results[0].Rows)
		require.Empty(t, was.Results[0].Error)
		q.Name = "again.db"
		assert.Equal(t, want, texts(ask(b, q, wire.DecodeScript).Results[0].Rows), query)
	}
}

func TestCSV(t *testing.T) {
	b := newBench(t, Options{})
	b.must(b.open("pets.db"), `CREATE TABLE pets (id INTEGER PRIMARY KEY, "the ""name""" TEXT, size REAL, b BLOB, born DATETIME)`,
		"INSERT INTO pets VALUES (1, 'a,b', 2, x'00ff', '2024-02-29 12:00:00'), (2, 'say \"hi\"\r\nthere', NULL, x'', NULL), (3, '', -0.5, NULL, ''), (4, ' x ', 1e300, NULL, NULL)",
		"CREATE TABLE one (x TEXT)", "INSERT INTO one VALUES ('a'), (NULL), ('')")
	b.endRun()
	csv := b.export("pets.db", wire.CSVFormat, "pets")
	assert.Equal(t, "id,\"the \"\"name\"\"\",size,b,born\r\n1,\"a,b\",2.0,x'00ff',2024-02-29 12:00:00\r\n"+
		"2,\"say \"\"hi\"\"\r\nthere\",,x'',\r\n3,\"\",-0.5,,\"\"\r\n4,\" x \",1e+300,,\r\n", csv)
	for _, table := range []string{"pets", "one"} {
		csv := b.export("pets.db", wire.CSVFormat, table)
		b.script("pets.db", "CREATE TABLE again AS SELECT * FROM "+table+" WHERE 0; DROP TABLE again; CREATE TABLE again ("+map[string]string{
			"pets": `id INTEGER PRIMARY KEY, "the ""name""" TEXT, size REAL, b BLOB, born DATETIME`, "one": "x TEXT"}[table]+")", false)
		_, err := b.importFile("pets.db", wire.CSVFormat, "again", []byte("\ufeff"+csv))
		require.NoError(t, err)
		left := b.script("pets.db", "SELECT * FROM "+table+" EXCEPT SELECT * FROM again; SELECT count(*) FROM again", false)
		assert.Empty(t, left.Results[0].Rows)
		assert.Equal(t, csv, b.export("pets.db", wire.CSVFormat, "again"))
		b.script("pets.db", "DROP TABLE again", false)
	}
}

func TestImportCSVMakesATable(t *testing.T) {
	b := newBench(t, Options{})
	rows, err := b.importFile("new.db", wire.CSVFormat, `my "t"`, []byte("n,f,postcode,big,b,none,<b>\n1,1,01234,9223372036854775808,x'00',,x\n-5,2.5,99999,1,X'ff',,\"\"\n\n"))
	require.NoError(t, err)
	assert.Equal(t, int64(2), rows)
	schema := ask(b, wire.Request{Op: wire.Schema, Name: "new.db"}, wire.DecodeSchema)[0]
	var types []string
	for _, column := range schema.Columns {
		types = append(types, column.DeclType)
	}
	assert.Equal(t, "INTEGER REAL TEXT TEXT BLOB TEXT TEXT", strings.Join(types, " "))
	assert.Equal(t, []string{"1|1.0|01234|9223372036854775808|00|NULL|x", "-5|2.5|99999|1|ff|NULL|"},
		texts(ask(b, wire.Request{Op: wire.Page, Name: "new.db", Table: `my "t"`, Limit: 9, Longest: 99}, wire.DecodePage).Rows))
}

func TestShapeOf(t *testing.T) {
	for text, want := range map[string]shape{
		"0": {true, true, true}, "-12": {true, true, true}, "+1": {true, true, false}, "007": {true, true, false},
		"0.5": {true, false, true}, "-1.50": {true, false, true}, "1e5": {true, false, true}, "1.5E-3": {true, false, true},
		"1.": {true, false, false}, ".5": {true, false, false}, "00.5": {true, false, false},
	} {
		assert.Equal(t, want, shapeOf(text), text)
	}
	for _, text := range []string{"", "-", ".", "e5", "1e", "1e+", "1+", "--1", "1 2", "0x10", "inf", "NaN", "1_000", "１"} {
		assert.False(t, shapeOf(text).number, text)
	}
}

func TestImportCSVRefuses(t *testing.T) {
	b := newBench(t, Options{MaxDatabase: 1 << 20})
	b.must(b.open("pets.db"), "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INT CHECK (age < 99), up TEXT AS (upper(name)), owner INT REFERENCES pets)",
		"CREATE VIEW v AS SELECT 1 AS x")
	b.endRun()
	before := b.snapshot("pets.db")
	for csv, want := range map[string]string{
		"":                                    "the file is empty: its first row names the columns",
		"name,,x\n":                           "row 1, value 2: the column has no name",
		"name,Name\n":                         `row 1, value 2: two columns have the name "Name"`,
		"name,colour\n":                       `row 1, value 2: the table "pets" has no column "colour"`,
		"name,up\n":                           `row 1, value 2: the column "up" is computed by the table: leave it out`,
		"name,age\na,1\nb,old\n":              `row 3, column "age": "old" is not a number, as the type INT wants it`,
		"name,age\na,1\nb,0x10\n":             `row 3, column "age": "0x10" is not a number`,
		"name,age\na,1\nb\n":                  "row 3: it has 1 values, and the header names 2 columns",
		"name,age\na,1\n,2\n":                 `row 3, column "name": NOT NULL constraint failed: pets.name`,
		"name,age\na,1\na,2\n":                `row 3, column "name": UNIQUE constraint failed: pets.name`,
		"name,age\na,1\nb,100\n":              "row 3: CHECK constraint failed: age < 99",
		"name,owner\na,5\n":                   "row 2: FOREIGN KEY constraint failed",
		"name\n\"a\nb\n":                      "row 2, value 1: its closing quote is missing",
		"name\na\"b\n":                        "row 2, value 1: a quote stands within a value",
		"name\n\"a\"b\n":                      "row 2, value 1: after the closing quote",
		"name\n\xff\n":                        "row 2, value 1: the text is not UTF-8",
		"name\n" + strings.Repeat("x", 2<<20): "database or disk is full",
	} {
		_, err := b.importFile("pets.db", wire.CSVFormat, "pets", []byte(csv))
		require.ErrorContains(t, err, want)
		require.Equal(t, before, b.snapshot("pets.db"), want)
	}
	_, err := b.importFile("pets.db", wire.CSVFormat, "v", []byte("x\n1\n"))
	require.ErrorContains(t, err, `"v" is a view`)
	_, err = b.importFile("other.db", wire.CSVFormat, "t", []byte("x,y\n1\n"))
	require.ErrorContains(t, err, "row 2: it has 1 values")
	assert.Equal(t, []string{"pets.db"}, b.names())
	_, err = b.importFile("pets.db", 9, "", nil)
	require.ErrorContains(t, err, "the format 9 is unknown")
}

func TestImportDatabase(t *testing.T) {
	b := newBench(t, Options{MaxDatabase: 8 << 20})
	b.must(b.open("good.db"), "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT)", "CREATE INDEX ix ON pets (name)",
		"INSERT INTO pets (name) SELECT 'pet ' || i FROM ("+numbers+")")
	b.endRun()
	good := bytes.Clone(b.snapshot("good.db"))
	b.mark()
	_, err := b.importFile("copy.db", wire.FileFormat, "", good)
	require.NoError(t, err)
	assert.Equal(t, good, b.snapshot("copy.db"))
	require.Len(t, ask(b, wire.Request{Op: wire.Changes, Name: "copy.db", Limit: 1}, wire.DecodeChanges), 1, "it is a change like others")

	wal := bytes.Clone(good)
	wal[18], wal[19] = 2, 2
	_, err = b.importFile("copy.db", wire.FileFormat, "", wal)
	require.NoError(t, err)
	damaged := bytes.Clone(good)
	copy(damaged[len(damaged)/2:], make([]byte, 9000))
	lied := bytes.Clone(good)
	copy(lied[bytes.Index(lied, []byte("CREATE TABLE pets")):], "CREATE TABBY pets")
	for want, data := range map[string][]byte{
		"it does not begin as one": []byte("<html>" + strings.Repeat("x", 1000)),
		"not an SQLite database":   good[:100],
		"the database is damaged":  damaged,
		"malformed":                lied,
		"file is not a database":   append([]byte(fileHeader), bytes.Repeat([]byte{7}, 4096)...),
		"is too large: a database in the playground can hold 8 MiB": append(bytes.Clone(good), make([]byte, 9<<20)...),
	} {
		_, err := b.importFile("copy.db", wire.FileFormat, "", data)
		require.ErrorContains(t, err, want)
		require.Equal(t, good, b.snapshot("copy.db"), want)
		_, err = b.importFile("fresh.db", wire.FileFormat, "", data)
		require.Error(t, err)
	}
	_, err = b.importFile("copy.db", wire.FileFormat, "", good[:len(good)-4096*3])
	require.Error(t, err, "cut off")
	assert.Equal(t, []string{"copy.db", "good.db"}, b.names())
	_, err = b.importFile("", wire.FileFormat, "", good)
	require.ErrorContains(t, err, "needs a name")
	_, err = b.importFile("file:x", wire.FileFormat, "", good)
	require.ErrorContains(t, err, "plain name")
	b.open("copy.db")
	_, err = b.importFile("copy.db", wire.FileFormat, "", good)
	require.ErrorContains(t, err, "end the run first")
}

func FuzzRecords(f *testing.F) {
	f.Add("a,b\r\n\"x\"\"\",\n")
	f.Add("\"")
	f.Fuzz(func(t *testing.T, text string) {
		r := records{text: text}
		var again []byte
		for range len(text) + 1 {
			row, err := r.next()
			if err != nil {
				return
			}
			for i, field := range row {
				if field.null() {
					again = comma(again, i)
				} else {
					again = appendField(again, i, field.text)
				}
			}
			again = append(again, "\r\n"...)
			back := records{text: string(again)}
			got, err := back.next()
			require.NoError(t, err)
			require.Len(t, got, len(row))
			for i := range row {
				require.Equal(t, row[i].text, got[i].text)
				require.Equal(t, row[i].null(), got[i].null())
			}
			again = again[:0]
		}
		t.Fatal("it does not end")
	})
}
