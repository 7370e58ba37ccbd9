package mapper

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"time"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// codec moves the values of one Go type. p always points at the field.
type codec struct {
	typ      schema.Type
	nullable bool
	optional bool // it knows whether it was set
	read     func(p unsafe.Pointer, rows driver.Rows, i int) error
	value    func(p unsafe.Pointer) driver.Value
	bind     func(p unsafe.Pointer) (driver.Value, error) // value, for types with values that no column takes; else nil
	equal    func(a, b unsafe.Pointer) bool
	zero     func(p unsafe.Pointer) bool
	copy     func(dst, src unsafe.Pointer)
	set      func(p unsafe.Pointer, v any) // v as parseDefault gives it
	unshare  func(p unsafe.Pointer)        // gives a copy memory of its own; nil if it has that
	late     func(p unsafe.Pointer) *Late  // of a deferred column; else nil
	unload   func(p unsafe.Pointer)        // of a deferred column; else nil
}

// arg is the value, or why there is none.
func (c *codec) arg(p unsafe.Pointer) (driver.Value, error) {
	if c.bind != nil {
		return c.bind(p)
	}
	return c.value(p), nil
}

// Nullable is what a type such as orm.Null offers: pointers to its value and to
// the flag that says whether there is one.
type Nullable interface {
	NullParts() (value any, valid *bool)
}

var (
	nullableType = reflect.TypeFor[Nullable]()
	timeType     = reflect.TypeFor[time.Time]()
	byteType     = reflect.TypeFor[byte]()
)

// isColumnType says whether a struct type is a value rather than a group of
// fields.
func isColumnType(t reflect.Type) bool {
	return t == timeType || isHooked(t) || isDeferrable(t) || reflect.PointerTo(t).Implements(nullableType)
}

// codecOf returns the codec for a Go type.
func codecOf(t reflect.Type) (codec, error) {
	switch p := reflect.PointerTo(t); {
	case isHooked(t):
		return hookCodec(t), nil
	case isDeferrable(t):
		return deferringOf(t).codec(t)
	case t.Kind() == reflect.Struct && p.Implements(optionalType):
		return optCodec(t)
	case t.Kind() == reflect.Struct && p.Implements(nullableType):
		return nullCodec(t)
	case t.Kind() == reflect.String && p.Implements(enumeratedType):
		return enumCodec(t), nil
	case t == durationType:
		return durationCodec, nil
	case t.Kind() == reflect.Array && t.Len() == 16 && t.Elem().Kind() == reflect.Uint8:
		return uuidCodec, nil
	}
	if t.Kind() == reflect.Pointer {
		base, err := codecOf(t.Elem())
		if err != nil || base.nullable {
			return codec{}, unsupported(t)
		}
		return pointerCodec(t.Elem(), base), nil
	}
	if t == timeType {
		return timeCodec, nil
	}
	if t.Kind() == reflect.Slice && t.Elem() == byteType {
		return bytesCodec, nil
	}
	if t.Kind() == reflect.Slice {
		return arrayCodec(t)
	}
	if c, ok := plainCodecs[t.Kind()]; ok {
		return c, nil
	}
	return codec{}, unsupported(t)
}

func unsupported(t reflect.Type) error {
	return fmt.Errorf("a Go %s has no column type; known are integers, floats, bool, string, []byte, time.Time, time.Duration, [16]byte, slices, types with ColumnType, BindValue and ScanValue, and orm.Null, orm.Opt or a pointer of these", t)
}

// plainCodecs hold the types that a Go kind decides: a named type has the
// memory of its kind.
var plainCodecs = map[reflect.Kind]codec{
	reflect.Int:     intCodec[int](schema.Integer),
	reflect.Int8:    intCodec[int8](schema.SmallInteger),
	reflect.Int16:   intCodec[int16](schema.SmallInteger),
	reflect.Int32:   intCodec[int32](schema.Integer),
	reflect.Int64:   intCodec[int64](schema.Integer),
	reflect.Uint8:   intCodec[uint8](schema.SmallInteger),
	reflect.Uint16:  intCodec[uint16](schema.Integer),
	reflect.Uint32:  intCodec[uint32](schema.BigInteger),
	reflect.Uint:    uintCodec[uint](),
	reflect.Uint64:  uintCodec[uint64](),
	reflect.Float32: floatCodec[float32](),
	reflect.Float64: floatCodec[float64](),
	reflect.Bool:    boolCodec,
	reflect.String:  stringCodec,
}

// comparable fills in what every type that Go compares has in common.
func comparableCodec[T comparable](c codec) codec {
	c.equal = func(a, b unsafe.Pointer) bool { return *(*T)(a) == *(*T)(b) }
	c.zero = func(p unsafe.Pointer) bool { var zero T; return *(*T)(p) == zero }
	c.copy = func(dst, src unsafe.Pointer) { *(*T)(dst) = *(*T)(src) }
	return c
}

// integers are the Go integers whose values all fit an int64.
type integers interface {
	int | int8 | int16 | int32 | int64 | uint8 | uint16 | uint32
}

func intCodec[T integers](kind schema.Kind) codec {
	return comparableCodec[T](codec{
		typ: schema.Type{Kind: kind},
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			var n int64
			if rows.Kind(i) == driver.Int {
				n = rows.Int(i)
			} else if err := wholeNumber(rows, i, &n); err != nil {
				return err
			}
			if *(*T)(p) = T(n); int64(T(n)) != n {
				return doesNotFit(n, T(0))
			}
			return nil
		},
		value: func(p unsafe.Pointer) driver.Value { return driver.IntValue(int64(*(*T)(p))) },
		set:   func(p unsafe.Pointer, v any) { *(*T)(p) = T(v.(int64)) },
	})
}

func floatCodec[T float32 | float64]() codec {
	return comparableCodec[T](codec{
		typ: schema.Type{Kind: schema.Float},
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			switch rows.Kind(i) {
			case driver.Float:
				*(*T)(p) = T(rows.Float(i))
			case driver.Int:
				*(*T)(p) = T(rows.Int(i))
			default:
				return mismatch(rows, i, "a number")
			}
			return nil
		},
		value: func(p unsafe.Pointer) driver.Value { return driver.FloatValue(float64(*(*T)(p))) },
		set:   func(p unsafe.Pointer, v any) { *(*T)(p) = T(v.(float64)) },
	})
}

var boolCodec = comparableCodec[bool](codec{
	typ: schema.Type{Kind: schema.Boolean},
	read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
		switch rows.Kind(i) {
		case driver.Bool:
			*(*bool)(p) = rows.Bool(i)
		case driver.Int: // SQLite and MySQL keep truth values as 0 and 1
			*(*bool)(p) = rows.Int(i) != 0
		default:
			return mismatch(rows, i, "a truth value")
		}
		return nil
	},
	value: func(p unsafe.Pointer) driver.Value { return driver.BoolValue(*(*bool)(p)) },
	set:   func(p unsafe.Pointer, v any) { *(*bool)(p) = v.(bool) },
})

var stringCodec = comparableCodec[string](codec{
	typ: schema.Type{Kind: schema.String},
	read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
		if rows.Kind(i) != driver.Text {
			return mismatch(rows, i, "text")
		}
		*(*string)(p) = rows.Text(i)
		return nil
	},
	value: func(p unsafe.Pointer) driver.Value { return driver.TextValue(*(*string)(p)) },
	set:   func(p unsafe.Pointer, v any) { *(*string)(p) = v.(string) },
})

var bytesCodec = codec{
	typ: schema.Type{Kind: schema.LargeBinary},
	read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
		if rows.Kind(i) != driver.Blob {
			return mismatch(rows, i, "bytes")
		}
		*(*[]byte)(p) = rows.Blob(i)
		return nil
	},
	value:   func(p unsafe.Pointer) driver.Value { return driver.BlobValue(*(*[]byte)(p)) },
	equal:   func(a, b unsafe.Pointer) bool { return bytes.Equal(*(*[]byte)(a), *(*[]byte)(b)) },
	zero:    func(p unsafe.Pointer) bool { return len(*(*[]byte)(p)) == 0 },
	copy:    func(dst, src unsafe.Pointer) { *(*[]byte)(dst) = *(*[]byte)(src) },
	unshare: func(p unsafe.Pointer) { *(*[]byte)(p) = bytes.Clone(*(*[]byte)(p)) },
}

var timeCodec = codec{
	typ: schema.Type{Kind: schema.DateTime},
	read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
		v, err := ReadTime(rows, i)
		if err == nil {
			*(*time.Time)(p) = v
		}
		return err
	},
	value: func(p unsafe.Pointer) driver.Value { return driver.TimeValue(*(*time.Time)(p)) },
	// Databases keep microseconds, so a change below that is none.
	equal: func(a, b unsafe.Pointer) bool {
		return (*time.Time)(a).Truncate(time.Microsecond).Equal((*time.Time)(b).Truncate(time.Microsecond))
	},
	zero: func(p unsafe.Pointer) bool { return (*time.Time)(p).IsZero() },
	copy: func(dst, src unsafe.Pointer) { *(*time.Time)(dst) = *(*time.Time)(src) },
}

// ReadTime reads an instant from column i, in UTC.
func ReadTime(rows driver.Rows, i int) (time.Time, error) {
	switch rows.Kind(i) {
	case driver.Time:
		return rows.Value(i).Time(), nil
	case driver.Text:
		if t, ok := textform.Instant(rows.Text(i)); ok {
			return t, nil
		}
		return time.Time{}, fmt.Errorf("%q is not a date and time", rows.Text(i))
	}
	return time.Time{}, mismatch(rows, i, "a date and time")
}

// ErrNull is the cause when NULL meets a Go type that cannot hold it.
var ErrNull = errors.New("it is NULL; use orm.Null or a pointer")

// mismatch is the error for a value of another kind than wanted.
func mismatch(rows driver.Rows, i int, wanted string) error {
	if rows.Kind(i) == driver.Null {
		return ErrNull
	}
	return fmt.Errorf("it holds %s %s, not %s", rows.Kind(i), rows.Value(i), wanted)
}
