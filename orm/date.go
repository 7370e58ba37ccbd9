package orm

import (
	"fmt"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// Date is a day of the calendar, in no time zone. The zero Date is no day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of an instant, in the zone of the instant.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads a day such as "2024-02-29".
func ParseDate(s string) (Date, error) {
	year, month, day, err := textform.Date(s)
	if err != nil {
		return Date{}, fmt.Errorf("orm: reading a date: %w", err)
	}
	return Date{year, month, day}, nil
}

// In returns the first instant of the day in a zone.
func (d Date) In(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.In(time.UTC).AddDate(0, 0, n)) }

// Before says whether the day is before another one.
func (d Date) Before(other Date) bool { return d.In(time.UTC).Before(other.In(time.UTC)) }

// String returns the day in the form 2024-02-29.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// ColumnType says that the column is a [DateOnly].
func (Date) ColumnType() schema.Type { return DateOnly() }

// BindValue serves the mapper.
func (d Date) BindValue() (driver.Value, error) {
	if d.Year < 1 || d.Year > 9999 || DateOf(d.In(time.UTC)) != d {
		return driver.Value{}, fmt.Errorf("%s is not a day between 0001-01-01 and 9999-12-31", d)
	}
	return driver.TextValue(d.String()), nil
}

// ScanValue serves the mapper.
func (d *Date) ScanValue(v driver.Value) (err error) {
	switch v.Kind() {
	case driver.Text:
		*d, err = ParseDate(v.Text())
	case driver.Time:
		*d = DateOf(v.Time())
	default:
		err = fmt.Errorf("it holds %s %s, not a day", v.Kind(), v)
	}
	return err
}

// TimeOfDay is a time of the day, to the microsecond: what has passed since
// midnight.
type TimeOfDay time.Duration

// ParseTimeOfDay reads a time such as "15:04:05.5".
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	d, err := textform.Clock(s)
	if err != nil {
		return 0, fmt.Errorf("orm: reading a time of day: %w", err)
	}
	return TimeOfDay(d), nil
}

// Clock returns the time of day of hour, minute and second.
func Clock(hour, minute, second int) TimeOfDay {
	return TimeOfDay(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
}

// String returns the time in the form 15:04:05.5.
func (t TimeOfDay) String() string { return textform.FormatClock(time.Duration(t)) }

// ColumnType says that the column is a [TimeOnly].
func (TimeOfDay) ColumnType() schema.Type { return TimeOnly() }

// BindValue serves the mapper.
func (t TimeOfDay) BindValue() (driver.Value, error) {
	if t < 0 || time.Duration(t) >= 24*time.Hour {
		return driver.Value{}, fmt.Errorf("%v since midnight is not a time of the day", time.Duration(t))
	}
	return driver.TextValue(t.String()), nil
}

// ScanValue serves the mapper.
func (t *TimeOfDay) ScanValue(v driver.Value) (err error) {
	if v.Kind() != driver.Text {
		return fmt.Errorf("it holds %s %s, not a time of the day", v.Kind(), v)
	}
	*t, err = ParseTimeOfDay(v.Text())
	return err
}
