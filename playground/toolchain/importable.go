package toolchain

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
)

// importableStd are the packages of the standard library that a program in
// the page may import: what learners use and what cannot reach out of the
// program. Not among them: unsafe and syscall/js, from which the page could be
// reached; net, os/exec and plugin, which have nothing to talk to; and
// testing, crypto, templates, math/big, net/url (with net/netip), log/slog and
// database/sql (which has no driver there), which no lesson needs for what they
// weigh.
var importableStd = strings.Fields(`
	bufio bytes cmp container/heap container/list container/ring context
	encoding/base64 encoding/binary encoding/csv encoding/hex encoding/json
	errors fmt hash hash/crc32 hash/fnv hash/maphash io io/fs iter log maps
	math math/bits math/cmplx math/rand math/rand/v2
	os path path/filepath reflect regexp runtime runtime/debug slices sort strconv strings
	sync sync/atomic text/tabwriter time unicode unicode/utf16 unicode/utf8
`)

// importableOurs are this module's packages that a program may import; lessons'
// data packages come on top.
var importableOurs = []string{
	"./orm", "./orm/schema", "./orm/expr", "./orm/driver",
	"./orm/dialect", "./orm/dialect/sqlite", "./orm/dialect/postgres", "./orm/dialect/mysql",
	"./playground/show", "./playground/dialects", "./lessons/...",
}

// listEnv is the environment in which packages for programs are listed and built.
func listEnv() []string { return crossEnv() }

// importable returns the import paths of all packages that a program may
// import. Packages of ours that are not written yet are left out.
func (b *builder) importable(ctx context.Context) ([]string, error) {
	args := []string{"list", "-e", "-tags", "playground", "-f", "{{.ImportPath}} {{.Name}} {{.Dir}}"}
	out, err := b.goTool.run(ctx, b.module, listEnv(), append(args, importableOurs...)...)
	if err != nil {
		return nil, fmt.Errorf("listing the module's packages: %w", err)
	}
	paths := slices.Clone(importableStd)
	for line := range bytes.Lines(out) {
		fields := strings.Fields(string(line))
		if len(fields) >= 3 && offered(fields[0], fields[1]) {
			paths = append(paths, fields[0])
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// offered reports whether a package of ours is for programs: of those below
// lessons, the data packages, which stand directly in it.
func offered(path, name string) bool {
	if rest, ok := strings.CutPrefix(path, modulePath+"/lessons"); ok {
		return name != "main" && strings.Count(rest, "/") == 1
	}
	return name != "main"
}
