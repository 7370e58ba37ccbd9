package wire

// Table describes a table or view of a database.
type Table struct {
	Name    string
	SQL     string
	Columns []TableColumn
	Rows    int64 // -1 for a view
}

// TableColumn describes a column of a table.
type TableColumn struct {
	Name       string
	DeclType   string
	NotNull    bool
	PrimaryKey bool
}

// AppendSchema appends the answer to Schema.
func AppendSchema(b []byte, tables []Table) []byte {
	b = appendUvarint(append(b, statusOK), uint64(len(tables)))
	for _, t := range tables {
		b = appendString(appendString(b, t.Name), t.SQL)
		b = appendUvarint(b, uint64(len(t.Columns)))
		for _, c := range t.Columns {
			b = append(appendString(appendString(b, c.Name), c.DeclType), c.flags())
		}
		b = appendVarint(b, t.Rows)
	}
	return b
}

func (c *TableColumn) flags() (flags byte) {
	if c.NotNull {
		flags |= flagNotNull
	}
	if c.PrimaryKey {
		flags |= flagPrimaryKey
	}
	return flags
}

// DecodeSchema reads the answer to Schema. Its strings share memory with
// message.
func DecodeSchema(message []byte) ([]Table, error) {
	r := answer(message)
	tables := make([]Table, r.count(4))
	for i := range tables {
		t := &tables[i]
		t.Name, t.SQL = r.string(), r.string()
		t.Columns = make([]TableColumn, r.count(3))
		for j := range t.Columns {
			name, declType, flags := r.string(), r.string(), r.byte()
			t.Columns[j] = TableColumn{name, declType, flags&flagNotNull != 0, flags&flagPrimaryKey != 0}
		}
		t.Rows = r.varint()
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return tables, nil
}

// PlanLine is a line of a query plan; Parent is the ID of the line it belongs
// to, 0 at the top.
type PlanLine struct {
	ID, Parent int64
	Detail     string
}

// AppendPlan appends the answer to Plan.
func AppendPlan(b []byte, lines []PlanLine) []byte {
	b = appendUvarint(append(b, statusOK), uint64(len(lines)))
	for _, l := range lines {
		b = appendString(appendVarint(appendVarint(b, l.ID), l.Parent), l.Detail)
	}
	return b
}

// DecodePlan reads the answer to Plan. Its strings share memory with message.
func DecodePlan(message []byte) ([]PlanLine, error) {
	r := answer(message)
	lines := make([]PlanLine, r.count(3))
	for i := range lines {
		lines[i] = PlanLine{ID: r.varint(), Parent: r.varint(), Detail: r.string()}
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return lines, nil
}
