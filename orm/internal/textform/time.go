package textform

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Date checks a day, such as 2024-02-29.
func Date(s string) (year int, month time.Month, day int, err error) {
	t, ok := Instant(s) // as which a driver may give the day
	if !ok {
		return 0, 0, 0, fmt.Errorf("%q is not a day such as 2024-02-29", s)
	}
	year, month, day = t.Date()
	return year, month, day, nil
}

// Clock reads a time of the day, such as 15:04:05.000001, as what has passed
// since midnight.
func Clock(s string) (time.Duration, error) {
	r := reader{rest: s}
	if len(s) == len("15:04") {
		r.rest += ":00"
	}
	d := r.clock()
	if r.wrong || r.rest != "" {
		return 0, fmt.Errorf("%q is not a time such as 15:04:05", s)
	}
	return d.Truncate(time.Microsecond), nil
}

// FormatClock is the inverse of Clock, to the microsecond.
func FormatClock(d time.Duration) string {
	return time.Time{}.Add(d.Truncate(time.Microsecond)).Format("15:04:05.999999")
}

// FormatInterval writes a length of time as seconds, to the microsecond: what
// both a type for intervals and one for numbers take.
func FormatInterval(d time.Duration) string {
	us := int64(d / time.Microsecond)
	sign := ""
	if us < 0 {
		sign, us = "-", -us
	}
	s := sign + strconv.FormatInt(us/1e6, 10)
	if rest := us % 1e6; rest != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%06d", rest), "0")
	}
	return s
}

// Interval reads seconds, or what PostgreSQL writes: -2 days +03:04:05.6.
func Interval(s string) (time.Duration, error) {
	var total time.Duration
	fields := strings.Fields(s)
	for i := 0; i < len(fields); i++ {
		if i+1 < len(fields) && strings.HasPrefix(fields[i+1], "day") {
			n, err := strconv.ParseInt(fields[i], 10, 32)
			if err != nil {
				return 0, notInterval(s)
			}
			total += time.Duration(n) * 24 * time.Hour
			i++
			continue
		}
		d, ok := clockSpan(fields[i])
		if !ok {
			return 0, notInterval(s)
		}
		total += d
	}
	if len(fields) == 0 {
		return 0, notInterval(s)
	}
	return total, nil
}

func notInterval(s string) error {
	return fmt.Errorf("%q is not a length of time in days, hours, minutes and seconds", s)
}

// clockSpan reads seconds, or hours, minutes and seconds, with a sign.
func clockSpan(s string) (time.Duration, bool) {
	rest, negative := strings.CutPrefix(s, "-")
	rest = strings.TrimPrefix(rest, "+")
	parts := strings.Split(rest, ":")
	if len(parts) != 1 && len(parts) != 3 {
		return 0, false
	}
	total, ok := seconds(parts[len(parts)-1])
	if !ok {
		return 0, false
	}
	if len(parts) == 3 {
		hours, err1 := strconv.ParseUint(parts[0], 10, 22)
		minutes, err2 := strconv.ParseUint(parts[1], 10, 16)
		if err1 != nil || err2 != nil {
			return 0, false
		}
		total += time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	}
	if negative {
		total = -total
	}
	return total, true
}

// seconds reads a number of seconds to the microsecond, exactly.
func seconds(s string) (time.Duration, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if whole == "" {
		return 0, false
	}
	if len(fraction) > 6 {
		fraction = fraction[:6]
	}
	micros, err := strconv.ParseUint(whole+fraction+"000000"[len(fraction):], 10, 63)
	if err != nil || micros > uint64(math.MaxInt64/time.Microsecond) {
		return 0, false
	}
	return time.Duration(micros) * time.Microsecond, true
}
