package orm

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// DatePart is a part of an instant.
type DatePart = expr.DatePart

// The parts of an instant, in UTC.
const (
	Year      = expr.Year
	Quarter   = expr.Quarter
	Month     = expr.Month
	Week      = expr.Week // of the year, as ISO 8601 counts
	Day       = expr.Day  // of the month
	DayOfYear = expr.DayOfYear
	DayOfWeek = expr.DayOfWeek // 0 is Sunday
	Hour      = expr.Hour
	Minute    = expr.Minute
	Second    = expr.Second
	Epoch     = expr.Epoch // seconds since 1970
)

// Extract is a part of an instant, as a whole number.
func Extract[T any](part DatePart, e Expr[T]) Expr[int64] {
	if e.typ.IsInteger() || e.typ.Kind == schema.Float || e.typ.Kind == schema.Boolean {
		return broken[int64]("%s is of type %s: Extract is for instants", term(e).called(), e.typ)
	}
	return made[int64](expr.Extract{Part: part, Operand: e.operand()}, schema.Type{Kind: schema.BigInteger})
}
