package orm

import (
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// Table is a table without a model: its columns are reached by name, with [C].
// It is safe for use by several goroutines.
type Table struct {
	table *schema.Table
	err   error
}

// NewTable describes a table. If the description is wrong everything that uses
// the table fails and says why.
//
//	census := orm.NewTable("census",
//		orm.Column("state", orm.String(30)),
//		orm.Column("pop2000", orm.Integer()))
//
// [TableOption]s may stand between or behind the columns.
func NewTable(name string, parts ...TablePart) *Table {
	var columns []*schema.Column
	var options []TableOption
	for _, p := range parts {
		switch p := p.(type) {
		case ColumnDef:
			columns = append(columns, p.build())
		case TableOption:
			options = append(options, p)
		}
	}
	defs, _ := definitions(options)
	t, err := mapper.NewTable(name, columns, defs)
	if err != nil {
		err = fmt.Errorf("orm: %w", err)
	}
	return &Table{table: t, err: err}
}

// C returns the column of that name. Its comparisons take any value, and check
// it against the column's type when the statement is compiled.
func (t *Table) C(name string) Expr[any] {
	if t.err != nil {
		return columnExpr(nil, nil, t.err)
	}
	c := t.table.Column(name)
	if c == nil {
		names := make([]string, len(t.table.Columns))
		for i, c := range t.table.Columns {
			names[i] = c.Name
		}
		return columnExpr(nil, nil, fmt.Errorf("orm: table %s has no column %q; it has %s",
			t.table.Name, name, strings.Join(names, ", ")))
	}
	return columnExpr(c, nil, nil)
}

func (t *Table) mapped() (*schema.Table, *mapper.Mapper, error) { return t.table, nil, t.err }

func (t *Table) columns() []expr.Expr {
	if t.err != nil {
		return []expr.Expr{expr.Invalid{Err: t.err}}
	}
	return tableColumns(t.table)
}
