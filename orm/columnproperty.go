package orm

import (
	"errors"
	"fmt"
	"reflect"
	"unsafe"
)

// ColumnProperty fills a field with the tag expression from an expression of
// SQL whenever objects of the model are read. The field is no column: nothing
// writes it, and the value is that of the last time that the object was read.
// In statements &Users.F.Comments names the expression.
//
//	var _ = orm.ColumnProperty(&Users.F.Comments, orm.ScalarSubquery[int64](
//		orm.Select(orm.Count()).From(Comments).Where(orm.C(&Comments.F.UserID).EqExpr(orm.C(&Users.F.ID)))))
//
// Call it before the model is used, as in an init function. The error is that
// of all that uses the model, too.
func ColumnProperty[T any](field *T, e Operand) error {
	return columnProperty(unsafe.Pointer(field), reflect.TypeFor[T](), e)
}

func columnProperty(field unsafe.Pointer, t reflect.Type, e Operand) error {
	p, offset, err := prototypeAt(field)
	if err != nil {
		return err
	}
	f := p.mapper.FieldFilled(offset, t)
	switch {
	case p.of != nil:
		err = fmt.Errorf("orm: ColumnProperty: name the field by the model's prototype, not by that of an alias")
	case f == nil && p.mapper.FieldAt(offset, t) != nil:
		err = fmt.Errorf("orm: ColumnProperty: %s is a column; it is for a field with the tag expression", p.mapper.FieldAt(offset, t).Path)
	case f == nil:
		err = errNotPrototype
	default:
		p.mapper.Fill(f, basedOn(p.mapper, e.operand()))
		return nil
	}
	p.mapper.Failure = errors.Join(p.mapper.Failure, err)
	return err
}
