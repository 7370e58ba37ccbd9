// Package show shows a learner's data as a table or a chart: data in the page,
// text on a terminal.
//
// It is linked into every program that a learner builds, so it imports little:
// no fmt, no encoding/json. A program that shows only tables links no charts.
//
// Most programs call [Table]:
//
//	pets, err := Pets.Select().All(ctx, session)
//	…
//	show.Table(pets)
//
// [Bar], [Line] and [Pyramid] draw the same data; [Chart] has a title and
// chooses the columns.
package show

// Table shows data as a table: one row for each element of a slice, with the
// exported fields as columns. It takes
//
//   - a slice or array of structs, or of pointers to structs,
//   - a single struct, or a pointer to one,
//   - rows that tell their columns themselves: [Rows],
//   - a slice of plain values, which becomes one column.
//
// Fields that hold no plain value, such as relationships, are left out. Of
// many rows the first [MaxText] are printed on a terminal and the first
// [MaxRows] shown in the page. If data cannot be shown, the reason is.
func Table(data any) {
	Titled("", data)
}

// Titled is [Table] with a title above the table.
func Titled(title string, data any) {
	t, err := tableOf(data)
	if err != nil {
		complain(err.Error())
		return
	}
	t.title = title
	put(t)
}

// Rows is a result that knows its columns.
type Rows interface {
	Columns() []string
	Values() [][]any // one slice for each row, as long as Columns; nil is NULL
}

// Of a long table only the first rows are shown.
const (
	MaxRows = 10_000 // in the page
	MaxText = 50     // as text
)

// maxCell is where the text of a cell is cut, in bytes: a table is for
// looking at.
const maxCell = 4096

// shown is a table or a chart.
type shown interface {
	document() []byte // for the page
	text() string     // for a terminal
}

// table is data made ready to be shown.
type table struct {
	title   string
	columns []column
	rows    [][]cell // at most MaxRows
	total   int
}

type column struct {
	name string
	kind string // of all its cells that are not NULL; "text" if they differ
}

// cell is one value as text; the kinds are those of the result stream's
// arguments.
type cell struct {
	text string
	kind string // "null", "int", "float", "bool", "text", "blob" or "time"
}

const null = "null"
