package dialect_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

// exactRatio is a type with hooks.
type exactRatio struct{ text string }

func (exactRatio) ColumnType() schema.Type            { return schema.Type{Kind: schema.Numeric} }
func (r exactRatio) BindValue() (driver.Value, error) { return driver.TextValue(r.text), nil }

func TestValuesOfTheOtherKinds(t *testing.T) {
	kind := func(k schema.Kind) schema.Type { return schema.Type{Kind: k} }
	price := schema.Type{Kind: schema.Numeric, Size: 5, Scale: 2}
	key := [16]byte{0x12, 15: 0x34}
	for _, c := range []struct {
		typ   schema.Type
		value any
		want  any
	}{
		{price, "1.50", "1.5"},
		{price, -3, "-3"},
		{price, exactRatio{"2.25"}, "2.25"},
		{price, (*exactRatio)(nil), nil},
		{kind(schema.Date), "2024-02-29", "2024-02-29"},
		{kind(schema.Time), "23:59:00.5", "23:59:00.5"},
		{kind(schema.Interval), 90 * time.Second, "90"},
		{kind(schema.BigInteger), 90 * time.Nanosecond, int64(90)},
		{kind(schema.UUID), "{12000000-0000-0000-0000-000000000034}", "12000000-0000-0000-0000-000000000034"},
		{kind(schema.UUID), key, "12000000-0000-0000-0000-000000000034"},
		{kind(schema.JSON), json.RawMessage(`{"a":1}`), `{"a":1}`},
		{mood, "happy", "happy"},
		{schema.ArrayOf(integer), []int{1, -2}, `{"1","-2"}`},
		{schema.ArrayOf(text), []*string{nil}, `{NULL}`},
		{schema.NativeOf("INET"), "::1", "::1"},
		{schema.NativeOf("POINT"), 5, int64(5)},
	} {
		v, err := dialect.Value(c.typ, c.value)
		require.NoError(t, err, "%s %v", c.typ, c.value)
		assert.Equal(t, c.want, v.Any(), "%s %v", c.typ, c.value)
	}
	for want, c := range map[string]struct {
		typ   schema.Type
		value any
	}{
		`dialect: a Numeric column cannot hold {1,5} (dialect_test.exactRatio, not a decimal number)`:                              {price, exactRatio{"1,5"}},
		`dialect: Numeric(5, 2): 1.234 has 3 digits behind the point, the column keeps 2; round it first`:                          {price, "1.234"},
		`dialect: Numeric(5, 2): 1000 has 4 digits before the point, the column keeps 3`:                                           {price, 1000},
		`dialect: a Numeric column cannot hold 1.5 (float64, binary floating point, which is not exact; give a Decimal or a text)`: {price, 1.5},
		`dialect: a Date column cannot hold "29.2.2024" (string, not a day such as 2024-02-29)`:                                    {kind(schema.Date), "29.2.2024"},
		`dialect: a Time column cannot hold "25:00:00" (string, not a time such as 15:04:05)`:                                      {kind(schema.Time), "25:00:00"},
		`dialect: a UUID column cannot hold "12" (string, not a UUID)`:                                                             {kind(schema.UUID), "12"},
		`dialect: an Enum column cannot hold "sad" (string, not one of ["happy" "it's fine"])`:                                     {mood, "sad"},
		`dialect: an Interval column cannot hold 5 (int)`:                                                                          {kind(schema.Interval), 5},
		`dialect: an Integer column cannot hold {1} (dialect_test.exactRatio)`:                                                     {integer, exactRatio{"1"}},
		`dialect: element 1: an Integer column cannot hold "x" (string)`:                                                           {schema.ArrayOf(integer), []any{1, "x"}},
	} {
		_, err := dialect.Value(c.typ, c.value)
		assert.EqualError(t, err, want)
	}
	_, err := dialect.Value(kind(schema.Date), time.Now())
	assert.ErrorContains(t, err, "an instant, whose day and hour depend on a zone")
}
