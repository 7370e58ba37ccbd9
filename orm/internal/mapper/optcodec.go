package mapper

import (
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
)

// Optional is what a type such as orm.Opt offers besides [Nullable]: a pointer
// to the flag that says whether anybody set it.
type Optional interface {
	Nullable
	SetPart() *bool
}

var optionalType = reflect.TypeFor[Optional]()

// optCodec is the codec for a type such as orm.Opt[T]: that of orm.Null[T], and
// the flag that lies beside it. What is not set is zero, and differs from
// nothing.
func optCodec(t reflect.Type) (codec, error) {
	sample := reflect.New(t)
	setAt := uintptr(unsafe.Pointer(sample.Interface().(Optional).SetPart())) - uintptr(sample.UnsafePointer())
	base, err := nullCodec(t)
	if err != nil {
		return base, err
	}
	isSet := func(p unsafe.Pointer) *bool { return (*bool)(unsafe.Add(p, setAt)) }
	c := base
	c.optional = true
	c.zero = func(p unsafe.Pointer) bool { return !*isSet(p) }
	c.equal = func(a, b unsafe.Pointer) bool { return !*isSet(a) || !*isSet(b) || base.equal(a, b) }
	c.copy = func(dst, src unsafe.Pointer) { *isSet(dst) = *isSet(src); base.copy(dst, src) }
	read := base.read
	c.read = func(p unsafe.Pointer, rows driver.Rows, i int) error { *isSet(p) = true; return read(p, rows, i) }
	if base.set != nil {
		c.set = func(p unsafe.Pointer, v any) { *isSet(p) = true; base.set(p, v) }
	}
	return c, nil
}
