package mapper

import (
	"context"
	"reflect"
	"unsafe"
)

// Moment is when a hook is called.
type Moment uint8

// The moments.
const (
	BeforeInsert Moment = iota
	AfterInsert
	BeforeUpdate
	AfterUpdate
	BeforeDelete
	AfterDelete
	moments
)

// Hook is called with an object of the model.
type Hook func(ctx context.Context, object unsafe.Pointer) error

// Hooks are those of a model, by moment. They are set before the model is used.
type Hooks [moments][]Hook

type validator interface{ Validate() error }

var validatorType = reflect.TypeFor[validator]()

// Validate calls the object's own method Validate, if it has one.
func (m *Mapper) Validate(object unsafe.Pointer) error {
	if !reflect.PointerTo(m.Type).Implements(validatorType) {
		return nil
	}
	return reflect.NewAt(m.Type, object).Interface().(validator).Validate()
}
