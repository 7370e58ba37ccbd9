package wire

import "github.com/ormlab/ormlab/orm/driver"

// TableState says what became of a table since Mark.
type TableState byte

// The states.
const (
	TableSame TableState = iota
	TableCreated
	TableDropped
	TableAltered
)

// RowChange says what became of a row.
type RowChange byte

// The changes.
const (
	RowAdded RowChange = iota + 1
	RowRemoved
	RowChanged
)

// TableChange is what differs in a table since Mark.
type TableChange struct {
	Name    string
	State   TableState
	Columns []driver.Column // of Rows
	// How many rows there are of each change; Rows may be fewer.
	Added, Removed, Changed int64
	Rows                    []ChangedRow
	Note                    string // why rows are missing; "" if none are
}

// ChangedRow is a row that was added, removed or changed.
type ChangedRow struct {
	Change RowChange
	Cells  []Cell       // as they are now; of a removed row, as they were
	Before []BeforeCell // of a changed row: what differed
}

// BeforeCell is what a cell was before.
type BeforeCell struct {
	Column int
	Cell   Cell
}

// AppendChanges appends the answer to Changes.
func AppendChanges(b []byte, tables []TableChange) []byte {
	b = appendUvarint(append(b, statusOK), uint64(len(tables)))
	for _, t := range tables {
		b = append(appendString(b, t.Name), byte(t.State))
		b = appendVarint(appendColumns(b, t.Columns), t.Added)
		b = appendVarint(appendVarint(b, t.Removed), t.Changed)
		b = appendUvarint(b, uint64(len(t.Rows)))
		for _, row := range t.Rows {
			b = appendCells(append(b, byte(row.Change)), row.Cells)
			b = appendUvarint(b, uint64(len(row.Before)))
			for _, before := range row.Before {
				b = appendCell(appendUvarint(b, uint64(before.Column)), before.Cell)
			}
		}
		b = appendString(b, t.Note)
	}
	return b
}

// DecodeChanges reads the answer to Changes. Its strings share memory with
// message.
func DecodeChanges(message []byte) ([]TableChange, error) {
	r := answer(message)
	tables := make([]TableChange, r.count(8))
	for i := range tables {
		t := &tables[i]
		t.Name, t.State, t.Columns = r.string(), TableState(r.byte()), r.columns()
		t.Added, t.Removed, t.Changed = r.varint(), r.varint(), r.varint()
		t.Rows = make([]ChangedRow, r.count(3))
		for j := range t.Rows {
			t.Rows[j] = r.changedRow()
		}
		t.Note = r.string()
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return tables, nil
}

func (r *reader) changedRow() ChangedRow {
	row := ChangedRow{Change: RowChange(r.byte()), Cells: r.cells()}
	for range r.count(4) {
		row.Before = append(row.Before, BeforeCell{r.number(), r.cell()})
		if r.err != nil {
			break
		}
	}
	return row
}
