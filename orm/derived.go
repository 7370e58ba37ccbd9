package orm

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Derived is a table that a statement makes for itself: a subquery, a CTE or a
// list of values. It is immutable.
type Derived struct {
	node expr.Source
	cols []*schema.Column
	err  error
}

func (d Derived) source() (expr.Source, error) { return d.node, d.err }

func (d Derived) columns() []expr.Expr {
	if d.err != nil {
		return []expr.Expr{expr.Invalid{Err: d.err}}
	}
	return columnsOf(d.cols, d.node)
}

// C returns the column of that name: what the statement calls it, which for a
// function is its name with a number, such as count_1.
func (d Derived) C(name string) Expr[any] { return derivedColumn[any](d, name) }

func derivedColumn[T any](d Derived, name string) Expr[T] {
	if d.err != nil {
		return Expr[T](columnTerm(nil, nil, d.err))
	}
	var names []string
	for _, c := range d.cols {
		if c.Name == name {
			return Expr[T](columnTerm(c, d.node, nil))
		}
		names = append(names, c.Name)
	}
	return broken[T]("the subquery has no column %q; it has %s", name, strings.Join(names, ", "))
}

// ColumnOf returns the column of a subquery that an expression of its SELECT
// makes, with the type that it has there:
//
//	sub := orm.Select(orm.C(&Users.F.Name)).Subquery("s")
//	orm.ColumnOf(sub, orm.C(&Users.F.Name)).Eq("ed")
func ColumnOf[T any](d Derived, e Expr[T]) Expr[T] {
	if label, ok := e.node.(expr.Label); ok {
		return derivedColumn[T](d, label.Name)
	}
	column, ok := e.node.(expr.Column)
	if d.err != nil || !ok {
		return broken[T]("%s is neither a column nor has it a name: %w", term(e).called(), errors.Join(d.err))
	}
	for i, other := range selected(d.node) {
		if c, ok := other.(expr.Column); ok && c.Column == column.Column && c.Of == column.Of && i < len(d.cols) {
			return Expr[T](columnTerm(d.cols[i], d.node, nil))
		}
	}
	return broken[T]("the subquery does not select %s", term(e).called())
}

// selected are the columns of the query behind a source.
func selected(s expr.Source) []expr.Expr {
	var query expr.Stmt
	switch s := s.(type) {
	case *expr.Subquery:
		query = s.Query
	case *expr.CTE:
		query = s.Query
	case *expr.CTEAlias:
		query = s.Of.Query
	}
	for {
		compound, ok := query.(expr.Compound)
		if !ok || len(compound.Operands) == 0 {
			break
		}
		query = compound.Operands[0]
	}
	if s, ok := query.(expr.Select); ok {
		return s.Columns
	}
	return nil
}

// Subquery makes a table of the statement, to be read by another one. If the
// name is empty that one makes a name.
func (s SelectStmt) Subquery(name string) Derived { return subquery(s, name, false) }

// Lateral is [SelectStmt.Subquery] for a statement that uses columns of the
// tables before it.
func (s SelectStmt) Lateral(name string) Derived { return subquery(s, name, true) }

// Subquery makes a table of the query, to be read by another statement.
func (q Query[T]) Subquery(name string) Derived { return subquery(q, name, false) }

func subquery(s RowStmt, name string, lateral bool) Derived {
	node, err := s.rowStmt()
	cols, err := resultColumns(node, err)
	return Derived{&expr.Subquery{Query: node, Columns: cols, Name: name, Lateral: lateral}, cols, err}
}

// resultColumns describes the result of a statement that another one reads.
func resultColumns(node expr.Stmt, err error) ([]*schema.Column, error) {
	if err != nil {
		return nil, err
	}
	cols := expr.ResultColumns(node)
	if len(cols) == 0 {
		return nil, errors.New("orm: nobody knows the columns of the subquery's result; tell those of a text with Columns")
	}
	for i, c := range cols {
		if c.Name == "" {
			return nil, fmt.Errorf("orm: column %d of the subquery has no name; give it one with As", i+1)
		}
		for _, other := range cols[:i] {
			if other.Name == c.Name {
				return nil, fmt.Errorf("orm: two columns of the subquery are called %s; give one another name with As", c.Name)
			}
		}
	}
	return cols, nil
}

// As is the table under another name.
func (d Derived) As(name string) Derived {
	if d.err != nil {
		return d
	}
	switch s := d.node.(type) {
	case *expr.CTE:
		d.node = &expr.CTEAlias{Of: s, Name: name}
	case *expr.CTEAlias:
		d.node = &expr.CTEAlias{Of: s.Of, Name: name}
	case *expr.Subquery:
		c := *s
		c.Name = name
		d.node = &c
	case *expr.Values:
		c := *s
		c.Name = name
		d.node = &c
	case *expr.TableFunc:
		c := *s
		c.Name = name
		d.node = &c
	}
	return d
}

// Statement is the SELECT of all columns of the table.
func (d Derived) Statement() SelectStmt { return Select(d) }
