package show

import (
	"math"
	"strings"
)

// barWidth is how many columns of a terminal bars may take.
const barWidth = 40

// text is a table with a column of bars.
func (b *bars) text() string {
	c := (*chart)(b)
	if len(c.places) == 0 {
		return c.textOf(0)
	}
	printed := &table{title: c.title, columns: []column{c.columns[c.x]}}
	several := len(c.names) > 1
	if several {
		name := "series"
		if c.series >= 0 {
			name = c.columns[c.series].name
		}
		printed.columns = append(printed.columns, column{name: name, kind: "text"})
	}
	printed.columns = append(printed.columns, column{name: c.valueName(), kind: "float"}, column{kind: "text"})
	scale := c.scale()
	for i, place := range c.places[:min(len(c.places), MaxBars)] {
		for k, v := range c.values[i] {
			if v.text == missing {
				continue
			}
			row := []cell{place}
			if several {
				row = append(row, cell{c.names[k], "text"})
			}
			printed.rows = append(printed.rows, append(row, v.cell(), cell{scale.bar(v), "text"}))
		}
	}
	printed.total = len(printed.rows)
	return printed.textOf(len(printed.rows)) + c.more()
}

// valueName is the name of what is drawn.
func (c *chart) valueName() string {
	if len(c.y) == 1 {
		return c.columns[c.y[0]].name
	}
	return "value"
}

func (c *chart) more() string {
	more := c.total - len(c.rows) + len(c.places) - min(len(c.places), MaxBars)
	switch {
	case more == 1:
		return "… 1 more row\n"
	case more > 1:
		return "… " + thousands(more) + " more rows\n"
	}
	return ""
}

func (v value) cell() cell {
	if v.text == gap.text || v.text == missing {
		return cell{kind: null}
	}
	return cell{v.text, "float"}
}

// scale maps numbers to columns.
type scale struct {
	low, high float64
	width     int
}

// scale has zero in it.
func (c *chart) scale() scale {
	low, high := c.extent()
	return scale{min(low, 0), max(high, 0), barWidth}
}

// extent is the least and the largest number that is drawn; 0 and 0 if there
// is none.
func (c *chart) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, values := range c.values {
		for _, v := range values {
			if v.drawn {
				low, high = min(low, v.number), max(high, v.number)
			}
		}
	}
	if low > high {
		return 0, 0
	}
	return low, high
}

// part is where between low and high a number is: 0 to 1.
func (s scale) part(n float64) float64 {
	if s.low == s.high {
		return 0
	}
	if math.IsInf(s.high-s.low, 0) { // the largest numbers there are
		return (n/2 - s.low/2) / (s.high/2 - s.low/2)
	}
	return (n - s.low) / (s.high - s.low)
}

// bar draws from zero to the number, with negative ones to the left.
func (s scale) bar(v value) string {
	if !v.drawn || s.low == s.high {
		return ""
	}
	zero := s.zero()
	at := int(math.Round(s.part(v.number) * float64(s.width)))
	if v.number < 0 {
		at = min(at, zero-1)
		return strings.Repeat(" ", at) + strings.Repeat("█", zero-at)
	}
	return strings.Repeat(" ", zero) + blocks(s.part(v.number)*float64(s.width)-float64(zero), v.number > 0)
}

// zero is the column of zero, with room on each side that has numbers.
func (s scale) zero() int {
	zero := int(math.Round(s.part(0) * float64(s.width)))
	if s.low < 0 {
		zero = max(zero, 1)
	}
	if s.high > 0 {
		zero = min(zero, s.width-1)
	}
	return zero
}

// eighths are the blocks from one eighth to seven.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// blocks is a bar of a width in columns; one that is not zero is seen.
func blocks(wide float64, seen bool) string {
	n := int(math.Round(max(wide, 0) * 8))
	if n == 0 && seen {
		n = 1
	}
	return strings.Repeat("█", n/8) + eighths[n%8]
}
