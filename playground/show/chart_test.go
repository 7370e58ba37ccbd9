package show

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// group is a row of a query that groups by two columns.
type group struct {
	Age int
	Sex string
	N   any
}

func groups() []group {
	return []group{{0, "F", 100}, {0, "M", 110}, {5, "F", nil}, {5, "M", 55}, {10, "M", 11}}
}

func drawn(t *testing.T, c Chart, kind string, data any) *chart {
	t.Helper()
	got, err := c.chartOf(kind, data)
	require.NoError(t, err)
	return got
}

func barText(t *testing.T, c Chart, data any) string {
	return (*bars)(drawn(t, c, "bar", data)).text()
}

func lineText(t *testing.T, c Chart, data any) string {
	return (*line)(drawn(t, c, "line", data)).text()
}

func TestBarsOfOneSeries(t *testing.T) {
	type row struct {
		State  string
		Change opt[float64]
	}
	rows := []row{{"Texas", opt[float64]{20, true}}, {"日本", opt[float64]{-5, true}}, {"none", opt[float64]{}}, {"little", opt[float64]{0.01, true}}, {"zero", opt[float64]{0, true}}}
	assert.Equal(t, strings.TrimPrefix(`
Change
State   Change
------  ------  ----------------------------------------
Texas       20          ████████████████████████████████
日本        -5  ████████
none      NULL
little    0.01          ▏
zero         0
`, "\n"), barText(t, Chart{Title: "Change"}, rows))
}

func TestBarsOfSeveralSeries(t *testing.T) {
	want := strings.TrimPrefix(`
Age  Sex     N
---  ---  ----  ----------------------------------------
  0  F     100  ████████████████████████████████████▍
  0  M     110  ████████████████████████████████████████
  5  F    NULL
  5  M      55  ████████████████████
 10  M      11  ████
`, "\n")
	rows := result{columns: []string{"Age", "Sex", "N"}}
	for _, g := range groups() {
		rows.values = append(rows.values, []any{g.Age, g.Sex, g.N})
	}
	assert.Equal(t, want, barText(t, Chart{}, rows), "the second of three columns is a series if it is text")
	assert.Equal(t, want, barText(t, Chart{X: "age", Y: []string{"n"}, Series: "sex"}, rows), "names in another case")
	wide := []struct{ Age, F, M int }{{0, 4, 2}, {1, 1, 0}}
	assert.Equal(t, strings.TrimPrefix(`
Age  series  value
---  ------  -----  ----------------------------------------
  0  F           4  ████████████████████████████████████████
  0  M           2  ████████████████████
  1  F           1  ██████████
  1  M           0
`, "\n"), barText(t, Chart{}, wide))
}

func TestPyramid(t *testing.T) {
	got := drawn(t, Chart{Title: "By age", Series: "Sex", Y: []string{"N"}}, "pyramid", groups())
	assert.Equal(t, "By age\n"+
		"                                 F  Age    M\n"+
		"                                     10   11  ███\n"+
		"                              NULL    5   55  ██████████████\n"+
		"   █████████████████████████   100    0  110  ████████████████████████████\n", (*pyramid)(got).text())
	_, err := Chart{}.chartOf("pyramid", []struct{ Age, A, B, C int }{{}})
	assert.EqualError(t, err, "show: drawing a pyramid chart: it has two sides, but the data has 3 series (A, B, C): name two columns in Chart.Y, or a column of two values in Chart.Series")
	_, err = Chart{}.chartOf("pyramid", []group{})
	assert.NoError(t, err, "no rows have no series")
}

func TestLine(t *testing.T) {
	text := lineText(t, Chart{Title: "Weight"}, []struct {
		Day    time.Time
		Weight float64
	}{
		{time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), 3.5},
		{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), -1.5},
		{time.Date(2026, 1, 16, 0, 0, 0, 0, time.UTC), 1},
	})
	lines := strings.Split(text, "\n")
	require.Len(t, lines, 1+plotHeight+4)
	assert.Equal(t, " 3.5 |"+strings.Repeat(" ", 59)+"*", lines[1])
	assert.Equal(t, "     |"+strings.Repeat(" ", 30)+"*", lines[8])
	assert.Equal(t, "-1.5 |*", lines[15])
	assert.Equal(t, "      2026-01-01"+strings.Repeat(" ", 41)+"2026-01-31", lines[17])
	assert.Equal(t, "      * Weight   by Day", lines[18])
	names := lineText(t, Chart{}, []struct {
		Name string
		A, B int
	}{{"one", 1, 1}, {"two", 2, 3}})
	assert.Contains(t, names, "1 |?\n", "where series meet")
	assert.Contains(t, names, "one"+strings.Repeat(" ", 55)+"two\n")
	assert.Contains(t, names, "* A   + B   by Name\n")
}

func TestChartOfWhatCannotBeDrawn(t *testing.T) {
	type pair struct {
		A string
		N int
	}
	twice := []group{{1, "F", 1}, {1, "F", 2}}
	bySex := Chart{Series: "Sex", Y: []string{"N"}}
	for _, c := range []struct {
		chart Chart
		data  any
		want  string
	}{
		{Chart{}, nil, "the data is nil: give a slice of structs, a struct, or rows of a query"},
		{Chart{}, []string{"x"}, `no column of numbers to draw among value: the values of "value" are the places along the chart; Chart.Y names others`},
		{Chart{X: "b"}, []pair{{}}, `Chart.X: there is no column "b" among A, N`},
		{Chart{Y: []string{"A"}}, []pair{{"<b>\x1b", 1}}, `Chart.Y: row 1 of the column "A" holds "<b>\x1b", which is no number`},
		{Chart{Series: "A"}, []pair{{}}, `Chart.X and Chart.Series are the same column "A"`},
		{Chart{Series: "A", X: "N", Y: []string{"N", "N"}}, []pair{{}}, `the series of "A" need one column of numbers, not 2: name it in Chart.Y`},
		{bySex, twice, `two rows have "1" and "F": group by both columns in the query, so that there is one row for each bar`},
	} {
		_, err := c.chart.chartOf("bar", c.data)
		assert.EqualError(t, err, "show: drawing a bar chart: "+c.want)
	}
	many := make([]group, 30)
	for i := range many {
		many[i] = group{1, strings.Repeat("x", i), 1}
	}
	_, err := bySex.chartOf("bar", many)
	assert.ErrorContains(t, err, `the column "Sex" has 30 values, and a chart at most 24 series`)
}

// chartDoc is DESIGN.md's ShowDoc of a chart.
type chartDoc struct {
	showDoc
	X      int   `json:"x"`
	Y      []int `json:"y"`
	Series *int  `json:"series"`
}

func TestDocumentOfChart(t *testing.T) {
	chart := (*pyramid)(drawn(t, Chart{Title: `<img src=x> "a"`, Series: "Sex", Y: []string{"N"}}, "pyramid", groups()))
	var doc chartDoc
	require.NoError(t, json.Unmarshal(chart.document(), &doc))
	assert.Equal(t, "pyramid", doc.Kind)
	assert.Equal(t, `<img src=x> "a"`, doc.Title)
	assert.Equal(t, 0, doc.X)
	assert.Equal(t, []int{2}, doc.Y)
	assert.Equal(t, 1, *doc.Series)
	assert.Len(t, doc.Rows, 5)
	assert.Equal(t, chart.text(), doc.Text)
	doc = chartDoc{}
	require.NoError(t, json.Unmarshal((*bars)(drawn(t, Chart{}, "bar", []struct{ A, B, C int }{{}})).document(), &doc))
	assert.Equal(t, []int{1, 2}, doc.Y)
	assert.Nil(t, doc.Series)
}

// TestHostileCharts draws what a program may come with, in every kind.
func TestHostileCharts(t *testing.T) {
	type row struct {
		Name string
		A, B float64
	}
	type point struct{ X, A, B float64 }
	inf, nan, most := math.Inf(1), math.NaN(), math.MaxFloat64
	long := make([]point, 10_001)
	for i := range long {
		long[i] = point{float64(i), math.Sin(float64(i)), -float64(i)}
	}
	for name, data := range map[string]any{
		"names":     []row{{"<img src=x onerror=alert(1)>", 1, 2}, {"\x1b[31m\n\u202e", -1, 0}, {strings.Repeat("é", 5000), 3, 4}, {"\xff", 1, 1}},
		"no number": []row{{"a", nan, inf}, {"b", -inf, nan}},
		"some":      []row{{"a", nan, 1}, {"b", 2, inf}},
		"largest":   []row{{"a", most, -most}, {"b", -most, most}},
		"least":     []row{{"a", math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64}},
		"lopsided":  []row{{"a", 1e12, -1}, {"b", 1e11, 0}},
		"other way": []row{{"a", -1e12, 1}, {"b", -1e11, 0}},
		"zero":      []row{{"a", 0, 0}},
		"x":         []point{{nan, 1, 2}, {inf, 1, 2}, {most, 1, 1}, {-most, 2, 2}},
		"only nan":  []point{{nan, 1, 2}},
		"long":      long,
		"empty":     []row{},
	} {
		for kind, text := range map[string]func(*chart) shown{
			"bar": func(c *chart) shown { return (*bars)(c) }, "line": func(c *chart) shown { return (*line)(c) }, "pyramid": func(c *chart) shown { return (*pyramid)(c) },
		} {
			s := text(drawn(t, Chart{Title: "\x1b<b>"}, kind, data))
			assert.True(t, json.Valid(s.document()), "%s %s", kind, name)
			printed := s.text()
			assert.Contains(t, printed, `\x1b<b>`+"\n")
			assert.NotContains(t, printed, "\x1b", "%s %s", kind, name)
			assert.NotContains(t, printed, " \n", "%s %s", kind, name)
			for l := range strings.Lines(printed) {
				assert.LessOrEqual(t, width(l), 240, "%s %s", kind, name)
			}
			if name == "long" {
				assert.LessOrEqual(t, strings.Count(printed, "\n"), 2*MaxBars+10)
				assert.Contains(t, printed, " more row", kind)
			}
		}
	}
}
