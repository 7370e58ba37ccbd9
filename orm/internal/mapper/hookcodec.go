package mapper

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

// Hooked is what a Go type has that knows its column's type and how its value
// is written and read. Its pointer has the methods.
type Hooked interface {
	// ColumnType is the type of the column. It is asked of a zero value.
	ColumnType() schema.Type
	// BindValue is the value for the database.
	BindValue() (driver.Value, error)
	// ScanValue sets the value from one that is not NULL.
	ScanValue(driver.Value) error
}

var hookedType = reflect.TypeFor[Hooked]()

func isHooked(t reflect.Type) bool { return reflect.PointerTo(t).Implements(hookedType) }

// hookCodec is the codec for a type that has the hooks.
func hookCodec(t reflect.Type) codec {
	hooks := func(p unsafe.Pointer) Hooked { return reflect.NewAt(t, p).Interface().(Hooked) }
	at := func(p unsafe.Pointer) reflect.Value { return reflect.NewAt(t, p).Elem() }
	c := codec{
		typ: reflect.New(t).Interface().(Hooked).ColumnType(),
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			if rows.Kind(i) == driver.Null {
				return ErrNull
			}
			return hooks(p).ScanValue(rows.Value(i))
		},
		bind:  func(p unsafe.Pointer) (driver.Value, error) { return hooks(p).BindValue() },
		equal: func(a, b unsafe.Pointer) bool { return sameBind(hooks(a), hooks(b)) },
		zero:  func(p unsafe.Pointer) bool { return at(p).IsZero() },
		copy:  func(dst, src unsafe.Pointer) { at(dst).Set(at(src)) },
	}
	c.value = unchecked(c.bind)
	c.set = func(p unsafe.Pointer, v any) { _ = hooks(p).ScanValue(driver.AnyValue(v)) }
	if holdsPointers(t) {
		// What the pointers lead to may change; only the hooks can copy it.
		c.unshare = func(p unsafe.Pointer) {
			if v, err := hooks(p).BindValue(); err == nil {
				fresh := reflect.New(t)
				if fresh.Interface().(Hooked).ScanValue(v) == nil {
					at(p).Set(fresh.Elem())
				}
			}
		}
	}
	return c
}

// unchecked drops the error of a bind: what a key or a message shows.
func unchecked(bind func(unsafe.Pointer) (driver.Value, error)) func(unsafe.Pointer) driver.Value {
	return func(p unsafe.Pointer) driver.Value {
		v, err := bind(p)
		if err != nil {
			return driver.TextValue(fmt.Sprintf("!(%v)", err))
		}
		return v
	}
}

// sameBind says whether the database gets the same for both.
func sameBind(a, b Hooked) bool {
	v, err1 := a.BindValue()
	w, err2 := b.BindValue()
	return err1 == nil && err2 == nil && v == w
}

// holdsPointers says whether a copy of a value shares memory that can change.
func holdsPointers(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return true
	case reflect.Array:
		return holdsPointers(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsPointers(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
