package show

import (
	"math"
	"strings"
)

// sideWidth is how many columns of a terminal the bars of one side may take.
const sideWidth = 28

// side is one side of a pyramid: numbers as they are printed, and the lengths
// of bars. The name of the series stands first.
type side struct {
	texts []string
	bars  []int
	width int // of the texts
}

// text has the first series' bars to the left of the places, the second's to
// their right.
func (p *pyramid) text() string {
	c := (*chart)(p)
	if len(c.places) == 0 {
		return c.textOf(0)
	}
	left, right := c.side(0), c.side(1)
	middle, wide := c.middle()
	var b strings.Builder
	if c.title != "" {
		b.WriteString(printable(c.title) + "\n")
	}
	for i, text := range middle {
		line := padding(sideWidth-left.bars[i]) + strings.Repeat("█", left.bars[i]) + "  " + atRight(left.texts[i], left.width) + "  " + atRight(text, wide) +
			"  " + atRight(right.texts[i], right.width) + "  " + strings.Repeat("█", right.bars[i])
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String() + c.more()
}

// side is the k-th series from the last row to the first.
func (c *chart) side(k int) side {
	low, high := c.extent()
	most := scale{high: max(math.Abs(low), math.Abs(high))}
	s := side{texts: []string{shorten(printable(c.names[k]))}, bars: []int{0}}
	for i := min(len(c.places), MaxBars) - 1; i >= 0; i-- {
		v := c.values[i][k]
		bar := 0
		if v.drawn && v.number != 0 {
			bar = max(1, int(math.Round(most.part(math.Abs(v.number))*sideWidth)))
		}
		text := ""
		if v.text != missing {
			text = v.cell().printed()
		}
		s.texts, s.bars = append(s.texts, text), append(s.bars, bar)
	}
	for _, text := range s.texts {
		s.width = max(s.width, width(text))
	}
	return s
}

// middle are the places, with the name of their column first, and their width.
func (c *chart) middle() (texts []string, wide int) {
	texts = append(texts, shorten(printable(c.columns[c.x].name)))
	for i := min(len(c.places), MaxBars) - 1; i >= 0; i-- {
		texts = append(texts, c.places[i].printed())
	}
	for _, text := range texts {
		wide = max(wide, width(text))
	}
	return texts, wide
}

func padding(n int) string { return strings.Repeat(" ", max(n, 0)) }

// atRight sets a text at the right of a column.
func atRight(text string, wide int) string { return padding(wide-width(text)) + text }
