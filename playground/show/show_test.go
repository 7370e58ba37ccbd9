package show

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// opt is a nullable value as the ORM has it.
type opt[T any] struct {
	value T
	valid bool
}

func (o *opt[T]) NullParts() (any, *bool) { return &o.value, &o.valid }

// many is a relationship: no plain value.
type many struct{ loaded []int }

type base struct{ ID int64 }

type pet struct {
	base
	Name    string
	Species opt[string]
	Weight  *float64
	Chip    sql.Null[int32]
	Tag     []byte
	Born    time.Time
	Toys    many
	secret  string
}

func (pet) String() string { return "a pet" }

func pets() []*pet {
	weight := 4.25
	return []*pet{
		{base: base{1}, Name: "Fluffy", Species: opt[string]{"Cat", true}, Weight: &weight, Chip: sql.Null[int32]{V: 7, Valid: true}, Tag: []byte{0xca, 0xfe}, Born: time.Date(2020, 2, 29, 0, 0, 0, 0, time.UTC)},
		{base: base{12}, Name: "Rex", Born: time.Date(2021, 1, 2, 3, 4, 5, 60e6, time.UTC), secret: "none"},
	}
}

func textOf(t *testing.T, data any) string {
	t.Helper()
	table, err := tableOf(data)
	require.NoError(t, err)
	return table.text()
}

func TestStructsBecomeColumns(t *testing.T) {
	want := strings.TrimPrefix(`
ID  Name    Species  Weight  Chip  Tag      Born
--  ------  -------  ------  ----  -------  ----------------------
 1  Fluffy  Cat        4.25     7  x'cafe'  2020-02-29
12  Rex     NULL       NULL  NULL  NULL     2021-01-02 03:04:05.06
`, "\n")
	assert.Equal(t, want, textOf(t, pets()))
}

func TestFormsOfData(t *testing.T) {
	p := pets()[1]
	one := textOf(t, []pet{*p})
	rows := []*pet{p}
	for name, data := range map[string]any{
		"struct": *p, "pointer": p, "slice of pointers": rows, "pointer to slice": &rows, "array": [1]pet{*p},
	} {
		assert.Equal(t, one, textOf(t, data), name)
	}
	assert.Equal(t, "value\n-----\nb\na\n", textOf(t, []string{"b", "a"}))
	assert.Equal(t, "value\n-----\n    1\n NULL\n", textOf(t, []opt[int]{{1, true}, {}}))
	assert.Equal(t, "ID  Name\n--  ----\n(no rows)\n", textOf(t, []struct {
		ID   int
		Name string
	}{}))
	assert.Contains(t, textOf(t, []*pet{nil}), "NULL  NULL  NULL")
}

// result is a query's result: it tells its columns itself.
type result struct {
	columns []string
	values  [][]any
}

func (r result) Columns() []string { return r.columns }
func (r result) Values() [][]any   { return r.values }

func TestRowsTellTheirColumns(t *testing.T) {
	r := result{[]string{"state", "n", "mixed", "none"}, [][]any{{"Ohio", int64(10), 1, nil}, {nil, 2.5, "x", nil}, {"Utah", nil, nil, nil}}}
	assert.Equal(t, strings.TrimPrefix(`
state     n  mixed  none
-----  ----  -----  ----
Ohio     10  1      NULL
NULL    2.5  x      NULL
Utah   NULL  NULL   NULL
`, "\n"), textOf(t, r))
	_, err := tableOf(result{[]string{"a"}, [][]any{{1, 2}}})
	assert.EqualError(t, err, "show: showing a table: row 1 has 2 values for 1 columns")
	_, err = tableOf(result{})
	assert.EqualError(t, err, "show: showing a table: the rows have no columns")
}

func TestUnsupportedDataIsNamed(t *testing.T) {
	for want, data := range map[string]any{
		"the data is nil":                              nil,
		"cannot show a value of type func()":           func() {},
		"cannot show a value of type map[string]int":   map[string]int{},
		"cannot show a value of type []map[int]int":    []map[int]int{},
		"cannot show a value of type int":              3,
		"the *show.pet is nil":                         (*pet)(nil),
		"show.many has no exported field with a plain": []many{},
	} {
		_, err := tableOf(data)
		assert.ErrorContains(t, err, want)
	}
}

func TestControlCharactersAndWideText(t *testing.T) {
	got := textOf(t, []struct{ A, B string }{
		{"日本", "\x1b[31mred\n\t<b>"},
		{"e\u0301", "\u202e"},
		{"plain", strings.Repeat("x", 100)},
	})
	assert.Equal(t, "A      B\n-----  "+strings.Repeat("-", 60)+"\n"+
		"日本   "+`\x1b[31mred\n\t<b>`+"\n"+
		"e\u0301      "+`\u202e`+"\n"+
		"plain  "+strings.Repeat("x", 59)+"…\n", got)
}

func TestLongTablesAreCut(t *testing.T) {
	long := make([]int, 18772)
	table, err := tableOf(long)
	require.NoError(t, err)
	assert.Equal(t, MaxRows, len(table.rows))
	assert.Equal(t, MaxText+3, strings.Count(table.text(), "\n"))
	assert.Contains(t, table.text(), "\n… 18,722 more rows\n")
	assert.Contains(t, textOf(t, long[:51]), "\n… 1 more row\n")
	assert.NotContains(t, textOf(t, long[:50]), "…")
}

func TestLongCellsAreCutAtARune(t *testing.T) {
	c := cellOfAny("x" + strings.Repeat("é", maxCell))
	assert.Equal(t, "x"+strings.Repeat("é", maxCell/2-1)+"…", c.text)
	assert.Equal(t, "x'"+strings.Repeat("00", maxCell/2)+"'…", cellOfAny(make([]byte, maxCell)).text)
}
