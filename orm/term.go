package orm

import (
	"fmt"
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// term is an [Expr] without its Go type.
//
// The methods of a generic type are compiled into each program that mentions
// the type, and for each type argument: in a learner's program that is most of
// what the compiler does. So the work is done here, once, and
//   - a method of Expr does no more than hand over to term;
//   - Expr has methods only for what nearly every statement needs, everything
//     else is a function, which costs only the programs that call it;
//   - no method of a generic type mentions another Expr[U], which would bring
//     all methods of that along.
//
// TestProgramsStaySmall counts what comes of it.
type term struct {
	node expr.Expr
	typ  schema.Type
	near string // what messages call it, such as "census.sex"
}

// fieldTerm is the column that a pointer into a prototype names.
func fieldTerm(field any) term {
	v := reflect.ValueOf(field)
	t, err := termAt(v.UnsafePointer(), v.Type().Elem())
	if err != nil {
		t.node = expr.Invalid{Err: err}
	}
	return t
}

// columnTerm is a column of its own table, or of another source.
func columnTerm(c *schema.Column, of expr.Source, err error) term {
	if err != nil {
		return term{node: expr.Invalid{Err: err}}
	}
	source := expr.SourceName(of)
	if source == "" && c.Table != nil {
		source = c.Table.Name
	}
	return term{node: expr.Column{Column: c, Of: of}, typ: c.Type, near: source + "." + c.Name}
}

// brokenTerm is an expression whose statement does not compile.
func brokenTerm(format string, args ...any) term {
	return term{node: expr.Invalid{Err: fmt.Errorf("orm: "+format, args...)}}
}

// called is how messages call the expression.
func (t term) called() string {
	if t.near == "" {
		return "an expression"
	}
	return t.near
}

func (t term) operand() expr.Expr {
	if t.node == nil {
		return expr.Invalid{Err: fmt.Errorf("orm: an Expr is empty; make one with C, N or a function of this package")}
	}
	return t.node
}

// value makes the operand for a Go value that meets t.
func (t term) value(v any) expr.Expr { return t.bind(v) }

// with is the same expression around another node.
func (t term) with(node expr.Expr) term {
	t.node = node
	return t
}

func (t term) as(name string) term { return t.with(expr.Label{Name: name, Operand: t.operand()}) }

// columnExpr is a column that is compared with any value.
func columnExpr(c *schema.Column, of expr.Source, err error) Expr[any] {
	return Expr[any](columnTerm(c, of, err))
}
