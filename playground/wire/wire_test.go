package wire_test

import (
	"encoding/hex"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

var update = flag.Bool("update", false, "rewrite testdata")

var (
	site   = wire.Site{File: "main.go", Line: 42}
	values = []driver.Value{
		{}, driver.IntValue(-1), driver.IntValue(math.MaxInt64), driver.IntValue(math.MinInt64),
		driver.FloatValue(2.5), driver.BoolValue(true), driver.BoolValue(false),
		driver.TextValue("Fluffy"), driver.TextValue("a\x00b \xff é"), driver.TextValue(""),
		driver.BlobValue([]byte{0, 255}), driver.BlobValue(nil),
		driver.TimeValue(time.Date(2024, 2, 29, 12, 30, 0, 123456789, time.UTC)),
		driver.TimeValue(time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)),
	}
	columns = []driver.Column{{Name: "id", DeclType: "INTEGER"}, {Name: "count(*)"}}
)

// requests holds a request of every form, by the name of its golden.
var requests = map[string]wire.Request{
	"hello":               {Op: wire.Hello, Version: wire.Version},
	"open":                {Op: wire.Open, Name: "pets.db"},
	"open-private":        {Op: wire.Open},
	"close-conn":          {Op: wire.CloseConn, ID: 1},
	"prepare":             {Op: wire.Prepare, ID: 1, SQL: "SELECT name FROM pets WHERE id = ?"},
	"close-stmt":          {Op: wire.CloseStmt, ID: 300},
	"exec":                {Op: wire.Exec, ID: 7, Site: site, Limit: 1500, Args: values},
	"exec-without-args":   {Op: wire.Exec, ID: 7},
	"query":               {Op: wire.Query, ID: 7, Site: site, Batch: 4096, Args: values[:2]},
	"fetch":               {Op: wire.Fetch, ID: 7, Limit: 9, Batch: 262144},
	"reset":               {Op: wire.Reset, ID: 7},
	"control-begin":       {Op: wire.Control, ID: 1, Site: site, Verb: wire.Begin},
	"control-rollback-to": {Op: wire.Control, ID: 1, Site: site, Verb: wire.RollbackTo, Name: "before bulk"},
	"end-run":             {Op: wire.EndRun},
	"databases":           {Op: wire.Databases},
	"snapshot":            {Op: wire.Snapshot, Name: "pets.db"},
	"restore":             {Op: wire.Restore, Name: "pets.db", Data: []byte("SQLite format 3\x00")},
	"drop":                {Op: wire.Drop, Name: "pets.db"},
	"schema":              {Op: wire.Schema, Name: "pets.db"},
	"plan":                {Op: wire.Plan, Name: "pets.db", SQL: "SELECT * FROM pets"},
	"limits":              {Op: wire.Limits, Limit: 1000},
	"mark":                {Op: wire.Mark},
	"changes":             {Op: wire.Changes, Name: "pets.db", Limit: 100, Longest: 200},
	"page":                {Op: wire.Page, Name: "pets.db", Table: "pets", Column: "name", Down: true, Offset: 150, Limit: 50, Longest: 200},
	"forget":              {Op: wire.Forget},
	"export":              {Op: wire.Export, Name: "pets.db", Format: wire.SQLFormat},
	"export-table":        {Op: wire.Export, Name: "pets.db", Format: wire.CSVFormat, Table: "pets"},
	"import":              {Op: wire.Import, Name: "pets.db", Format: wire.FileFormat, Data: []byte("SQLite format 3\x00")},
	"import-table":        {Op: wire.Import, Name: "pets.db", Format: wire.CSVFormat, Table: "pets", Data: []byte("name\r\nFluffy\r\n")},
	"script":              {Op: wire.Script, Name: "pets.db", SQL: "DELETE FROM pets; SELECT 1", Limit: 500, Longest: 200},
	"script-whole":        {Op: wire.Script, Name: "pets.db", SQL: "COMMIT", Whole: true},
	"kept":                {Op: wire.Kept},
	"page-unordered":      {Op: wire.Page, Name: "pets.db", Table: "pets", Limit: 50, Longest: 200},
}

// golden compares message with testdata/name.hex, 32 bytes a line.
func golden(t *testing.T, name string, message []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".hex")
	if *update {
		var text strings.Builder
		for line := range slices.Chunk(message, 32) {
			text.WriteString(hex.EncodeToString(line) + "\n")
		}
		require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o666))
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	want, err := hex.DecodeString(strings.ReplaceAll(string(text), "\n", ""))
	require.NoError(t, err)
	assert.Equal(t, want, message, "the message %s has another form than its golden", name)
}

func TestRequests(t *testing.T) {
	seen := map[wire.Op]bool{}
	for name, request := range requests {
		t.Run(name, func(t *testing.T) {
			message := request.Append(nil)
			golden(t, "request-"+name, message)

			decoded := wire.Request{Args: make([]driver.Value, 3), Name: "left over"}
			require.NoError(t, decoded.Decode(message))
			if len(decoded.Args) == 0 {
				decoded.Args = nil
			}
			assert.Equal(t, request, decoded)

			for n := range message {
				require.Error(t, decoded.Decode(message[:n]), "cut after %d bytes", n)
			}
			require.ErrorContains(t, decoded.Decode(append(message, 0)), "after the end")
		})
		seen[request.Op] = true
	}
	for op := wire.Hello; op <= wire.Import; op++ {
		assert.True(t, seen[op], "no golden for %v", op)
	}
}

// answers holds an answer of every form: its message and its decoder.
var answers = map[string]struct {
	message []byte
	decode  func([]byte) (any, error)
	want    any
}{
	"ok":    {wire.AppendOK(nil), func(b []byte) (any, error) { return nil, wire.DecodeOK(b) }, nil},
	"hello": {(&wire.HelloAnswer{Version: 1, SQLite: "3.53.0"}).Append(nil), decoder(wire.DecodeHello), wire.HelloAnswer{Version: 1, SQLite: "3.53.0"}},
	"open":  {wire.AppendOpened(nil, 1), decoder(wire.DecodeOpened), 1},
	"prepare": {(&wire.Prepared{Stmt: 300, Params: 2, Columns: columns}).Append(nil), decoder(wire.DecodePrepared),
		wire.Prepared{Stmt: 300, Params: 2, Columns: columns}},
	"exec":      {wire.AppendResult(nil, driver.Result{RowsAffected: 3, LastInsertID: -5}), decoder(wire.DecodeResult), driver.Result{RowsAffected: 3, LastInsertID: -5}},
	"rows":      {rowsMessage(columns), decoder(allRows), values},
	"rows-more": {rowsMessage(nil), decoder(allRows), values},
	"databases": {wire.AppendNames(nil, []string{"census.db", "pets.db"}), decoder(wire.DecodeNames), []string{"census.db", "pets.db"}},
	"snapshot":  {wire.AppendSnapshot(nil, 3, slices.Values([][]byte{{1, 2}, {3}})), decoder(wire.DecodeSnapshot), []byte{1, 2, 3}},
	"schema":    {wire.AppendSchema(nil, tables), decoder(wire.DecodeSchema), tables},
	"plan":      {wire.AppendPlan(nil, plan), decoder(wire.DecodePlan), plan},
	"changes":   {wire.AppendChanges(nil, changes), decoder(wire.DecodeChanges), changes},
	"script":    {script.Append(nil), decoder(wire.DecodeScript), script},
	"page":      {page.Append(nil), decoder(wire.DecodePage), page},
}

var (
	tables = []wire.Table{
		{Name: "pets", SQL: "CREATE TABLE pets (…)", Rows: 2, Columns: []wire.TableColumn{
			{Name: "id", DeclType: "INTEGER", PrimaryKey: true}, {Name: "name", DeclType: "VARCHAR(50)", NotNull: true, HasDefault: true, Default: "'x'"},
			{Name: "owner", DeclType: "INTEGER", Generated: true}},
			ForeignKeys: []wire.ForeignKey{{Columns: []string{"owner"}, Table: "owners", Targets: []string{"id"}, OnUpdate: "NO ACTION", OnDelete: "CASCADE"}},
			Indexes:     []wire.Index{{Name: "ix", Unique: true, Columns: []string{"name", ""}}, {Name: "auto", Partial: true, Constraint: true, Columns: []string{"id"}}}},
		{Name: "hungry", SQL: "CREATE VIEW hungry AS …", Rows: -1, Columns: []wire.TableColumn{}, ForeignKeys: []wire.ForeignKey{}, Indexes: []wire.Index{}},
	}
	cells   = []wire.Cell{{Kind: driver.Int, Text: "9223372036854775807"}, {}, {Kind: driver.Text, Text: "Flu…", Cut: 1000}}
	changes = []wire.TableChange{
		{Name: "pets", State: wire.TableAltered, Columns: columns, Added: 1, Removed: 2, Changed: 300, Rows: []wire.ChangedRow{
			{Change: wire.RowAdded, Cells: cells[:2]},
			{Change: wire.RowChanged, Cells: cells[1:], Before: []wire.BeforeCell{{Column: 1, Cell: cells[0]}}}}, Note: "more"},
		{Name: "gone", State: wire.TableDropped, Rows: []wire.ChangedRow{}},
	}
	script = wire.ScriptAnswer{Statements: 2, Wrote: true, Undone: true, Results: []wire.ScriptResult{
		{From: 0, To: 16, Rows: [][]wire.Cell{}, Affected: 300, Micros: 12},
		{From: 18, To: 26, Columns: columns, Rows: [][]wire.Cell{cells[:2]}, More: true, Affected: -1},
		{From: 30, To: 31, Rows: [][]wire.Cell{}, Affected: -1, Error: "incomplete input", At: 30},
	}}
	page = wire.TablePage{Columns: columns, Total: -1, Rows: [][]wire.Cell{cells[:2], cells[1:]}}
	plan = []wire.PlanLine{{ID: 2, Detail: "SCAN pets"}, {ID: 9, Parent: 2, Detail: "LIST SUBQUERY 1"}}
)

func decoder[T any](decode func([]byte) (T, error)) func([]byte) (any, error) {
	return func(b []byte) (any, error) { return decode(b) }
}

func rowsMessage(columns []driver.Column) []byte {
	w := wire.StartRows(nil, 2, columns)
	for i, v := range values {
		w.Bytes = wire.AppendValue(w.Bytes, &v)
		w.Rows = uint32(i+1) / 2
	}
	return w.End(columns != nil)
}

// allRows decodes all rows of a batch.
func allRows(message []byte) ([]driver.Value, error) {
	rows, err := wire.DecodeRows(message)
	if err != nil {
		return nil, err
	}
	if rows.Done != (rows.Columns != nil) && rows.Left > 0 {
		return nil, errors.New("the flags were mixed up")
	}
	var all []driver.Value
	for rows.Left > 0 {
		row := make([]driver.Value, rows.Width)
		if err := rows.Next(row); err != nil {
			return nil, err
		}
		all = append(all, row...)
	}
	return all, nil
}

func TestAnswers(t *testing.T) {
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			golden(t, "answer-"+name, answer.message)
			got, err := answer.decode(answer.message)
			require.NoError(t, err)
			assert.Equal(t, answer.want, got)
			for n := range answer.message {
				_, err := answer.decode(answer.message[:n])
				require.Error(t, err, "cut after %d bytes", n)
			}
			_, err = answer.decode(append(slices.Clone(answer.message), 0))
			require.Error(t, err, "a byte too many")
		})
	}
}

func TestErrors(t *testing.T) {
	refusal := &driver.Error{Kind: driver.Unique, Code: "2067", Message: "UNIQUE constraint failed: pets.name, pets.species",
		Constraint: "uq_pets", Table: "pets", Columns: []string{"name", "species"}}
	message := wire.AppendError(nil, refusal)
	golden(t, "answer-error", message)
	for name, answer := range answers {
		_, err := answer.decode(message)
		require.Equal(t, refusal, err, "as the answer %s", name)
	}
	for n := 1; n < len(message); n++ {
		require.ErrorContains(t, wire.DecodeOK(message[:n]), "wire: ", "cut after %d bytes", n)
	}

	message = wire.AppendError(nil, errors.New("engine: connection 7 is not open"))
	golden(t, "answer-error-of-the-engine", message)
	err := wire.DecodeOK(message)
	require.EqualError(t, err, "engine: connection 7 is not open")
	require.False(t, errors.As(err, new(*driver.Error)))
}

func TestMalformed(t *testing.T) {
	for name, message := range map[string][]byte{
		"empty":               {},
		"unknown op":          {99},
		"op 0":                {0},
		"integer too long":    {byte(wire.Limits), 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1},
		"number too large":    {byte(wire.Limits), 255, 255, 255, 255, 255, 1},
		"text of 2^62 bytes":  {byte(wire.Open), 255, 255, 255, 255, 255, 255, 255, 255, 63},
		"2^28 arguments":      {byte(wire.Exec), 1, 0, 0, 0, 255, 255, 255, 127},
		"unknown kind":        {byte(wire.Exec), 1, 0, 0, 0, 1, 7},
		"bool 2":              {byte(wire.Exec), 1, 0, 0, 0, 1, 3, 2},
		"time with 10^9 ns":   {byte(wire.Exec), 1, 0, 0, 0, 1, 6, 0, 128, 148, 235, 220, 3},
		"unknown verb":        {byte(wire.Control), 1, 0, 0, 9, 0},
		"verb 0":              {byte(wire.Control), 1, 0, 0, 0, 0},
		"float of four bytes": {byte(wire.Exec), 1, 0, 0, 0, 1, 2, 0, 0, 0, 0},
	} {
		var request wire.Request
		assert.ErrorContains(t, request.Decode(message), "wire: ", name)
	}
	for name, message := range map[string][]byte{
		"status 2":              {2},
		"unknown flag":          {0, 4, 0, 0, 0, 0, 0},
		"2^32-1 rows of 1":      {0, 1, 1, 255, 255, 255, 255, 0},
		"rows without a column": {0, 1, 0, 1, 0, 0, 0},
		"bytes after no rows":   {0, 1, 1, 0, 0, 0, 0, 0},
	} {
		_, err := allRows(message)
		assert.ErrorContains(t, err, "wire: ", name)
	}
}

func TestAppendAllocatesNothing(t *testing.T) {
	request := requests["exec"]
	buffer := make([]byte, 0, 512)
	var decoded wire.Request
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		buffer = request.Append(buffer[:0])
	}), "encoding")
	require.NoError(t, decoded.Decode(buffer))
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		_ = decoded.Decode(buffer)
	}), "decoding into a request that was used before")
}

func FuzzRequest(f *testing.F) {
	for _, request := range requests {
		f.Add(request.Append(nil))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		var request, again wire.Request
		if request.Decode(message) != nil {
			return
		}
		// Integers may be written longer than needed, so the bytes can differ;
		// the meaning cannot.
		require.NoError(t, again.Decode(request.Append(nil)))
		require.Equal(t, request.Append(nil), again.Append(nil))
	})
}

func FuzzAnswers(f *testing.F) {
	for _, answer := range answers {
		f.Add(answer.message)
	}
	f.Add(wire.AppendError(nil, &driver.Error{Kind: driver.Check, Columns: []string{"a"}}))
	f.Fuzz(func(t *testing.T, message []byte) {
		for _, answer := range answers {
			_, _ = answer.decode(message)
		}
	})
}

func BenchmarkExecRequest(b *testing.B) {
	request := wire.Request{Op: wire.Exec, ID: 7, Site: site, Args: values[:8]}
	var decoded wire.Request
	var buffer []byte
	for b.Loop() {
		buffer = request.Append(buffer[:0])
		if err := decoded.Decode(buffer); err != nil {
			b.Fatal(err)
		}
	}
}
