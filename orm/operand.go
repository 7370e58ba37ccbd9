package orm

import (
	"reflect"
	"time"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Operand is an expression of any type, such as an [Expr] or a [Cond].
type Operand interface{ operand() expr.Expr }

func (c Cond) operand() expr.Expr { return c.term().node }

// argument is v as a part of an expression: an Operand as it is, any other
// value as an argument.
func argument(v any) expr.Expr {
	if o, ok := v.(Operand); ok {
		return o.operand()
	}
	return expr.Bind{Value: v}
}

func arguments(list []any) []expr.Expr {
	out := make([]expr.Expr, len(list))
	for i, v := range list {
		out[i] = argument(v)
	}
	return out
}

func operands[T any](list []Expr[T]) []expr.Expr {
	out := make([]expr.Expr, len(list))
	for i, e := range list {
		out[i] = e.operand()
	}
	return out
}

// made is an expression of a type that Go tells.
func made[T any](node expr.Expr, typ schema.Type) Expr[T] { return Expr[T]{node: node, typ: typ} }

// broken is an expression whose statement does not compile.
func broken[T any](format string, args ...any) Expr[T] {
	return Expr[T](brokenTerm(format, args...))
}

// Literal is a value as an expression. It travels as an argument like any
// other value.
func Literal[T any](v T) Expr[T] {
	return made[T](expr.Bind{Value: v, Type: typeOf[T](), Standalone: true}, typeOf[T]())
}

// NullOf is NULL as an expression of that type.
func NullOf[T any]() Expr[T] { return made[T](expr.Null{}, typeOf[T]()) }

// typeOf is the column type that a Go type has by itself; Unknown if there is
// none, as for any.
func typeOf[T any]() schema.Type {
	var zero T
	t := reflect.TypeFor[T]()
	if n, ok := any(zero).(interface{ NullAny() (any, bool) }); ok && t.Kind() == reflect.Struct {
		v, _ := n.NullAny()
		t = reflect.TypeOf(v)
	}
	if t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 {
		return schema.ArrayOf(schema.Type{Kind: kindOf(t.Elem())})
	}
	return schema.Type{Kind: kindOf(t)}
}

var timeType = reflect.TypeFor[time.Time]()

func kindOf(t reflect.Type) schema.Kind {
	if t == nil {
		return schema.Unknown
	}
	switch kind := t.Kind(); {
	case kind == reflect.Pointer:
		return kindOf(t.Elem())
	case t == timeType:
		return schema.DateTime
	case kind >= reflect.Int && kind <= reflect.Uint64:
		return schema.BigInteger
	case kind == reflect.Float32 || kind == reflect.Float64:
		return schema.Float
	case kind == reflect.Bool:
		return schema.Boolean
	case kind == reflect.String:
		return schema.Text
	case kind == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return schema.LargeBinary
	}
	return schema.Unknown
}
