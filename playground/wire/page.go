package wire

import "github.com/ormlab/ormlab/orm/driver"

// Cell is a value as people see it: numbers in decimal, blobs in hexadecimal.
type Cell struct {
	Kind driver.Kind
	Text string // "" for NULL
	Cut  int    // bytes of the value that Text lacks
}

func appendCell(b []byte, c Cell) []byte {
	return appendUvarint(appendString(append(b, byte(c.Kind)), c.Text), uint64(c.Cut))
}

func appendCells(b []byte, cells []Cell) []byte {
	b = appendUvarint(b, uint64(len(cells)))
	for _, c := range cells {
		b = appendCell(b, c)
	}
	return b
}

func (r *reader) cell() Cell { return Cell{driver.Kind(r.byte()), r.string(), r.number()} }

func (r *reader) cells() []Cell {
	cells := make([]Cell, r.count(3))
	for i := range cells {
		cells[i] = r.cell()
	}
	return cells
}

// TablePage is some rows of a table.
type TablePage struct {
	Columns []driver.Column
	Total   int64 // rows in the table; -1: not known
	Rows    [][]Cell
}

// Append appends the answer to Page.
func (p *TablePage) Append(b []byte) []byte {
	b = appendVarint(appendColumns(append(b, statusOK), p.Columns), p.Total)
	b = appendUvarint(b, uint64(len(p.Rows)))
	for _, row := range p.Rows {
		b = appendCells(b, row)
	}
	return b
}

// DecodePage reads the answer to Page. Its strings share memory with message.
func DecodePage(message []byte) (TablePage, error) {
	r := answer(message)
	p := TablePage{Columns: r.columns(), Total: r.varint(), Rows: make([][]Cell, r.count(1))}
	for i := range p.Rows {
		p.Rows[i] = r.cells()
	}
	return p, r.end()
}
