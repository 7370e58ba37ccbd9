package show

import (
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"
)

// stringer is fmt.Stringer, without fmt.
type stringer interface{ String() string }

// nullable is what orm.Null[T] and its like have: pointers to the value and
// to whether there is one.
type nullable interface {
	NullParts() (value any, valid *bool)
}

var (
	stringerType = reflect.TypeFor[stringer]()
	nullableType = reflect.TypeFor[nullable]()
	timeType     = reflect.TypeFor[time.Time]()
)

// kinds are the plain values by Go's kinds.
var kinds = map[reflect.Kind]string{
	reflect.Bool: "bool", reflect.String: "text", reflect.Float32: "float", reflect.Float64: "float",
	reflect.Int: "int", reflect.Int8: "int", reflect.Int16: "int", reflect.Int32: "int", reflect.Int64: "int",
	reflect.Uint: "int", reflect.Uint8: "int", reflect.Uint16: "int", reflect.Uint32: "int", reflect.Uint64: "int",
}

// kindOf is the kind of a type's cells, or "" if it is no plain value.
func kindOf(t reflect.Type) string {
	if value, ok := nullValue(t); ok {
		return kindOf(value)
	}
	switch {
	case t == timeType:
		return "time"
	case t.Implements(stringerType):
		return "text"
	case kinds[t.Kind()] != "":
		return kinds[t.Kind()]
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return "blob"
	case t.Kind() == reflect.Pointer && t.Elem().Kind() != reflect.Pointer:
		return kindOf(t.Elem())
	case t.Kind() == reflect.Interface && t.NumMethod() == 0:
		return "text"
	}
	return ""
}

func isPlain(t reflect.Type) bool { return kindOf(t) != "" }

// nullValue is the type of the value in a nullable type: one with NullParts,
// or a pair of a value and Valid, as database/sql has.
func nullValue(t reflect.Type) (reflect.Type, bool) {
	if reflect.PointerTo(t).Implements(nullableType) {
		value, _ := reflect.New(t).Interface().(nullable).NullParts()
		return reflect.TypeOf(value).Elem(), true
	}
	if t.Kind() == reflect.Struct && t.NumField() == 2 && t.Field(1).Name == "Valid" && t.Field(1).Type.Kind() == reflect.Bool && t.Field(0).IsExported() {
		return t.Field(0).Type, true
	}
	return nil, false
}

// unwrapNull returns the value in a nullable one, the zero Value for NULL,
// and anything else as it is.
func unwrapNull(v reflect.Value) reflect.Value {
	if _, ok := nullValue(v.Type()); !ok {
		return v
	}
	if reflect.PointerTo(v.Type()).Implements(nullableType) {
		p := reflect.New(v.Type())
		p.Elem().Set(v)
		value, valid := p.Interface().(nullable).NullParts()
		if !*valid {
			return reflect.Value{}
		}
		return reflect.ValueOf(value).Elem()
	}
	if !v.Field(1).Bool() {
		return reflect.Value{}
	}
	return v.Field(0)
}

// cellOf is the text and kind of one value.
func cellOf(v reflect.Value) cell {
	if !v.IsValid() || (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return cell{kind: null}
	}
	if v = unwrapNull(v); !v.IsValid() {
		return cell{kind: null}
	}
	if s, ok := asStringer(v); ok {
		return cell{cut(s.String()), "text"}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return cellOf(v.Elem())
	case reflect.Slice:
		return bytesCell(v)
	case reflect.Struct:
		if v.Type() == timeType {
			return cell{formatTime(v.Interface().(time.Time)), "time"}
		}
	}
	return scalarCell(v)
}

func asStringer(v reflect.Value) (stringer, bool) {
	if v.Type() == timeType || v.Type() == reflect.PointerTo(timeType) || !v.CanInterface() || v.Kind() == reflect.Interface {
		return nil, false
	}
	s, ok := v.Interface().(stringer)
	return s, ok
}

func scalarCell(v reflect.Value) cell {
	switch {
	case v.Kind() == reflect.String:
		return cell{cut(v.String()), "text"}
	case v.Kind() == reflect.Bool:
		return cell{strconv.FormatBool(v.Bool()), "bool"}
	case v.CanInt():
		return cell{strconv.FormatInt(v.Int(), 10), "int"}
	case v.CanUint():
		return cell{strconv.FormatUint(v.Uint(), 10), "int"}
	case v.CanFloat():
		return cell{strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()), "float"}
	}
	return cell{"(" + v.Type().String() + ")", "text"}
}

// bytesCell shows bytes as SQL writes them; a nil slice is NULL.
func bytesCell(v reflect.Value) cell {
	if v.Type().Elem().Kind() != reflect.Uint8 {
		return cell{"(" + v.Type().String() + ")", "text"}
	}
	if v.IsNil() {
		return cell{kind: null}
	}
	b := v.Bytes()
	if len(b) > maxCell/2 {
		return cell{hexText(b[:maxCell/2]) + "…", "blob"}
	}
	return cell{hexText(b), "blob"}
}

const hexDigits = "0123456789abcdef"

func hexText(b []byte) string {
	text := append(make([]byte, 0, 2*len(b)+3), "x'"...)
	for _, c := range b {
		text = append(text, hexDigits[c>>4], hexDigits[c&15])
	}
	return string(append(text, '\''))
}

// formatTime leaves out what a time does not have: a time of day, parts of a
// second.
func formatTime(t time.Time) string {
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 && t.Nanosecond() == 0 {
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04:05.999999999")
}

// cut shortens a long text at a whole rune.
func cut(s string) string {
	if len(s) <= maxCell {
		return s
	}
	end := maxCell
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
