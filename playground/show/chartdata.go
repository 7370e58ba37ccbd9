package show

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// chart is a table with parts given to its columns, and what they come to: a
// place for each row, or for each group of rows that a series divides.
type chart struct {
	*table
	kind   string // "bar", "line" or "pyramid"
	x      int    // columns
	y      []int
	series int // -1: each of y is one

	places []cell
	names  []string // of the series
	values [][]value
}

// value is a number of a chart; what cannot be drawn is a gap.
type value struct {
	text   string
	number float64
	drawn  bool
}

var gap = value{text: "NULL"}

// chartOf gives the columns of data their parts.
func (c Chart) chartOf(kind string, data any) (*chart, error) {
	doing := "show: drawing a " + kind + " chart: "
	t, err := tableOf(data)
	if err != nil {
		return nil, errors.New(doing + strings.TrimPrefix(err.Error(), "show: showing a table: "))
	}
	t.title = c.Title
	drawn := &chart{table: t, kind: kind, series: -1}
	if err := drawn.choose(c); err != nil {
		return nil, errors.New(doing + err.Error())
	}
	if err := drawn.fill(); err != nil {
		return nil, errors.New(doing + err.Error())
	}
	if kind == "pyramid" && t.total > 0 && len(drawn.names) != 2 {
		return nil, errors.New(doing + "it has two sides, but the data has " + strconv.Itoa(len(drawn.names)) + " series (" +
			strings.Join(firstFew(drawn.names), ", ") + "): name two columns in Chart.Y, or a column of two values in Chart.Series")
	}
	return drawn, nil
}

// choose finds the columns that c names, and those that nobody names.
func (c *chart) choose(by Chart) (err error) {
	if by.X != "" {
		if c.x, err = c.find("X", by.X); err != nil {
			return err
		}
	}
	if by.Series != "" {
		if c.series, err = c.find("Series", by.Series); err != nil {
			return err
		}
	} else if len(c.columns) == 3 && c.x == 0 && c.columns[1].kind == "text" && len(by.Y) <= 1 && !c.mentions(by.Y, 1) {
		c.series = 1
	}
	for _, name := range by.Y {
		column, err := c.find("Y", name)
		if err != nil {
			return err
		}
		c.y = append(c.y, column)
	}
	if len(by.Y) == 0 {
		c.chooseNumbers()
	}
	return c.check()
}

func (c *chart) chooseNumbers() {
	for j, column := range c.columns {
		if j != c.x && j != c.series && (isNumber(column.kind) || c.total == 0) {
			c.y = append(c.y, j)
		}
	}
}

func (c *chart) check() error {
	switch {
	case len(c.y) == 0:
		return errors.New("no column of numbers to draw among " + c.columnNames() + ": the values of " + quoted(c.columns[c.x].name) + " are the places along the chart; Chart.Y names others")
	case c.series >= 0 && len(c.y) > 1:
		return errors.New("the series of " + quoted(c.columns[c.series].name) + " need one column of numbers, not " + strconv.Itoa(len(c.y)) + ": name it in Chart.Y")
	case c.series == c.x:
		return errors.New("Chart.X and Chart.Series are the same column " + quoted(c.columns[c.x].name))
	}
	return nil
}

func (c *chart) mentions(names []string, column int) bool {
	for _, name := range names {
		if strings.EqualFold(name, c.columns[column].name) {
			return true
		}
	}
	return false
}

// find is the column of a name, which may differ in case if that is not
// ambiguous.
func (c *chart) find(part, name string) (int, error) {
	like := -1
	for j, column := range c.columns {
		if column.name == name {
			return j, nil
		}
		if like < 0 && strings.EqualFold(column.name, name) {
			like = j
		}
	}
	if like < 0 {
		return 0, errors.New("Chart." + part + ": there is no column " + quoted(name) + " among " + c.columnNames())
	}
	return like, nil
}

func (c *chart) columnNames() string {
	names := make([]string, len(c.columns))
	for j, column := range c.columns {
		names[j] = column.name
	}
	return strings.Join(firstFew(names), ", ")
}

// firstFew are as many names as a message can bear, printable.
func firstFew(names []string) []string {
	few := make([]string, 0, 10)
	for i, name := range names {
		if i == 9 && len(names) > 10 {
			return append(few, "… ("+strconv.Itoa(len(names))+" in all)")
		}
		few = append(few, shorten(printable(name)))
	}
	return few
}

func quoted(name string) string { return `"` + shorten(printable(name)) + `"` }

// fill reads the rows.
func (c *chart) fill() error {
	if c.series >= 0 {
		return c.fillSeries()
	}
	for _, j := range c.y {
		c.names = append(c.names, c.columns[j].name)
	}
	for i, row := range c.rows {
		values := make([]value, len(c.y))
		for k, j := range c.y {
			var err error
			if values[k], err = c.number(i, j); err != nil {
				return err
			}
		}
		c.places = append(c.places, row[c.x])
		c.values = append(c.values, values)
	}
	return nil
}

// fillSeries makes one place of the rows that have the same in column x.
func (c *chart) fillSeries() error {
	places, series := map[cell]int{}, map[cell]int{}
	for _, row := range c.rows {
		if of := row[c.series]; !has(series, of) {
			series[of] = len(c.names)
			c.names = append(c.names, of.name())
		}
	}
	if len(c.names) > maxSeries {
		return errors.New("the column " + quoted(c.columns[c.series].name) + " has " + strconv.Itoa(len(c.names)) + " values, and a chart at most " +
			strconv.Itoa(maxSeries) + " series: choose another column, or fewer rows")
	}
	for i, row := range c.rows {
		place, known := places[row[c.x]]
		if !known {
			place = len(c.places)
			places[row[c.x]] = place
			c.places = append(c.places, row[c.x])
			values := make([]value, len(c.names))
			for k := range values {
				values[k].text = missing
			}
			c.values = append(c.values, values)
		}
		at := &c.values[place][series[row[c.series]]]
		if at.text != missing {
			return errors.New("two rows have " + quoted(row[c.x].name()) + " and " + quoted(row[c.series].name()) + ": group by both columns in the query, so that there is one row for each bar")
		}
		var err error
		if *at, err = c.number(i, c.y[0]); err != nil {
			return err
		}
	}
	return nil
}

// missing is the text of a value that no row has.
const missing = ""

// maxSeries is how many series people can tell apart, with some patience.
const maxSeries = 24

func has(m map[cell]int, key cell) bool {
	_, ok := m[key]
	return ok
}

// name is the text of a cell as a name of a place or a series.
func (c cell) name() string {
	if c.kind == null {
		return "NULL"
	}
	return c.text
}

func (c *chart) number(row, column int) (value, error) {
	cell := c.rows[row][column]
	if cell.kind == null {
		return gap, nil
	}
	n, err := strconv.ParseFloat(cell.text, 64)
	if err != nil && !math.IsInf(n, 0) {
		return gap, errors.New("Chart.Y: row " + strconv.Itoa(row+1) + " of the column " + quoted(c.columns[column].name) + " holds " + quoted(cell.text) + ", which is no number")
	}
	return value{cell.text, n, !math.IsNaN(n) && !math.IsInf(n, 0)}, nil
}

// document is the chart as the page takes it: the table, with the parts of
// its columns.
func (c *chart) document(text string) []byte {
	b := c.appendData(nil, c.kind)
	b = append(b, `,"x":`...)
	b = strconv.AppendInt(b, int64(c.x), 10)
	b = append(b, `,"y":[`...)
	for i, j := range c.y {
		b = strconv.AppendInt(appendComma(b, i), int64(j), 10)
	}
	b = append(b, ']')
	if c.series >= 0 {
		b = append(b, `,"series":`...)
		b = strconv.AppendInt(b, int64(c.series), 10)
	}
	return appendText(b, text)
}
