package toolchain

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Go archive is a Unix ar file: a magic line, then members, each a header of
// 60 bytes and its content, padded to an even length. The first member is the
// export data, which the compiler reads of the packages that a file imports
// and the linker skips; export data contains what it needs of further packages.

const (
	arMagic      = "!<arch>\n"
	arHeaderSize = 60
	exportMember = "__.PKGDEF"
)

// withoutExports returns an archive for the linker alone.
func withoutExports(archive []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(archive, []byte(arMagic))
	if !ok {
		return nil, errors.New("not an archive")
	}
	if len(rest) < arHeaderSize || !strings.HasPrefix(string(rest[:16]), exportMember) {
		return nil, fmt.Errorf("no %s at its start", exportMember)
	}
	size, err := strconv.Atoi(strings.TrimSpace(string(rest[48:58])))
	if err != nil || size < 0 || size > len(rest)-arHeaderSize {
		return nil, fmt.Errorf("%s has no size", exportMember)
	}
	next := min(arHeaderSize+size+size%2, len(rest))
	return append([]byte(arMagic), rest[next:]...), nil
}
