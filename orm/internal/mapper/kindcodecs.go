package mapper

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

var (
	durationType   = reflect.TypeFor[time.Duration]()
	enumeratedType = reflect.TypeFor[enumerated]()
)

// enumerated is what the Go type of an enumeration has.
type enumerated interface{ EnumValues() []string }

// ReadInterval reads a length of time, which databases without a type for it
// keep as seconds.
func ReadInterval(v driver.Value) (time.Duration, error) {
	switch v.Kind() {
	case driver.Int:
		return time.Duration(v.Int()) * time.Second, nil
	case driver.Float:
		return time.Duration(math.Round(v.Float()*1e6)) * time.Microsecond, nil
	case driver.Text:
		return textform.Interval(v.Text())
	case driver.Null:
		return 0, ErrNull
	}
	return 0, fmt.Errorf("it holds %s %s, not a length of time", v.Kind(), v)
}

var durationCodec = comparableCodec[time.Duration](codec{
	typ: schema.Type{Kind: schema.Interval},
	read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
		d, err := ReadInterval(rows.Value(i))
		if err == nil {
			*(*time.Duration)(p) = d
		}
		return err
	},
	value: func(p unsafe.Pointer) driver.Value {
		return driver.TextValue(textform.FormatInterval(*(*time.Duration)(p)))
	},
})

// uintCodec is for integers of 64 bits without a sign: databases have none of
// which all do, so that the upper half is refused.
func uintCodec[T uint | uint64]() codec {
	c := comparableCodec[T](codec{
		typ: schema.Type{Kind: schema.BigInteger},
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			var n int64
			if rows.Kind(i) == driver.Int {
				n = rows.Int(i)
			} else if err := wholeNumber(rows, i, &n); err != nil {
				return err
			}
			if n < 0 || uint64(T(n)) != uint64(n) {
				return doesNotFit(n, T(0))
			}
			*(*T)(p) = T(n)
			return nil
		},
		bind: func(p unsafe.Pointer) (driver.Value, error) {
			n := uint64(*(*T)(p))
			if n > math.MaxInt64 {
				return driver.Value{}, fmt.Errorf("%d is more than a BigInteger holds", n)
			}
			return driver.IntValue(int64(n)), nil
		},
		set: func(p unsafe.Pointer, v any) { *(*T)(p) = T(v.(int64)) },
	})
	c.value = func(p unsafe.Pointer) driver.Value { return driver.IntValue(int64(*(*T)(p))) }
	return c
}

// enumCodec is for a text of which only some values are allowed.
func enumCodec(t reflect.Type) codec {
	values := slices.Clone(reflect.New(t).Interface().(enumerated).EnumValues())
	return limited(schema.EnumOf(SnakeCase(t.Name()), values...))
}

// limited is the codec for a text that is one of an enumeration's values.
func limited(t schema.Type) codec {
	c := stringCodec
	c.typ = t
	check := func(s string) error {
		if slices.Contains(t.Detail.Values, s) {
			return nil
		}
		return fmt.Errorf("%q is not one of %q", s, t.Detail.Values)
	}
	read := c.read
	c.read = func(p unsafe.Pointer, rows driver.Rows, i int) error {
		if err := read(p, rows, i); err != nil {
			return err
		}
		return check(*(*string)(p))
	}
	c.bind = func(p unsafe.Pointer) (driver.Value, error) {
		return driver.TextValue(*(*string)(p)), check(*(*string)(p))
	}
	return c
}

// uuidCodec is for arrays of 16 bytes, whatever their name.
var uuidCodec = comparableCodec[[16]byte](codec{
	typ: schema.Type{Kind: schema.UUID},
	read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
		switch rows.Kind(i) {
		case driver.Text:
			u, err := textform.UUID(rows.Text(i))
			if err == nil {
				*(*[16]byte)(p) = u
			}
			return err
		case driver.Blob:
			if b := rows.Blob(i); len(b) == 16 {
				*(*[16]byte)(p) = [16]byte(b)
				return nil
			}
		}
		return mismatch(rows, i, "a UUID")
	},
	value: func(p unsafe.Pointer) driver.Value {
		return driver.TextValue(textform.FormatUUID(*(*[16]byte)(p)))
	},
})
