package deps

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSizeOfCore holds a program without models and a driver, built for the
// page, to what it may weigh on the wire, compressed by brotli at its best. The bound is what it has come to and some room.
func TestSizeOfCore(t *testing.T) {
	const most = 960_000
	wasm := buildForPage(t, "core")
	size := compressed(t, wasm, 9) // ten times as fast, and never smaller
	if size > most {
		size = compressed(t, wasm, brotli.BestCompression)
	}
	t.Logf("%d bytes, compressed %d or less", len(wasm), size)
	assert.LessOrEqual(t, size, most, "what grew it? compare go tool nm -size of the program before and after")
}

// TestSizeOfSession does the same for a program with a model. The bound is
// what it has come to and some room, at a quality that is quickly tried; at
// the best it weighs about an eighth less.
func TestSizeOfSession(t *testing.T) {
	const most = 1_225_000
	wasm := buildForPage(t, "session")
	size := compressed(t, wasm, 9)
	t.Logf("%d bytes, compressed %d", len(wasm), size)
	assert.LessOrEqual(t, size, most, "what grew it? compare go tool nm -size of the program before and after")
}

// TestProgramsAreLight looks at what the same programs link.
func TestProgramsAreLight(t *testing.T) {
	forbidden := strings.Fields(heavy)
	for _, program := range []string{"core", "session"} {
		list := exec.Command("go", "list", "-deps", "./testdata/"+program)
		list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		packages, err := list.Output()
		require.NoError(t, err)
		assert.Contains(t, string(packages), module+"orm/dialect\n")
		for _, pkg := range strings.Fields(string(packages)) {
			assert.False(t, matchAny(forbidden, pkg), "%s links %s", program, pkg)
		}
	}
}

func buildForPage(t *testing.T, program string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "program.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/"+program)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	message, err := build.CombinedOutput()
	require.NoError(t, err, string(message))
	wasm, err := os.ReadFile(out)
	require.NoError(t, err)
	return wasm
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func compressed(t *testing.T, data []byte, quality int) int {
	t.Helper()
	var size counter
	w := brotli.NewWriterOptions(&size, brotli.WriterOptions{Quality: quality, LGWin: 24})
	_, err := w.Write(data)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return int(size)
}
