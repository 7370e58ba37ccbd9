package driver

import (
	"fmt"
	"math"
	"strconv"
	"time"
	"unsafe"
)

// Kind is what a [Value] holds.
type Kind uint8

// The kinds of values that cross the seam.
const (
	Null  Kind = iota // SQL NULL, the zero value
	Int               // int64
	Float             // float64
	Bool              // bool
	Text              // string, UTF-8
	Blob              // []byte
	Time              // an instant, to the nanosecond, in UTC
)

var kindNames = [...]string{"null", "int", "float", "bool", "text", "blob", "time"}

// String returns the kind's name in lower case.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "kind(" + strconv.Itoa(int(k)) + ")"
}

// Value is one argument of a statement or one cell of a result. The zero Value
// is NULL. Making and reading one does not allocate.
type Value struct {
	kind Kind
	nsec uint32 // Time: nanoseconds within the second
	num  uint64 // Int, Float, Bool; Time: seconds since 1970
	text string // Text; Blob: its bytes
}

// IntValue returns i as a value.
func IntValue(i int64) Value { return Value{kind: Int, num: uint64(i)} }

// FloatValue returns f as a value.
func FloatValue(f float64) Value { return Value{kind: Float, num: math.Float64bits(f)} }

// BoolValue returns b as a value.
func BoolValue(b bool) Value {
	if b {
		return Value{kind: Bool, num: 1}
	}
	return Value{kind: Bool}
}

// TextValue returns s as a value.
func TextValue(s string) Value { return Value{kind: Text, text: s} }

// BlobValue returns b as a value, without a copy: b must not change while the
// value is in use. A nil slice is an empty blob, not NULL.
func BlobValue(b []byte) Value {
	return Value{kind: Blob, text: unsafe.String(unsafe.SliceData(b), len(b))}
}

// TimeValue returns the instant t as a value.
func TimeValue(t time.Time) Value {
	return Value{kind: Time, num: uint64(t.Unix()), nsec: uint32(t.Nanosecond())}
}

// Kind says what v holds. The reader of another kind returns rubbish.
func (v Value) Kind() Kind { return v.kind }

// IsNull says whether v is NULL.
func (v Value) IsNull() bool { return v.kind == Null }

// Int returns the integer in v.
func (v Value) Int() int64 { return int64(v.num) }

// Float returns the number in v.
func (v Value) Float() float64 { return math.Float64frombits(v.num) }

// Bool returns the truth value in v.
func (v Value) Bool() bool { return v.num != 0 }

// Text returns the string in v.
func (v Value) Text() string { return v.text }

// Blob returns the bytes in v; they must not be changed.
func (v Value) Blob() []byte { return unsafe.Slice(unsafe.StringData(v.text), len(v.text)) }

// Time returns the instant in v, in UTC.
func (v Value) Time() time.Time { return time.Unix(int64(v.num), int64(v.nsec)).UTC() }

// Any returns v as the Go value of its kind: nil, int64, float64, bool,
// string, []byte or [time.Time].
func (v Value) Any() any {
	switch v.kind {
	case Int:
		return v.Int()
	case Float:
		return v.Float()
	case Bool:
		return v.Bool()
	case Text:
		return v.text
	case Blob:
		return v.Blob()
	case Time:
		return v.Time()
	}
	return nil
}

// AnyValue is the inverse of Any. It returns NULL for a value of another type.
func AnyValue(v any) Value {
	switch v := v.(type) {
	case int64:
		return IntValue(v)
	case float64:
		return FloatValue(v)
	case bool:
		return BoolValue(v)
	case string:
		return TextValue(v)
	case []byte:
		return BlobValue(v)
	case time.Time:
		return TimeValue(v)
	}
	return Value{}
}

// String formats v for people, text in quotes; it is not SQL.
func (v Value) String() string {
	switch v.kind {
	case Null:
		return "NULL"
	case Text:
		return strconv.Quote(v.text)
	case Blob:
		return fmt.Sprintf("x'%x'", v.text)
	case Time:
		return v.Time().Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v.Any())
}
