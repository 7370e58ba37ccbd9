package orm

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
)

// EqComposite is true if all columns of an embedded struct have the values of
// the fields of value:
//
//	orm.EqComposite(&Vertices.F.Start, Point{3, 4}) // start_x = 3 AND start_y = 4
//
// A field that is NULL is compared by IS NULL.
func EqComposite[T any](composite *T, value T) Cond {
	return composed(unsafe.Pointer(composite), reflect.ValueOf(value))
}

func composed(at unsafe.Pointer, value reflect.Value) Cond {
	p, offset, err := prototypeAt(at)
	if err != nil {
		return Cond{expr.Invalid{Err: err}}
	}
	c, fields, ok := p.mapper.CompositeAt(offset, value.Type())
	if !ok {
		return Cond{expr.Invalid{Err: fmt.Errorf("orm: EqComposite: %s is not an embedded struct of a %s; add the tag embedded to its field", value.Type(), p.mapper.Name)}}
	}
	object := p.mapper.New()
	reflect.NewAt(c.Type, unsafe.Add(object, c.Offset)).Elem().Set(value)
	var parts []expr.Expr
	for _, f := range fields {
		v, err := f.Arg(object)
		if err != nil {
			return Cond{expr.Invalid{Err: fmt.Errorf("orm: EqComposite: %w", err)}}
		}
		parts = append(parts, columnTerm(f.Column, p.of, nil).eq(v.Any()).node)
	}
	return Cond{conjunction(parts)}
}
