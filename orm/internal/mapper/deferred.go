package mapper

import (
	"errors"
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
)

// Late is what a handle such as orm.Deferred[T] has beside its value.
type Late struct {
	// Field is nil until a session has read or written the object.
	Field *Field
	// Unloaded says that nobody has read the column.
	Unloaded bool
}

// Deferrable is a handle's type; its pointer has the methods. It leads to all
// code that deferred columns need, so that the linker leaves it out of programs
// without any.
type Deferrable interface {
	DeferredParts() (value any, late *Late)
	Deferring() Deferring
}

// Deferring is what the mapper needs of that code; [DeferredColumns] has it.
type Deferring interface {
	codec(t reflect.Type) (codec, error)
	bind(f *Field) error
}

// DeferredColumns is the [Deferring].
type DeferredColumns struct{}

var deferrableType = reflect.TypeFor[Deferrable]()

func isDeferrable(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && reflect.PointerTo(t).Implements(deferrableType)
}

func deferringOf(t reflect.Type) Deferring {
	return reflect.New(t).Interface().(Deferrable).Deferring()
}

// codec is that of the value, with the mark beside it. What is not loaded has no
// changes; what is, although the snapshot is not, is one.
func (DeferredColumns) codec(t reflect.Type) (codec, error) {
	sample := reflect.New(t)
	value, late := sample.Interface().(Deferrable).DeferredParts()
	start := uintptr(sample.UnsafePointer())
	valueAt := uintptr(reflect.ValueOf(value).UnsafePointer()) - start
	lateAt := uintptr(unsafe.Pointer(late)) - start
	base, err := codecOf(reflect.TypeOf(value).Elem())
	if err != nil || base.optional || base.late != nil {
		return codec{}, unsupported(t)
	}
	lateOf := func(p unsafe.Pointer) *Late { return (*Late)(unsafe.Add(p, lateAt)) }
	at := func(p unsafe.Pointer) unsafe.Pointer { return unsafe.Add(p, valueAt) }
	empty := at(reflect.New(t).UnsafePointer())
	c := codec{
		typ: base.typ, nullable: base.nullable, late: lateOf,
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			lateOf(p).Unloaded = false
			return base.read(at(p), rows, i)
		},
		value: func(p unsafe.Pointer) driver.Value { return base.value(at(p)) },
		bind: func(p unsafe.Pointer) (driver.Value, error) {
			if lateOf(p).Unloaded {
				return driver.Value{}, errors.New("it is not loaded")
			}
			return base.arg(at(p))
		},
		equal: func(a, b unsafe.Pointer) bool {
			return lateOf(a).Unloaded || !lateOf(b).Unloaded && base.equal(at(a), at(b))
		},
		zero:   func(p unsafe.Pointer) bool { return base.zero(at(p)) },
		copy:   func(dst, src unsafe.Pointer) { *lateOf(dst) = *lateOf(src); base.copy(at(dst), at(src)) },
		unload: func(p unsafe.Pointer) { lateOf(p).Unloaded = true; base.copy(at(p), empty) },
	}
	if base.set != nil {
		c.set = func(p unsafe.Pointer, v any) { base.set(at(p), v) }
	}
	if base.unshare != nil {
		c.unshare = func(p unsafe.Pointer) { base.unshare(at(p)) }
	}
	return c, nil
}

// bind lets the handles know their field as soon as a session meets them.
func (DeferredColumns) bind(f *Field) error {
	c, o := f.Column, f.options
	switch {
	case c.PrimaryKey, o.version, c.References != nil:
		return errors.New("a key or a version cannot be deferred: each object needs it; use the plain type")
	case o.enum != "", o.def != nil, o.omitZero, f.ReadOnly:
		return errors.New("a deferred column goes without enum, default, omitzero, readonly and computed; use the plain type and orm.Defer in queries")
	}
	cd := f.codec
	f.codec.read = func(p unsafe.Pointer, rows driver.Rows, i int) error {
		cd.late(p).Field = f
		return cd.read(p, rows, i)
	}
	f.codec.bind = func(p unsafe.Pointer) (driver.Value, error) {
		cd.late(p).Field = f
		return cd.bind(p)
	}
	f.codec.unload = func(p unsafe.Pointer) {
		cd.late(p).Field = f
		cd.unload(p)
	}
	return nil
}

// Late is the mark of the field's handle in an object.
func (f *Field) Late(object unsafe.Pointer) *Late { return f.codec.late(f.at(object)) }

// Holds says whether the field of an object has its value: only a deferred one
// may not.
func (f *Field) Holds(object unsafe.Pointer) bool {
	return f.codec.late == nil || !f.codec.late(f.at(object)).Unloaded
}

// Unload marks a deferred field as not loaded.
func (f *Field) Unload(object unsafe.Pointer) { f.codec.unload(f.at(object)) }

// checkDeferred checks the tag deferred, and completes a deferred field.
func (f *Field) checkDeferred() error {
	switch {
	case isDeferrable(f.Type):
		f.Group = f.options.group
		return deferringOf(f.Type).bind(f)
	case f.options.deferred:
		return fmt.Errorf("deferred is for a field of the type orm.Deferred[%s], which tells whether it is loaded", f.Type)
	}
	return nil
}
