// Package textform is how values that no database's client has a type for are
// written as text: decimals, days, times, lengths of time, UUIDs, arrays.
package textform

import (
	"fmt"
	"strings"
)

// Decimal returns a decimal number in its shortest form: no sign +, no exponent,
// no zeros that say nothing, so 1.50 is 1.5. Two numbers are equal if their
// forms are.
func Decimal(s string) (string, error) {
	wrong := func() (string, error) { return "", fmt.Errorf("%q is not a decimal number", s) }
	rest, negative := strings.CutPrefix(s, "-")
	if !negative {
		rest = strings.TrimPrefix(rest, "+")
	}
	rest, shift, ok := cutExponent(rest)
	whole, fraction, hasPoint := strings.Cut(rest, ".")
	if !ok || whole+fraction == "" || hasPoint && fraction == "" || !digits(whole) || !digits(fraction) {
		return wrong()
	}
	whole, fraction = move(whole, fraction, shift)
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if negative && whole != "0" {
		whole = "-" + whole
	}
	return whole, nil
}

// maxExponent keeps a short text from becoming an endless one.
const maxExponent = 1000

// cutExponent takes e-5 and the like off the end.
func cutExponent(s string) (rest string, exponent int, ok bool) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, 0, true
	}
	text := s[i+1:]
	negative := strings.HasPrefix(text, "-")
	if negative || strings.HasPrefix(text, "+") {
		text = text[1:]
	}
	if text == "" || !digits(text) {
		return s, 0, false
	}
	for _, d := range []byte(text) {
		if exponent = exponent*10 + int(d-'0'); exponent > maxExponent {
			return s, 0, false
		}
	}
	if negative {
		exponent = -exponent
	}
	return s[:i], exponent, true
}

// move moves the point to the right, or to the left for a negative shift.
func move(whole, fraction string, shift int) (string, string) {
	if shift >= 0 {
		fraction += strings.Repeat("0", max(0, shift-len(fraction)))
		return whole + fraction[:shift], fraction[shift:]
	}
	whole = strings.Repeat("0", max(0, -shift-len(whole))) + whole
	at := len(whole) + shift
	return whole[:at], whole[at:] + fraction
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// FitDecimal checks that a decimal in its shortest form has no more digits than
// a column keeps. A precision of 0 is no limit.
func FitDecimal(s string, precision, scale int) error {
	if precision == 0 {
		return nil
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if whole == "0" {
		whole = ""
	}
	switch {
	case len(fraction) > scale:
		return fmt.Errorf("%s has %d digits behind the point, the column keeps %d; round it first", s, len(fraction), scale)
	case len(whole) > precision-scale:
		return fmt.Errorf("%s has %d digits before the point, the column keeps %d", s, len(whole), precision-scale)
	}
	return nil
}
