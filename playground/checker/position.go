package checker

import "unicode/utf8"

// Span is a part of a file, in UTF-16 units.
type Span struct {
	File     string
	From, To int
}

// Edit replaces a part of a file. Edits that belong together do not overlap,
// and all count in the text before any of them.
type Edit struct {
	Span
	Text string
}

// fromUTF16 turns a place in UTF-16 units into one in bytes; places outside become the nearest inside.
func fromUTF16(text string, at int) int {
	for i, r := range text {
		if at <= 0 {
			return i
		}
		at -= units(r)
	}
	return len(text)
}

// toUTF16 is the way back.
func toUTF16(text string, at int) (n int) {
	for _, r := range text[:min(max(at, 0), len(text))] {
		n += units(r)
	}
	return n
}

func units(r rune) int {
	if r > 0xFFFF && r != utf8.RuneError {
		return 2
	}
	return 1
}
