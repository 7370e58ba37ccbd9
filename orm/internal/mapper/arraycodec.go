package mapper

import (
	"fmt"
	"reflect"
	"strconv"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// arrayCodec is the codec for a slice: an array of the database. Slices are
// read and written by reflection, because their elements have any type.
func arrayCodec(t reflect.Type) (codec, error) {
	element, err := codecOf(t.Elem())
	if err != nil || element.typ.Kind == schema.Array || element.typ.Kind == schema.LargeBinary {
		return codec{}, unsupported(t)
	}
	slice := func(p unsafe.Pointer) reflect.Value { return reflect.NewAt(t, p).Elem() }
	bind := func(p unsafe.Pointer) (driver.Value, error) {
		s := slice(p)
		texts := make([]*string, s.Len())
		for i := range texts {
			v, err := element.arg(s.Index(i).Addr().UnsafePointer())
			if err != nil {
				return v, fmt.Errorf("element %d: %w", i, err)
			}
			if !v.IsNull() {
				text := elementText(v)
				texts[i] = &text
			}
		}
		return driver.TextValue(textform.FormatArray(texts)), nil
	}
	return codec{
		typ:   schema.ArrayOf(element.typ),
		bind:  bind,
		value: unchecked(bind),
		read: func(p unsafe.Pointer, rows driver.Rows, i int) error {
			if rows.Kind(i) != driver.Text {
				return mismatch(rows, i, "an array")
			}
			s, err := readArray(t, element, rows.Text(i))
			if err == nil {
				slice(p).Set(s)
			}
			return err
		},
		equal: func(a, b unsafe.Pointer) bool {
			v, err1 := bind(a)
			w, err2 := bind(b)
			return err1 == nil && err2 == nil && v == w
		},
		zero: func(p unsafe.Pointer) bool { return slice(p).Len() == 0 },
		copy: func(dst, src unsafe.Pointer) { slice(dst).Set(slice(src)) },
		unshare: func(p unsafe.Pointer) {
			if s := slice(p); !s.IsNil() {
				own := reflect.MakeSlice(t, s.Len(), s.Len())
				for i := range s.Len() {
					own.Index(i).Set(s.Index(i))
				}
				s.Set(own)
			}
		},
	}, nil
}

func readArray(t reflect.Type, element codec, text string) (reflect.Value, error) {
	texts, err := textform.Array(text)
	if err != nil {
		return reflect.Value{}, err
	}
	s := reflect.MakeSlice(t, len(texts), len(texts))
	for i, e := range texts {
		v, err := parseElement(element.typ, e)
		if err == nil {
			err = element.read(s.Index(i).Addr().UnsafePointer(), oneValue{v}, 0)
		}
		if err != nil {
			return s, fmt.Errorf("element %d: %w", i, err)
		}
	}
	return s, nil
}

// elementText is an element as PostgreSQL reads it in an array.
func elementText(v driver.Value) string {
	switch v.Kind() {
	case driver.Text:
		return v.Text()
	case driver.Time:
		return v.Time().Format("2006-01-02 15:04:05.999999-07")
	}
	return fmt.Sprint(v.Any())
}

// parseElement is an element as the codec of its type reads it.
func parseElement(t schema.Type, text *string) (v any, err error) {
	if text == nil {
		return nil, nil
	}
	s := *text
	switch {
	case t.IsInteger():
		v, err = strconv.ParseInt(s, 10, 64)
	case t.Kind == schema.Float:
		v, err = strconv.ParseFloat(s, 64)
	case t.Kind == schema.Boolean:
		v = s == "t" || s == "true"
	case t.Kind == schema.DateTime:
		instant, ok := textform.Instant(s)
		if v = instant; !ok {
			err = strconv.ErrSyntax
		}
	default:
		v = s
	}
	if err != nil {
		return nil, fmt.Errorf("%q is no %s", s, t)
	}
	return v, nil
}
