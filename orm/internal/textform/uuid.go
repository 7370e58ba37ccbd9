package textform

import (
	"fmt"
	"strings"
)

// UUID reads 32 hexadecimal digits, with or without hyphens and braces.
func UUID(s string) (u [16]byte, err error) {
	plain := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}"), "-", "")
	if len(plain) != 32 {
		return u, fmt.Errorf("%q is not a UUID of 32 hexadecimal digits", s)
	}
	for i := range u {
		high, low := hexDigit(plain[2*i]), hexDigit(plain[2*i+1])
		if high < 0 || low < 0 {
			return u, fmt.Errorf("%q is not a UUID: it holds other than hexadecimal digits", s)
		}
		u[i] = byte(high<<4 | low)
	}
	return u, nil
}

func hexDigit(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b >= 'a' && b <= 'f':
		return int(b-'a') + 10
	case b >= 'A' && b <= 'F':
		return int(b-'A') + 10
	}
	return -1
}

// FormatUUID writes the usual form, of 36 characters.
func FormatUUID(u [16]byte) string {
	const hex = "0123456789abcdef"
	b := make([]byte, 0, 36)
	for i, v := range u {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			b = append(b, '-')
		}
		b = append(b, hex[v>>4], hex[v&15])
	}
	return string(b)
}
