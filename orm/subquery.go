package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
)

// ScalarSubquery is the only value of the only row of a statement. Tables that
// the statement around it reads too are not read again.
func ScalarSubquery[T any](s RowStmt) Expr[T] {
	node, err := s.rowStmt()
	if err != nil {
		return Expr[T](columnTerm(nil, nil, err))
	}
	if n := len(expr.ResultTypes(node)); n > 1 {
		return broken[T]("a scalar subquery has one column, not %d", n)
	}
	e := expr.Scalar{Query: node}
	t := expr.TypeOf(e)
	if t.Kind == 0 {
		t = typeOf[T]()
	}
	return made[T](e, t)
}

// Exists is true if the statement has rows.
func Exists(s RowStmt) Cond {
	node, err := s.rowStmt()
	if err != nil {
		return Cond{expr.Invalid{Err: err}}
	}
	return Cond{expr.Exists{Query: node}}
}

// ExistsIn is true if the source has a row for which all conditions hold.
func ExistsIn(from Source, conditions ...Cond) Cond {
	star := expr.Text{Parts: []expr.TextPart{{SQL: "*"}}}
	return Exists(SelectStmt{node: expr.Select{Columns: []expr.Expr{star}}}.From(from).Where(conditions...))
}

// InSelect is true if e is one of the rows of a statement of one column.
func InSelect[T any](e Expr[T], s RowStmt) Cond { return term(e).inQuery(s, false) }

// NotInSelect is true if e is none of the rows of a statement of one column.
// If one of them is NULL it is not true.
func NotInSelect[T any](e Expr[T], s RowStmt) Cond { return term(e).inQuery(s, true) }

func (t term) inQuery(s RowStmt, negated bool) Cond {
	node, err := s.rowStmt()
	if err != nil {
		return Cond{expr.Invalid{Err: err}}
	}
	return Cond{expr.In{Operand: t.operand(), Query: node, Negated: negated}}
}

// Comparison is an operator that compares.
type Comparison string

// The comparisons.
const (
	Equal          Comparison = "="
	NotEqual       Comparison = "!="
	Less           Comparison = "<"
	LessOrEqual    Comparison = "<="
	Greater        Comparison = ">"
	GreaterOrEqual Comparison = ">="
)

var comparisons = map[Comparison]expr.BinaryOp{Equal: expr.Eq, NotEqual: expr.Ne, Less: expr.Lt,
	LessOrEqual: expr.Le, Greater: expr.Gt, GreaterOrEqual: expr.Ge}

// AnyOf is true if the comparison holds for a row of the statement. SQLite has
// none.
func AnyOf[T any](e Expr[T], op Comparison, s RowStmt) Cond { return term(e).quantified(op, s, false) }

// AllOf is true if the comparison holds for all rows of the statement. SQLite has
// none.
func AllOf[T any](e Expr[T], op Comparison, s RowStmt) Cond { return term(e).quantified(op, s, true) }

func (t term) quantified(op Comparison, s RowStmt, all bool) Cond {
	node, err := s.rowStmt()
	binary, ok := comparisons[op]
	if err == nil && !ok {
		err = fmt.Errorf("orm: %q is not a comparison", string(op))
	}
	if err != nil {
		return Cond{expr.Invalid{Err: err}}
	}
	return Cond{expr.Quantified{Op: binary, Left: t.operand(), All: all, Query: node}}
}
