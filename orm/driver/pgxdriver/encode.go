//go:build !js && !wasip1

package pgxdriver

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"time"
	"unsafe"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/ormlab/ormlab/orm/driver"
)

// encoder turns arguments into what the server wants for its parameters. It
// keeps its memory from one run to the next.
type encoder struct {
	oids    []uint32
	values  [][]byte
	formats []int16
	scratch []byte // of numbers and times
}

// encode fills in values and formats.
func (e *encoder) encode(args []driver.Value) error {
	e.values, e.formats = e.values[:0], e.formats[:0]
	// Values lie in scratch, which therefore must not move.
	if need := len(args) * maxScratch; cap(e.scratch) < need {
		e.scratch = make([]byte, 0, need)
	}
	e.scratch = e.scratch[:0]
	for i := range args {
		format, value, err := e.one(e.oids[i], &args[i])
		if err != nil {
			return fmt.Errorf("pgxdriver: argument %d: %w", i+1, err)
		}
		e.values, e.formats = append(e.values, value), append(e.formats, format)
	}
	return nil
}

// maxScratch is the most bytes that one value needs in scratch.
const maxScratch = 40

const (
	textFormat   = pgtype.TextFormatCode
	binaryFormat = pgtype.BinaryFormatCode
)

func (e *encoder) one(oid uint32, v *driver.Value) (format int16, value []byte, err error) {
	switch v.Kind() {
	case driver.Null:
		return textFormat, nil, nil
	case driver.Int:
		return e.int(oid, v.Int())
	case driver.Float:
		return e.float(oid, v.Float())
	case driver.Bool:
		return e.bool(oid, v.Bool())
	case driver.Text:
		return textFormat, bytesOf(v.Text()), nil
	case driver.Blob:
		return blob(oid, v.Blob())
	case driver.Time:
		return e.time(oid, v.Time())
	}
	return 0, nil, fmt.Errorf("the kind %v is unknown", v.Kind())
}

// bytesOf returns the bytes of s, which must not be changed; never nil, which
// would be NULL.
func bytesOf(s string) []byte {
	if s == "" {
		return []byte{}
	}
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

// take returns what has been appended to scratch since start.
func (e *encoder) take(start int) []byte { return e.scratch[start:len(e.scratch):len(e.scratch)] }

func (e *encoder) int(oid uint32, n int64) (int16, []byte, error) {
	start := len(e.scratch)
	var low, high int64 = math.MinInt64, math.MaxInt64
	switch oid {
	case pgtype.Int8OID:
		e.scratch = binary.BigEndian.AppendUint64(e.scratch, uint64(n))
	case pgtype.Int4OID:
		low, high = math.MinInt32, math.MaxInt32
		e.scratch = binary.BigEndian.AppendUint32(e.scratch, uint32(n))
	case pgtype.Int2OID:
		low, high = math.MinInt16, math.MaxInt16
		e.scratch = binary.BigEndian.AppendUint16(e.scratch, uint16(n))
	case pgtype.OIDOID:
		low, high = 0, math.MaxUint32
		e.scratch = binary.BigEndian.AppendUint32(e.scratch, uint32(n))
	case pgtype.Float8OID, pgtype.Float4OID:
		return e.float(oid, float64(n))
	default:
		e.scratch = strconv.AppendInt(e.scratch, n, 10)
		return textFormat, e.take(start), nil
	}
	if n < low || n > high {
		return 0, nil, misfit(oid, strconv.FormatInt(n, 10))
	}
	return binaryFormat, e.take(start), nil
}

func (e *encoder) float(oid uint32, f float64) (int16, []byte, error) {
	start := len(e.scratch)
	switch oid {
	case pgtype.Float8OID:
		e.scratch = binary.BigEndian.AppendUint64(e.scratch, math.Float64bits(f))
		return binaryFormat, e.take(start), nil
	case pgtype.Float4OID:
		if f32 := float32(f); math.IsInf(float64(f32), 0) && !math.IsInf(f, 0) {
			return 0, nil, misfit(oid, strconv.FormatFloat(f, 'g', -1, 64))
		}
		e.scratch = binary.BigEndian.AppendUint32(e.scratch, math.Float32bits(float32(f)))
		return binaryFormat, e.take(start), nil
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID:
		if f != math.Trunc(f) || math.Abs(f) >= 1<<63 {
			return 0, nil, misfit(oid, strconv.FormatFloat(f, 'g', -1, 64))
		}
		return e.int(oid, int64(f))
	}
	e.scratch = strconv.AppendFloat(e.scratch, f, 'g', -1, 64)
	return textFormat, e.take(start), nil
}

func (e *encoder) bool(oid uint32, b bool) (int16, []byte, error) {
	var n int64
	if b {
		n = 1
	}
	start := len(e.scratch)
	switch oid {
	case pgtype.BoolOID:
		e.scratch = append(e.scratch, byte(n))
		return binaryFormat, e.take(start), nil
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID:
		return e.int(oid, n)
	}
	e.scratch = strconv.AppendBool(e.scratch, b)
	return textFormat, e.take(start), nil
}

// blob sends bytes to a parameter that holds bytes or text; a uuid has 16.
func blob(oid uint32, b []byte) (int16, []byte, error) {
	if b == nil {
		b = []byte{}
	}
	switch oid {
	case pgtype.ByteaOID:
		return binaryFormat, b, nil
	case pgtype.TextOID, pgtype.VarcharOID, pgtype.BPCharOID, pgtype.JSONOID, pgtype.JSONBOID, pgtype.XMLOID:
		return textFormat, b, nil
	case pgtype.UUIDOID:
		if len(b) == 16 {
			return binaryFormat, b, nil
		}
	}
	return 0, nil, misfit(oid, fmt.Sprintf("a blob of %d bytes", len(b)))
}

// textTime is how a Time is written where the parameter is text.
const textTime = "2006-01-02 15:04:05.000000"

// The instants that the server can hold, in seconds since 1970.
var (
	firstSecond = time.Date(-4713, 11, 24, 0, 0, 0, 0, time.UTC).Unix()
	lastSecond  = time.Date(294276, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
)

func (e *encoder) time(oid uint32, t time.Time) (int16, []byte, error) {
	if s := t.Unix(); s < firstSecond || s > lastSecond {
		return 0, nil, misfit(oid, t.Format(time.RFC3339))
	}
	start := len(e.scratch)
	seconds := t.Unix() - epoch.Unix()
	switch oid {
	case pgtype.TimestamptzOID, pgtype.TimestampOID:
		us := seconds*1e6 + int64(t.Nanosecond()/1000)
		e.scratch = binary.BigEndian.AppendUint64(e.scratch, uint64(us))
		return binaryFormat, e.take(start), nil
	case pgtype.DateOID:
		days := math.Floor(float64(seconds) / secondsPerDay)
		e.scratch = binary.BigEndian.AppendUint32(e.scratch, uint32(int32(days)))
		return binaryFormat, e.take(start), nil
	}
	if y := t.Year(); y < 0 || y > 9999 {
		return 0, nil, misfit(oid, t.Format(time.RFC3339))
	}
	e.scratch = t.AppendFormat(e.scratch, textTime)
	return textFormat, e.take(start), nil
}

// misfit says that a value does not fit a parameter.
func misfit(oid uint32, value string) error {
	name := dataTypes[oid].name
	if name == "" {
		name = "type " + strconv.FormatUint(uint64(oid), 10)
	}
	return &driver.Error{Kind: driver.Data, Code: "22003", Message: fmt.Sprintf("%s does not fit a parameter of the type %s", value, name)}
}
