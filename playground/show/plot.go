package show

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The size of the area in which lines are plotted, in characters.
const (
	plotWidth  = 60
	plotHeight = 15
)

// marks are those of the series, in order.
const marks = "*+ox#@%&"

// overlap is where two series meet.
const overlap = '?'

// text plots a mark for each value, with the scale of numbers at the left.
func (l *line) text() string {
	c := (*chart)(l)
	low, high := c.extent()
	if len(c.places) == 0 {
		return c.textOf(0)
	}
	across, lowX, highX := c.across()
	down := scale{low, high, plotHeight - 1}
	var grid [plotHeight][plotWidth]rune
	for i, values := range c.values {
		for k, v := range values {
			if !v.drawn || math.IsNaN(across[i]) {
				continue
			}
			y := plotHeight - 1 - int(math.Round(down.part(v.number)*(plotHeight-1)))
			x := int(math.Round(across[i] * (plotWidth - 1)))
			mark := rune(marks[k%len(marks)])
			if old := grid[y][x]; old != 0 && old != mark {
				mark = overlap
			}
			grid[y][x] = mark
		}
	}
	return c.plotted(grid, numberText(high), numberText(low), lowX, highX)
}

func (c *chart) plotted(grid [plotHeight][plotWidth]rune, high, low, lowX, highX string) string {
	wide := max(width(high), width(low))
	var b strings.Builder
	if c.title != "" {
		b.WriteString(printable(c.title) + "\n")
	}
	for y, row := range grid {
		label := ""
		switch y {
		case 0:
			label = high
		case plotHeight - 1:
			label = low
		}
		b.WriteString(atRight(label, wide) + " |")
		var line strings.Builder
		for _, mark := range row {
			if mark == 0 {
				mark = ' '
			}
			line.WriteRune(mark)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	b.WriteString(padding(wide) + " +" + strings.Repeat("-", plotWidth) + "\n")
	b.WriteString(strings.TrimRight(padding(wide+2)+lowX+padding(plotWidth-width(lowX)-width(highX))+" "+highX, " ") + "\n")
	b.WriteString(padding(wide+2) + c.key() + "\n")
	if left := c.total - len(c.rows); left > 0 {
		b.WriteString("… " + thousands(left) + " more rows\n")
	}
	return b.String()
}

// key tells what the marks are, and the places.
func (c *chart) key() string {
	var b strings.Builder
	for k, name := range c.names[:min(len(c.names), maxSeries)] {
		b.WriteString(string(marks[k%len(marks)]) + " " + shorten(printable(name)) + "   ")
	}
	return b.String() + "by " + shorten(printable(c.columns[c.x].name))
}

// across is how far to the right each place is, 0 to 1, and what stands at the
// ends. A place that is nowhere is NaN.
func (c *chart) across() (at []float64, low, high string) {
	at = make([]float64, len(c.places))
	order := c.order()
	if order == nil {
		for i := range at {
			at[i] = float64(i) / float64(max(len(at)-1, 1))
		}
		return at, shorten(c.places[0].printed()), shorten(c.places[len(at)-1].printed())
	}
	s := scale{low: math.Inf(1), high: math.Inf(-1)}
	for i, n := range order {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			at[i] = math.NaN()
			continue
		}
		if n < s.low {
			s.low, low = n, c.places[i].printed()
		}
		if n > s.high {
			s.high, high = n, c.places[i].printed()
		}
	}
	for i, n := range order {
		if !math.IsNaN(at[i]) {
			at[i] = s.part(n)
		}
	}
	if low == high {
		high = ""
	}
	return at, low, high
}

// order are the numbers of the places if they are numbers or times, NaN for
// one that is neither; nil if they are names.
func (c *chart) order() []float64 {
	kind := c.columns[c.x].kind
	if kind != "time" && !isNumber(kind) {
		return nil
	}
	numbers := make([]float64, len(c.places))
	for i, place := range c.places {
		numbers[i] = math.NaN()
		if place.kind == null {
			continue
		}
		if kind == "time" {
			numbers[i] = seconds(place.text)
		} else if n, err := strconv.ParseFloat(place.text, 64); err == nil {
			numbers[i] = n
		}
	}
	if !slices.ContainsFunc(numbers, func(n float64) bool { return !math.IsNaN(n) && !math.IsInf(n, 0) }) {
		return nil
	}
	return numbers
}

// seconds reads what formatTime writes.
func seconds(text string) float64 {
	for _, layout := range []string{time.DateOnly, time.DateTime} { // fractions are read without being in the layout
		if t, err := time.Parse(layout, text); err == nil {
			return float64(t.Unix()) + float64(t.Nanosecond())/1e9
		}
	}
	return math.NaN()
}

// numberText is a number of a scale.
func numberText(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		sign := ""
		if n < 0 {
			sign = "-"
		}
		return sign + thousands(int(math.Abs(n)))
	}
	return strconv.FormatFloat(n, 'g', 6, 64)
}
