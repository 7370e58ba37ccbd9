package orm

import (
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Cast turns an expression into another type, in the database: the one of the
// Go type, or the one given.
//
//	orm.Cast[string](orm.C(&Pets.F.Hunger))
//	orm.Cast[string](orm.C(&Pets.F.Hunger), orm.String(5))
func Cast[T any](e Operand, to ...Type) Expr[T] {
	t, ok := targetType[T](to)
	if !ok {
		return broken[T]("Cast needs one type, got %d", len(to))
	}
	if t.Kind == schema.Unknown {
		return broken[T]("Cast to %s: no column type is known for it; give one, such as orm.Integer()", reflect.TypeFor[T]())
	}
	return made[T](expr.Cast{Operand: e.operand(), Type: t}, t)
}

// TypeCoerce takes an expression for one of another type. It changes nothing
// in the SQL: it is for an expression whose type Go does not know, such as a
// column of a [Subquery].
func TypeCoerce[T any](e Operand, to ...Type) Expr[T] {
	t, ok := targetType[T](to)
	if !ok {
		return broken[T]("TypeCoerce needs one type, got %d", len(to))
	}
	return made[T](expr.Coerce{Operand: e.operand(), Type: t}, t)
}

func targetType[T any](to []Type) (schema.Type, bool) {
	if len(to) == 1 {
		return to[0], true
	}
	return typeOf[T](), len(to) == 0
}

// Collate compares and sorts the text by the rules of that name, which are the
// database's own, such as "NOCASE" on SQLite.
func Collate[T any](e Expr[T], name string) Expr[T] { return Expr[T](term(e).collate(name)) }

func (t term) collate(name string) term {
	if t.typ.Kind != schema.Unknown && !t.typ.IsText() {
		return brokenTerm("%s is of type %s: Collate is for text", t.called(), t.typ)
	}
	return t.with(expr.Collate{Operand: t.operand(), Name: name})
}

// Op is an operator that this package does not have, with a result of type R.
// The right side is an expression or a value, which becomes an argument. The
// operator is words or symbols and stands between parentheses beside others.
//
//	orm.Op[int64](orm.C(&Pets.F.Hunger), "<<", 2)
//	orm.Truth(orm.Op[bool](document, "@>", filter))
func Op[R any](left Operand, op string, right any) Expr[R] {
	t := typeOf[R]()
	return made[R](expr.Custom{Op: op, Left: left.operand(), Right: argument(right), Type: t}, t)
}
