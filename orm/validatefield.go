package orm

import (
	"errors"
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// ValidateField checks the values of a field, as a method Validate checks whole
// objects: a flush calls check for each new object, and for each that it
// updates whose field has changed, before it sends anything. It reports all
// errors at once, each with the name of the field.
//
//	var _ = orm.ValidateField(&Users.F.Email, func(email string) error {
//		if !strings.Contains(email, "@") {
//			return errors.New("an address has an @")
//		}
//		return nil
//	})
//
// Call it before the model is used, as in an init function. The error is that
// of all that uses the model, too. Statements such as [Insert] and [BulkUpdate]
// are not checked.
func ValidateField[T any](field *T, check func(value T) error) error {
	return validateField(unsafe.Pointer(field), reflect.TypeFor[T](), func(at unsafe.Pointer) error { return check(*(*T)(at)) })
}

func validateField(field unsafe.Pointer, t reflect.Type, check func(at unsafe.Pointer) error) error {
	p, offset, err := prototypeAt(field)
	if err != nil {
		return err
	}
	f := p.mapper.FieldAt(offset, t)
	switch {
	case p.of != nil:
		err = errors.New("orm: ValidateField: name the field by the model's prototype, not by that of an alias")
	case f == nil:
		err = fmt.Errorf("orm: ValidateField: what is named of a %s is not a column", p.mapper.Name)
	default:
		p.mapper.Check = checked(f, check, p.mapper.Check)
		return nil
	}
	p.mapper.Failure = errors.Join(p.mapper.Failure, err)
	return err
}

// checked is what checks a field of objects, behind other fields; before may be
// nil.
func checked(f *mapper.Field, check func(at unsafe.Pointer) error, before func(object, snapshot unsafe.Pointer) error) func(object, snapshot unsafe.Pointer) error {
	return func(object, snapshot unsafe.Pointer) (err error) {
		if before != nil {
			err = before(object, snapshot)
		}
		if snapshot != nil && f.Equal(object, snapshot) {
			return err
		}
		if wrong := check(unsafe.Add(object, f.Offset)); wrong != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", f.Path, wrong))
		}
		return err
	}
}
