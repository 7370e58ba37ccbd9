package orm

import (
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// JSONAt is a part of a JSON document as a value of type T: text, a number, a
// truth value, or a document again if T is a [JSON]. A step of the path is a
// key, a string, or an index that counts from 0, an int. Where there is no such
// part, or the part is the document null, it is NULL.
//
//	orm.JSONAt[string](orm.C(&Pets.F.Details), "colours", 0).Eq("red")
//
// A part that is of another type than T is converted if the database can, and
// an error or a zero on some databases if it cannot.
func JSONAt[T any](document Operand, path ...any) Expr[T] {
	return Expr[T](jsonAt(document.operand(), jsonType[T](), reflect.TypeFor[T]().String(), path))
}

// jsonType is the column type for a part of a document.
func jsonType[T any]() schema.Type {
	var zero T
	if c, ok := any(zero).(interface{ ColumnType() schema.Type }); ok {
		return c.ColumnType()
	}
	return typeOf[T]()
}

func jsonAt(document expr.Expr, typ schema.Type, name string, path []any) term {
	if typ.Kind == schema.Unknown {
		return brokenTerm("JSONAt as %s: no column type is known for it; use a string, a number, a bool or an orm.JSON", name)
	}
	if t := expr.TypeOf(document); t.Kind != schema.JSON && t.Kind != schema.Unknown && t.Kind != schema.Native && !t.IsText() {
		return brokenTerm("JSONAt: the document is of type %s, not JSON", t)
	}
	node := expr.JSONValue{Operand: document, Type: typ}
	for _, step := range path {
		switch s := step.(type) {
		case string:
			node.Path = append(node.Path, expr.JSONStep{Key: s})
		case int:
			if s < 0 {
				return brokenTerm("JSONAt: the index %d is negative", s)
			}
			node.Path = append(node.Path, expr.JSONStep{Index: s, IsIndex: true})
		default:
			return brokenTerm("JSONAt: a step is a string or an int, not %T", step)
		}
	}
	return term{node: node, typ: typ, near: "a JSON value"}
}
