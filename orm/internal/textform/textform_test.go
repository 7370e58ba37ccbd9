package textform_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/internal/textform"
)

func TestDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "-0.00": "0", "+1": "1", "1.50": "1.5", "007": "7", ".5": "0.5", "-.5": "-0.5",
		"1e3": "1000", "1.234e2": "123.4", "12e-3": "0.012", "-1.20E+1": "-12",
		"123456789012345678901234567890.123456789": "123456789012345678901234567890.123456789",
	} {
		got, err := textform.Decimal(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "-", ".", "1.", "1,5", "NaN", "0x1", "1e", "1e+", "1e1001", "--1", "1 "} {
		_, err := textform.Decimal(in)
		assert.Error(t, err, in)
	}
}

func TestFitDecimal(t *testing.T) {
	for _, fits := range []string{"0", "999.99", "-999.99", "0.01"} {
		assert.NoError(t, textform.FitDecimal(fits, 5, 2), fits)
	}
	assert.EqualError(t, textform.FitDecimal("1000", 5, 2), "1000 has 4 digits before the point, the column keeps 3")
	assert.EqualError(t, textform.FitDecimal("0.001", 5, 2), "0.001 has 3 digits behind the point, the column keeps 2; round it first")
	assert.NoError(t, textform.FitDecimal("1000.001", 0, 0), "no precision is no limit")
}

func TestIntervals(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"1.5": 1500 * time.Millisecond, "-1.5": -1500 * time.Millisecond, "0": 0, "90": 90 * time.Second,
		"00:00:01.5": 1500 * time.Millisecond, "-00:00:00.000001": -time.Microsecond, "2 days": 48 * time.Hour,
		"-2 days +03:04:05": -48*time.Hour + 3*time.Hour + 4*time.Minute + 5*time.Second, "1 day -01:00:00": 23 * time.Hour,
		"100:00:00": 100 * time.Hour,
	} {
		got, err := textform.Interval(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "x", "1 mon", "1:2", "1:2:3:4", "--1", ".", "1e3", "9300000000"} {
		_, err := textform.Interval(in)
		assert.Error(t, err, in)
	}
	for _, d := range []time.Duration{0, time.Microsecond, -time.Microsecond, time.Hour, -1500 * time.Millisecond, 1<<53 - 1,
		272*365*24*time.Hour + time.Microsecond, math.MaxInt64, -math.MaxInt64} {
		got, err := textform.Interval(textform.FormatInterval(d))
		require.NoError(t, err)
		assert.Equal(t, d.Truncate(time.Microsecond), got)
	}
}

func TestClock(t *testing.T) {
	for _, s := range []string{"00:00:00", "23:59:59.999999", "12:30:00.5"} {
		d, err := textform.Clock(s)
		require.NoError(t, err)
		assert.Equal(t, s, textform.FormatClock(d))
	}
	_, err := textform.Clock("24:00:00")
	assert.Error(t, err)
}

func TestUUID(t *testing.T) {
	const usual = "123e4567-e89b-12d3-a456-426614174000"
	for _, s := range []string{usual, "{" + usual + "}", "123E4567E89B12D3A456426614174000"} {
		u, err := textform.UUID(s)
		require.NoError(t, err)
		assert.Equal(t, usual, textform.FormatUUID(u))
	}
	for _, s := range []string{"", usual[1:], "x" + usual[1:]} {
		_, err := textform.UUID(s)
		assert.Error(t, err, s)
	}
}

func TestArrays(t *testing.T) {
	text := func(s string) *string { return &s }
	for _, elements := range [][]*string{{}, {text("1"), nil}, {text(""), text("NULL"), text(`a"b\c,{}`), text(" ")}} {
		got, err := textform.Array(textform.FormatArray(elements))
		require.NoError(t, err)
		assert.Equal(t, elements, got)
	}
	got, err := textform.Array(`{1,null,x y}`)
	require.NoError(t, err)
	assert.Equal(t, []*string{text("1"), nil, text("x y")}, got)
	for _, s := range []string{"", "{", "{1,}", "{,}", "{{1}}", `{"a}`, `{"a"b}`, `{a"b}`} {
		_, err := textform.Array(s)
		assert.Error(t, err, s)
	}
}

func FuzzArray(f *testing.F) {
	f.Add(`{"a\"b",NULL,1}`)
	f.Fuzz(func(t *testing.T, s string) {
		elements, err := textform.Array(s)
		if err != nil {
			return
		}
		again, err := textform.Array(textform.FormatArray(elements))
		require.NoError(t, err)
		assert.Equal(t, elements, again)
	})
}

// A decimal is the number that math/big reads.
func FuzzDecimal(f *testing.F) {
	for _, seed := range []string{"-0.50", "1e-7", ".5E+2", "007"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := textform.Decimal(s)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(s)
		require.True(t, ok, s)
		again, ok := new(big.Rat).SetString(got)
		require.True(t, ok, got)
		assert.Zero(t, want.Cmp(again), "%s is not %s", s, got)
		same, err := textform.Decimal(got)
		require.NoError(t, err)
		assert.Equal(t, got, same)
	})
}
