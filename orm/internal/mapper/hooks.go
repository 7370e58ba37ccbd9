package mapper

import (
	"context"
	"errors"
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

// String is the name of the function that sets hooks for the moment.
func (m Moment) String() string {
	return [...]string{"OnBeforeInsert", "OnAfterInsert", "OnBeforeUpdate", "OnAfterUpdate", "OnBeforeDelete", "OnAfterDelete"}[m]
}

// Hook is called with an object of the model.
type Hook func(ctx context.Context, object unsafe.Pointer) error

// Hooks are those of a model, by moment. They are set before the model is used.
type Hooks [moments][]Hook

// HasHooks says whether the model has hooks for the moment, or inherits any.
func (m *Mapper) HasHooks(moment Moment) bool {
	return len(m.Hooks[moment]) > 0 || m.Inherited != nil && m.Base != nil && m.Base.HasHooks(moment)
}

type validator interface{ Validate() error }

var validatorType = reflect.TypeFor[validator]()

// Validate checks the fields of an object, and calls the object's own method
// Validate, if it has one. The snapshot is what the database has of the object;
// nil if it is new.
func (m *Mapper) Validate(object, snapshot unsafe.Pointer) error {
	if m.Check == nil && m.Inherited == nil {
		return m.validate(object)
	}
	var errs [3]error
	if m.Inherited != nil {
		errs[0] = m.Code.(inheritance).valid(m, object, snapshot)
	}
	if m.Check != nil {
		errs[1] = m.Check(object, snapshot)
	}
	errs[2] = m.validate(object)
	return errors.Join(errs[:]...)
}

func (m *Mapper) validate(object unsafe.Pointer) error {
	if !reflect.PointerTo(m.Type).Implements(validatorType) {
		return nil
	}
	return reflect.NewAt(m.Type, object).Interface().(validator).Validate()
}
