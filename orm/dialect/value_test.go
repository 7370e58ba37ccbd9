package dialect_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

type (
	level  int8
	label  string
	onOff  bool
	ratio  float32
	bytes  []byte
	moment time.Time
)

// maybe is a type like orm.Null.
type maybe struct {
	value any
	valid bool
}

func (m maybe) NullAny() (any, bool) { return m.value, m.valid }

func TestValue(t *testing.T) {
	unknown := schema.Type{}
	binary := schema.Type{Kind: schema.LargeBinary}
	size := schema.Type{Kind: schema.String, Size: 3}
	small := schema.Type{Kind: schema.SmallInteger}
	big := schema.Type{Kind: schema.BigInteger}
	at := time.Date(2026, 1, 2, 3, 4, 5, 6789, time.FixedZone("", 3600))
	five := 5
	pointer := &five
	for _, c := range []struct {
		typ  schema.Type
		in   any
		want driver.Value
	}{
		{integer, 1, driver.IntValue(1)},
		{small, int8(-1), driver.IntValue(-1)},
		{big, int64(math.MinInt64), driver.IntValue(math.MinInt64)},
		{big, uint64(math.MaxInt64), driver.IntValue(math.MaxInt64)},
		{integer, uint8(7), driver.IntValue(7)},
		{integer, level(3), driver.IntValue(3)},
		{float, 3, driver.FloatValue(3)},
		{float, level(3), driver.FloatValue(3)},
		{float, ratio(0.5), driver.FloatValue(0.5)},
		{float, 0.25, driver.FloatValue(0.25)},
		{boolean, true, driver.BoolValue(true)},
		{boolean, onOff(true), driver.BoolValue(true)},
		{text, "x", driver.TextValue("x")},
		{size, label("long text"), driver.TextValue("long text")},
		{binary, []byte("x"), driver.BlobValue([]byte("x"))},
		{binary, bytes("x"), driver.BlobValue([]byte("x"))},
		{binary, []byte(nil), driver.BlobValue(nil)},
		{instant, at, driver.TimeValue(at.Truncate(time.Microsecond))},
		{instant, moment(at), driver.TimeValue(at.Truncate(time.Microsecond))},
		{unknown, at, driver.TimeValue(at)},
		{unknown, label("x"), driver.TextValue("x")},
		{unknown, ratio(2), driver.FloatValue(2)},
		{integer, nil, driver.Value{}},
		{integer, pointer, driver.IntValue(5)},
		{integer, &pointer, driver.IntValue(5)},
		{integer, (*int)(nil), driver.Value{}},
		{integer, (*string)(nil), driver.Value{}},
		{integer, maybe{5, true}, driver.IntValue(5)},
		{integer, maybe{5, false}, driver.Value{}},
		{integer, maybe{pointer, true}, driver.IntValue(5)},
		{integer, &maybe{5, true}, driver.IntValue(5)},
		{integer, (*maybe)(nil), driver.Value{}},
	} {
		got, err := dialect.Value(c.typ, c.in)
		require.NoError(t, err, "%s %#v", c.typ, c.in)
		assert.Equal(t, c.want, got, "%s %#v", c.typ, c.in)
	}
}

func TestValueMisfits(t *testing.T) {
	binary := schema.Type{Kind: schema.LargeBinary}
	for _, c := range []struct {
		typ  schema.Type
		in   any
		want string
	}{
		{integer, "x", `dialect: an Integer column cannot hold "x" (string)`},
		{integer, label("x"), `dialect: an Integer column cannot hold "x" (dialect_test.label)`},
		{integer, true, `dialect: an Integer column cannot hold true (bool)`},
		{integer, 1.5, `dialect: an Integer column cannot hold 1.5 (float64)`},
		{integer, maybe{"x", true}, `dialect: an Integer column cannot hold "x" (string)`},
		{float, "1", `dialect: a Float column cannot hold "1" (string)`},
		{boolean, 1, `dialect: a Boolean column cannot hold 1 (int)`},
		{text, 1, `dialect: a Text column cannot hold 1 (int)`},
		{text, []byte("x"), `dialect: a Text column cannot hold [120] ([]uint8)`},
		{binary, "x", `dialect: a LargeBinary column cannot hold "x" (string)`},
		{instant, "2026-01-01", `dialect: a DateTime column cannot hold "2026-01-01" (string)`},
		{integer, uint64(math.MaxUint64), `dialect: an Integer column cannot hold 18446744073709551615 (uint64, more than 64 bits with a sign hold)`},
		{schema.Type{}, []int{1}, `dialect: a database cannot hold [1] ([]int, a Go type that no database knows)`},
		{schema.Type{}, map[string]int{"a": 1}, `dialect: a database cannot hold map[a:1] (map[string]int, a Go type that no database knows)`},
		{integer, strings.Repeat("ä", 100), `dialect: an Integer column cannot hold "` + strings.Repeat("ä", 59) + `… (string)`},
	} {
		_, err := dialect.Value(c.typ, c.in)
		assert.EqualError(t, err, c.want, "%s %#v", c.typ, c.in)
	}
}

func ExampleValue() {
	age := schema.Type{Kind: schema.Integer}
	v, err := dialect.Value(age, int8(7))
	fmt.Println(v, err)
	_, err = dialect.Value(age, "seven")
	fmt.Println(err)
	// Output:
	// 7 <nil>
	// dialect: an Integer column cannot hold "seven" (string)
}
