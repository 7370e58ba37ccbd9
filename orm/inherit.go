package orm

import (
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/flush"
	"github.com/ormlab/ormlab/orm/internal/load"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Polymorphic is embedded in the struct at the root of an inheritance. By it an
// object knows of which class it is: a *Employee does not tell whether it
// points into an Engineer. See [PolymorphicOn].
type Polymorphic struct{ whole mapper.Whole }

// PolymorphicOn makes a model the root of an inheritance: the discriminator, a
// field of it, says of which class a row is. Rows of the root itself have its
// identity; a root whose identity is nil has none.
//
//	type Employee struct {
//		orm.Polymorphic
//		ID   int64 `orm:"primary_key"`
//		Name string
//		Type string
//	}
//	type Engineer struct {
//		Employee
//		Language string
//	}
//	type Manager struct {
//		Employee
//		Budget orm.Null[int64]
//	}
//
//	var Employees = orm.Declare[Employee]("employees", orm.PolymorphicOn("Type", "employee"))
//	var Engineers = orm.Declare[Engineer]("engineers", orm.Inherits(Employees, "engineer")) // joined
//	var Managers = orm.Declare[Manager]("employees", orm.Inherits(Employees, "manager"))    // single-table
//
// The session sets the discriminator. One row is one object, whatever it was
// asked for as: Employees.Get returns the address of the Employee inside the
// Engineer that Engineers.Get returns, and [AsA] leads from one to the other.
// Objects are never half loaded: a query for a base reads what is in other
// tables by one more query for each class, or by itself with [WithPolymorphic].
//
// An object that was not made by New, and that no session has seen, is not
// known to be more than the base by which a relationship is given it: Add it
// before, or later but before the flush.
func PolymorphicOn(discriminator string, identity any) TableOption {
	return optionFunc(func(d *mapper.Definition) {
		mapper.PolymorphicOn(d, discriminator, identity, reflect.TypeFor[Polymorphic](), inheritance{})
	})
}

// Inherits makes a model a class below another one, which its struct embeds as
// its first field. The identity is the value of the discriminator in its rows,
// nil if none is just of this class. If the model has the base's table, its own
// fields are columns there, which must be able to be NULL (single-table
// inheritance); otherwise they are in its own table, whose primary key refers to
// the base's (joined-table inheritance). See [PolymorphicOn].
func Inherits[B any](base *Model[B], identity any) TableOption {
	return inherits(base.mapper, identity)
}

func inherits(base *mapper.Mapper, identity any) TableOption {
	return earlyOption{optionFunc(func(d *mapper.Definition) { mapper.Inherit(d, base, identity) })}
}

// inheritance is the code that classes need. It is reached through the mapper,
// which has it from [PolymorphicOn], so that programs without any do not link
// it.
type inheritance struct {
	classing
	becoming
	rowReading
	partWriting
}

type (
	classing    = mapper.Inheritance
	becoming    = state.Inheritance
	rowReading  = load.Inheritance
	partWriting = flush.Inheritance
)

// AsA returns the object of a class that another object of the inheritance is,
// or is a part of; ok is false if it is of another class, or a copy. Objects
// that a session or [Model.New] made are known.
//
//	engineer, ok := orm.AsA(Engineers, employee)
func AsA[T, B any](m *Model[T], object *B) (whole *T, ok bool) {
	if !isA(m.mapper, unsafe.Pointer(object), reflect.TypeFor[B]()) {
		return nil, false
	}
	return (*T)(unsafe.Pointer(object)), true
}

// isA says whether an object that is at least of the type is of the class.
func isA(m *mapper.Mapper, object unsafe.Pointer, as reflect.Type) bool {
	if m == nil || m.Inherited == nil || object == nil {
		return false
	}
	for _, class := range m.Classes {
		if class.Type == as {
			return mapper.Knows(class, object) && class.Class(object).Is(m)
		}
	}
	return false
}
