package orm

import "github.com/ormlab/ormlab/orm/expr"

// BitAnd is the bits that both e and v have.
func BitAnd[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.BitAnd, v)) }

// BitAndExpr is the bits that both e and other have.
func BitAndExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.BitAnd, term(other)))
}

// BitOr is the bits that e or v has.
func BitOr[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.BitOr, v)) }

// BitOrExpr is the bits that e or other has.
func BitOrExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.BitOr, term(other)))
}

// BitXor is the bits that either e or v has. SQLite has no operator for it; it
// is made of others there, which have the operands twice.
func BitXor[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.BitXor, v)) }

// BitXorExpr is the bits that either e or other has.
func BitXorExpr[T any](e, other Expr[T]) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.BitXor, term(other)))
}

// ShiftLeft is e with its bits moved to the left by v places.
func ShiftLeft[T any](e Expr[T], v T) Expr[T] { return Expr[T](term(e).arithmetic(expr.ShiftLeft, v)) }

// ShiftRight is e with its bits moved to the right by v places. What comes in
// from the left of a negative number is 0 on MySQL and MariaDB, 1 elsewhere.
func ShiftRight[T any](e Expr[T], v T) Expr[T] {
	return Expr[T](term(e).arithmetic(expr.ShiftRight, v))
}

// BitNot is e with all bits turned.
func BitNot[T any](e Expr[T]) Expr[T] { return Expr[T](term(e).bitNot()) }

func (t term) bitNot() term {
	if !isNumber(t.typ) {
		return t.notNumber()
	}
	return term{node: expr.BitNot{Operand: t.operand()}, typ: t.typ}
}
