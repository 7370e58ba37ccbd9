package orm

import (
	"maps"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Columns tells the columns of the text's rows, in order, so that another
// statement can read it by [TextStmt.Subquery] or [TextStmt.CTE].
func (s TextStmt) Columns(columns ...ColumnDef) TextStmt {
	list := make([]*schema.Column, len(columns))
	for i, c := range columns {
		list[i] = c.build()
	}
	s.node.Columns = list
	return s
}

// Subquery makes a table of the text, whose columns [TextStmt.Columns] tells,
// to be read by another statement.
func (s TextStmt) Subquery(name string) Derived { return subquery(s, name, false) }

// CTE puts the text before another statement that reads it.
func (s TextStmt) CTE(name string) Derived { return cte(s, name) }

// BindAs gives the bind of that name its value, which must be of that type.
func (s TextStmt) BindAs(name string, value any, t Type) TextStmt {
	binds := maps.Clone(s.node.Binds)
	if binds == nil {
		binds = map[string]expr.Bind{}
	}
	binds[name] = expr.Bind{Value: value, Type: t, Near: ":" + name}
	s.node.Binds = binds
	return s
}

// TextExpr makes the text an expression with values of type R.
func TextExpr[R any](s TextStmt) Expr[R] {
	if s.err != nil {
		return Expr[R]{node: expr.Invalid{Err: s.err}}
	}
	t := typeOf[R]()
	return made[R](expr.Coerce{Operand: s.node, Type: t}, t)
}
