package orm

import (
	"errors"
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// CTE puts the statement before another one that reads it, as WITH name AS (…).
func (s SelectStmt) CTE(name string) Derived { return cte(s, name) }

// CTE puts the query before a statement that reads it.
func (q Query[T]) CTE(name string) Derived { return cte(q, name) }

func cte(s RowStmt, name string) Derived {
	node, err := s.rowStmt()
	cols, err := resultColumns(node, err)
	if err == nil && name == "" {
		err = errors.New("orm: a CTE needs a name")
	}
	return Derived{&expr.CTE{Name: name, Query: node, Columns: cols}, cols, err}
}

// Materialized asks the database to compute a CTE once, on its own.
func (d Derived) Materialized() Derived { return d.materialize(expr.Materialize) }

// NotMaterialized asks the database to compute a CTE as a part of what reads
// it.
func (d Derived) NotMaterialized() Derived { return d.materialize(expr.MaterializeNot) }

func (d Derived) materialize(m expr.Materialization) Derived {
	if d.err != nil {
		return d
	}
	c, ok := d.node.(*expr.CTE)
	if !ok {
		d.err = errors.New("orm: only a CTE can be materialized")
		return d
	}
	other := *c
	other.Materialized = m
	d.node = &other
	return d
}

// Recursive makes a CTE that reads itself: first the rows of start, then, as
// long as there are new ones, those that step makes of the rows before.
//
//	numbers := orm.Recursive("r", orm.Select(orm.Literal(1).As("n")),
//		func(r orm.Derived) orm.SelectStmt {
//			n := orm.TypeCoerce[int](r.C("n"))
//			return orm.Select(n.Add(1)).Where(n.Lt(10))
//		})
func Recursive(name string, start RowStmt, step func(r Derived) SelectStmt) Derived {
	return recursive(name, start, step, true)
}

// RecursiveDistinct is [Recursive] without rows that were there already, so
// that it ends on data that goes in circles.
func RecursiveDistinct(name string, start RowStmt, step func(r Derived) SelectStmt) Derived {
	return recursive(name, start, step, false)
}

func recursive(name string, start RowStmt, step func(r Derived) SelectStmt, all bool) Derived {
	d := cte(start, name)
	if d.err != nil {
		return d
	}
	node := d.node.(*expr.CTE)
	node.Recursive = true
	next := step(d)
	if next.err != nil {
		d.err = next.err
		return d
	}
	node.Query = expr.Compound{Op: expr.Union, All: all, Operands: []expr.Stmt{node.Query, next.node}}
	return d
}

// ValuesOf makes a table of rows that the statement holds itself. Each row has
// a value for each column; values are Go values or expressions.
func ValuesOf(name string, columns []ColumnDef, rows ...[]any) Derived {
	v := &expr.Values{Name: name}
	for _, c := range columns {
		v.Columns = append(v.Columns, c.build())
	}
	for _, row := range rows {
		v.Rows = append(v.Rows, valueRow(v.Columns, row))
	}
	return Derived{node: v, cols: v.Columns}
}

// valueRow makes expressions of a row of values. Those beyond the columns are
// kept, so that the compiler reports them.
func valueRow(columns []*schema.Column, row []any) []expr.Expr {
	list := make([]expr.Expr, len(row))
	for i, v := range row {
		list[i] = argument(v)
		if b, ok := list[i].(expr.Bind); ok && i < len(columns) {
			b.Type, b.Near, b.Standalone = columns[i].Type, columns[i].Name, true
			list[i] = b
		}
	}
	return list
}

// TableFunc makes a table of a function that returns rows, such as
// generate_series or json_each. Its columns are those of the function; name
// them as the function does.
func TableFunc(name, function string, columns []ColumnDef, args ...any) Derived {
	f := &expr.TableFunc{Name: name, Func: expr.Func{Name: function, Args: arguments(args)}}
	for i, a := range f.Func.Args {
		// A function has one form for numbers of each type; text may stand for
		// a document, an array and more.
		if b, ok := a.(expr.Bind); ok && reflect.ValueOf(b.Value).Kind() != reflect.String {
			b.Standalone = true
			f.Func.Args[i] = b
		}
	}
	for _, c := range columns {
		f.Columns = append(f.Columns, c.build())
	}
	return Derived{node: f, cols: f.Columns}
}

// WithOrdinality numbers the rows of a [TableFunc] from 1, in a column of that
// name behind the function's own. Only PostgreSQL has it.
func (d Derived) WithOrdinality(name string) Derived {
	if d.err != nil {
		return d
	}
	f, ok := d.node.(*expr.TableFunc)
	if !ok || f.Ordinality {
		d.err = errors.New("orm: only a TableFunc has an ordinality, and only once")
		return d
	}
	other := *f
	other.Ordinality = true
	other.Columns = append(other.Columns[:len(f.Columns):len(f.Columns)], Column(name, BigInteger()).build())
	d.node, d.cols = &other, other.Columns
	return d
}
