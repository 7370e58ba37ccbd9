package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
)

var (
	errShort = errors.New("wire: the message ends too early")
	errNanos = errors.New("wire: a time has more than 999,999,999 nanoseconds")
)

// reader takes a message apart. Its first error stays, and what it reads after
// that is zero, so a decoder checks once, with end. Strings, bytes and values
// share memory with the message.
type reader struct {
	data []byte
	err  error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.data = nil
}

func (r *reader) end() error {
	if r.err == nil && len(r.data) > 0 {
		return fmt.Errorf("wire: %d bytes after the end of the message", len(r.data))
	}
	return r.err
}

func (r *reader) byte() byte {
	if len(r.data) == 0 {
		r.fail(errShort)
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

func (r *reader) bool() bool {
	b := r.byte()
	if b > 1 {
		r.fail(fmt.Errorf("wire: the bool %d is neither 0 nor 1", b))
	}
	return b == 1
}

func (r *reader) uvarint() uint64 {
	if len(r.data) > 0 && r.data[0] < 0x80 {
		n := r.data[0]
		r.data = r.data[1:]
		return uint64(n)
	}
	n, size := binary.Uvarint(r.data)
	if size == 0 {
		r.fail(errShort)
		return 0
	}
	if size < 0 {
		r.fail(errors.New("wire: an integer is longer than 64 bits"))
		return 0
	}
	r.data = r.data[size:]
	return n
}

func (r *reader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// number reads a uvarint that fits 31 bits: an id, a line, a size.
func (r *reader) number() int {
	n := r.uvarint()
	if n > math.MaxInt32 {
		r.fail(fmt.Errorf("wire: the number %d is too large", n))
		return 0
	}
	return int(n)
}

// count reads the length of a list whose elements take at least size bytes,
// so a wrong count never makes the caller allocate more than the message
// could fill.
func (r *reader) count(size int) int {
	n := r.uvarint()
	if n > uint64(len(r.data)/size) {
		r.fail(errShort)
		return 0
	}
	return int(n)
}

func (r *reader) u32() uint32 {
	if len(r.data) < 4 {
		r.fail(errShort)
		return 0
	}
	n := binary.LittleEndian.Uint32(r.data)
	r.data = r.data[4:]
	return n
}

func (r *reader) float() float64 {
	if len(r.data) < 8 {
		r.fail(errShort)
		return 0
	}
	bits := binary.LittleEndian.Uint64(r.data)
	r.data = r.data[8:]
	return math.Float64frombits(bits)
}

func (r *reader) bytes() []byte {
	n := r.count(1)
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) string() string {
	b := r.bytes()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

func (r *reader) value(v *driver.Value) {
	switch kind := driver.Kind(r.byte()); kind {
	case driver.Null:
		*v = driver.Value{}
	case driver.Int:
		*v = driver.IntValue(r.varint())
	case driver.Float:
		*v = driver.FloatValue(r.float())
	case driver.Bool:
		*v = driver.BoolValue(r.bool())
	case driver.Text:
		*v = driver.TextValue(r.string())
	case driver.Blob:
		*v = driver.BlobValue(r.bytes())
	case driver.Time:
		*v = r.time()
	default:
		r.fail(fmt.Errorf("wire: the value's kind %d is unknown", kind))
	}
}

func (r *reader) column() driver.Column {
	return driver.Column{Name: r.string(), DeclType: r.string()}
}

func (r *reader) columns() []driver.Column {
	n := r.count(2)
	if n == 0 {
		return nil
	}
	columns := make([]driver.Column, n)
	for i := range columns {
		columns[i] = r.column()
	}
	return columns
}

func (r *reader) strings() []string {
	n := r.count(1)
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.string()
	}
	return list
}

func (r *reader) site() Site { return Site{File: r.string(), Line: r.number()} }
