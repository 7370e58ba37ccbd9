//go:build !js && !wasip1

package pgxdriver

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

// cell returns the bytes of column i of the current row, and how to read them.
// Nil is NULL, no row, or no such column.
func (r *Rows) cell(i int) ([]byte, reader) {
	if !r.onRow || i < 0 || i >= len(r.row) || !r.live() {
		return nil, readText
	}
	return r.row[i], r.readers[i]
}

// Kind is the kind of the value in column i.
func (r *Rows) Kind(i int) driver.Kind {
	b, how := r.cell(i)
	switch {
	case b == nil:
		return driver.Null
	case (how == readTimestamp) && isInfinite(b):
		return driver.Text
	}
	return how.kind()
}

// Int returns the integer in column i.
func (r *Rows) Int(i int) int64 {
	b, how := r.cell(i)
	if b == nil {
		return 0
	}
	switch how {
	case readInt2:
		return int64(int16(binary.BigEndian.Uint16(b)))
	case readInt4:
		return int64(int32(binary.BigEndian.Uint32(b)))
	case readInt8:
		return int64(binary.BigEndian.Uint64(b))
	case readOID:
		return int64(binary.BigEndian.Uint32(b))
	case readBool:
		return int64(b[0])
	}
	return 0
}

// Float returns the number in column i.
func (r *Rows) Float(i int) float64 {
	b, how := r.cell(i)
	if b == nil {
		return 0
	}
	switch how {
	case readFloat4:
		return float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
	case readFloat8:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	return 0
}

// Bool says whether the truth value in column i is true, or the integer is not
// zero.
func (r *Rows) Bool(i int) bool { return r.Int(i) != 0 }

// Text returns the text in column i.
func (r *Rows) Text(i int) string {
	b, how := r.cell(i)
	switch {
	case b == nil:
		return ""
	case how == readDate:
		return formatDate(b)
	case how == readTimestamp && isInfinite(b):
		return infinity(int64(binary.BigEndian.Uint64(b)) > 0)
	}
	return string(b)
}

// Blob returns the bytes in column i.
func (r *Rows) Blob(i int) []byte {
	b, _ := r.cell(i)
	return append([]byte{}, b...)
}

// Value is column i as a value that stays valid.
func (r *Rows) Value(i int) driver.Value {
	switch r.Kind(i) {
	case driver.Int:
		return driver.IntValue(r.Int(i))
	case driver.Float:
		return driver.FloatValue(r.Float(i))
	case driver.Bool:
		return driver.BoolValue(r.Bool(i))
	case driver.Text:
		return driver.TextValue(r.Text(i))
	case driver.Blob:
		return driver.BlobValue(r.Blob(i))
	case driver.Time:
		return driver.TimeValue(timestamp(r.row[i]))
	}
	return driver.Value{}
}

// epoch is where PostgreSQL counts microseconds and days from.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

const secondsPerDay = 24 * 60 * 60

// timestamp reads microseconds since 2000. They may be more than a Duration
// holds.
func timestamp(b []byte) time.Time {
	us := int64(binary.BigEndian.Uint64(b))
	return time.Unix(epoch.Unix()+us/1e6, us%1e6*1000).UTC()
}

func isInfinite(b []byte) bool {
	us := int64(binary.BigEndian.Uint64(b))
	return us == math.MaxInt64 || us == math.MinInt64
}

func infinity(positive bool) string {
	if positive {
		return "infinity"
	}
	return "-infinity"
}

// formatDate formats days since 2000 as PostgreSQL does in the style ISO.
func formatDate(b []byte) string {
	days := int32(binary.BigEndian.Uint32(b))
	if days == math.MaxInt32 || days == math.MinInt32 {
		return infinity(days > 0)
	}
	date := time.Unix(epoch.Unix()+int64(days)*secondsPerDay, 0).UTC()
	if year := date.Year(); year <= 0 {
		// There is no year 0: the one before 1 is 1 BC.
		return date.AddDate(1-2*year, 0, 0).Format("2006-01-02") + " BC"
	}
	return date.Format("2006-01-02")
}
