package show

import "unicode/utf8"

// width is how many columns of a terminal a text takes.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// wide are the ranges of runes that take two columns: East Asian scripts,
// full-width forms and emoji. Unicode's table is finer and much longer.
var wide = [][2]rune{
	{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF},
	{0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
	{0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
}

// narrow are the common runes that take none: they join the one before.
var narrow = [][2]rune{{0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}

func runeWidth(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		return 1
	case in(narrow, r):
		return 0
	case in(wide, r):
		return 2
	}
	return 1
}

func in(ranges [][2]rune, r rune) bool {
	for _, pair := range ranges {
		if r >= pair[0] && r <= pair[1] {
			return true
		}
	}
	return false
}
