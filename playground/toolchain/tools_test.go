package toolchain

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeGo is a go command that cannot build with an overlay and otherwise
// writes its arguments as the program.
const fakeGo = `#!/bin/sh
for arg; do
	case "$before" in -o) out=$arg ;; esac
	case "$arg" in -overlay) echo "src/cmd/link/main.go:7: something has changed" >&2; exit 1 ;; esac
	before=$arg
done
echo "$GOOS $GOARCH $*" > "$out"
echo "$out" >> "$(dirname "$0")/log"
`

func fakeBuilder(t *testing.T) (b *builder, builds func() int) {
	if runtime.GOOS == "windows" {
		t.Skip("the fake go command is a shell script")
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go"), []byte(fakeGo), 0o755))
	real, err := findGo(t.Context(), ".")
	require.NoError(t, err)
	b = &builder{module: dir, cache: t.TempDir(), goTool: goTool{Path: filepath.Join(dir, "go"), Version: "go1.26.8", Root: real.Root}}
	return b, func() int {
		text, _ := os.ReadFile(filepath.Join(dir, "log"))
		return strings.Count(string(text), "\n")
	}
}

func TestStockToolsAreTheFallback(t *testing.T) {
	b, builds := fakeBuilder(t)
	p := &parts{files: map[string]string{}}
	require.NoError(t, b.addTools(t.Context(), p))
	for _, tool := range tools {
		text, err := os.ReadFile(p.files[tool.file])
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(string(text), "js wasm build -trimpath -ldflags=-s -w "), string(text))
		assert.Contains(t, string(text), tool.pkg)
	}
	require.Len(t, b.warnings, 1)
	assert.Contains(t, b.warnings[0], "bigger than they need be")
	assert.Equal(t, 2, builds())

	again := *b
	again.warnings = nil
	require.NoError(t, again.addTools(t.Context(), p))
	assert.Equal(t, b.warnings, again.warnings, "a build that finds them in the cache warns too")
	assert.Equal(t, 2, builds(), "tools are built once for each Go version")
	again.goTool.Version = "go1.26.9"
	require.NoError(t, again.addTools(t.Context(), p))
	assert.Equal(t, 4, builds())
}

func TestAFailedBuildLeavesNothing(t *testing.T) {
	b, _ := fakeBuilder(t)
	require.NoError(t, os.WriteFile(b.goTool.Path, []byte("#!/bin/sh\necho broken >&2\nexit 1\n"), 0o755))
	err := b.addTools(t.Context(), &parts{files: map[string]string{}})
	assert.ErrorContains(t, err, "building cmd/compile: go build: exit status 1\n\tbroken")
	left, err := os.ReadDir(filepath.Join(b.cache, "tools"))
	require.NoError(t, err)
	assert.Empty(t, left)
}
