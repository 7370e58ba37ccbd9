package engine

import (
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// maxCell bounds what a cell shows of a value, whatever the page asks for.
const maxCell = 1 << 20

// cellOf is a value as the page shows it, cut after so many bytes.
func cellOf(v *driver.Value, longest int) wire.Cell {
	longest = min(longest, maxCell)
	c := wire.Cell{Kind: v.Kind()}
	switch v.Kind() {
	case driver.Int:
		c.Text = strconv.FormatInt(v.Int(), 10)
	case driver.Float:
		c.Text = strconv.FormatFloat(v.Float(), 'g', -1, 64)
		if strings.Trim(c.Text, "-0123456789") == "" {
			c.Text += ".0" // as SQLite prints it: 2.0 is another value than 2
		}
	case driver.Text:
		c.Text = strings.Clone(cutText(v.Text(), longest))
		c.Cut = len(v.Text()) - len(c.Text)
	case driver.Blob:
		blob := v.Blob()[:min(len(v.Blob()), longest)]
		c.Text = hex.EncodeToString(blob)
		c.Cut = len(v.Blob()) - len(blob)
	}
	return c
}

func cellsOf(row []driver.Value, longest int) []wire.Cell {
	cells := make([]wire.Cell, len(row))
	for i := range row {
		cells[i] = cellOf(&row[i], longest)
	}
	return cells
}
