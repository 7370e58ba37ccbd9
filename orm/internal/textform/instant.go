package textform

import "time"

// Instant reads a date and time as databases write them, in UTC: 2024-02-29,
// 2024-02-29 15:04:05.000001, with T instead of the space, and with a zone
// such as Z, +02 or +02:00 behind it. It does what [time.Parse] does with
// several layouts, without being able to read any other.
func Instant(s string) (time.Time, bool) {
	r := reader{rest: s}
	year, month, day := r.day()
	var clock time.Duration
	if r.rest != "" {
		if !r.skip(' ') && !r.skip('T') {
			return time.Time{}, false
		}
		clock = r.clock()
		clock -= r.zone()
	}
	if r.wrong || r.rest != "" {
		return time.Time{}, false
	}
	// A day that the month does not have becomes one of the next.
	midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return midnight.Add(clock), midnight.Day() == day && day > 0 && month > 0 && month <= 12
}

// reader takes text apart from its beginning. After the first mistake, which
// stays in wrong, what it returns does not matter.
type reader struct {
	rest  string
	wrong bool
}

func (r *reader) skip(b byte) bool {
	if r.rest == "" || r.rest[0] != b {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *reader) expect(b byte) { r.wrong = !r.skip(b) || r.wrong }

// digits reads a number of exactly n digits.
func (r *reader) digits(n int) int {
	if len(r.rest) < n {
		r.wrong = true
		return 0
	}
	number := 0
	for _, c := range []byte(r.rest[:n]) {
		r.wrong = r.wrong || c < '0' || c > '9'
		number = number*10 + int(c-'0')
	}
	r.rest = r.rest[n:]
	return number
}

// day reads 2024-02-29.
func (r *reader) day() (year int, month time.Month, day int) {
	year = r.digits(4)
	r.expect('-')
	month = time.Month(r.digits(2))
	r.expect('-')
	return year, month, r.digits(2)
}

// clock reads 15:04:05 and what follows it behind a point.
func (r *reader) clock() time.Duration {
	hour := r.digits(2)
	r.expect(':')
	minute := r.digits(2)
	r.expect(':')
	second := r.digits(2)
	r.wrong = r.wrong || hour > 23 || minute > 59 || second > 59
	d := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if !r.skip('.') {
		return d
	}
	r.wrong = r.wrong || !r.atDigit()
	for unit := 100 * time.Millisecond; r.atDigit(); unit /= 10 {
		d += time.Duration(r.digits(1)) * unit
	}
	return d
}

func (r *reader) atDigit() bool { return r.rest != "" && r.rest[0] >= '0' && r.rest[0] <= '9' }

// zone reads Z, or hours and perhaps minutes east of Greenwich; nothing is UTC.
func (r *reader) zone() time.Duration {
	if r.rest == "" || r.skip('Z') {
		return 0
	}
	west := r.skip('-')
	if !west {
		r.expect('+')
	}
	hours, minutes := r.digits(2), 0
	if r.skip(':') {
		minutes = r.digits(2)
	}
	r.wrong = r.wrong || hours > 24 || minutes > 59
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if west {
		return -d
	}
	return d
}
