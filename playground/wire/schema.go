package wire

// Table describes a table or view of a database.
type Table struct {
	Name        string
	SQL         string
	Columns     []TableColumn
	ForeignKeys []ForeignKey
	Indexes     []Index
	Rows        int64 // -1 for a view
}

// TableColumn describes a column of a table.
type TableColumn struct {
	Name       string
	DeclType   string
	NotNull    bool
	PrimaryKey bool
	Generated  bool
	HasDefault bool
	Default    string // SQL
}

// ForeignKey is a foreign key of a table.
type ForeignKey struct {
	Columns  []string
	Table    string
	Targets  []string // none: the table's primary key
	OnUpdate string
	OnDelete string
}

// Index is an index of a table.
type Index struct {
	Name       string
	Unique     bool
	Partial    bool
	Constraint bool     // made by PRIMARY KEY or UNIQUE
	Columns    []string // "" for an expression
}

// AppendSchema appends the answer to Schema.
func AppendSchema(b []byte, tables []Table) []byte {
	b = appendUvarint(append(b, statusOK), uint64(len(tables)))
	for _, t := range tables {
		b = appendString(appendString(b, t.Name), t.SQL)
		b = appendUvarint(b, uint64(len(t.Columns)))
		for _, c := range t.Columns {
			b = append(appendString(appendString(b, c.Name), c.DeclType), c.flags())
			b = appendString(b, c.Default)
		}
		b = appendUvarint(b, uint64(len(t.ForeignKeys)))
		for _, k := range t.ForeignKeys {
			b = appendStrings(appendString(appendStrings(b, k.Columns), k.Table), k.Targets)
			b = appendString(appendString(b, k.OnUpdate), k.OnDelete)
		}
		b = appendUvarint(b, uint64(len(t.Indexes)))
		for _, x := range t.Indexes {
			b = append(appendString(b, x.Name), flag(x.Unique, flagUnique)|flag(x.Partial, flagPartial)|flag(x.Constraint, flagConstraint))
			b = appendStrings(b, x.Columns)
		}
		b = appendVarint(b, t.Rows)
	}
	return b
}

func (c *TableColumn) flags() byte {
	return flag(c.NotNull, flagNotNull) | flag(c.PrimaryKey, flagPrimaryKey) |
		flag(c.Generated, flagGenerated) | flag(c.HasDefault, flagDefault)
}

func flag(is bool, bit byte) byte {
	if is {
		return bit
	}
	return 0
}

// DecodeSchema reads the answer to Schema. Its strings share memory with
// message.
func DecodeSchema(message []byte) ([]Table, error) {
	r := answer(message)
	tables := make([]Table, r.count(6))
	for i := range tables {
		t := &tables[i]
		t.Name, t.SQL = r.string(), r.string()
		t.Columns = make([]TableColumn, r.count(4))
		for j := range t.Columns {
			t.Columns[j] = r.tableColumn()
		}
		t.ForeignKeys = make([]ForeignKey, r.count(5))
		for j := range t.ForeignKeys {
			t.ForeignKeys[j] = ForeignKey{r.strings(), r.string(), r.strings(), r.string(), r.string()}
		}
		t.Indexes = make([]Index, r.count(3))
		for j := range t.Indexes {
			name, flags := r.string(), r.byte()
			t.Indexes[j] = Index{name, flags&flagUnique != 0, flags&flagPartial != 0, flags&flagConstraint != 0, r.strings()}
		}
		t.Rows = r.varint()
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return tables, nil
}

func (r *reader) tableColumn() TableColumn {
	name, declType, flags := r.string(), r.string(), r.byte()
	return TableColumn{name, declType, flags&flagNotNull != 0, flags&flagPrimaryKey != 0,
		flags&flagGenerated != 0, flags&flagDefault != 0, r.string()}
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
