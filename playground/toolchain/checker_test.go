package toolchain

import (
	"go/ast"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the checker has no use for is left out of this Go release, too.
func TestCheckerIsTrimmed(t *testing.T) {
	g, err := findGo(t.Context(), ".")
	require.NoError(t, err)
	dir := t.TempDir()
	overlay, err := writeOverlay(g.Root, dir, checkerTrims)
	require.NoError(t, err)
	root, err := findModule(".")
	require.NoError(t, err)
	list := func(flags ...string) string {
		out, err := g.run(t.Context(), root, crossEnv(), append(append([]string{"list", "-deps"}, flags...), "./cmd/wasm/checker")...)
		require.NoError(t, err)
		return string(out)
	}
	for _, heavy := range []string{"go/build", "debug/elf", "os/exec", "crypto/sha256"} {
		assert.Contains(t, list(), "\n"+heavy+"\n")
		assert.NotContains(t, list("-overlay", overlay), "\n"+heavy+"\n")
	}
}

func TestUnexpectedSourcesOfTheChecker(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.go")
	require.NoError(t, os.WriteFile(path, []byte("package x\n"), 0o644))
	for name, trim := range checkerTrims {
		_, err := trimFile(path, func(f *ast.File) error { return trim(f) })
		assert.Error(t, err, name)
	}
}
