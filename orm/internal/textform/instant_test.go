package textform_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ormlab/ormlab/orm/internal/textform"
)

// layouts are those that Instant stands for.
var layouts = []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
	"2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07", "2006-01-02T15:04:05Z07"}

// parsed is what the standard library makes of the text.
func parsed(s string) (time.Time, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

var instants = []string{
	"2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2024-12-31", "2024-00-10", "2024-13-01", "2024-04-00", "2024-04-31",
	"0000-01-01", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "2024-02-29 15:04:05", "2024-02-29T15:04:05Z",
	"2024-02-29 15:04:05.1", "2024-02-29 15:04:05.123456789", "2024-02-29 15:04:05.000001+02:30", "2024-02-29 00:00:00-03",
	"2024-02-29 23:00:00+00", "2024-03-01T00:30:00+14:00", "2024-02-29 24:00:00", "2024-02-29 15:60:00", "2024-02-29 15:04:60",
	"2024-02-29 15:04", "2024-02-29 15:04:05.", "2024-02-29 15:04:05x", "2024-02-29x15:04:05", "2024-02-29 15:04:05+2",
	"2024-02-29 15:04:05+02:", "2024-02-29 15:04:05 UTC", "24-02-29", "2024-2-29", "2024/02/29", " 2024-02-29", "2024-02-29 ", "", "now",
	"٢٠٢٤-02-29",
}

func TestInstant(t *testing.T) {
	for _, s := range instants {
		want, wantOK := parsed(s)
		got, ok := textform.Instant(s)
		assert.Equal(t, wantOK, ok, "%q", s)
		if wantOK && ok {
			assert.Equal(t, want, got, "%q", s)
		}
	}
}

// FuzzInstant looks for text that is read otherwise than by [time.Parse],
// which also takes an hour of one digit and a comma for a point.
func FuzzInstant(f *testing.F) {
	for _, s := range instants {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := textform.Instant(s)
		if !ok {
			return
		}
		want, wantOK := parsed(s)
		assert.True(t, wantOK, "%q", s)
		assert.Equal(t, want, got, "%q", s)
	})
}

func TestClockAndDate(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"15:04": 15*time.Hour + 4*time.Minute, "00:00:00": 0, "23:59:59.9999999": 24*time.Hour - time.Microsecond,
		"01:02:03.5": time.Hour + 2*time.Minute + 3500*time.Millisecond,
	} {
		got, err := textform.Clock(in)
		assert.NoError(t, err, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "24:00:00", "15", "15:4:5", "15:04:05 ", "15:04:05+01", "ab:cd"} {
		_, err := textform.Clock(in)
		assert.Error(t, err, in)
	}
	year, month, day, err := textform.Date("2024-02-29 00:00:00")
	assert.NoError(t, err)
	assert.Equal(t, []any{2024, time.February, 29}, []any{year, month, day})
	_, _, _, err = textform.Date("2023-02-29")
	assert.EqualError(t, err, `"2023-02-29" is not a day such as 2024-02-29`)
}
