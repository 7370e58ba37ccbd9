package show

// Chart says how data becomes a chart; [Bar], [Line] and [Pyramid] are the
// zero Chart. Columns are named as a table of the same data has them, in any
// case; where none is named, their order decides:
//
//	perState, err := orm.Select(state, orm.Sum(people).As("people")).GroupBy(state).All(ctx, engine)
//	…
//	show.Chart{Title: "People by state"}.Bar(perState)
type Chart struct {
	// Title stands above the chart; there may be none.
	Title string
	// X is the column whose values are the places along the chart: the names
	// of bars, the numbers or times under a line. Empty: the first column.
	X string
	// Y are the columns of numbers that are drawn, each a series. Empty: all
	// columns of numbers that are nothing else.
	Y []string
	// Series is a column whose values tell several series of one column of
	// numbers apart. Empty: of just three columns the second, if it is text;
	// otherwise none.
	Series string
}

// Bar shows data as a bar chart: a bar for each row, or one for each series.
// It takes what [Table] takes. NULL, and what is no finite number, is a gap.
//
// In the page a table of the same data is one click away. On a terminal the
// bars are characters, of the first [MaxBars] rows.
func Bar(data any) { Chart{}.Bar(data) }

// Line shows data as a line chart: the numbers, or times, of the first column
// go to the right and are put into order; any other values stand side by side
// as they come. Otherwise it is as [Bar].
func Line(data any) { Chart{}.Line(data) }

// Pyramid shows data as bars to both sides, as of women and men by age: there
// must be two series. The first row stands at the bottom. Otherwise it is as
// [Bar].
func Pyramid(data any) { Chart{}.Pyramid(data) }

// Bar is [Bar] with a title and chosen columns.
func (c Chart) Bar(data any) {
	if drawn := c.read("bar", data); drawn != nil {
		put((*bars)(drawn))
	}
}

// Line is [Line] with a title and chosen columns.
func (c Chart) Line(data any) {
	if drawn := c.read("line", data); drawn != nil {
		put((*line)(drawn))
	}
}

// Pyramid is [Pyramid] with a title and chosen columns.
func (c Chart) Pyramid(data any) {
	if drawn := c.read("pyramid", data); drawn != nil {
		put((*pyramid)(drawn))
	}
}

// MaxBars is how many rows of a chart are printed on a terminal.
const MaxBars = 100

// The kinds of charts, which differ in their text.
type (
	bars    chart
	line    chart
	pyramid chart
)

func (b *bars) document() []byte    { return (*chart)(b).document(b.text()) }
func (l *line) document() []byte    { return (*chart)(l).document(l.text()) }
func (p *pyramid) document() []byte { return (*chart)(p).document(p.text()) }

// read makes data ready to be drawn, or says why it cannot be.
func (c Chart) read(kind string, data any) *chart {
	drawn, err := c.chartOf(kind, data)
	if err != nil {
		complain(err.Error())
		return nil
	}
	return drawn
}
