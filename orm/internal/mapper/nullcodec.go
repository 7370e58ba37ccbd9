package mapper

import (
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
)

// nullCodec is the codec for a type such as orm.Null[T]: the codec of T, and
// the flag that lies beside it.
func nullCodec(t reflect.Type) (codec, error) {
	sample := reflect.New(t)
	value, valid := sample.Interface().(Nullable).NullParts()
	start := uintptr(sample.UnsafePointer())
	valueAt := uintptr(reflect.ValueOf(value).UnsafePointer()) - start
	validAt := uintptr(unsafe.Pointer(valid)) - start
	base, err := codecOf(reflect.TypeOf(value).Elem())
	if err != nil || base.nullable {
		return codec{}, unsupported(t)
	}
	isValid := func(p unsafe.Pointer) *bool { return (*bool)(unsafe.Add(p, validAt)) }
	at := func(p unsafe.Pointer) unsafe.Pointer { return unsafe.Add(p, valueAt) }
	empty := at(reflect.New(t).UnsafePointer())
	c := codec{
		typ: base.typ, nullable: true,
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			if rows.Kind(i) == driver.Null {
				*isValid(p) = false
				base.copy(at(p), empty)
				return nil
			}
			*isValid(p) = true
			return base.read(at(p), rows, i)
		},
		value: func(p unsafe.Pointer) driver.Value {
			if !*isValid(p) {
				return driver.Value{}
			}
			return base.value(at(p))
		},
		equal: func(a, b unsafe.Pointer) bool {
			return *isValid(a) == *isValid(b) && (!*isValid(a) || base.equal(at(a), at(b)))
		},
		zero: func(p unsafe.Pointer) bool { return !*isValid(p) },
		copy: func(dst, src unsafe.Pointer) { *isValid(dst) = *isValid(src); base.copy(at(dst), at(src)) },
	}
	if base.bind != nil {
		c.bind = func(p unsafe.Pointer) (driver.Value, error) {
			if !*isValid(p) {
				return driver.Value{}, nil
			}
			return base.bind(at(p))
		}
	}
	if base.set != nil {
		c.set = func(p unsafe.Pointer, v any) { *isValid(p) = true; base.set(at(p), v) }
	}
	if base.unshare != nil {
		c.unshare = func(p unsafe.Pointer) { base.unshare(at(p)) }
	}
	return c, nil
}

// pointerCodec is the codec for *T: nil is NULL.
func pointerCodec(elem reflect.Type, base codec) codec {
	to := func(p unsafe.Pointer) unsafe.Pointer { return *(*unsafe.Pointer)(p) }
	fresh := func(p unsafe.Pointer) unsafe.Pointer {
		v := reflect.New(elem).UnsafePointer()
		*(*unsafe.Pointer)(p) = v
		return v
	}
	c := codec{
		typ: base.typ, nullable: true,
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			if rows.Kind(i) == driver.Null {
				*(*unsafe.Pointer)(p) = nil
				return nil
			}
			return base.read(fresh(p), rows, i)
		},
		value: func(p unsafe.Pointer) driver.Value {
			if to(p) == nil {
				return driver.Value{}
			}
			return base.value(to(p))
		},
		equal: func(a, b unsafe.Pointer) bool {
			if to(a) == nil || to(b) == nil {
				return to(a) == to(b)
			}
			return base.equal(to(a), to(b))
		},
		zero: func(p unsafe.Pointer) bool { return to(p) == nil },
		copy: func(dst, src unsafe.Pointer) { *(*unsafe.Pointer)(dst) = to(src) },
		// A snapshot must not share what the pointer points at.
		unshare: func(p unsafe.Pointer) {
			if from := to(p); from != nil {
				base.copy(fresh(p), from)
				if base.unshare != nil {
					base.unshare(to(p))
				}
			}
		},
	}
	if base.bind != nil {
		c.bind = func(p unsafe.Pointer) (driver.Value, error) {
			if to(p) == nil {
				return driver.Value{}, nil
			}
			return base.bind(to(p))
		}
	}
	if base.set != nil {
		c.set = func(p unsafe.Pointer, v any) { base.set(fresh(p), v) }
	}
	return c
}
