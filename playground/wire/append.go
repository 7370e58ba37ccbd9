package wire

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

func appendUvarint(b []byte, n uint64) []byte { return binary.AppendUvarint(b, n) }

func appendVarint(b []byte, n int64) []byte { return binary.AppendVarint(b, n) }

func appendString[S string | []byte](b []byte, s S) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func appendFloat(b []byte, f float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
}

func appendBool(b []byte, is bool) []byte {
	if is {
		return append(b, 1)
	}
	return append(b, 0)
}

// AppendValue appends one value.
func AppendValue(b []byte, v *driver.Value) []byte {
	b = append(b, byte(v.Kind()))
	switch v.Kind() {
	case driver.Int:
		return appendVarint(b, v.Int())
	case driver.Float:
		return appendFloat(b, v.Float())
	case driver.Bool:
		return appendBool(b, v.Bool())
	case driver.Text:
		return appendString(b, v.Text())
	case driver.Blob:
		return appendString(b, v.Blob())
	case driver.Time:
		t := v.Time()
		b = appendVarint(b, t.Unix())
		return appendUvarint(b, uint64(t.Nanosecond()))
	}
	return b
}

// The cells of a row, for one who has the content without a [driver.Value].

// AppendNull appends NULL as a value.
func AppendNull(b []byte) []byte { return append(b, byte(driver.Null)) }

// AppendInt appends an integer as a value.
func AppendInt(b []byte, n int64) []byte { return appendVarint(append(b, byte(driver.Int)), n) }

// AppendFloat appends a number as a value.
func AppendFloat(b []byte, f float64) []byte { return appendFloat(append(b, byte(driver.Float)), f) }

// AppendText appends text as a value.
func AppendText(b, text []byte) []byte { return appendString(append(b, byte(driver.Text)), text) }

// AppendBlob appends bytes as a value.
func AppendBlob(b, blob []byte) []byte { return appendString(append(b, byte(driver.Blob)), blob) }

func appendValues(b []byte, values []driver.Value) []byte {
	b = appendUvarint(b, uint64(len(values)))
	for i := range values {
		b = AppendValue(b, &values[i])
	}
	return b
}

func appendColumns(b []byte, columns []driver.Column) []byte {
	b = appendUvarint(b, uint64(len(columns)))
	for _, c := range columns {
		b = appendString(b, c.Name)
		b = appendString(b, c.DeclType)
	}
	return b
}

func appendStrings(b []byte, list []string) []byte {
	b = appendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

func appendSite(b []byte, site Site) []byte {
	b = appendString(b, site.File)
	return appendUvarint(b, uint64(max(site.Line, 0)))
}

func (r *reader) time() driver.Value {
	seconds, nanos := r.varint(), r.number()
	if nanos > 999_999_999 {
		r.fail(errNanos)
		return driver.Value{}
	}
	return driver.TimeValue(time.Unix(seconds, int64(nanos)))
}
