package dialect

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// binder is a Go value that knows what the database gets for it.
type binder interface {
	BindValue() (driver.Value, error)
}

// typed is a Go value that knows the type of its column.
type typed interface {
	ColumnType() schema.Type
}

// bound is the value of a type with a hook of its own.
func bound(t schema.Type, b binder) (driver.Value, error) {
	if r := reflect.ValueOf(b); r.Kind() == reflect.Pointer && r.IsNil() {
		return driver.Value{}, nil
	}
	if own, ok := b.(typed); ok && !takes(t, own.ColumnType()) {
		return misfit(t, b, "")
	}
	v, err := b.BindValue()
	if err != nil {
		return v, err
	}
	if t.Kind == schema.Numeric && v.Kind() == driver.Text {
		return numericValue(t, v.Text(), b)
	}
	return v, nil
}

// takes says whether a column of type t takes values whose own type is u.
func takes(t, u schema.Type) bool {
	return t.Kind == u.Kind || t.Kind == schema.Unknown || t.Kind == schema.Native || u.Kind == schema.Native ||
		t.IsText() && u.IsText() || t.IsInteger() && u.IsInteger()
}

// special is the value of a text for a column that is neither text nor a
// number; ok says whether it is one.
func special(t schema.Type, s string, v any) (value driver.Value, ok bool, err error) {
	switch t.Kind {
	case schema.Numeric:
		value, err = numericValue(t, s, v)
	case schema.Date:
		if _, _, _, wrong := textform.Date(s); wrong != nil {
			value, err = misfit(t, v, "not a day such as 2024-02-29")
		} else {
			value = driver.TextValue(s)
		}
	case schema.Time:
		if _, wrong := textform.Clock(s); wrong != nil {
			value, err = misfit(t, v, "not a time such as 15:04:05")
		} else {
			value = driver.TextValue(s)
		}
	case schema.UUID:
		u, wrong := textform.UUID(s)
		if wrong != nil {
			value, err = misfit(t, v, "not a UUID")
		} else {
			value = driver.TextValue(textform.FormatUUID(u))
		}
	case schema.Enum:
		value, err = enumValue(t, s, v)
	case schema.Native:
		value = driver.TextValue(s)
	default:
		return value, false, nil
	}
	return value, true, err
}

// numericValue checks that a number fits its column as it is: no database is
// asked to round it.
func numericValue(t schema.Type, s string, v any) (driver.Value, error) {
	d, err := textform.Decimal(s)
	if err != nil {
		return misfit(t, v, "not a decimal number")
	}
	if err := textform.FitDecimal(d, t.Size, int(t.Scale)); err != nil {
		return driver.Value{}, fmt.Errorf("%s: %w", t, err)
	}
	return driver.TextValue(d), nil
}

func enumValue(t schema.Type, s string, v any) (driver.Value, error) {
	if t.Detail != nil && !slices.Contains(t.Detail.Values, s) {
		return misfit(t, v, fmt.Sprintf("not one of %q", t.Detail.Values))
	}
	return driver.TextValue(s), nil
}

// intervalValue is a length of time.
func intervalValue(t schema.Type, d time.Duration, v any) (driver.Value, error) {
	switch {
	case t.Kind == schema.Interval, t.Kind == schema.Unknown:
		return driver.TextValue(textform.FormatInterval(d)), nil
	}
	return intValue(t, int64(d), v)
}

// arrayValue is an array, of the elements of a Go slice.
func arrayValue(t schema.Type, r reflect.Value) (driver.Value, error) {
	elements := make([]*string, r.Len())
	for i := range elements {
		e, err := convert(t.Detail.Element, r.Index(i).Interface())
		if err != nil {
			return e, fmt.Errorf("element %d: %w", i, err)
		}
		if !e.IsNull() {
			text := elementText(e)
			elements[i] = &text
		}
	}
	return driver.TextValue(textform.FormatArray(elements)), nil
}

// elementText is an element as PostgreSQL reads it in an array.
func elementText(v driver.Value) string {
	switch v.Kind() {
	case driver.Text:
		return v.Text()
	case driver.Blob:
		return fmt.Sprintf(`\x%x`, v.Blob())
	case driver.Time:
		return v.Time().Format("2006-01-02 15:04:05.999999-07")
	}
	return fmt.Sprint(v.Any())
}
