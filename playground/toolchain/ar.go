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

// splitExports makes two archives of one: the export data, and the rest, for the linker.
func splitExports(archive []byte) (exports, rest []byte, err error) {
	members, ok := bytes.CutPrefix(archive, []byte(arMagic))
	if !ok {
		return nil, nil, errors.New("not an archive")
	}
	if len(members) < arHeaderSize || !strings.HasPrefix(string(members[:16]), exportMember) {
		return nil, nil, fmt.Errorf("no %s at its start", exportMember)
	}
	size, err := strconv.Atoi(strings.TrimSpace(string(members[48:58])))
	if err != nil || size < 0 || size > len(members)-arHeaderSize {
		return nil, nil, fmt.Errorf("%s has no size", exportMember)
	}
	next := min(arHeaderSize+size+size%2, len(members))
	return append([]byte(arMagic), members[:next]...), append([]byte(arMagic), members[next:]...), nil
}
