package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
)

// AnyElement is true if the comparison holds for an element of the array, an
// expression. Only PostgreSQL has arrays.
//
//	orm.AnyElement(orm.Literal("red"), orm.Equal, orm.C(&Posts.F.Tags))
func AnyElement[T any](e Expr[T], op Comparison, array Operand) Cond {
	return term(e).elements(op, array, false)
}

// AllElements is true if the comparison holds for all elements of the array.
func AllElements[T any](e Expr[T], op Comparison, array Operand) Cond {
	return term(e).elements(op, array, true)
}

func (t term) elements(op Comparison, array Operand, all bool) Cond {
	binary, ok := comparisons[op]
	if !ok {
		return Cond{expr.Invalid{Err: fmt.Errorf("orm: %q is not a comparison", string(op))}}
	}
	return Cond{expr.Elements{Op: binary, Left: t.operand(), All: all, Array: array.operand()}}
}

// FullText is true if the text answers a query of the database's full-text
// search. On PostgreSQL the query is plain words; on MySQL and MariaDB the
// column needs a FULLTEXT index; on SQLite it belongs to a table of the
// module fts5.
func FullText[T any](e Expr[T], query string) Cond {
	return Cond{expr.FullText{Operand: e.operand(), Query: expr.Bind{Value: query, Near: "FullText"}}}
}
