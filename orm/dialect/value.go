package dialect

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// nullable is a Go value that may be NULL. Package orm's Null is one.
type nullable interface {
	NullAny() (v any, valid bool)
}

// Value turns a Go value into the driver's, and checks that it is of the
// column's type; with the type Unknown, the Go type alone decides. Pointers
// and types that have a NullAny() (value any, valid bool) method may be NULL;
// a nil []byte is an empty one. Instants for a DateTime are cut to
// microseconds.
func Value(t schema.Type, v any) (driver.Value, error) {
	value, err := convert(t, v)
	if err != nil {
		return value, fmt.Errorf("dialect: %w", err)
	}
	return value, nil
}

func convert(t schema.Type, v any) (driver.Value, error) {
	switch x := v.(type) {
	case nil:
		return driver.Value{}, nil
	case int:
		return intValue(t, int64(x), v)
	case int64:
		return intValue(t, x, v)
	case string:
		return textValue(t, x, v)
	case bool:
		return boolValue(t, x, v)
	case float64:
		return floatValue(t, x, v)
	case []byte:
		return blobValue(t, x, v)
	case time.Time:
		return timeValue(t, x, v)
	case time.Duration:
		return intervalValue(t, x, v)
	case binder:
		return bound(t, x)
	case nullable:
		inner, valid := unwrap(x)
		if !valid {
			return driver.Value{}, nil
		}
		return convert(t, inner)
	}
	return reflected(t, v)
}

// unwrap returns what x holds. A method with a value receiver would panic on
// a nil pointer.
func unwrap(x nullable) (v any, valid bool) {
	if r := reflect.ValueOf(x); r.Kind() == reflect.Pointer && r.IsNil() {
		return nil, false
	}
	return x.NullAny()
}

// isNullValue says whether [Value] makes NULL of v.
func isNullValue(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case int, int64, string, bool, float64, []byte, time.Time:
		return false
	case binder:
		value, err := bound(schema.Type{}, x)
		return err == nil && value.IsNull()
	case nullable:
		inner, valid := unwrap(x)
		return !valid || isNullValue(inner)
	}
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && (r.IsNil() || isNullValue(r.Elem().Interface()))
}

var timeType = reflect.TypeFor[time.Time]()

// reflected does the same for pointers and types with a name of their own.
func reflected(t schema.Type, v any) (driver.Value, error) {
	r := reflect.ValueOf(v)
	switch kind := r.Kind(); {
	case kind == reflect.Pointer:
		if r.IsNil() {
			return driver.Value{}, nil
		}
		return convert(t, r.Elem().Interface())
	case r.CanInt():
		return intValue(t, r.Int(), v)
	case r.CanUint():
		if r.Uint() > math.MaxInt64 {
			return misfit(t, v, "more than 64 bits with a sign hold")
		}
		return intValue(t, int64(r.Uint()), v)
	case r.CanFloat():
		return floatValue(t, r.Float(), v)
	case kind == reflect.Bool:
		return boolValue(t, r.Bool(), v)
	case kind == reflect.String:
		return textValue(t, r.String(), v)
	case kind == reflect.Slice && t.Kind == schema.Array && t.Detail != nil:
		return arrayValue(t, r)
	case kind == reflect.Array && r.Type().Elem().Kind() == reflect.Uint8 && r.Len() == 16 && t.Kind == schema.UUID:
		return driver.TextValue(textform.FormatUUID(*(*[16]byte)(copied(r).UnsafePointer()))), nil
	case kind == reflect.Slice && r.Type().Elem().Kind() == reflect.Uint8:
		return blobValue(t, r.Bytes(), v)
	case kind == reflect.Struct && isTime(r.Type()):
		return timeValue(t, *(*time.Time)(copied(r).UnsafePointer()), v)
	}
	return misfit(t, v, "a Go type that no database knows")
}

// copied points to a copy of the value, which its caller takes for one of the
// same memory by another name. [reflect.Value.Convert] would do that too, but
// brings all conversions of Go along.
func copied(r reflect.Value) reflect.Value {
	p := reflect.New(r.Type())
	p.Elem().Set(r)
	return p
}

// isTime says whether a struct is a [time.Time] by another name.
func isTime(t reflect.Type) bool {
	if t.NumField() != timeType.NumField() {
		return false
	}
	for i := range t.NumField() {
		f, g := t.Field(i), timeType.Field(i)
		if f.Name != g.Name || f.PkgPath != g.PkgPath || f.Type != g.Type {
			return false
		}
	}
	return true
}

func intValue(t schema.Type, i int64, v any) (driver.Value, error) {
	switch {
	case t.IsInteger() || t.Kind == schema.Unknown:
		return driver.IntValue(i), nil
	case t.Kind == schema.Float:
		return driver.FloatValue(float64(i)), nil
	case t.Kind == schema.Numeric:
		return numericValue(t, strconv.FormatInt(i, 10), v)
	case t.Kind == schema.Native:
		return driver.IntValue(i), nil
	}
	return misfit(t, v, "")
}

func floatValue(t schema.Type, f float64, v any) (driver.Value, error) {
	if t.Kind == schema.Numeric {
		return misfit(t, v, "binary floating point, which is not exact; give a Decimal or a text")
	}
	if t.Kind != schema.Float && t.Kind != schema.Unknown && t.Kind != schema.Native {
		return misfit(t, v, "")
	}
	return driver.FloatValue(f), nil
}

func boolValue(t schema.Type, b bool, v any) (driver.Value, error) {
	if t.Kind != schema.Boolean && t.Kind != schema.Unknown && t.Kind != schema.Native {
		return misfit(t, v, "")
	}
	return driver.BoolValue(b), nil
}

func textValue(t schema.Type, s string, v any) (driver.Value, error) {
	if value, ok, err := special(t, s, v); ok {
		return value, err
	}
	if !t.IsText() && t.Kind != schema.Unknown {
		return misfit(t, v, "")
	}
	return driver.TextValue(s), nil
}

func blobValue(t schema.Type, b []byte, v any) (driver.Value, error) {
	switch t.Kind {
	case schema.JSON: // a document, such as a json.RawMessage
		return driver.TextValue(string(b)), nil
	case schema.LargeBinary, schema.Unknown, schema.Native:
	default:
		return misfit(t, v, "")
	}
	return driver.BlobValue(b), nil
}

func timeValue(t schema.Type, instant time.Time, v any) (driver.Value, error) {
	switch t.Kind {
	case schema.DateTime:
		return driver.TimeValue(instant.Truncate(time.Microsecond)), nil
	case schema.Unknown, schema.Native:
		return driver.TimeValue(instant), nil
	case schema.Date, schema.Time:
		return misfit(t, v, "an instant, whose day and hour depend on a zone; give an orm.Date or orm.TimeOfDay")
	}
	return misfit(t, v, "")
}

// misfitError says that a value is not of a column's type.
type misfitError struct {
	typ    schema.Type
	value  any
	reason string
}

func misfit(t schema.Type, v any, reason string) (driver.Value, error) {
	return driver.Value{}, &misfitError{t, v, reason}
}

func (e *misfitError) Error() string {
	if kind := e.kind(); kind != "" {
		return fmt.Sprintf("%s column cannot hold %s", kind, e.what())
	}
	return "a database cannot hold " + e.what()
}

// kind is the type with its article, or empty if the type is not known.
func (e *misfitError) kind() string {
	switch e.typ.Kind {
	case schema.Unknown:
		return ""
	case schema.Integer, schema.Interval, schema.Enum, schema.Array:
		return "an " + e.typ.Kind.String()
	}
	return "a " + e.typ.Kind.String()
}

// what names the value, its Go type and what is wrong with it.
func (e *misfitError) what() string {
	text := fmt.Sprint(e.value)
	if r := reflect.ValueOf(e.value); r.Kind() == reflect.String {
		text = fmt.Sprintf("%q", r.String())
	}
	const limit = 60
	if runes := []rune(text); len(runes) > limit {
		text = string(runes[:limit]) + "…"
	}
	if e.reason != "" {
		return fmt.Sprintf("%s (%T, %s)", text, e.value, e.reason)
	}
	return fmt.Sprintf("%s (%T)", text, e.value)
}
